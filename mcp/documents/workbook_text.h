// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Excel's workbooks as text.

#pragma once

#include "mcp/documents/document_lines.h"
#include "mcp/documents/document_package.h"

namespace mcp {

void readWorkbook(DocumentPackage &package, const QString &part, DocumentLines &lines);

} // namespace mcp
