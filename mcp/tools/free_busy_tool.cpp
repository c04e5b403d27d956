// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/free_busy_tool.h"

#include "mcp/tools/call_words.h"
#include "mcp/tools/common_free.h"
#include "mcp/tools/free_busy_text.h"
#include "mcp/tools/mailbox_zone.h"
#include "mcp/tools/people_query.h"
#include "mcp/tools/person_time.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"GetFreeBusy"_s;
// One sign-in page asks for all, where it has to ask at all.
const QStringList scopes{u"Calendars.ReadBasic"_s, mailboxZoneScope(), u"User.Read"_s};
// Graph reads 20 at once, and the signed-in person is one
// (https://learn.microsoft.com/graph/outlook-get-free-busy-schedule, "Limits").
constexpr int mostOthers = 19;
constexpr int mostDays = 14;
constexpr int longestMeeting = 24 * 60; // minutes
constexpr qsizetype textLimit = 16 * 1024; // bytes of UTF-8
constexpr qsizetype mostSpanLines = 40;

struct Question
{
    QStringList people = {}; // addresses, none twice
    std::optional<QDate> since = {}; // nullopt: today
    std::optional<QDate> until = {}; // nullopt: one day
    int minutes = 0; // 0: nobody asked when all are free
};

std::optional<Error> problemOf(const QDate &since, const QDate &until)
{
    if (until < since)
        return badArgument(u"\"until\" is an earlier day than \"since\""_s);
    if (since.daysTo(until) >= mostDays)
        return badArgument(u"at most %1 days at once"_s.arg(mostDays));
    return std::nullopt;
}

Result<Question> questionOf(const QJsonObject &arguments)
{
    Question question{.minutes = arguments.value("minutes"_L1).toInt()};
    const bool isLength = question.minutes >= 1 && question.minutes <= longestMeeting;
    if (arguments.contains("minutes"_L1) && !isLength)
        return badArgument(u"\"minutes\" is not from 1 to %1"_s.arg(longestMeeting));
    for (const auto &one : arguments.value("people"_L1).toArray()) {
        const QString address = one.toString();
        if (!isAddress(address))
            return badArgument(u"\"people\" takes addresses, which FindPeople lists"_s);
        if (!question.people.contains(address, Qt::CaseInsensitive))
            question.people.append(address);
    }
    for (const auto &[name, day] :
         {std::pair("since"_L1, &question.since), {"until"_L1, &question.until}}) {
        if (!arguments.contains(name))
            continue;
        *day = dateOf(arguments.value(name).toString());
        if (!*day)
            return badArgument(u"\"%1\" is not a date like 2026-11-26"_s.arg(name));
    }
    if (question.people.size() > mostOthers)
        return badArgument(u"at most %1 people besides the signed-in one"_s.arg(mostOthers));
    if (question.since && question.until) {
        if (const auto problem = problemOf(*question.since, *question.until))
            return *problem;
    }
    return question;
}

Result<TimeSpan> windowOf(const Question &question, const QTimeZone &zone)
{
    const QDate today = QDateTime::currentDateTimeUtc().toTimeZone(zone).date();
    const QDate since = question.since.value_or(today);
    const QDate until = question.until.value_or(since);
    if (const auto problem = problemOf(since, until))
        return *problem;
    return TimeSpan{since.startOfDay(zone).toUTC(), until.addDays(1).startOfDay(zone).toUTC()};
}

GraphRequest requestOf(const QStringList &addresses, const TimeSpan &window)
{
    const auto time = [](const QDateTime &utc) {
        return QJsonObject{{u"dateTime"_s, utc.toString(u"yyyy-MM-ddTHH:mm:ss"_s)},
                           {u"timeZone"_s, u"UTC"_s}};
    };
    return {.path = u"/v1.0/me/calendar/getSchedule"_s,
            .scopes = scopes,
            .body = QJsonObject{{u"schedules"_s, QJsonArray::fromStringList(addresses)},
                                {u"startTime"_s, time(window.begin)},
                                {u"endTime"_s, time(window.end)},
                                {u"availabilityViewInterval"_s, slotMinutes}}};
}

// In the order of addresses; of whom Graph says nothing, nothing is known.
QList<Schedule> schedulesOf(const QJsonObject &answer, const QStringList &addresses,
                            const TimeSpan &window)
{
    QList<Schedule> schedules;
    for (const QString &address : addresses) {
        Schedule schedule{.address = address, .problem = u"no answer"_s};
        for (const auto &one : answer.value("value"_L1).toArray()) {
            if (one["scheduleId"_L1].toString().compare(address, Qt::CaseInsensitive) == 0)
                schedule = Schedule::of(one.toObject(), window.begin);
        }
        schedule.address = address;
        schedules.append(schedule);
    }
    return schedules;
}

// What is over already is no time to meet.
TimeSpan fromNowOn(const TimeSpan &window)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (now <= window.begin || now >= window.end)
        return window;
    constexpr qint64 step = 5 * 60;
    return {
        QDateTime::fromSecsSinceEpoch((now.toSecsSinceEpoch() / step + 1) * step, QTimeZone::utc()),
        window.end};
}

