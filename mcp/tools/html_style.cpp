// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/html_style.h"

#include <QHash>
#include <QRegularExpression>

#include <optional>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

using Declarations = QHash<QString, QString>;

Declarations declarationsOf(const QString &style)
{
    Declarations all;
    static const QRegularExpression comment(u"/\\*.*?\\*/"_s,
                                            QRegularExpression::DotMatchesEverythingOption);
    QString text = style.toLower();
    text.remove(comment).remove(u"!important"_s);
    for (const auto &one : QStringView(text).tokenize(u';')) {
        const qsizetype colon = one.indexOf(u':');
        if (colon > 0)
            all.insert(one.left(colon).trimmed().toString(),
                       one.mid(colon + 1).trimmed().toString());
    }
    return all;
}

// Of a length: what its unit is does not matter where it is next to nothing.
std::optional<double> numberOf(const QString &value)
{
    static const QRegularExpression length(
        uR"(^([-+]?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|ex|%|vw|vh|cm|mm|in)?$)"_s);
    const QRegularExpressionMatch match = length.match(value);
    if (!match.hasMatch())
        return std::nullopt;
    const double number = match.captured(1).toDouble();
    const QString unit = match.captured(2);
    if (unit == "%"_L1)
        return number / 8;
    const bool isLarge = !unit.isEmpty() && unit != "px"_L1 && unit != "pt"_L1;
    return isLarge ? number * 12 : number;
}

bool isNothing(const QString &length)
{
    const auto number = numberOf(length);
    return number && *number <= 1;
}

bool isGone(const Declarations &style)
{
    if (style.value(u"display"_s) == "none"_L1 || style.value(u"mso-hide"_s) == "all"_L1)
        return true;
    const auto opacity = numberOf(style.value(u"opacity"_s));
    if (opacity && *opacity <= 0.05)
        return true;
    for (const QString &shift : {u"left"_s, u"top"_s, u"margin-left"_s, u"text-indent"_s}) {
        const auto number = numberOf(style.value(shift));
        if (number && *number < -500) // beside the page
            return true;
    }
    const bool isClipped = style.value(u"overflow"_s) == "hidden"_L1;
    return isClipped
        && (isNothing(style.value(u"height"_s)) || isNothing(style.value(u"width"_s))
            || isNothing(style.value(u"max-height"_s)) || isNothing(style.value(u"max-width"_s)));
}

} // namespace

HtmlSight HtmlSight::within(const QString &style) const
{
    HtmlSight sight = *this;
    if (isGone || style.isEmpty())
        return sight;
    const Declarations declarations = declarationsOf(style);
    sight.isGone = mcp::isGone(declarations);
    const QString size = declarations.value(u"font-size"_s);
    // A share of nothing is nothing.
    const bool isShare = size.endsWith(u'%') || (size.endsWith("em"_L1) && !size.endsWith("rem"_L1))
        || size == "smaller"_L1 || size == "larger"_L1 || size == "inherit"_L1;
    if (!size.isEmpty() && !(isTiny && isShare))
        sight.isTiny = isNothing(size);
    const QString visibility = declarations.value(u"visibility"_s);
    if (visibility == "visible"_L1)
        sight.isInvisible = false;
    else if (visibility == "hidden"_L1 || visibility == "collapse"_L1)
        sight.isInvisible = true;
    const QString colour = declarations.value(u"color"_s);
    if (!colour.isEmpty() && colour != "inherit"_L1)
        sight.isColourless = colour == "transparent"_L1;
    return sight;
}

} // namespace mcp
