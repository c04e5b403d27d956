// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/schedule.h"

#include "tests/sandbox/calendar.h"
#include "tests/sandbox/directory_people.h"
#include "tests/sandbox/odata_query.h"

#include <QJsonDocument>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;
using test_support::HttpRequest;

namespace sandbox {
namespace {

const QString schedulePath = u"/v1.0/me/calendar/getSchedule"_s;
// https://learn.microsoft.com/graph/outlook-get-free-busy-schedule, "Limits and error conditions"
constexpr int mostSchedules = 20;
constexpr int mostDays = 62;

QJsonObject graphTime(const QDateTime &time)
{
    return {{u"dateTime"_s, time.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss.0000000"_s)},
            {u"timeZone"_s, u"UTC"_s}};
}

QDateTime timeOf(const QJsonValue &graphTime)
{
    QDateTime time = QDateTime::fromString(graphTime["dateTime"_L1].toString(), Qt::ISODateWithMs);
    if (graphTime["timeZone"_L1] != "UTC"_L1)
        return {};
    time.setTimeZone(QTimeZone::utc());
    return time;
}

// Where the made-up ones live: the zone itself for calculating, however Graph names it.
QTimeZone zoneOf(const QString &key)
{
    const QJsonObject data = scheduleData(key);
    if (data.contains("customZone"_L1))
        return QTimeZone(data["customZone"_L1]["bias"_L1].toInt() < 0 ? "Europe/Berlin"
                                                                      : "America/Los_Angeles");
    return QTimeZone(QTimeZone::windowsIdToDefaultIanaId(data["zone"_L1].toString().toLatin1()));
}

QJsonObject itemOf(const QDateTime &start, const QDateTime &end, const QString &status,
                   const QString &subject, bool isPrivate, bool isOwn)
{
    QJsonObject item{
        {u"status"_s, status}, {u"start"_s, graphTime(start)}, {u"end"_s, graphTime(end)}};
    item.insert(u"isPrivate"_s, isPrivate);
    if (!subject.isEmpty() && (isOwn || !isPrivate))
        item.insert(u"subject"_s, subject);
    return item;
}

QList<QJsonObject> calendarItems(const Person &person, bool isOwn)
{
    QList<QJsonObject> items;
    const QTimeZone zone = zoneOf(person.key);
    for (const QJsonObject &event : Calendar::events(person, true)) {
        QDateTime start = timeOf(event["start"_L1]);
        QDateTime end = timeOf(event["end"_L1]);
        if (event["isAllDay"_L1].toBool()) {
            start = start.date().startOfDay(zone);
            end = end.date().startOfDay(zone);
        }
        const QString status =
            event["isCancelled"_L1].toBool() ? u"free"_s : event["showAs"_L1].toString();
        items.append(itemOf(start, end, status, event["subject"_L1].toString(),
                            event["sensitivity"_L1] == "private"_L1, isOwn));
    }
    return items;
}

QList<QJsonObject> madeUpItems(const QString &key, const QDateTime &from, const QDateTime &to,
                               bool isOwn)
{
    QList<QJsonObject> items;
    const QTimeZone zone = zoneOf(key);
    const QJsonArray habits = scheduleData(key)["items"_L1].toArray();
    for (QDate day = from.date().addDays(-1); day <= to.date().addDays(1); day = day.addDays(1)) {
        for (const auto &habit : habits) {
            if (!habit["days"_L1].toArray().contains(day.dayOfWeek()))
                continue;
            const QDateTime start(day, QTime::fromString(habit["start"_L1].toString(), u"HH:mm"_s),
                                  zone);
            items.append(itemOf(start, start.addSecs(qint64(habit["minutes"_L1].toInt()) * 60),
                                habit["status"_L1].toString(), habit["subject"_L1].toString(),
                                habit["isPrivate"_L1].toBool(), isOwn));
        }
    }
    return items;
}

QJsonObject changeOf(const QJsonArray &monthAndOccurrence)
{
    return {{u"time"_s, u"02:00:00.0000000"_s},
            {u"dayOccurrence"_s, monthAndOccurrence[1]},
            {u"dayOfWeek"_s, u"sunday"_s},
            {u"month"_s, monthAndOccurrence[0]},
            {u"year"_s, 0}};
}

// https://learn.microsoft.com/graph/api/resources/workinghours
QJsonValue workingHoursOf(const QString &key)
{
    const QJsonObject data = scheduleData(key);
    if (!data.contains("days"_L1))
        return QJsonValue::Null;
    QJsonObject zone{{u"name"_s, data["zone"_L1]}};
    if (data.contains("customZone"_L1)) {
        const QJsonValue custom = data["customZone"_L1];
        QJsonObject daylight = changeOf(custom["daylight"_L1].toArray());
        daylight.insert(u"daylightBias"_s, -60);
        zone = {{u"@odata.type"_s, u"#microsoft.graph.customTimeZone"_s},
                {u"bias"_s, custom["bias"_L1]},
                {u"name"_s, u"Customized Time Zone"_s},
                {u"standardOffset"_s, changeOf(custom["standard"_L1].toArray())},
                {u"daylightOffset"_s, daylight}};
    }
    return QJsonObject{{u"daysOfWeek"_s, data["days"_L1]},
                       {u"startTime"_s, data["start"_L1].toString() + u":00.0000000"_s},
                       {u"endTime"_s, data["end"_L1].toString() + u":00.0000000"_s},
                       {u"timeZone"_s, zone}};
}

int digitOf(const QString &status)
{
    static const QStringList digits{u"free"_s, u"tentative"_s, u"busy"_s, u"oof"_s};
    return std::max(0, int(digits.indexOf(status)));
}

// One digit for each slot: the most that an item in it says.
QString viewOf(const QList<QJsonObject> &items, const QDateTime &from, const QDateTime &to,
               int minutes)
{
    const qint64 length = qint64(minutes) * 60;
    QString view(qsizetype((from.secsTo(to) + length - 1) / length), u'0');
    for (const QJsonObject &item : items) {
        const QChar digit(u'0' + digitOf(item["status"_L1].toString()));
        const qint64 end = from.secsTo(timeOf(item["end"_L1]));
        qsizetype slot = std::max(qint64(0), from.secsTo(timeOf(item["start"_L1])) / length);
        for (; slot < view.size() && slot * length < end; ++slot)
            view[slot] = std::max(view.at(slot), digit);
    }
    return view;
}

QJsonObject failure(const QString &address, const QString &code, const QString &message)
{
    return {{u"scheduleId"_s, address},
            {u"availabilityView"_s, QString()},
            {u"scheduleItems"_s, QJsonArray()},
            {u"error"_s, QJsonObject{{u"message"_s, message}, {u"responseCode"_s, code}}}};
}

QJsonObject informationOf(const QString &address, const QDateTime &from, const QDateTime &to,
                          int minutes, const Person &reader)
{
    const DirectoryPerson *whose = directoryPersonByMail(address);
    if (!whose || whose->person.username().contains(u"#EXT#"_s)) {
        return failure(
            address, u"ErrorMailRecipientNotFound"_s,
            u"Unable to resolve e-mail address %1 to an Active Directory object."_s.arg(address));
    }
    const QString key = whose->person.key;
    if (const QString problem = scheduleProblem(key); !problem.isEmpty())
        return failure(address, problem, u"The caller does not have access to free/busy data."_s);
    const QList<QJsonObject> items = Schedule::items(key, from, to, key == reader.key);
    QJsonArray all;
    for (const QJsonObject &item : items)
        all.append(item);
    QJsonObject information{{u"scheduleId"_s, address},
                            {u"availabilityView"_s, viewOf(items, from, to, minutes)},
                            {u"scheduleItems"_s, all}};
    if (const QJsonValue hours = workingHoursOf(key); !hours.isNull())
        information.insert(u"workingHours"_s, hours);
    return information;
}

} // namespace

QStringList Schedule::scopesFor(const QString &path)
{
    return path == schedulePath ? QStringList{u"Calendars.ReadBasic"_s, u"Calendars.Read"_s}
                                : QStringList();
}

bool Schedule::isReadByPost(const QString &path)
{
    return path == schedulePath;
}

QList<QJsonObject> Schedule::items(const QString &key, const QDateTime &from, const QDateTime &to,
                                   bool isOwn)
{
    const Person *person = personByKey(key);
    QList<QJsonObject> all = person && !scheduleData(key).contains("items"_L1)
        ? calendarItems(*person, isOwn)
        : madeUpItems(key, from, to, isOwn);
    all.removeIf([&](const QJsonObject &item) {
        return timeOf(item["start"_L1]) >= to || timeOf(item["end"_L1]) <= from;
    });
    std::stable_sort(all.begin(), all.end(),
                     [](const QJsonObject &first, const QJsonObject &second) {
                         return timeOf(first["start"_L1]) < timeOf(second["start"_L1]);
                     });
    return all;
}

GraphAnswer Schedule::answer(const HttpRequest &request, const QUrl &, const Person &person)
{
    if (!request.header("Content-Type").startsWith("application/json")
        || !request.query().isEmpty())
        return badRequest(u"BadRequest"_s, u"A body of JSON and no query is expected."_s);
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const QStringList known{u"schedules"_s, u"startTime"_s, u"endTime"_s,
                            u"availabilityViewInterval"_s};
    for (const QString &name : body.keys()) {
        if (!known.contains(name))
            return badRequest(u"BadRequest"_s, u"The parameter '%1' is not declared."_s.arg(name));
    }
    const QJsonArray schedules = body["schedules"_L1].toArray();
    if (schedules.isEmpty() || schedules.size() > mostSchedules)
        return badRequest(u"ErrorInvalidParameter"_s, u"schedules"_s);
    const QDateTime from = timeOf(body["startTime"_L1]);
    const QDateTime to = timeOf(body["endTime"_L1]);
    if (!from.isValid() || !to.isValid() || from >= to || from.daysTo(to) >= mostDays)
        return badRequest(u"ErrorInvalidTimeInterval"_s, u"startTime and endTime"_s);
    const int minutes = body["availabilityViewInterval"_L1].toInt(30);
    if (minutes < 5 || minutes > 1440)
        return badRequest(u"ErrorInvalidMergedFreeBusyInterval"_s, u"5 to 1440"_s);
    QJsonArray all;
    for (const auto &address : schedules)
        all.append(informationOf(address.toString(), from, to, minutes, person));
    return {.body = {{u"value"_s, all}}};
}

} // namespace sandbox
