// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/teams_tool.h"

#include "mcp/graph/graph_batch.h"
#include "mcp/tools/call_words.h"
#include "mcp/tools/graph_list.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"
#include "mcp/tools/teams_id.h"
#include "mcp/tools/teams_text.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"ReadTeams"_s;

using Cursors = std::shared_ptr<const CursorSeal>;

// A kind of list: what Graph asks for it, and how it is shown.
struct Kind
{
    const char *word; // in cursors
    const char *scope;
    const char *heading; // above its rows, where there are several lists
    const char *fence;
    const char *empty;
    qsizetype limit;
    QString (*row)(const QJsonObject &entity, const QString &ownId);
};

template <QString (*row)(const QJsonObject &)>
QString rowOf(const QJsonObject &entity, const QString &)
{
    return row(entity);
}

// Chats and teams stand in one answer, so each has less room.
constexpr Kind kinds[]{
    {"chats", "Chat.Read", "Chats:", "chats", "No chats.", rowsLimit * 3 / 4, chatRow},
    {"teams", "Team.ReadBasic.All", "Teams:", "teams", "No teams.", rowsLimit / 4, rowOf<teamRow>},
    {"channels", "Channel.ReadBasic.All", "Channels:", "channels", "No channels.", rowsLimit,
     rowOf<channelRow>},
    {"chat", "Chat.Read", "Messages:", "messages of a chat", "No messages.", rowsLimit,
     rowOf<chatMessageRow>},
    // Graph has no lesser permission to read channels, and only an administrator can consent to it.
    {"channel", "ChannelMessage.Read.All", "Messages:", "messages of a channel", "No messages.",
     rowsLimit, rowOf<channelMessageRow>},
    {"replies", "ChannelMessage.Read.All", "Replies:", "replies in a channel", "No replies.",
     rowsLimit, rowOf<chatMessageRow>},
};

const Kind &kindNamed(const QString &word)
{
    for (const Kind &kind : kinds) {
        if (word == QLatin1StringView(kind.word))
            return kind;
    }
    return kinds[0];
}

// One of the lists that an answer has.
struct Listing
{
    const Kind *kind = nullptr;
    ListPlace place;
};

Listing listing(const char *kind, const QString &path, const QList<QPair<QString, QString>> &query)
{
    GraphRequest request{.path = path};
    request.query.setQueryItems(query);
    return {.kind = &kindNamed(QString::fromLatin1(kind)), .place = ListPlace::of(request)};
}

QStringList scopesOf(const QList<Listing> &listings)
{
    QStringList scopes;
    for (const Listing &one : listings)
        scopes.append(QString::fromLatin1(one.kind->scope));
    return scopes;
}

// https://learn.microsoft.com/graph/api/chat-list: a chat without a topic goes by its members, and
// with these Graph lists at most 25.
QList<Listing> chatsAndTeams()
{
    return {listing("chats", u"/v1.0/me/chats"_s,
                    {{u"$expand"_s, u"members,lastMessagePreview"_s},
                     {u"$orderby"_s, u"lastMessagePreview/createdDateTime desc"_s},
                     {u"$top"_s, u"25"_s}}),
            listing("teams", u"/v1.0/me/joinedTeams"_s, {})};
}

Error wrongId(const QString &name, const QString &what, const QString &where)
{
    return badArgument(
        u"\"%1\" is not the id of a %2; ReadTeams %3 lists them"_s.arg(name, what, where));
}