QString commonText(const QList<Schedule> &schedules, const TimeSpan &window, int minutes,
                   const QTimeZone &zone)
{
    const QStringList lines = dayLines(commonFree(schedules, fromNowOn(window), minutes), zone);
    QStringList unknown;
    for (const Schedule &schedule : schedules) {
        if (!schedule.problem.isEmpty())
            unknown.append(schedule.address);
    }
    const QString who = unknown.isEmpty()
        ? u"all"_s
        : u"all but %1, who are not known,"_s.arg(unknown.join(u", "_s));
    if (lines.isEmpty()) {
        return u"There is no time of %1 minutes when %2 are free within their working hours.\n"_s
            .arg(QString::number(minutes), who);
    }
    QString text = u"For %1 minutes %2 are free within their working hours:\n  "_s.arg(
                       QString::number(minutes), who)
        + lines.mid(0, mostSpanLines).join(u"\n  "_s) + u'\n';
    return text;
}

ToolResult answerOf(const QJsonObject &answer, const QStringList &addresses,
                    const Question &question, const TimeSpan &window, const QTimeZone &zone)
{
    const QList<Schedule> schedules = schedulesOf(answer, addresses, window);
    const QDateTime now = QDateTime::currentDateTimeUtc().toTimeZone(zone);
    QString text = u"Times of %1, where it is now %2 %3.\n"_s.arg(
        QString::fromLatin1(zone.id()), now.toString(u"yyyy-MM-dd HH:mm"_s), offsetOf(now));
    if (question.minutes > 0)
        text += commonText(schedules, window, question.minutes, zone);
    text += u"Calendars are empty at the times that are not listed:"_s;
    QStringList left;
    for (qsizetype i = 0; i < schedules.size(); ++i) {
        const QString &address = schedules.at(i).address;
        const QString name = i == 0 ? address + u" (the signed-in person)"_s : address;
        const QString one = u'\n' + scheduleText(schedules.at(i), name, window, zone);
        // One other at least, so that asking again comes to an end.
        const bool isTooLong = i > 1 && text.toUtf8().size() + one.toUtf8().size() > textLimit;
        if (isTooLong || !left.isEmpty())
            left.append(address);
        else
            text += one;
    }
    if (!left.isEmpty())
        text += u"\nToo long for one answer; ask again for "_s + left.join(u", "_s);
    return {.text = text};
}

Async<ToolResult> ask(GraphClient *graph, const QJsonObject &me, const Question &question,
                      const QTimeZone &zone, const RequestContextPtr &context)
{
    const auto window = windowOf(question, zone);
    if (!window.ok())
        return readyAsync<ToolResult>(window.error());
    const QString mail = me.value("mail"_L1).toString();
    const QString own = mail.isEmpty() ? me.value("userPrincipalName"_L1).toString() : mail;
    QStringList addresses{own};
    for (const QString &address : question.people) {
        if (!addresses.contains(address, Qt::CaseInsensitive))
            addresses.append(address);
    }
    return andThen(graph->get(requestOf(addresses, *window), context), graph,
                   [addresses, question, zone, window = *window](const QJsonObject &answer) {
                       return readyAsync<ToolResult>(
                           answerOf(answer, addresses, question, window, zone));
                   });
}

Async<ToolResult> freeBusy(GraphClient *graph, const QJsonObject &arguments,
                           const RequestContextPtr &context)
{
    const auto question = questionOf(arguments);
    if (!question.ok())
        return readyAsync<ToolResult>(question.error());
    GraphRequest me{.path = u"/v1.0/me"_s, .scopes = scopes};
    me.query.addQueryItem(u"$select"_s, u"mail,userPrincipalName"_s);
    const auto profile = graph->get(me, context); // while the zone is on its way
    return andThen(mailboxZone(graph, context, scopes), graph,
                   [=, question = *question](const QTimeZone &zone) {
                       return andThen(profile, graph, [=](const QJsonObject &own) {
                           return ask(graph, own, question, zone, context);
                       });
                   });
}

QJsonObject inputSchema()
{
    return objectSchema(
        {{u"people"_s, QJsonObject{{u"type"_s, u"array"_s}, {u"items"_s, wordSchema()}}},
         {u"since"_s, wordSchema()},
         {u"until"_s, wordSchema()},
         {u"minutes"_s, QJsonObject{{u"type"_s, u"integer"_s}}}});
}

QString inWords(const QJsonObject &arguments)
{
    constexpr qsizetype namesShown = 3;
    const QJsonArray people = arguments.value("people"_L1).toArray();
    QStringList names;
    for (qsizetype i = 0; i < std::min(people.size(), namesShown); ++i)
        names.append(CallWords::quoted(people.at(i)));
    if (people.size() > namesShown)
        names.append(CallWords::tr("%n more", nullptr, int(people.size() - namesShown)));
    const QString minutes = QString::number(arguments.value("minutes"_L1).toInt());
    const QString head = arguments.contains("minutes"_L1)
        ? CallWords::tr("Find %1 minutes when all are free").arg(minutes)
        : CallWords::tr("See when people are busy");
    const QString who = CallWords::joined(names);
    return CallWords::joined(
        QStringList{who.isEmpty() ? head : CallWords::tr("%1: %2").arg(head, who)}
        + CallWords::days(arguments));
}

} // namespace

Tool freeBusyTool(GraphClient *graph)
{
    return {.name = toolName,
            .title = u"Free/busy"_s,
            .description = u"When people (addresses) are busy; with minutes, when all are free."_s,
            .inputSchema = inputSchema(),
            .annotations = onlyReads,
            .area = Area::Calendar,
            .scopes = scopes,
            .inWords = &inWords,
            .handler = [=](const QJsonObject &arguments, const RequestContextPtr &context) {
                return freeBusy(graph, arguments, context);
            }};
}

} // namespace mcp
