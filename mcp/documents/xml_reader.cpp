// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/xml_reader.h"

#include "mcp/documents/xml_tag_guard.h"

#include <QHash>
#include <QStringDecoder>

#include <libxml/parser.h>
#include <libxml/SAX2.h>

#include <cstring>
#include <optional>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

XmlSpace spaceOf(const QByteArray &uri)
{
    static const QHash<QByteArray, XmlSpace> spaces = [] {
        QHash<QByteArray, XmlSpace> all{
            {"http://schemas.openxmlformats.org/markup-compatibility/2006",
             XmlSpace::Compatibility},
            {"http://schemas.openxmlformats.org/package/2006/relationships", XmlSpace::Relations},
            {"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments",
             XmlSpace::ThreadedComments},
            {"http://schemas.microsoft.com/office/powerpoint/2018/8/main", XmlSpace::SlideComments},
            {"http://www.w3.org/1999/xlink", XmlSpace::XLink},
            {"http://purl.org/dc/elements/1.1/", XmlSpace::DublinCore},
            {"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", XmlSpace::Svg},
        };
        // Strict names differ in their head only.
        const auto office = [&all](const QByteArray &old, const QByteArray &strict,
                                   XmlSpace space) {
            all.insert("http://schemas.openxmlformats.org/" + old, space);
            all.insert("http://purl.oclc.org/ooxml/" + strict, space);
        };
        office("officeDocument/2006/relationships", "officeDocument/relationships",
               XmlSpace::OfficeRelations);
        office("wordprocessingml/2006/main", "wordprocessingml/main", XmlSpace::Word);
        office("spreadsheetml/2006/main", "spreadsheetml/main", XmlSpace::Sheet);
        office("presentationml/2006/main", "presentationml/main", XmlSpace::Slide);
        office("drawingml/2006/main", "drawingml/main", XmlSpace::Drawing);
        office("drawingml/2006/wordprocessingDrawing", "drawingml/wordprocessingDrawing",
               XmlSpace::WordDrawing);
        office("drawingml/2006/diagram", "drawingml/diagram", XmlSpace::Diagram);
        office("drawingml/2006/chart", "drawingml/chart", XmlSpace::Chart);
        office("officeDocument/2006/math", "officeDocument/math", XmlSpace::Math);
        const auto open = [&all](const QByteArray &name, XmlSpace space) {
            all.insert("urn:oasis:names:tc:opendocument:xmlns:" + name + ":1.0", space);
        };
        open("office", XmlSpace::Office);
        open("text", XmlSpace::Text);
        open("table", XmlSpace::Table);
        open("drawing", XmlSpace::Draw);
        open("presentation", XmlSpace::Presentation);
        open("style", XmlSpace::Style);
        open("manifest", XmlSpace::Manifest);
        return all;
    }();
    return spaces.value(uri, XmlSpace::Other);
}

std::string_view viewOf(const xmlChar *text)
{
    return reinterpret_cast<const char *>(text);
}

// Attributes as libxml2 hands them over: name, prefix, namespace, begin and end of the value.
class OpenElement final : public XmlElement
{
public:
    OpenElement(XmlSpace space, std::string_view name, const xmlChar **attributes, int count,
                QHash<const xmlChar *, XmlSpace> &spaces)
        : XmlElement(space, name)
        , m_attributes(attributes)
        , m_count(count)
        , m_spaces(spaces)
    {
    }

    QString value(XmlSpace space, std::string_view name) const override
    {
        for (int i = 0; i < m_count; ++i) {
            const xmlChar **attribute = m_attributes + 5 * i;
            if (viewOf(attribute[0]) != name || spaceAt(attribute[2]) != space)
                continue;
            const auto *begin = reinterpret_cast<const char *>(attribute[3]);
            QString value =
                QString::fromUtf8(begin, reinterpret_cast<const char *>(attribute[4]) - begin);
            // libxml2 leaves "&" for who expands entities later; nobody does.
            value.replace("&#38;"_L1, "&"_L1);
            return value.isNull() ? u""_s : value;
        }
        return {};
    }

private:
    XmlSpace spaceAt(const xmlChar *uri) const
    {
        if (!uri)
            return XmlSpace::None;
        const auto found = m_spaces.constFind(uri);
        if (found != m_spaces.constEnd())
            return *found;
        return *m_spaces.insert(uri, spaceOf(reinterpret_cast<const char *>(uri)));
    }

    const xmlChar **m_attributes;
    int m_count;
    QHash<const xmlChar *, XmlSpace> &m_spaces;
};

QStringConverter::Encoding encodingOf(QByteArrayView head)
{
    if (head.startsWith("\xFE\xFF") || head.startsWith(QByteArrayView("\0<", 2)))
        return QStringConverter::Utf16BE;
    if (head.startsWith("\xFF\xFE") || head.startsWith(QByteArrayView("<\0", 2)))
        return QStringConverter::Utf16LE;
    return QStringConverter::Utf8;
}

} // namespace

struct XmlReader::Parser
{
    Parser(XmlHandler &whoTakes, qint64 &howMany)
        : handler(whoTakes)
        , elementsLeft(howMany)
    {
        xmlSAXHandler callbacks;
        std::memset(&callbacks, 0, sizeof callbacks);
        callbacks.initialized = XML_SAX2_MAGIC;
        callbacks.internalSubset = onDocumentType;
        callbacks.startElementNs = onBegin;
        callbacks.endElementNs = onEnd;
        callbacks.characters = callbacks.ignorableWhitespace = callbacks.cdataBlock = onText;
        parser = xmlCreatePushParserCtxt(&callbacks, this, nullptr, 0, nullptr);
        if (parser) {
            xmlCtxtUseOptions(parser,
                              XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
                                  | XML_PARSE_IGNORE_ENC);
        }
    }
    ~Parser() { xmlFreeParserCtxt(parser); }
    Q_DISABLE_COPY_MOVE(Parser)

