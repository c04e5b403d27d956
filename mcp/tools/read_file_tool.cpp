// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/read_file_tool.h"

#include "mcp/tools/call_words.h"
#include "mcp/tools/document_texts.h"
#include "mcp/tools/drive_item_id.h"
#include "mcp/tools/file_encoding.h"
#include "mcp/tools/file_text.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"
#include "mcp/tools/text_piece.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"ReadFile"_s;
const QString savingHelps = u" DownloadFile saves the file for the person."_s;
constexpr qint64 readLimit = 2'000'000; // bytes of a file that is text

using Cursors = std::shared_ptr<const CursorSeal>;
using Contents = std::shared_ptr<GraphContent>;
using Documents = std::shared_ptr<DocumentTexts>;

// What is read, and from where on.
struct Reading
{
    DriveItemId id;
    qint64 start = 0; // bytes of the file; of a document characters of its text
    std::optional<FileEncoding> encoding; // nullopt: not known before the first piece
    QString version; // of the file's content, as Graph names it; empty: any

    QJsonObject state(qint64 next, FileEncoding used, const QString &read) const
    {
        return {{u"id"_s, id.text()},
                {u"start"_s, next},
                {u"encoding"_s, int(used)},
                {u"version"_s, read}};
    }
};

Result<Reading> readingOf(const QJsonObject &arguments, const CursorSeal &cursors,
                          const RequestContext &context)
{
    if (arguments.contains("cursor"_L1)) {
        const auto state = cursors.open(arguments, toolName, context);
        if (!state.ok())
            return state.error();
        return Reading{
            .id = DriveItemId::of(state->value("id"_L1).toString()).value_or(DriveItemId{}),
            .start = state->value("start"_L1).toInteger(),
            .encoding = FileEncoding(state->value("encoding"_L1).toInt()),
            .version = state->value("version"_L1).toString()};
    }
    const auto id = DriveItemId::of(arguments.value("id"_L1).toString());
    if (!id || id->item.isEmpty())
        return badArgument(u"\"id\" is not the id of a file; FindFiles lists them"_s);
    return Reading{.id = *id, .encoding = std::nullopt, .version = {}};
}

DocumentKind kindOf(const QJsonObject &item)
{
    return documentKindOf(item["file"_L1]["mimeType"_L1].toString(),
                          item.value("name"_L1).toString());
}

// Says in words why there is no text; empty: there may be some.
QString obstacleOf(const QJsonObject &item, const Reading &reading)
{
    if (!item.contains("file"_L1)) {
        return item.contains("folder"_L1) ? u"This is a folder; FindFiles lists what is in it."_s
                                          : u"This is no file, so it has no text to read."_s;
    }
    if (item.value("size"_L1).toInteger() == 0)
        return u"This file is empty."_s;
    if (!reading.version.isEmpty() && item.value("cTag"_L1).toString() != reading.version)
        return u"This file was changed since the last piece: read it again from its start."_s;
    const DocumentKind kind = kindOf(item);
    if (kind == DocumentKind::Old)
        return documentRemark({{}, DocumentEnd::Old}) + savingHelps;
    if (kind == DocumentKind::Package) {
        return item.value("size"_L1).toInteger() <= DocumentTexts::fileLimit
            ? QString()
            : u"Documents of more than 30 MB are not read."_s + savingHelps;
    }
    if (!mayBeText(item["file"_L1]["mimeType"_L1].toString(), item.value("name"_L1).toString())) {
        return u"ReadFile reads text and Office documents, not PDF, pictures and the like."_s
            + savingHelps;
    }
    return {};
}

QString headOf(const QJsonObject &item)
{
    return u"%1, %2\nchanged %3"_s.arg(outsideLine(item.value("name"_L1).toString(), 250),
                                       dataSize(item.value("size"_L1).toInteger()),
                                       lastChange(item));
}

ToolResult wordsOnly(const QJsonObject &item, const QString &words)
{
    return {.text = u"Times of %1.\n"_s.arg(personZone())
                + OutsideFence().around(u"what a file is called"_s, headOf(item)) + u'\n' + words};
}

