// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a person calls the areas of their account.

#pragma once

#include "mcp/protocol/area.h"

#include <QString>

namespace area_text {

// "Calendar", for lists.
QString name(mcp::Area area);
// "May this program read your calendar?"
QString question(mcp::Area area);
// "Read your calendar", after "Wants to:".
QString wish(mcp::Area area);

} // namespace area_text
