// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/cell_formats.h"

#include <QDateTime>

#include <cmath>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype stylesLimit = 100'000;
constexpr double lastDay = 2958466; // behind 9999-12-31
constexpr qint64 secondsOfDay = 24 * 60 * 60;

// Formats that need no code (18.8.30); 27 to 36 and 50 to 58 are dates of East Asia.
CellFormat builtInFormat(int number)
{
    if (number == 9 || number == 10)
        return CellFormat::Percent;
    if ((number >= 14 && number <= 17) || (number >= 27 && number <= 31) || number == 36
        || (number >= 50 && number <= 58))
        return CellFormat::Date;
    if (number == 22)
        return CellFormat::DateTime;
    if ((number >= 18 && number <= 21) || (number >= 32 && number <= 35) || number == 45
        || number == 47)
        return CellFormat::Time;
    return number == 46 ? CellFormat::Duration : CellFormat::Number;
}

// Without what is shown as it stands: "text", \x, _x, and [colours] or [conditions].
QString bareCode(const QString &code)
{
    const QString positive = code.section(u';', 0, 0).toLower();
    QString bare;
    for (qsizetype i = 0; i < positive.size(); ++i) {
        const QChar c = positive.at(i);
        if (c == u'\\' || c == u'_' || c == u'*') {
            ++i;
        } else if (c == u'"' || c == u'[') {
            const qsizetype end = positive.indexOf(c == u'"' ? u'"' : u']', i + 1);
            const QString inside = positive.mid(i + 1, end < 0 ? -1 : end - i - 1);
            // [h], [mm] and [ss] count on beyond a day.
            if (c == u'[' && !inside.isEmpty()
                && (inside.count(u'h') == inside.size() || inside.count(u'm') == inside.size()
                    || inside.count(u's') == inside.size()))
                bare += u'[';
            i = end < 0 ? positive.size() : end;
        } else {
            bare += c;
        }
    }
    return bare;
}

QString plainNumber(double value)
{
    // Fifteen digits are what Excel keeps; more are the binary's.
    return QString::number(value, 'g', std::fabs(value) < 1e15 ? 15 : 17);
}

QString clock(qint64 seconds, bool isDuration)
{
    const qint64 hours = seconds / 3600;
    QString text = u"%1:%2"_s.arg(QString::number(hours).rightJustified(isDuration ? 1 : 2, u'0'),
                                  QString::number(seconds / 60 % 60).rightJustified(2, u'0'));
    if (seconds % 60 != 0)
        text += u':' + QString::number(seconds % 60).rightJustified(2, u'0');
    return text;
}

} // namespace

CellFormat cellFormatOf(const QString &code)
{
    const QString bare = bareCode(code);
    if (bare.contains("general"_L1))
        return CellFormat::Number;
    if (bare.contains(u'['))
        return CellFormat::Duration;
    const bool hasClock = bare.contains(u'h') || bare.contains(u's');
    const bool hasDay = bare.contains(u'y') || bare.contains(u'd') || bare.contains(u'e')
        ? !bare.contains("e+"_L1) && !bare.contains("e-"_L1)
        : bare.contains(u'm') && !hasClock;
    if (hasDay)
        return hasClock ? CellFormat::DateTime : CellFormat::Date;
    if (hasClock)
        return CellFormat::Time;
    return bare.contains(u'%') ? CellFormat::Percent : CellFormat::Number;
}

QString cellNumber(double value, CellFormat format, bool from1904)
{
    if (format == CellFormat::Percent)
        return plainNumber(value * 100) + u'%';
    if (format == CellFormat::Number || !(value >= 0 && value < lastDay))
        return plainNumber(value);
    const qint64 seconds = std::llround(value * double(secondsOfDay));
    if (format == CellFormat::Duration)
        return clock(seconds, true);
    if (format == CellFormat::Time)
        return clock(seconds % secondsOfDay, false);
    qint64 day = seconds / secondsOfDay;
    // Excel's 1900 has a 29 February, number 60.
    if (!from1904 && day == 60)
        return u"1900-02-29"_s;
    const QDate zero = from1904 ? QDate(1904, 1, 1) : QDate(1899, 12, day < 60 ? 31 : 30);
    QString text = zero.addDays(day).toString(Qt::ISODate);
    if (format == CellFormat::DateTime || seconds % secondsOfDay != 0)
        text += u' ' + clock(seconds % secondsOfDay, false);
    return text;
}

bool CellStyles::begin(const XmlElement &element)
{
    if (element.is(XmlSpace::Sheet, "numFmt")) {
        m_formats.insert(element.value("numFmtId").toInt(),
                         cellFormatOf(element.value("formatCode").left(1000)));
    } else if (element.is(XmlSpace::Sheet, "cellXfs")) {
        m_isInCells = true;
    } else if (element.is(XmlSpace::Sheet, "xf") && m_isInCells) {
        const int number = element.value("numFmtId").toInt();
        m_styles.append(m_formats.value(number, builtInFormat(number)));
    }
    return !element.is(XmlSpace::Sheet, "dxfs");
}

void CellStyles::end(const XmlElement &element)
{
    if (element.is(XmlSpace::Sheet, "cellXfs"))
        m_isInCells = false;
}

bool CellStyles::isDone() const
{
    return m_styles.size() >= stylesLimit || m_formats.size() >= stylesLimit;
}

CellFormat CellStyles::format(qsizetype style) const
{
    return m_styles.value(style, CellFormat::Number);
}

} // namespace mcp
