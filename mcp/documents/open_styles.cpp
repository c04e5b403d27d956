// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/open_styles.h"

#include "mcp/documents/word_lists.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype stylesLimit = 100'000;
constexpr int parentsLimit = 20;

// "1", "a", "A", "i" and "I" with the words of Word's formats.
QString numberFormat(const QString &sign)
{
    static const QHash<QString, QString> formats{{u"1"_s, u"decimal"_s},
                                                 {u"a"_s, u"lowerLetter"_s},
                                                 {u"A"_s, u"upperLetter"_s},
                                                 {u"i"_s, u"lowerRoman"_s},
                                                 {u"I"_s, u"upperRoman"_s}};
    return formats.value(sign);
}

} // namespace

bool OpenStyles::isFull() const
{
    return m_hidden.size() > stylesLimit || m_parents.size() > stylesLimit
        || m_numbers.size() > stylesLimit;
}

bool OpenStyles::begin(const XmlElement &element)
{
    const auto name = element.name();
    if (isFull() || element.is(XmlSpace::Office, "body")
        || element.is(XmlSpace::Office, "master-styles"))
        return false;
    if (element.is(XmlSpace::Style, "style")) {
        const QString family = element.value(XmlSpace::Style, "family");
        const QString own = element.value(XmlSpace::Style, "name");
        m_style = family + u'/' + own;
        if (family == "paragraph"_L1)
            m_parents.insert(own, element.value(XmlSpace::Style, "parent-style-name"));
    } else if (element.is(XmlSpace::Text, "list-style")) {
        m_listStyle = element.value(XmlSpace::Style, "name");
    } else if (element.is(XmlSpace::Text, "list-level-style-number")) {
        const QString format = numberFormat(element.value(XmlSpace::Style, "num-format"));
        if (!format.isEmpty()) {
            m_numbers.insert(m_listStyle + u'/' + element.value(XmlSpace::Text, "level"),
                             {.format = format,
                              .prefix = element.value(XmlSpace::Style, "num-prefix").left(10),
                              .suffix = element.value(XmlSpace::Style, "num-suffix").left(10)});
        }
    } else if (element.space() == XmlSpace::Style && name.ends_with("-properties")) {
        if (element.value(XmlSpace::Table, "display") == "false"_L1
            || element.value(XmlSpace::Presentation, "visibility") == "hidden"_L1
            || element.value(XmlSpace::Text, "display") == "none"_L1)
            m_hidden.insert(m_style);
    }
    return true;
}

bool OpenStyles::isHidden(QLatin1StringView family, const QString &style) const
{
    return m_hidden.contains(family + u'/' + style);
}

int OpenStyles::heading(const QString &style) const
{
    QString name = style;
    for (int i = 0; i < parentsLimit && !name.isEmpty(); ++i) {
        if (name == "Title"_L1)
            return 1;
        // A blank in a name is written as "_20_".
        if (name.startsWith("Heading_20_"_L1)) {
            if (const int level = QStringView(name).mid(11).toInt(); level > 0)
                return qMin(level, 6);
        }
        name = m_parents.value(name);
    }
    return 0;
}

QString OpenStyles::entryMark(const QString &listStyle, qsizetype level, int number) const
{
    const auto found = m_numbers.constFind(listStyle + u'/' + QString::number(level));
    if (found == m_numbers.constEnd())
        return u"-"_s;
    return found->prefix + numberText(number, found->format) + found->suffix;
}

} // namespace mcp
