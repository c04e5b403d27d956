// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/display_text.h"

#include <QChar>
#include <QList>

using namespace Qt::StringLiterals;

namespace display_text {
namespace {

constexpr int markLimit = 4; // combining marks on one letter; more hide the lines around them

// Letters and marks that Unicode gives no visible shape (Default_Ignorable_Code_Point, and the
// Braille blank) although their category does not say so.
bool isBlank(char32_t c)
{
    return c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || c == 0x2800
        || c == 0x3164 || c == 0xFFA0 || (c >= 0x180B && c <= 0x180F)
        || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool isHidden(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    case QChar::Separator_Space: return c != ' ';
    default: return isBlank(c);
    }
}

bool isMark(char32_t c)
{
    const auto category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
}

bool isRightToLeft(char32_t c)
{
    const auto direction = QChar::direction(c);
    return direction == QChar::DirR || direction == QChar::DirAL;
}

QString spelled(char32_t c)
{
    return u"[U+%1]"_s.arg(QString::number(uint(c), 16).toUpper().rightJustified(4, u'0'));
}

} // namespace

QString shown(const QString &text, qsizetype limit)
{
    QList<uint> points;
    if (text.size() > limit) {
        const qsizetype half = (limit - 1) / 2;
        points = text.first(half).toUcs4() + QList<uint>{0x2026} + text.last(half).toUcs4();
    } else {
        points = text.toUcs4();
    }

    QString out;
    bool rightToLeft = false;
    int marks = 0;
    for (const char32_t c : std::as_const(points)) {
        marks = isMark(c) ? marks + 1 : 0;
        rightToLeft = rightToLeft || isRightToLeft(c);
        if (isHidden(c) || marks > markLimit)
            out += spelled(c);
        else
            out += QString::fromUcs4(&c, 1);
    }
    return rightToLeft ? QChar(0x2068) + out + QChar(0x2069) : out;
}

QString forMenu(const QString &text, qsizetype limit)
{
    return shown(text, limit).replace(u'&', u"&&"_s);
}

QString forToolTip(const QString &text, qsizetype limit)
{
    // Escaping would show "&lt;" in the hosts that take plain text, so look-alikes stand in.
    return shown(text, limit)
        .replace(u'<', QChar(0x2039))
        .replace(u'>', QChar(0x203A))
        .replace(u"&lt;"_s, u"& lt;"_s, Qt::CaseInsensitive)
        .replace(u"&#"_s, u"& #"_s);
}

} // namespace display_text