ToolResult answerOf(const QJsonObject &item, const ContentBytes &content, qint64 wanted,
                    const Reading &reading, const CursorSeal &cursors,
                    const RequestContext &context)
{
    const qint64 size = content.size.value_or(item.value("size"_L1).toInteger());
    const qint64 end = reading.start + content.bytes.size();
    const bool isLast = content.bytes.size() < wanted || end >= size;
    const FileEncoding encoding =
        reading.encoding.value_or(encodingOf(content.bytes, isLast && reading.start == 0));
    const qsizetype mark = reading.start == 0 ? markSize(content.bytes) : 0;
    const auto window = textWindow(content.bytes.mid(mark), encoding, isLast);
    if (!window) {
        return wordsOnly(
            item, u"What this file holds is no text. DownloadFile saves it for the person."_s);
    }
    const qint64 next = reading.start + mark + window->bytes;
    const QString text = outsideText(window->text);
    ToolResult result{
        .text = u"Times of %1.\n"_s.arg(personZone())
            + OutsideFence().around(u"a file"_s,
                                    headOf(item) + u"\n\n"_s
                                        + (text.isEmpty() ? u"(nothing visible)"_s : text))};
    if (next >= end && isLast)
        return result;
    result.text += u"\nBytes %1 to %2 of %3."_s.arg(QString::number(reading.start + 1),
                                                    QString::number(next), QString::number(size));
    if (next >= readLimit) {
        result.text += u" No more than 2 MB of a file are read; DownloadFile saves all of it."_s;
    } else {
        result.text += cursors.goOn(
            toolName, context, reading.state(next, encoding, item.value("cTag"_L1).toString()));
    }
    return result;
}

ToolResult documentAnswer(const QJsonObject &item, const DocumentText &document,
                          const Reading &reading, const CursorSeal &cursors,
                          const RequestContext &context)
{
    const QString remark = documentRemark(document);
    if (document.text.isEmpty())
        return wordsOnly(item, remark + savingHelps);
    const TextPiece piece = textPiece(document.text, reading.start);
    ToolResult result{
        .text = u"Times of %1.\n"_s.arg(personZone())
            + OutsideFence().around(u"a document"_s, headOf(item) + u"\n\n"_s + piece.text)};
    if (piece.next || piece.start > 0)
        result.text += piecesText(piece, document.text.size());
    if (!remark.isEmpty())
        result.text += u'\n' + remark;
    if (piece.next) {
        result.text += cursors.goOn(
            toolName, context,
            reading.state(*piece.next, FileEncoding::Utf8, item.value("cTag"_L1).toString()));
    }
    return result;
}

Async<ToolResult> read(GraphClient *graph, const Contents &contents, const Documents &documents,
                       const Cursors &cursors, const QJsonObject &arguments,
                       const RequestContextPtr &context)
{
    const auto reading = readingOf(arguments, *cursors, *context);
    if (!reading.ok())
        return readyAsync<ToolResult>(reading.error());
    GraphRequest about{.path = reading->id.path(), .scopes = reading->id.scopes()};
    about.query.addQueryItem(
        u"$select"_s,
        u"id,name,size,file,folder,package,cTag,lastModifiedDateTime,lastModifiedBy"_s);
    const auto next = [graph, contents, documents, cursors, context,
                       reading = *reading](const QJsonObject &item) {
        const QString obstacle = obstacleOf(item, reading);
        if (!obstacle.isEmpty())
            return readyAsync<ToolResult>(wordsOnly(item, obstacle));
        const GraphRequest bytes{.path = reading.id.path() + u"/content"_s,
                                 .scopes = reading.id.scopes()};
        if (kindOf(item) == DocumentKind::Package) {
            return andThen(documents->read(bytes, item.value("cTag"_L1).toString(), context), graph,
                           [cursors, context, reading, item](const DocumentText &document) {
                               return readyAsync<ToolResult>(
                                   documentAnswer(item, document, reading, *cursors, *context));
                           });
        }
        const qint64 wanted =
            windowSize(reading.encoding.value_or(FileEncoding::Utf16LittleEndian));
        return andThen(contents->read(bytes, reading.start, wanted, context), graph,
                       [cursors, context, reading, item, wanted](const ContentBytes &content) {
                           return readyAsync<ToolResult>(
                               answerOf(item, content, wanted, reading, *cursors, *context));
                       });
    };
    return andThen(graph->get(about, context), graph, next);
}

QString inWords(const QJsonObject &arguments)
{
    if (CallWords::goesOn(arguments))
        return CallWords::tr("Read on in a file");
    return CallWords::tr("Read file %1").arg(CallWords::id(arguments.value("id"_L1)));
}

} // namespace

Tool readFileTool(GraphClient *graph, const Contents &contents, const Cursors &cursors)
{
    const auto documents = std::make_shared<DocumentTexts>(contents);
    return {.name = toolName,
            .title = u"Read a file"_s,
            .description = u"Reads a docx, xlsx, pptx, odt, txt, csv, html, code or other text "
                           "file of OneDrive or SharePoint, in pieces. Not PDF."_s,
            .inputSchema = objectSchema({{u"id"_s, wordSchema()}, {u"cursor"_s, cursorSchema()}}),
            .annotations = onlyReads,
            .area = Area::Files,
            .scopes = {u"Files.Read"_s, u"Files.Read.All"_s},
            .inWords = &inWords,
            .handler = [graph, contents, documents, cursors](const QJsonObject &arguments,
                                                             const RequestContextPtr &context) {
                return read(graph, contents, documents, cursors, arguments, context);
            }};
}

} // namespace mcp
