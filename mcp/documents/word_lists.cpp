// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/word_lists.h"

#include "mcp/documents/word_styles.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int notYet = -1;
constexpr int startLimit = 1'000'000;
constexpr int romanLimit = 4999;
constexpr int lettersLimit = 26 * 20; // repeated: 27 is "aa", 53 "aaa"

int startOf(const XmlElement &element)
{
    return qBound(0, wordValue(element).toInt(), startLimit);
}

QString roman(int number)
{
    static constexpr std::array<std::pair<int, const char *>, 13> signs{{{1000, "m"},
                                                                         {900, "cm"},
                                                                         {500, "d"},
                                                                         {400, "cd"},
                                                                         {100, "c"},
                                                                         {90, "xc"},
                                                                         {50, "l"},
                                                                         {40, "xl"},
                                                                         {10, "x"},
                                                                         {9, "ix"},
                                                                         {5, "v"},
                                                                         {4, "iv"},
                                                                         {1, "i"}}};
    QString text;
    for (const auto &[value, sign] : signs) {
        for (; number >= value; number -= value)
            text += QLatin1StringView(sign);
    }
    return text;
}

} // namespace

QString numberText(int number, const QString &format)
{
    const bool isUpper = format.startsWith("upper"_L1);
    QString text = QString::number(number);
    if (format.endsWith("Roman"_L1) && number > 0 && number <= romanLimit)
        text = roman(number);
    else if (format.endsWith("Letter"_L1) && number > 0 && number <= lettersLimit)
        text = QString((number - 1) / 26 + 1, QChar(u'a' + (number - 1) % 26));
    else if (format == "decimalZero"_L1)
        text = text.rightJustified(2, u'0');
    return isUpper ? text.toUpper() : text;
}

bool WordLists::begin(const XmlElement &element)
{
    if (element.space() != XmlSpace::Word)
        return true;
    const auto name = element.name();
    if (name == "abstractNum") {
        m_pattern = element.value(XmlSpace::Word, "abstractNumId");
        m_patterns.insert(m_pattern, {});
        return true;
    }
    if (name == "num") {
        m_list = element.value(XmlSpace::Word, "numId");
        m_lists.insert(m_list, {});
        return true;
    }
    if (name == "lvl" || name == "lvlOverride") {
        const int level = element.value(XmlSpace::Word, "ilvl").toInt();
        m_level = level >= 0 && level < levelCount ? level : -1;
        return true;
    }
    if (const auto list = m_lists.find(m_list); list != m_lists.end()) {
        if (name == "abstractNumId")
            list->pattern = wordValue(element);
        else if (name == "startOverride" && m_level >= 0)
            list->starts.insert(m_level, startOf(element));
        return true;
    }
    const auto pattern = m_patterns.find(m_pattern);
    if (pattern == m_patterns.end())
        return true;
    if (name == "numStyleLink")
        m_linked.insert(m_pattern, wordValue(element));
    else if (name == "styleLink")
        m_linkTargets.insert(wordValue(element), m_pattern);
    if (m_level < 0)
        return true;
    Level &level = (*pattern)[std::size_t(m_level)];
    if (name == "numFmt")
        level.format = wordValue(element);
    else if (name == "lvlText")
        level.pattern = wordValue(element);
    else if (name == "start")
        level.start = startOf(element);
    else if (name == "pStyle")
        level.style = wordValue(element);
    else if (name == "isLgl")
        level.isLegal = isOn(element);
    return true;
}

void WordLists::end(const XmlElement &element)
{
    if (element.is(XmlSpace::Word, "abstractNum"))
        m_pattern = QString();
    else if (element.is(XmlSpace::Word, "num"))
        m_list = QString();
    else if (element.is(XmlSpace::Word, "lvl"))
        m_level = -1;
}

QString WordLists::patternOf(const List &list) const
{
    const QString style = m_linked.value(list.pattern);
    return style.isEmpty() ? list.pattern : m_linkTargets.value(style, list.pattern);
}

int WordLists::levelOfStyle(const QString &list, const QString &style) const
{
    const auto pattern = m_patterns.constFind(patternOf(m_lists.value(list)));
    for (std::size_t i = 0; pattern != m_patterns.constEnd() && i < pattern->size(); ++i) {
        if ((*pattern)[i].style == style)
            return int(i);
    }
    return 0;
}

QString WordLists::next(const QString &list, int level)
{
    const auto found = m_lists.find(list);
    if (found == m_lists.end() || level < 0 || level >= levelCount)
        return {};
    const QString name = patternOf(*found);
    const auto pattern = m_patterns.constFind(name);
    if (pattern == m_patterns.constEnd())
        return {};
    auto counts = m_counts.find(name);
    if (counts == m_counts.end()) {
        counts = m_counts.insert(name, {});
        counts->fill(notYet);
    }
    const auto at = std::size_t(level);
    if (!std::exchange(found->hasBegun, true)) {
        for (auto start = found->starts.cbegin(); start != found->starts.cend(); ++start) {
            (*counts)[std::size_t(start.key())] = notYet;
        }
    }
    // Levels above that were never counted show their first number.
    for (std::size_t i = 0; i <= at; ++i) {
        int &count = (*counts)[i];
        if (count == notYet)
            count = found->starts.value(int(i), (*pattern)[i].start);
        else if (i == at)
            ++count;
    }
    for (std::size_t i = at + 1; i < counts->size(); ++i)
        (*counts)[i] = notYet;

    const Level &shown = (*pattern)[at];
    if (shown.format == "bullet"_L1)
        return u"-"_s;
    if (shown.format == "none"_L1)
        return {};
    QString text = shown.pattern.left(50);
    for (std::size_t i = 0; i < counts->size(); ++i) {
        const QString format = shown.isLegal ? u"decimal"_s : (*pattern)[i].format;
        text.replace(u'%' + QString::number(i + 1), numberText((*counts)[i], format));
    }
    return text.trimmed();
}

} // namespace mcp