    struct Open
    {
        int spaces = 0;
        bool isTransparent = false; // the markup of alternatives
        bool hasTaken = false; // one of its alternatives
    };

    void stop(DocumentEnd why)
    {
        end = why;
        isStopped = true;
        xmlStopParser(parser);
    }

    bool takes(const XmlElement &element)
    {
        if (element.space() != XmlSpace::Compatibility)
            return handler.begin(element);
        open.last().isTransparent = true;
        const bool isChoice = element.name() == "Choice" || element.name() == "Fallback";
        if (!isChoice || open.size() < 2)
            return true;
        return !std::exchange(open[open.size() - 2].hasTaken, true);
    }

    static void onDocumentType(void *self, const xmlChar *, const xmlChar *, const xmlChar *)
    {
        // Neither format may have one; it is where entities would be declared.
        static_cast<Parser *>(self)->stop(DocumentEnd::Damaged);
    }

    static void onBegin(void *self, const xmlChar *name, const xmlChar *, const xmlChar *uri,
                        int spaceCount, const xmlChar **, int count, int,
                        const xmlChar **attributes)
    {
        auto &reading = *static_cast<Parser *>(self);
        if (reading.isStopped)
            return;
        reading.spacesInForce += spaceCount;
        reading.open.append(Open{.spaces = spaceCount});
        if (reading.open.size() > depthLimit || reading.spacesInForce > spacesLimit
            || --reading.elementsLeft < 0) {
            reading.stop(DocumentEnd::TooLarge);
            return;
        }
        if (reading.skipsAbove > 0)
            return;
        XmlSpace space = XmlSpace::None;
        if (uri) {
            const auto found = reading.spaces.constFind(uri);
            space = found != reading.spaces.constEnd()
                ? *found
                : *reading.spaces.insert(uri, spaceOf(reinterpret_cast<const char *>(uri)));
        }
        if (!reading.takes(OpenElement(space, viewOf(name), attributes, count, reading.spaces)))
            reading.skipsAbove = reading.open.size();
        reading.stopWhereDone();
    }

    static void onEnd(void *self, const xmlChar *name, const xmlChar *, const xmlChar *uri)
    {
        auto &reading = *static_cast<Parser *>(self);
        if (reading.isStopped || reading.open.isEmpty())
            return;
        const Open closed = reading.open.last();
        const bool isSkipped = reading.skipsAbove > 0;
        if (reading.skipsAbove == reading.open.size())
            reading.skipsAbove = 0;
        reading.spacesInForce -= closed.spaces;
        reading.open.removeLast();
        if (isSkipped || closed.isTransparent)
            return;
        reading.handler.end(XmlElement(
            uri ? reading.spaces.value(uri, XmlSpace::Other) : XmlSpace::None, viewOf(name)));
        reading.stopWhereDone();
    }

    static void onText(void *self, const xmlChar *text, int size)
    {
        auto &reading = *static_cast<Parser *>(self);
        if (reading.isStopped || reading.skipsAbove > 0)
            return;
        reading.handler.text(QString::fromUtf8(reinterpret_cast<const char *>(text), size));
    }

    void stopWhereDone()
    {
        if (handler.isDone())
            stop(DocumentEnd::Whole);
    }

    XmlHandler &handler;
    qint64 &elementsLeft;
    xmlParserCtxtPtr parser = nullptr;
    XmlTagGuard guard{attributesLimit};
    std::optional<QStringDecoder> decoder;
    QHash<const xmlChar *, XmlSpace> spaces; // by libxml2's one copy of each name
    QList<Open> open;
    qsizetype skipsAbove = 0; // how many are open where skipping began; 0: nothing is skipped
    int spacesInForce = 0;
    DocumentEnd end = DocumentEnd::Whole;
    bool isStopped = false;
};

XmlReader::XmlReader(XmlHandler &handler, qint64 &elementsLeft)
    : m_parser(std::make_unique<Parser>(handler, elementsLeft))
{
}

XmlReader::~XmlReader() = default;

bool XmlReader::add(QByteArrayView bytes)
{
    Parser &reading = *m_parser;
    if (reading.isStopped || !reading.parser || bytes.isEmpty())
        return !reading.isStopped && reading.parser;
    if (!reading.decoder)
        reading.decoder.emplace(encodingOf(bytes));
    // Whatever encoding it claims to have, libxml2 gets valid UTF-8.
    const QString text = reading.decoder->decode(bytes);
    const QByteArray utf8 = text.toUtf8();
    if (!reading.guard.pass(utf8)) {
        reading.stop(DocumentEnd::TooLarge);
        return false;
    }
    const int fault = xmlParseChunk(reading.parser, utf8.constData(), int(utf8.size()), 0);
    if (fault != 0 && !reading.isStopped && !reading.parser->wellFormed)
        reading.stop(DocumentEnd::Damaged);
    return !reading.isStopped;
}

DocumentEnd XmlReader::finish()
{
    Parser &reading = *m_parser;
    if (!reading.parser)
        return DocumentEnd::Damaged;
    if (!reading.isStopped) {
        xmlParseChunk(reading.parser, nullptr, 0, 1);
        if (!reading.isStopped && !reading.parser->wellFormed)
            reading.end = DocumentEnd::Damaged;
    }
    return reading.end;
}

} // namespace mcp
