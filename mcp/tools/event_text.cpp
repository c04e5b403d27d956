// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/event_text.h"

#include "mcp/tools/mail_text.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"

#include <QJsonArray>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype nameLimit = 120;
constexpr qsizetype subjectLimit = 250;
constexpr qsizetype peopleLimit = 50;

// All-day events are dates, whatever zone Graph writes beside them; the end is the day after.
QString allDayText(const QJsonObject &event)
{
    const QDate first =
        QDate::fromString(event["start"_L1]["dateTime"_L1].toString().left(10), Qt::ISODate);
    const QDate behind =
        QDate::fromString(event["end"_L1]["dateTime"_L1].toString().left(10), Qt::ISODate);
    if (!first.isValid() || !behind.isValid())
        return u"at an unknown time"_s;
    const QDate last = behind.addDays(-1);
    return last > first ? u"%1 to %2, all day"_s.arg(dayText(first), dayText(last))
                        : dayText(first) + u", all day"_s;
}

QString whenText(const QJsonObject &event, const QTimeZone &zone)
{
    if (event.value("isAllDay"_L1).toBool())
        return allDayText(event);
    const QDateTime start = timeOf(event.value("start"_L1)).toTimeZone(zone);
    const QDateTime end = timeOf(event.value("end"_L1)).toTimeZone(zone);
    if (!start.isValid() || !end.isValid())
        return u"at an unknown time"_s;
    const QString from = dayText(start.date()) + start.toString(u" HH:mm"_s);
    // Where the clocks change in between, both offsets are needed.
    const bool isSameOffset = start.offsetFromUtc() == end.offsetFromUtc();
    const QString to = start.date() == end.date() ? end.toString(u"HH:mm"_s)
                                                  : dayText(end.date()) + end.toString(u" HH:mm"_s);
    return from + (isSameOffset ? QString() : u' ' + offsetOf(start)) + u" to "_s + to + u' '
        + offsetOf(end);
}

// Graph's words in a person's; empty: nothing to say.
QString answerText(const QString &response)
{
    if (response == "accepted"_L1)
        return u"accepted"_s;
    if (response == "declined"_L1)
        return u"declined"_s;
    if (response == "tentativelyAccepted"_L1)
        return u"perhaps"_s;
    if (response == "notResponded"_L1)
        return u"not answered"_s;
    return {};
}

QString subjectOf(const QJsonObject &event)
{
    const QString subject = outsideLine(event.value("subject"_L1).toString(), subjectLimit);
    return subject.isEmpty() ? u"(no subject)"_s : subject;
}

// What is special about it, one word or two each.
QStringList marksOf(const QJsonObject &event)
{
    QStringList marks;
    if (event.value("isCancelled"_L1).toBool())
        marks.append(u"cancelled"_s);
    if (const QString shown = event.value("showAs"_L1).toString();
        shown == "free"_L1 || shown == "tentative"_L1 || shown == "oof"_L1)
        marks.append(shown == "oof"_L1 ? u"out of office"_s : u"shown as "_s + shown);
    if (event.value("sensitivity"_L1) == "private"_L1)
        marks.append(u"private"_s);
    if (const QString type = event.value("type"_L1).toString(); type == "occurrence"_L1)
        marks.append(u"recurring"_s);
    else if (type == "exception"_L1)
        marks.append(u"moved or changed occurrence of a series"_s);
    if (event.value("isOnlineMeeting"_L1).toBool())
        marks.append(u"online"_s);
    return marks;
}

QString yourAnswer(const QJsonObject &event)
{
    const QString response = event["responseStatus"_L1]["response"_L1].toString();
    if (response == "organizer"_L1 || event.value("isOrganizer"_L1).toBool())
        return u"you organise it"_s;
    const QString answer = answerText(response);
    return answer.isEmpty() ? QString() : u"you: "_s + answer;
}

QString attendeesText(const QJsonArray &attendees)
{
    QStringList people;
    for (const auto &attendee : attendees) {
        if (people.size() == peopleLimit) {
            people.append(u"and %1 more"_s.arg(attendees.size() - peopleLimit));
            break;
        }
        QStringList notes;
        if (attendee["type"_L1] == "optional"_L1)
            notes.append(u"optional"_s);
        if (const QString answer = answerText(attendee["status"_L1]["response"_L1].toString());
            !answer.isEmpty())
            notes.append(answer);
        const QString person = mailPerson(attendee.toObject());
        people.append(notes.isEmpty() ? person : u"%1 (%2)"_s.arg(person, notes.join(u", "_s)));
    }
    return people.join(u"; "_s);
}

QString joinedAnd(const QStringList &words)
{
    return words.size() < 2
        ? words.join(QString())
        : words.mid(0, words.size() - 1).join(u", "_s) + u" and "_s + words.last();
}

// Of Graph's words only letters are passed on: "monday" is "Monday".
QString capital(const QString &word)
{
    QString letters;
    for (const QChar c : word.left(20)) {
        if (c.isLetter())
            letters += c;
    }
    return letters.left(1).toUpper() + letters.mid(1);
}

QString everyText(int interval, const QString &one, const QString &many)
{
    return interval > 1 ? u"every %1 %2"_s.arg(QString::number(interval), many) : one;
}

} // namespace

