// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/plain_text.h"

#include <QList>

#include <algorithm>

namespace mcp {
namespace {

constexpr char32_t zeroWidthNonJoiner = 0x200C;
constexpr char32_t zeroWidthJoiner = 0x200D;

// Characters that are drawn as nothing although Unicode does not call them format characters.
bool isBlankFiller(char32_t c)
{
    return c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || c == 0x2800
        || c == 0x3164 || c == 0xFFA0 || (c >= 0xE0100 && c <= 0xE01EF);
}

bool isHidden(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned: return true;
    default: return isBlankFiller(c);
    }
}

bool isJoiner(char32_t c)
{
    return c == zeroWidthJoiner || c == zeroWidthNonJoiner;
}

bool isVariationSelector(char32_t c)
{
    return c >= 0xFE00 && c <= 0xFE0F;
}

// Behind what is visible a selector and a joiner may stand, as in emoji; rows of them are how text
// is smuggled past a reader.
bool mayFollow(char32_t previous, char32_t c)
{
    if (isVariationSelector(c))
        return !isJoiner(previous) && !isVariationSelector(previous);
    return !isJoiner(c) || !isJoiner(previous);
}

bool breaksLine(char32_t c)
{
    return c == U'\n' || c == U'\r' || c == U'\t' || c == 0x2028 || c == 0x2029 || c == 0x0085
        || c == 0x0B || c == 0x0C;
}

// Printable ASCII, as most text is: nothing in it hides.
bool isPlain(QStringView text)
{
    return std::all_of(text.cbegin(), text.cend(),
                       [](QChar c) { return c >= QChar(0x20) && c < QChar(0x7F); });
}

} // namespace

QString withoutHiddenCharacters(const QString &text, bool keepJoiners)
{
    if (isPlain(text))
        return text;
    QString visible;
    visible.reserve(text.size());
    const QList<uint> characters = text.toUcs4();
    char32_t previous = 0;
    for (const char32_t c : characters) {
        if (breaksLine(c)) {
            if (!visible.endsWith(QLatin1Char(' ')))
                visible += QLatin1Char(' ');
            previous = U' ';
        } else if ((!isHidden(c) || (keepJoiners && isJoiner(c))) && mayFollow(previous, c)) {
            visible += QChar::fromUcs4(c);
            previous = c;
        }
    }
    return visible;
}

QString plainName(const QString &text, qsizetype maximumLength)
{
    // Cut first: a name of megabytes is not worth cleaning.
    QString name = withoutHiddenCharacters(text.left(maximumLength * 4), false).trimmed();
    if (name.size() > maximumLength) {
        name.truncate(maximumLength);
        if (name.back().isHighSurrogate())
            name.chop(1);
    }
    return name;
}

} // namespace mcp
