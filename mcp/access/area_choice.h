// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which parts of the account AI clients get tools for at all, as the person or their organisation
// wrote it down: the word of a preset, or areas joined by commas. What an AI client may use of
// these is asked for each. Pure.

#pragma once

#include "mcp/protocol/area.h"

namespace mcp {

enum class AreaPreset {
    Minimal, // what a day at work needs: people, mail, calendar
    Standard, // what people keep in Microsoft 365, and the rest of Graph by its operations
    All, // also what later versions add
};

AreaSet areasOf(AreaPreset preset);
// "minimal", "standard", "all".
QString presetWord(AreaPreset preset);

// "standard", or "mail,calendar". The profile belongs to every choice. nullopt: a word is none.
std::optional<AreaSet> areaChoiceOf(const QString &text);
// The other way round; the first preset that is the same, else the areas.
QString areaChoiceText(const AreaSet &areas);

} // namespace mcp
