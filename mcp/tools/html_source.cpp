// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/html_source.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype htmlLimit = 1024 * 1024;
constexpr int attributesLimit = 1000;

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f';
}

bool isTagLetter(QChar c)
{
    return c.unicode() < 0x80 && c.isLetter();
}

// https://html.spec.whatwg.org/multipage/parsing.html, "bogus comment state". rest: behind "<".
bool isOddComment(QStringView rest)
{
    if (rest.startsWith(u'!'))
        return !rest.startsWith("!--"_L1) && !rest.startsWith("!doctype"_L1, Qt::CaseInsensitive);
    return rest.startsWith(u'/') && rest.size() > 1 && !isTagLetter(rest.at(1));
}

// A start tag, from its name on.
class Tag
{
public:
    Tag(QStringView html, qsizetype at)
        : m_html(html)
        , m_at(at)
    {
        skip([](QChar c) { return !isSpace(c) && c != u'/' && c != u'>'; });
    }

    // Whether there is another attribute, which is then behind it.
    bool hasAnother()
    {
        skip([](QChar c) { return isSpace(c) || c == u'/'; });
        if (isAtEnd() || m_html.at(m_at) == u'>')
            return false;
        ++m_at; // a "=" that comes first is a name
        skip([](QChar c) { return !isSpace(c) && c != u'/' && c != u'>' && c != u'='; });
        skip(isSpace);
        if (!isAtEnd() && m_html.at(m_at) == u'=')
            skipValue();
        return true;
    }
    qsizetype at() const { return m_at; }

private:
    bool isAtEnd() const { return m_at >= m_html.size(); }

    template <class Fits>
    void skip(Fits fits)
    {
        while (!isAtEnd() && fits(m_html.at(m_at)))
            ++m_at;
    }

    void skipValue()
    {
        ++m_at;
        skip(isSpace);
        const QChar quote = isAtEnd() ? QChar() : m_html.at(m_at);
        if (quote != u'"' && quote != u'\'') {
            skip([](QChar c) { return !isSpace(c) && c != u'>'; });
            return;
        }
        const qsizetype end = m_html.indexOf(quote, m_at + 1);
        m_at = end < 0 ? m_html.size() : end + 1;
    }

    QStringView m_html;
    qsizetype m_at;
};

} // namespace

HtmlSource htmlSource(const QString &html)
{
    QString bounded = html.left(htmlLimit);
    const bool isLong = bounded.size() < html.size();
    bounded.remove(QChar(0)); // libxml2 would end there
    const QStringView all(bounded);

    QString kept;
    qsizetype from = 0;
    qsizetype behindTag = 0;
    for (qsizetype at = all.indexOf(u'<'); at >= 0; at = all.indexOf(u'<', at + 1)) {
        if (at < behindTag)
            continue; // in the value of an attribute
        const QStringView rest = all.mid(at + 1, 9);
        if (isOddComment(rest)) {
            const qsizetype end = all.indexOf(u'>', at);
            // That of a comment which began before: "<![endif]-->".
            if (end >= 2 && all.mid(end - 2, 2) == "--"_L1)
                continue;
            kept += all.mid(from, at - from);
            if (end < 0)
                return {.html = kept, .isCut = isLong};
            from = end + 1;
            at = end;
        } else if (!rest.isEmpty() && isTagLetter(rest.at(0))) {
            Tag tag(all, at + 1);
            for (int count = 0; tag.hasAnother(); ++count) {
                if (count == attributesLimit)
                    return {.html = kept + all.mid(from, at - from).toString(), .isCut = true};
            }
            behindTag = tag.at();
        }
    }
    kept += all.mid(from);
    return {.html = kept, .isCut = isLong};
}

} // namespace mcp
