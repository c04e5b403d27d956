// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// PowerPoint's presentations as text.

#pragma once

#include "mcp/documents/document_lines.h"
#include "mcp/documents/document_package.h"

namespace mcp {

void readPresentation(DocumentPackage &package, const QString &part, DocumentLines &lines);

} // namespace mcp
