// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/calendar.h"

#include "tests/sandbox/odata_query.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using test_support::HttpRequest;

namespace sandbox {
namespace {

const QString viewPath = u"/v1.0/me/calendarView"_s;
const QString eventPath = u"/v1.0/me/events/"_s;
const QString calendarsPath = u"/v1.0/me/calendars"_s;
const QString settingsPath = u"/v1.0/me/mailboxSettings"_s;

QJsonObject calendarOf(const Person &person)
{
    QFile file(u":/sandbox/calendar.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object().value(person.key).toObject();
}

QJsonObject graphTime(const QDateTime &time)
{
    return {{u"dateTime"_s, time.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss.0000000"_s)},
            {u"timeZone"_s, u"UTC"_s}};
}

// As they are for all-day events, whatever the zone.
QJsonObject graphDate(const QDate &date)
{
    return {{u"dateTime"_s, date.toString(Qt::ISODate) + u"T00:00:00.0000000"_s},
            {u"timeZone"_s, u"UTC"_s}};
}

QJsonObject recipient(const QJsonValue &person)
{
    return {{u"emailAddress"_s, QJsonObject{{u"name"_s, person[0]}, {u"address"_s, person[1]}}}};
}

QJsonArray attendeesOf(const QJsonValue &attendees)
{
    QJsonArray all;
    for (const auto &one : attendees.toArray()) {
        QJsonObject attendee = recipient(one);
        attendee.insert(u"type"_s, one[2]);
        attendee.insert(
            u"status"_s,
            QJsonObject{{u"response"_s, one[3]}, {u"time"_s, u"0001-01-01T00:00:00Z"_s}});
        all.append(attendee);
    }
    return all;
}

QJsonValue recurrenceOf(const QJsonObject &event)
{
    const QJsonObject weekly = event["weekly"_L1].toObject();
    if (weekly.isEmpty())
        return QJsonValue::Null;
    const QJsonObject pattern{{u"type"_s, u"weekly"_s},
                              {u"interval"_s, weekly["interval"_L1]},
                              {u"daysOfWeek"_s, weekly["days"_L1]},
                              {u"firstDayOfWeek"_s, u"monday"_s},
                              {u"month"_s, 0},
                              {u"dayOfMonth"_s, 0},
                              {u"index"_s, u"first"_s}};
    const QJsonObject range{{u"type"_s, u"endDate"_s},
                            {u"startDate"_s, event["start"_L1].toString().left(10)},
                            {u"endDate"_s, weekly["until"_L1]},
                            {u"numberOfOccurrences"_s, 0}};
    return QJsonObject{{u"pattern"_s, pattern}, {u"range"_s, range}};
}

// https://learn.microsoft.com/graph/api/resources/event
QJsonObject graphEvent(const QJsonObject &event, const QDateTime &start, const QString &id,
                       const QString &type, bool isCancelled, bool asText)
{
    const QDateTime end = start.addSecs(qint64(event["minutes"_L1].toInt()) * 60);
    const bool isAllDay = event["allDay"_L1].toBool();
    const QString text = event["text"_L1].toString();
    const QString online = event["online"_L1].toString();
    const QJsonObject body{
        {u"contentType"_s, asText ? u"text"_s : u"html"_s},
        {u"content"_s, asText ? text : u"<html><body><pre>"_s + text + u"</pre></body></html>"_s}};
    return {
        {u"id"_s, id},
        {u"subject"_s, event["subject"_L1]},
        {u"start"_s, isAllDay ? graphDate(start.date()) : graphTime(start)},
        {u"end"_s,
         isAllDay ? graphDate(start.date().addDays(event["minutes"_L1].toInt() / 1440))
                  : graphTime(end)},
        {u"isAllDay"_s, isAllDay},
        {u"isCancelled"_s, isCancelled},
        {u"isOrganizer"_s, event["response"_L1] == u"organizer"_s},
        {u"isOnlineMeeting"_s, !online.isEmpty()},
        {u"onlineMeeting"_s,
         online.isEmpty() ? QJsonValue() : QJsonValue(QJsonObject{{u"joinUrl"_s, online}})},
        {u"location"_s, QJsonObject{{u"displayName"_s, event["place"_L1]}}},
        {u"organizer"_s, recipient(event["organizer"_L1])},
        {u"attendees"_s, attendeesOf(event["attendees"_L1])},
        {u"responseStatus"_s, QJsonObject{{u"response"_s, event["response"_L1]}}},
        {u"showAs"_s, event["showAs"_L1].toString(u"busy"_s)},
        {u"sensitivity"_s, event["sensitivity"_L1].toString(u"normal"_s)},
        {u"type"_s, type},
        {u"recurrence"_s, recurrenceOf(event)},
        {u"hasAttachments"_s, false},
        {u"body"_s, body},
        {u"bodyPreview"_s, text.simplified().left(255)},
    };
}

QDateTime localTime(const QString &text, const QTimeZone &zone)
{
    const QDateTime time = QDateTime::fromString(text, u"yyyy-MM-ddTHH:mm"_s);
    return QDateTime(time.date(), time.time(), zone);
}

void appendSeries(QList<QJsonObject> *all, const QJsonObject &event, const QTimeZone &zone,
                  bool asText)
{
    const QDateTime first = localTime(event["start"_L1].toString(), zone);
    const QDate until = QDate::fromString(event["weekly"_L1]["until"_L1].toString(), Qt::ISODate);
    const QJsonObject exceptions = event["exceptions"_L1].toObject();
    for (QDate date = first.date(); date <= until; date = date.addDays(7)) {
        const QJsonObject other = exceptions[date.toString(Qt::ISODate)].toObject();
        const QDateTime start = other.contains("start"_L1)
            ? localTime(other["start"_L1].toString(), zone)
            : QDateTime(date, first.time(), zone);
        const QString id =
            event["id"_L1].toString().chopped(1) + date.toString(u"yyyyMMdd"_s) + u'=';
        all->append(graphEvent(event, start, id, other.isEmpty() ? u"occurrence"_s : u"exception"_s,
                               other["cancelled"_L1].toBool(), asText));
    }
}

QDateTime endOf(const QJsonObject &event, const char *which)
{
    QDateTime time = QDateTime::fromString(
        event[QLatin1StringView(which)]["dateTime"_L1].toString(), Qt::ISODateWithMs);
    time.setTimeZone(QTimeZone::utc());
    return time;
}

GraphAnswer viewOf(const HttpRequest &request, const QUrl &graph, const QList<QJsonObject> &all)
{
    const ODataQuery query(
        request.query(),
        {u"startDateTime"_s, u"endDateTime"_s, u"$select"_s, u"$orderby"_s, u"$top"_s});
    if (query.problem())
        return *query.problem();
    const QDateTime from =
        QDateTime::fromString(query.value(u"startDateTime"_s), Qt::ISODateWithMs);
    const QDateTime to = QDateTime::fromString(query.value(u"endDateTime"_s), Qt::ISODateWithMs);
    if (!from.isValid() || !to.isValid() || from >= to)
        return badRequest(u"ErrorInvalidParameter"_s, u"startDateTime and endDateTime"_s);
    QList<QJsonObject> within;
    for (const QJsonObject &event : all) {
        if (endOf(event, "start") < to && endOf(event, "end") > from)
            within.append(event);
    }
    QUrl url = graph;
    url.setPath(request.path());
    return query.answer(within, url);
}

// Whose events are in /me/calendars/{id}; null: there is no such calendar.
QJsonValue calendarAt(const Person &person, const QString &path)
{
    for (const auto &calendar : calendarOf(person).value("calendars"_L1).toArray()) {
        if (path == calendarsPath + u'/' + calendar["id"_L1].toString() + u"/calendarView"_s)
            return calendar["of"_L1];
    }
    return QJsonValue::Null;
}

// https://learn.microsoft.com/graph/api/resources/calendar
GraphAnswer calendarsOf(const HttpRequest &request, const QUrl &graph, const Person &person)
{
    const ODataQuery query(request.query(), {u"$select"_s, u"$top"_s});
    if (query.problem())
        return *query.problem();
    QList<QJsonObject> all;
    for (const auto &calendar : calendarOf(person).value("calendars"_L1).toArray()) {
        all.append({{u"id"_s, calendar["id"_L1]},
                    {u"name"_s, calendar["name"_L1]},
                    {u"color"_s, u"auto"_s},
                    {u"owner"_s, QJsonObject{{u"name"_s, calendar["owner"_L1]}}}});
    }
    QUrl url = graph;
    url.setPath(calendarsPath);
    return query.answer(all, url);
}

} // namespace

QStringList Calendar::scopesFor(const QString &path)
{
    if (path == viewPath || path.startsWith(calendarsPath))
        return {u"Calendars.ReadBasic"_s, u"Calendars.Read"_s};
    if (path.startsWith(eventPath) && path.count(u'/') == 4)
        return {u"Calendars.Read"_s};
    return path == settingsPath ? QStringList{u"MailboxSettings.Read"_s} : QStringList();
}

QList<QJsonObject> Calendar::events(const Person &person, bool asText)
{
    QList<QJsonObject> all;
    for (const auto &one : calendarOf(person).value("events"_L1).toArray()) {
        const QJsonObject event = one.toObject();
        const QTimeZone zone(event["zone"_L1].toString().toLatin1());
        if (event.contains("weekly"_L1)) {
            appendSeries(&all, event, zone, asText);
        } else {
            all.append(graphEvent(event, localTime(event["start"_L1].toString(), zone),
                                  event["id"_L1].toString(), u"singleInstance"_s, false, asText));
        }
    }
    return all;
}

GraphAnswer Calendar::answer(const HttpRequest &request, const QUrl &graph, const Person &person)
{
    if (request.path() == settingsPath) {
        const ODataQuery query(request.query(), {u"$select"_s});
        if (query.problem())
            return *query.problem();
        return query.selected({{u"timeZone"_s, calendarOf(person).value("timeZone"_L1)}});
    }
    const bool asText = request.header("Prefer").contains("outlook.body-content-type=\"text\"");
    if (request.path() == calendarsPath)
        return calendarsOf(request, graph, person);
    if (request.path().startsWith(calendarsPath)) {
        const QJsonValue of = calendarAt(person, request.path());
        const Person *whose = personByKey(of.toString());
        return of.isNull()
            ? notFound()
            : viewOf(request, graph, whose ? events(*whose, asText) : QList<QJsonObject>());
    }
    const QList<QJsonObject> all = events(person, asText);
    if (request.path() == viewPath)
        return viewOf(request, graph, all);
    const ODataQuery query(request.query(), {u"$select"_s});
    if (query.problem())
        return *query.problem();
    QList<QJsonObject> ofAllCalendars = all;
    for (const auto &calendar : calendarOf(person).value("calendars"_L1).toArray()) {
        const Person *whose = personByKey(calendar["of"_L1].toString());
        if (whose && whose->key != person.key)
            ofAllCalendars += events(*whose, asText);
    }
    for (const QJsonObject &event : std::as_const(ofAllCalendars)) {
        if (request.path() == eventPath + event["id"_L1].toString())
            return query.selected(event);
    }
    return notFound();
}

} // namespace sandbox
