// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/agenda_tool.h"

#include "mcp/tools/call_words.h"
#include "mcp/tools/event_text.h"
#include "mcp/tools/graph_list.h"
#include "mcp/tools/mailbox_zone.h"
#include "mcp/tools/outlook_place.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"GetAgenda"_s;
// One sign-in page asks for both, where it has to ask at all.
const QStringList scopes{u"Calendars.ReadBasic"_s, mailboxZoneScope()};
constexpr int mostDays = 92;

using Cursors = std::shared_ptr<const CursorSeal>;

struct Days
{
    std::optional<QDate> since; // nullopt: today
    std::optional<QDate> until; // nullopt: one day
};

Result<Days> daysOf(const QJsonObject &arguments)
{
    Days days;
    for (const auto &[name, day] :
         {std::pair("since"_L1, &days.since), {"until"_L1, &days.until}}) {
        if (!arguments.contains(name))
            continue;
        *day = dateOf(arguments.value(name).toString());
        if (!*day)
            return badArgument(u"\"%1\" is not a date like 2026-11-26"_s.arg(name));
    }
    return days;
}

// calendar: its id; empty: the person's main one.
Result<ListPlace> placeOf(const Days &days, const QString &calendar, const QTimeZone &zone)
{
    const QDate today = QDateTime::currentDateTimeUtc().toTimeZone(zone).date();
    const QDate since = days.since.value_or(today);
    const QDate until = days.until.value_or(days.since ? *days.since : today);
    if (until < since)
        return badArgument(u"\"until\" is an earlier day than \"since\""_s);
    if (since.daysTo(until) >= mostDays)
        return badArgument(u"at most %1 days at once"_s.arg(mostDays));
    GraphRequest request{.path = calendar.isEmpty()
                             ? u"/v1.0/me/calendarView"_s
                             : u"/v1.0/me/calendars/%1/calendarView"_s.arg(calendar)};
    request.query.addQueryItem(u"startDateTime"_s, beginOfDay(since, zone));
    request.query.addQueryItem(u"endDateTime"_s, beginOfDay(until.addDays(1), zone));
    request.query.addQueryItem(u"$select"_s, eventRowProperties());
    request.query.addQueryItem(u"$orderby"_s, u"start/dateTime"_s);
    request.query.addQueryItem(u"$top"_s, u"50"_s);
    return ListPlace::of(request);
}

Result<ToolResult> answerOf(const QJsonObject &answer, const ListPlace &place,
                            const QTimeZone &zone, const GraphClient &graph,
                            const CursorSeal &cursors, const RequestContext &context)
{
    QStringList all;
    for (const auto &event : answer.value("value"_L1).toArray())
        all.append(eventRow(event.toObject(), zone));
    const auto shown = listRows(all, answer, place, graph);
    if (!shown.ok())
        return shown.error();
    const QDateTime now = QDateTime::currentDateTimeUtc().toTimeZone(zone);
    QString text = u"Times of %1, where it is now %2 %3.\n"_s.arg(
        QString::fromLatin1(zone.id()), now.toString(u"yyyy-MM-dd HH:mm"_s), offsetOf(now));
    text += shown->rows.isEmpty() ? u"Nothing is in the calendar for these days."_s
                                  : OutsideFence().around(u"a calendar"_s, shown->rows.join(u'\n'));
    if (shown->next)
        text += cursors.goOn(toolName, context, shown->next->state());
    return ToolResult{.text = text};
}

Async<ToolResult> list(GraphClient *graph, const Cursors &cursors, const ListPlace &place,
                       const QTimeZone &zone, const RequestContextPtr &context)
{
    return andThen(graph->get(place.request(scopes), context), graph,
                   [graph, cursors, place, zone, context](const QJsonObject &answer) {
                       return readyAsync<ToolResult>(
                           answerOf(answer, place, zone, *graph, *cursors, *context));
                   });
}

Async<ToolResult> listDays(GraphClient *graph, const Cursors &cursors, const Days &days,
                           const QString &calendar, const RequestContextPtr &context)
{
    return andThen(mailboxZone(graph, context, scopes), graph, [=](const QTimeZone &zone) {
        const auto place = placeOf(days, calendar, zone);
        return place.ok() ? list(graph, cursors, *place, zone, context)
                          : readyAsync<ToolResult>(place.error());
    });
}

Async<ToolResult> agenda(GraphClient *graph, const Cursors &cursors, const QJsonObject &arguments,
                         const RequestContextPtr &context)
{
    if (arguments.contains("cursor"_L1)) {
        const auto state = cursors->open(arguments, toolName, *context);
        if (!state.ok())
            return readyAsync<ToolResult>(state.error());
        return andThen(mailboxZone(graph, context, scopes), graph,
                       [=, place = ListPlace::ofState(*state)](const QTimeZone &zone) {
                           return list(graph, cursors, place, zone, context);
                       });
    }
    const auto days = daysOf(arguments);
    if (!days.ok())
        return readyAsync<ToolResult>(days.error());
    const QString calendar = arguments.value("calendar"_L1).toString().trimmed();
    if (calendar.isEmpty())
        return listDays(graph, cursors, *days, {}, context);
    return andThen(
        calendars(graph, scopes, context), graph, [=, days = *days](const OutlookPlaces &all) {
            const PlaceFound found = placeNamed(calendar, all, u"calendar"_s);
            return found.id.isEmpty() ? readyAsync<ToolResult>(ToolResult{.text = found.words})
                                      : listDays(graph, cursors, days, found.id, context);
        });
}

QString inWords(const QJsonObject &arguments)
{
    if (CallWords::goesOn(arguments))
        return CallWords::tr("Go on with the calendar");
    const QString calendar = CallWords::quoted(arguments.value("calendar"_L1));
    const QStringList days = CallWords::days(arguments);
    if (days.isEmpty() && calendar.isEmpty())
        return CallWords::tr("Look at today's calendar");
    return CallWords::joined(
        QStringList{calendar.isEmpty() ? CallWords::tr("Look at the calendar")
                                       : CallWords::tr("Look at the calendar %1").arg(calendar)}
        + days);
}

} // namespace

Tool agendaTool(GraphClient *graph, const Cursors &cursors)
{
    return {
        .name = toolName,
        .title = u"Get the agenda"_s,
        .description =
            u"Events in the signed-in person's calendar (Outlook) for today or given days, "
            "recurring ones included: time in their own zone, subject, place, organiser, answer, "
            "id. Says the time there. ReadEvent shows one."_s,
        .inputSchema =
            objectSchema({{u"since"_s, daySchema(u"First day, YYYY-MM-DD; today if left out"_s)},
                          {u"until"_s, daySchema(u"Last day; the first if left out"_s)},
                          {u"calendar"_s, textSchema(u"Name; main one if left out"_s, 200)},
                          {u"cursor"_s, cursorSchema()}}),
        .annotations = onlyReads,
        .area = Area::Calendar,
        .scopes = scopes,
        .inWords = &inWords,
        .handler = [=](const QJsonObject &arguments, const RequestContextPtr &context) {
            return agenda(graph, cursors, arguments, context);
        }};
}

} // namespace mcp
