// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/access/area_choice.h"

#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr std::array presets{AreaPreset::Minimal, AreaPreset::Standard, AreaPreset::All};
constexpr std::array minimalAreas{Area::Profile, Area::People, Area::Mail, Area::Calendar};
// Named one by one: what a later version adds is the person's to switch on.
constexpr std::array standardAreas{Area::Profile,  Area::People, Area::Mail,
                                   Area::Calendar, Area::Files,  Area::Chats,
                                   Area::Tasks,    Area::Notes,  Area::Other};

template <size_t count>
AreaSet setOf(const std::array<Area, count> &areas)
{
    AreaSet set;
    for (const Area area : areas)
        set.insert(area);
    return set;
}

} // namespace

AreaSet areasOf(AreaPreset preset)
{
    switch (preset) {
    case AreaPreset::Minimal: return setOf(minimalAreas);
    case AreaPreset::Standard: return setOf(standardAreas);
    case AreaPreset::All: break;
    }
    return AreaSet::all();
}

QString presetWord(AreaPreset preset)
{
    switch (preset) {
    case AreaPreset::Minimal: return u"minimal"_s;
    case AreaPreset::Standard: return u"standard"_s;
    case AreaPreset::All: break;
    }
    return u"all"_s;
}

std::optional<AreaSet> areaChoiceOf(const QString &text)
{
    for (const AreaPreset preset : presets) {
        if (text.trimmed() == presetWord(preset))
            return areasOf(preset);
    }
    AreaSet set;
    set.insert(Area::Profile);
    for (const QString &word : text.split(u',')) {
        const auto area = areaOfWord(word.trimmed());
        if (!area)
            return std::nullopt;
        set.insert(*area);
    }
    return set;
}

QString areaChoiceText(const AreaSet &areas)
{
    for (const AreaPreset preset : presets) {
        if (areas == areasOf(preset))
            return presetWord(preset);
    }
    QStringList words;
    for (const Area area : allAreas()) {
        if (areas.contains(area))
            words.append(areaWord(area));
    }
    return words.join(u',');
}

} // namespace mcp
