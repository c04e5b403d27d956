// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/html_text.h"

#include "mcp/documents/link_address.h"
#include "mcp/tools/html_lines.h"
#include "mcp/tools/html_source.h"
#include "mcp/tools/html_style.h"
#include "mcp/tools/outside_text.h"

#include <QHash>
#include <QSet>

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <cstring>
#include <memory>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype depthLimit = 512; // as in Chromium

bool isUnseen(const QString &name)
{
    static const QSet<QString> names{
        u"applet"_s, u"audio"_s,   u"canvas"_s,   u"datalist"_s, u"embed"_s,    u"frameset"_s,
        u"iframe"_s, u"noembed"_s, u"noframes"_s, u"object"_s,   u"noscript"_s, u"script"_s,
        u"style"_s,  u"svg"_s,     u"template"_s, u"title"_s,    u"video"_s,    u"xml"_s,
    };
    return names.contains(name);
}

bool isBlock(const QString &name)
{
    static const QSet<QString> names{
        u"address"_s,  u"article"_s,   u"aside"_s,     u"blockquote"_s, u"body"_s,    u"caption"_s,
        u"center"_s,   u"dd"_s,        u"details"_s,   u"dialog"_s,     u"dir"_s,     u"div"_s,
        u"dl"_s,       u"dt"_s,        u"fieldset"_s,  u"figcaption"_s, u"figure"_s,  u"footer"_s,
        u"form"_s,     u"h1"_s,        u"h2"_s,        u"h3"_s,         u"h4"_s,      u"h5"_s,
        u"h6"_s,       u"header"_s,    u"hr"_s,        u"legend"_s,     u"li"_s,      u"main"_s,
        u"menu"_s,     u"nav"_s,       u"ol"_s,        u"option"_s,     u"p"_s,       u"pre"_s,
        u"section"_s,  u"summary"_s,   u"table"_s,     u"ul"_s,         u"listing"_s, u"xmp"_s,
        u"textarea"_s, u"plaintext"_s, u"codeblock"_s,
    };
    return names.contains(name);
}

bool isList(const QString &name)
{
    return name == "ul"_L1 || name == "ol"_L1 || name == "menu"_L1 || name == "dir"_L1;
}

class HtmlReader
{
public:
    void begin(const QString &name, const QHash<QString, QString> &attributes);
    void end();
    void addText(const QString &text);

    qsizetype depth() const { return m_open.size(); }
    QString text() const { return m_lines.text(); }

private:
    struct Element
    {
        QString name;
        HtmlSight sight;
        bool keepsSpaces = false;
        int entries = 0; // of a list
        QString address; // of a link
    };

    void beginEntry();
    void addImage(const QHash<QString, QString> &attributes);
    void addAddress(const QString &address);

    QList<Element> m_open; // the innermost last
    HtmlLines m_lines;
    qsizetype m_lists = 0;
    QString m_label; // since the last link began
};

void HtmlReader::begin(const QString &name, const QHash<QString, QString> &attributes)
{
    const Element outer = m_open.isEmpty() ? Element{} : m_open.last();
    Element element;
    element.name = name;
    element.sight = outer.sight.within(attributes.value(u"style"_s));
    element.keepsSpaces = outer.keepsSpaces || name == "pre"_L1 || name == "textarea"_L1;
    if (isUnseen(name) || attributes.contains(u"hidden"_s))
        element.sight.isGone = true;
    m_open.append(element);
    if (element.sight.isGone)
        return;

    if (isBlock(name))
        m_lines.beginBlock();
    if (isList(name)) {
        ++m_lists;
    } else if (name == "li"_L1) {
        beginEntry();
    } else if (name == "blockquote"_L1) {
        m_lines.beginQuote();
    } else if (name == "br"_L1) {
        m_lines.breakLine();
    } else if (name == "tr"_L1) {
        m_lines.beginRow();
    } else if (name == "td"_L1 || name == "th"_L1) {
        m_lines.beginCell();
    } else if (name == "img"_L1 || name == "emoji"_L1) {
        addImage(attributes);
    } else if (name == "hr"_L1) {
        addText(u"---"_s);
    } else if (name == "a"_L1) {
        m_open.last().address = linkAddress(attributes.value(u"href"_s));
        m_label.clear();
    }
}

