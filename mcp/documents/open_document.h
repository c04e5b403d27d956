// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// OpenDocument: texts, sheets and presentations of LibreOffice and others (ISO/IEC 26300).

#pragma once

#include "mcp/documents/document_lines.h"
#include "mcp/documents/document_package.h"

namespace mcp {

// false: the package is no such document.
bool readOpenDocument(DocumentPackage &package, DocumentLines &lines);

} // namespace mcp
