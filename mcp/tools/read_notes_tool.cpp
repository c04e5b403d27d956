// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/read_notes_tool.h"

#include "mcp/tools/html_text.h"
#include "mcp/tools/mail_query.h"
#include "mcp/tools/note_pages.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"
#include "mcp/tools/text_piece.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"ReadNotes"_s;
constexpr qsizetype titleLimit = 250;
constexpr qsizetype nameLimit = 120;
constexpr qsizetype longestText = 200;

using Cursors = std::shared_ptr<const CursorSeal>;

// Which pages to list, or which one to read and from where on.
struct Question
{
    QStringList words = {};
    ListPlace place = {};
    QString page = {}; // empty: a list
    qsizetype start = 0; // characters of its text
};

Result<Question> questionOf(const QJsonObject &arguments, const CursorSeal &cursors,
                            const RequestContext &context)
{
    if (arguments.contains("cursor"_L1)) {
        const auto state = cursors.open(arguments, toolName, context);
        if (!state.ok())
            return state.error();
        return Question{.place = ListPlace::ofState(*state),
                        .page = state->value("page"_L1).toString(),
                        .start = qsizetype(state->value("start"_L1).toInteger())};
    }
    const bool hasText = arguments.contains("text"_L1);
    if (arguments.contains("page"_L1)) {
        const QString page = arguments.value("page"_L1).toString();
        if (hasText)
            return badArgument(u"\"text\" lists pages and \"page\" reads one: give one of both"_s);
        if (!isNotePageId(page)) {
            return badArgument(
                u"\"page\" is not the id of a page; ReadNotes without it lists them"_s);
        }
        return Question{.page = page};
    }
    const QString text = arguments.value("text"_L1).toString();
    if (text.size() > longestText)
        return badArgument(u"\"text\" has more than %1 characters"_s.arg(longestText));
    const QStringList words = searchWords(text);
    if (words.isEmpty() && hasText)
        return badArgument(u"\"text\" has no words to search for"_s);
    return Question{.words = words, .place = ListPlace::of(notePagesRequest(words))};
}

QString titleOf(const QJsonObject &page)
{
    const QString title = outsideLine(page.value("title"_L1).toString(), titleLimit);
    return title.isEmpty() ? u"(no title)"_s : title;
}

QString nameOf(const QJsonValue &parent)
{
    return outsideLine(parent["displayName"_L1].toString(), nameLimit);
}

QString changeOf(const QJsonObject &page)
{
    return personTime(outsideLine(page.value("lastModifiedDateTime"_L1).toString(), 40));
}

QString pageRow(const QJsonObject &page)
{
    return u"%1  %2\n  in %3, %4\n  page: %5"_s.arg(
        changeOf(page), titleOf(page), nameOf(page.value("parentNotebook"_L1)),
        nameOf(page.value("parentSection"_L1)), outsideLine(page.value("id"_L1).toString(), 512));
}

Result<ToolResult> listAnswer(const NotePages &pages, const Question &question,
                              const GraphClient &graph, const CursorSeal &cursors,
                              const RequestContext &context)
{
    QStringList all;
    for (const auto &page : pages.answer.value("value"_L1).toArray())
        all.append(pageRow(page.toObject()));
    const auto shown = listRows(all, pages.answer, question.place, graph);
    if (!shown.ok())
        return shown.error();
    QString text = u"No page in OneNote matches."_s;
    if (const auto count = shown->rows.size(); count > 0) {
        text = (count == 1 ? u"1 page"_s : u"%1 pages"_s.arg(count))
            + u", times of %1.\n"_s.arg(personZone())
            + OutsideFence().around(u"a list of notes"_s, shown->rows.join(u'\n'));
    }
    if (pages.isOfSomeSections)
        text += u"\nOneNote has too many sections here to list all: only those changed last."_s;
    else if (shown->next)
        text += cursors.goOn(toolName, context, shown->next->state());
    return ToolResult{.text = text};
}

ToolResult pageAnswer(const QJsonObject &page, const QString &html, const Question &question,
                      const CursorSeal &cursors, const RequestContext &context)
{
    const QString body = htmlText(html);
    const QString text = u"Title: %1\nIn: %2, %3\nChanged: %4\n\n%5"_s.arg(
        titleOf(page), nameOf(page.value("parentNotebook"_L1)),
        nameOf(page.value("parentSection"_L1)), changeOf(page),
        body.isEmpty() ? u"(no text)"_s : body);
    const TextPiece piece = textPiece(text, question.start);
    QString answer = u"Times of %1.\n"_s.arg(personZone())
        + OutsideFence().around(u"a page of notes"_s, piece.text);
    if (piece.next) {
        answer += piecesText(piece, text.size());
        answer += cursors.goOn(toolName, context,
                               {{u"page"_s, question.page}, {u"start"_s, *piece.next}});
    }
    return {.text = answer};
}

Async<ToolResult> readPage(GraphClient *graph, const Cursors &cursors, const Question &question,
                           const RequestContextPtr &context)
{
    const GraphRequest request = notePageRequest(question.page);
    return andThen(graph->get(request, context), graph, [=](const QJsonObject &page) {
        const GraphRequest content{.path = request.path + u"/content"_s, .scopes = request.scopes};
        return andThen(graph->html(content, context), graph, [=](const QString &html) {
            return readyAsync<ToolResult>(pageAnswer(page, html, question, *cursors, *context));
        });
    });
}

Async<ToolResult> read(GraphClient *graph, const Cursors &cursors, const QJsonObject &arguments,
                       const RequestContextPtr &context)
{
    const auto question = questionOf(arguments, *cursors, *context);
    if (!question.ok())
        return readyAsync<ToolResult>(question.error());
    if (!question->page.isEmpty())
        return readPage(graph, cursors, *question, context);
    return andThen(notePages(graph, question->place, question->words, context), graph,
                   [=, question = *question](const NotePages &pages) {
                       return readyAsync<ToolResult>(
                           listAnswer(pages, question, *graph, *cursors, *context));
                   });
}

// Without words on what the names say: the list of tools is to stay small.
QJsonObject inputSchema()
{
    return objectSchema(
        {{u"text"_s, wordSchema()}, {u"page"_s, wordSchema()}, {u"cursor"_s, cursorSchema()}});
}

} // namespace

Tool readNotesTool(GraphClient *graph, const Cursors &cursors)
{
    return {.name = toolName,
            .title = u"Read notes"_s,
            .description =
                u"Pages in OneNote, last changed first; text: words of their title. page "
                "(an id): that one as text."_s,
            .inputSchema = inputSchema(),
            .annotations = onlyReads,
            .area = Area::Notes,
            .scopes = {u"Notes.Read"_s},
            .handler = [graph, cursors](const QJsonObject &arguments,
                                        const RequestContextPtr &context) {
                return read(graph, cursors, arguments, context);
            }};
}

} // namespace mcp
