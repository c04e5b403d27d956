// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Word's documents as text.

#pragma once

#include "mcp/documents/document_lines.h"
#include "mcp/documents/document_package.h"

namespace mcp {

void readWordDocument(DocumentPackage &package, const QString &part, DocumentLines &lines);

} // namespace mcp