Result<QList<Listing>> listingsOf(const QJsonObject &arguments)
{
    const auto text = [&arguments](QLatin1StringView name) {
        return arguments.value(name).toString();
    };
    if (arguments.contains("chat"_L1)) {
        if (arguments.size() > 1)
            return badArgument(u"\"chat\" goes alone"_s);
        if (!isThreadId(text("chat"_L1)))
            return wrongId(u"chat"_s, u"chat"_s, u"without arguments"_s);
        // By default a reaction would bring an old message to the front.
        return QList<Listing>{
            listing("chat", u"/v1.0/chats/%1/messages"_s.arg(text("chat"_L1)),
                    {{u"$top"_s, u"30"_s}, {u"$orderby"_s, u"createdDateTime desc"_s}})};
    }
    if (arguments.contains("channel"_L1) && !arguments.contains("team"_L1))
        return badArgument(u"\"channel\" needs the \"team\" that it is in"_s);
    if (arguments.contains("message"_L1) && !arguments.contains("channel"_L1))
        return badArgument(u"\"message\" needs the \"team\" and \"channel\" that it is in"_s);
    if (!arguments.contains("team"_L1))
        return chatsAndTeams();
    if (!isTeamId(text("team"_L1)))
        return wrongId(u"team"_s, u"team"_s, u"without arguments"_s);
    const QString channels = u"/v1.0/teams/%1/channels"_s.arg(text("team"_L1));
    if (!arguments.contains("channel"_L1)) {
        return QList<Listing>{
            listing("channels", channels,
                    {{u"$select"_s, u"id,displayName,description,membershipType"_s}})};
    }
    if (!isThreadId(text("channel"_L1)))
        return wrongId(u"channel"_s, u"channel"_s, u"with \"team\""_s);
    const QString messages = u"%1/%2/messages"_s.arg(channels, text("channel"_L1));
    const QList<QPair<QString, QString>> query{{u"$top"_s, u"30"_s}};
    if (!arguments.contains("message"_L1))
        return QList<Listing>{listing("channel", messages, query)};
    if (!isMessageId(text("message"_L1)))
        return wrongId(u"message"_s, u"message"_s, u"with \"team\" and \"channel\""_s);
    return QList<Listing>{
        listing("replies", u"%1/%2/replies"_s.arg(messages, text("message"_L1)), query)};
}

QJsonObject stateOf(const QList<Listing> &listings)
{
    QJsonArray lists;
    for (const Listing &one : listings) {
        QJsonObject state = one.place.state();
        state.insert(u"kind"_s, QString::fromLatin1(one.kind->word));
        lists.append(state);
    }
    return {{u"lists"_s, lists}};
}

Result<QList<Listing>> listingsFor(const QJsonObject &arguments, const CursorSeal &cursors,
                                   const RequestContext &context)
{
    if (!arguments.contains("cursor"_L1))
        return listingsOf(arguments);
    const auto state = cursors.open(arguments, toolName, context);
    if (!state.ok())
        return state.error();
    QList<Listing> listings;
    for (const auto &one : state->value("lists"_L1).toArray())
        listings.append({.kind = &kindNamed(one["kind"_L1].toString()),
                         .place = ListPlace::ofState(one.toObject())});
    return listings;
}

// What an answer has so far.
struct Answer
{
    QStringList texts; // to be fenced
    QStringList fences;
    QStringList empties;
    QList<Listing> next;

    QString text() const
    {
        QString text = empties.join(u' ');
        if (!texts.isEmpty()) {
            text = u"Times of %1.%2\n"_s.arg(personZone(), text.isEmpty() ? text : u' ' + text)
                + OutsideFence().around(fences.join(u" and "_s), texts.join(u"\n\n"_s));
        }
        return text;
    }
};

std::optional<Error> addTo(Answer *answer, const QJsonObject &got, const Listing &listing,
                           bool isAlone, const GraphClient &graph, const RequestContext &context)
{
    const Kind &kind = *listing.kind;
    const QString ownId = context.principal.section(u'.', 1);
    QStringList all;
    for (const auto &one : got.value("value"_L1).toArray())
        all.append(kind.row(one.toObject(), ownId));
    const auto shown = listRows(all, got, listing.place, graph, kind.limit);
    if (!shown.ok())
        return shown.error();
    if (shown->rows.isEmpty()) {
        answer->empties.append(QString::fromLatin1(kind.empty));
    } else {
        const QString heading = isAlone ? QString() : QString::fromLatin1(kind.heading) + u'\n';
        answer->texts.append(heading + shown->rows.join(u'\n'));
        answer->fences.append(QString::fromLatin1(kind.fence));
    }
    if (shown->next)
        answer->next.append({.kind = listing.kind, .place = *shown->next});
    return std::nullopt;
}