void HtmlReader::end()
{
    if (m_open.isEmpty())
        return;
    const Element element = m_open.takeLast();
    if (element.sight.isGone)
        return;
    if (!element.address.isEmpty() && element.sight.isSeen())
        addAddress(element.address);
    if (isList(element.name))
        --m_lists;
    else if (element.name == "li"_L1)
        m_lines.endEntry();
    else if (element.name == "blockquote"_L1)
        m_lines.endQuote();
    else if (element.name == "tr"_L1)
        m_lines.endRow();
    if (isBlock(element.name))
        m_lines.beginBlock();
}

void HtmlReader::addText(const QString &text)
{
    const Element in = m_open.isEmpty() ? Element{} : m_open.last();
    if (!in.sight.isSeen())
        return;
    m_lines.add(text, in.keepsSpaces);
    m_label += text;
}

void HtmlReader::beginEntry()
{
    int number = 0;
    for (qsizetype i = m_open.size() - 2; i >= 0; --i) {
        if (!isList(m_open.at(i).name))
            continue;
        if (m_open.at(i).name == "ol"_L1)
            number = ++m_open[i].entries;
        break;
    }
    m_lines.beginEntry(m_lists, number);
}

void HtmlReader::addImage(const QHash<QString, QString> &attributes)
{
    const QString alternative = attributes.value(u"alt"_s).simplified();
    const bool hasWords = std::any_of(alternative.begin(), alternative.end(),
                                      [](QChar c) { return c.isLetterOrNumber(); });
    const bool isPixel =
        attributes.value(u"width"_s) == "1"_L1 || attributes.value(u"height"_s) == "1"_L1;
    if (hasWords)
        addText(u"[image: "_s + alternative + u']');
    else if (!alternative.isEmpty())
        addText(alternative); // an emoji
    else if (!attributes.contains(u"alt"_s) && attributes.contains(u"src"_s) && !isPixel)
        addText(u"[image]"_s);
}

void HtmlReader::addAddress(const QString &address)
{
    const QString label = m_label.simplified();
    if (label.isEmpty())
        addText(u'(' + address + u')');
    else if (!saysAddress(label, address))
        m_lines.addBehind(u" ("_s + address + u')');
}

QString textOf(const xmlChar *text)
{
    return QString::fromUtf8(reinterpret_cast<const char *>(text));
}

// What libxml2 calls back to.
struct Reading
{
    xmlParserCtxtPtr parser = nullptr;
    HtmlReader reader;
    bool isCut = false;

    static void begin(void *self, const xmlChar *name, const xmlChar **attributes)
    {
        auto &reading = *static_cast<Reading *>(self);
        if (reading.reader.depth() >= depthLimit) {
            reading.isCut = true;
            xmlStopParser(reading.parser);
        }
        if (reading.isCut)
            return;
        QHash<QString, QString> values;
        for (; attributes && attributes[0]; attributes += 2)
            values.insert(textOf(attributes[0]).toLower(), textOf(attributes[1]));
        reading.reader.begin(textOf(name).toLower(), values);
    }
    static void end(void *self, const xmlChar *)
    {
        auto &reading = *static_cast<Reading *>(self);
        if (!reading.isCut)
            reading.reader.end();
    }
    static void text(void *self, const xmlChar *text, int size)
    {
        auto &reading = *static_cast<Reading *>(self);
        if (!reading.isCut)
            reading.reader.addText(QString::fromUtf8(reinterpret_cast<const char *>(text), size));
    }
};

} // namespace

QString htmlText(const QString &html)
{
    Reading reading;
    const HtmlSource source = htmlSource(html);
    const QByteArray bytes = source.html.toUtf8();

    const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(htmlNewParserCtxt(),
                                                                                htmlFreeParserCtxt);
    if (!parser)
        return {};
    xmlSAXHandler &handler = *parser->sax;
    std::memset(&handler, 0, sizeof handler);
    handler.startElement = Reading::begin;
    handler.endElement = Reading::end;
    handler.characters = handler.ignorableWhitespace = handler.cdataBlock = Reading::text;
    parser->userData = &reading;
    reading.parser = parser.get();
    // Without a tree: nothing is built that deep nesting could make large.
    htmlCtxtReadMemory(parser.get(), bytes.constData(), int(bytes.size()), nullptr, "UTF-8",
                       HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
                           | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    QString text = outsideText(reading.reader.text());
    if (reading.isCut || source.isCut)
        text += text.isEmpty() ? u"[cut]"_s : u"\n[cut]"_s;
    return text;
}

} // namespace mcp
