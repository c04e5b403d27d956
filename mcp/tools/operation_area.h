// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which part of an account an operation of Graph is about: what a person grants to read it.

#pragma once

#include "mcp/protocol/area.h"

#include <QStringView>

namespace mcp {

// path: of an operation or a request, without version, "/me/messages".
Area areaOfOperation(QStringView path);

} // namespace mcp