QString eventRowProperties()
{
    return u"id,subject,start,end,isAllDay,isCancelled,isOrganizer,isOnlineMeeting,location,"
           "organizer,attendees,responseStatus,showAs,sensitivity,type"_s;
}

QString eventTextProperties()
{
    return eventRowProperties() + u",body,recurrence,onlineMeeting,hasAttachments"_s;
}

QString eventRow(const QJsonObject &event, const QTimeZone &zone)
{
    QString row = whenText(event, zone);
    if (const QStringList marks = marksOf(event); !marks.isEmpty())
        row += u"  ("_s + marks.join(u", "_s) + u')';
    row += u"\n  "_s + subjectOf(event);
    QStringList facts;
    if (const QString place =
            outsideLine(event["location"_L1]["displayName"_L1].toString(), nameLimit);
        !place.isEmpty())
        facts.append(u"in "_s + place);
    const auto attendees = event.value("attendees"_L1).toArray().size();
    if (attendees > 0 && !event.value("isOrganizer"_L1).toBool())
        facts.append(u"by "_s + mailPerson(event.value("organizer"_L1).toObject()));
    if (attendees > 0)
        facts.append(u"%1 invited"_s.arg(attendees));
    if (const QString answer = yourAnswer(event); attendees > 0 && !answer.isEmpty())
        facts.append(answer);
    if (!facts.isEmpty())
        row += u"\n  "_s + facts.join(u"; "_s);
    return row + u"\n  id: "_s + outsideLine(event.value("id"_L1).toString(), 512);
}

QString recurrenceText(const QJsonValue &recurrence)
{
    const QJsonValue pattern = recurrence["pattern"_L1];
    const QString type = pattern["type"_L1].toString();
    if (type.isEmpty())
        return {};
    const int interval = pattern["interval"_L1].toInt(1);
    QStringList days;
    for (const auto &day : pattern["daysOfWeek"_L1].toArray())
        days.append(capital(day.toString()));
    const QString index = capital(pattern["index"_L1].toString()).toLower();
    const int dayOfMonth = pattern["dayOfMonth"_L1].toInt();
    const QString month =
        QLocale::c().monthName(qBound(1, pattern["month"_L1].toInt(), 12), QLocale::LongFormat);
    QString text;
    if (type == "daily"_L1)
        text = everyText(interval, u"daily"_s, u"days"_s);
    else if (type == "weekly"_L1)
        text = everyText(interval, u"weekly"_s, u"weeks"_s) + u" on "_s + joinedAnd(days);
    else if (type == "absoluteMonthly"_L1)
        text = everyText(interval, u"monthly"_s, u"months"_s) + u" on day %1"_s.arg(dayOfMonth);
    else if (type == "relativeMonthly"_L1)
        text = everyText(interval, u"monthly"_s, u"months"_s)
            + u" on the %1 %2"_s.arg(index, joinedAnd(days));
    else if (type == "absoluteYearly"_L1)
        text = everyText(interval, u"yearly"_s, u"years"_s)
            + u" on %1 %2"_s.arg(QString::number(dayOfMonth), month);
    else if (type == "relativeYearly"_L1)
        text = everyText(interval, u"yearly"_s, u"years"_s)
            + u" on the %1 %2 of %3"_s.arg(index, joinedAnd(days), month);
    else
        return u"in a way of its own"_s;
    const QJsonValue range = recurrence["range"_L1];
    const QDate end = QDate::fromString(range["endDate"_L1].toString(), Qt::ISODate);
    if (range["type"_L1] == "endDate"_L1 && end.isValid())
        text += u" until "_s + end.toString(Qt::ISODate);
    else if (range["type"_L1] == "numbered"_L1)
        text += u", %1 times"_s.arg(range["numberOfOccurrences"_L1].toInt());
    return text;
}

QString eventText(const QJsonObject &event, const QTimeZone &zone)
{
    QStringList lines{u"Subject: "_s + subjectOf(event), u"When: "_s + whenText(event, zone)};
    const auto add = [&lines](const QString &label, const QString &value) {
        if (!value.isEmpty())
            lines.append(label + u": "_s + value);
    };
    add(u"Recurs"_s, recurrenceText(event.value("recurrence"_L1)));
    add(u"Where"_s, outsideLine(event["location"_L1]["displayName"_L1].toString(), nameLimit));
    add(u"Online"_s, outsideLine(event["onlineMeeting"_L1]["joinUrl"_L1].toString(), 1000));
    add(u"Organiser"_s, mailPerson(event.value("organizer"_L1).toObject()));
    add(u"Invited"_s, attendeesText(event.value("attendees"_L1).toArray()));
    QStringList notes = marksOf(event);
    if (const QString answer = yourAnswer(event); !answer.isEmpty())
        notes.append(answer);
    add(u"Notes"_s, notes.join(u", "_s));
    if (event.value("hasAttachments"_L1).toBool())
        add(u"Attachments"_s, u"some"_s);
    const QString body = outsideText(event["body"_L1]["content"_L1].toString());
    return lines.join(u'\n') + (body.isEmpty() ? QString() : u"\n\n"_s + body);
}

} // namespace mcp