// A fault of one list is one of all.
Result<ToolResult> answerOf(const GraphAnswers &got, const QList<Listing> &listings,
                            const GraphClient &graph, const CursorSeal &cursors,
                            const RequestContext &context)
{
    Answer answer;
    for (qsizetype i = 0; i < listings.size(); ++i) {
        if (!got.at(i).ok())
            return got.at(i).error();
        const auto error =
            addTo(&answer, *got.at(i), listings.at(i), listings.size() == 1, graph, context);
        if (error)
            return *error;
    }
    QString text = answer.text();
    if (!answer.next.isEmpty())
        text += cursors.goOn(toolName, context, stateOf(answer.next));
    return ToolResult{.text = text};
}

Async<ToolResult> read(GraphClient *graph, const Cursors &cursors, const QJsonObject &arguments,
                       const RequestContextPtr &context)
{
    const auto listings = listingsFor(arguments, *cursors, *context);
    if (!listings.ok())
        return readyAsync<ToolResult>(listings.error());
    QList<GraphRequest> requests;
    for (const Listing &one : *listings) // all scopes with each, so that the person is asked once
        requests.append(one.place.request(scopesOf(*listings)));
    return andThen(getAll(graph, requests, context), graph,
                   [=, listings = *listings](const GraphAnswers &got) {
                       return readyAsync<ToolResult>(
                           answerOf(got, listings, *graph, *cursors, *context));
                   });
}

QJsonObject inputSchema()
{
    return objectSchema({{u"chat"_s, wordSchema()},
                         {u"team"_s, wordSchema()},
                         {u"channel"_s, wordSchema()},
                         {u"message"_s, wordSchema()},
                         {u"cursor"_s, cursorSchema()}});
}

QString inWords(const QJsonObject &arguments)
{
    const QString chat = CallWords::id(arguments.value("chat"_L1));
    const QString team = CallWords::id(arguments.value("team"_L1));
    const QString channel = CallWords::id(arguments.value("channel"_L1));
    const QString message = CallWords::id(arguments.value("message"_L1));
    if (CallWords::goesOn(arguments))
        return CallWords::tr("Go on with a list of Teams");
    if (!message.isEmpty())
        return CallWords::tr("Read replies to message %1 in Teams").arg(message);
    if (!chat.isEmpty())
        return CallWords::tr("Read chat %1 in Teams").arg(chat);
    if (!channel.isEmpty())
        return CallWords::tr("Read channel %1 in Teams").arg(channel);
    if (!team.isEmpty())
        return CallWords::tr("List channels of team %1").arg(team);
    return CallWords::tr("List chats and teams");
}

} // namespace

Tool teamsTool(GraphClient *graph, const Cursors &cursors)
{
    return {.name = toolName,
            .title = u"Read Teams"_s,
            .description =
                u"Teams: chats and teams; messages of a chat or channel, newest first; replies to "
                "a channel's message. Takes ids that it lists."_s,
            .inputSchema = inputSchema(),
            .annotations = onlyReads,
            .area = Area::Chats,
            .scopes = {u"Chat.Read"_s, u"Team.ReadBasic.All"_s, u"Channel.ReadBasic.All"_s,
                       u"ChannelMessage.Read.All"_s},
            .inWords = &inWords,
            .handler = [graph, cursors](const QJsonObject &arguments,
                                        const RequestContextPtr &context) {
                return read(graph, cursors, arguments, context);
            }};
}

} // namespace mcp
