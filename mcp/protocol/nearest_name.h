// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A name that somebody may have meant when they wrote another one. Pure.

#pragma once

#include <QStringList>

namespace mcp {

// The one of known that name is a misspelling of, whatever its case; empty: none comes close.
QString nearestName(const QString &name, const QStringList &known);

} // namespace mcp
