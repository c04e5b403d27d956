// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/event_text.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestEventText : public QObject
{
    Q_OBJECT

private:
    const QTimeZone m_berlin{"Europe/Berlin"};

    static QJsonObject at(const QString &time)
    {
        return {{u"dateTime"_s, time + u":00.0000000"_s}, {u"timeZone"_s, u"UTC"_s}};
    }
    static QJsonObject event(const QString &start, const QString &end)
    {
        return {{u"id"_s, u"AAMk="_s},
                {u"subject"_s, u"Stocktaking"_s},
                {u"start"_s, at(start)},
                {u"end"_s, at(end)}};
    }
    static QJsonObject person(const QString &name, const QString &response, const QString &type)
    {
        return {
            {u"emailAddress"_s,
             QJsonObject{{u"name"_s, name}, {u"address"_s, name.toLower() + u"@contoso.com"_s}}},
            {u"type"_s, type},
            {u"status"_s, QJsonObject{{u"response"_s, response}}}};
    }

private Q_SLOTS:
    void times_data()
    {
        QTest::addColumn<QString>("start");
        QTest::addColumn<QString>("end");
        QTest::addColumn<QString>("shown");
        QTest::newRow("within a day") << u"2026-11-26T08:00"_s << u"2026-11-26T09:30"_s
                                      << u"2026-11-26 Thu 09:00 to 10:30 +01:00"_s;
        QTest::newRow("summer") << u"2026-07-01T08:00"_s << u"2026-07-01T09:00"_s
                                << u"2026-07-01 Wed 10:00 to 11:00 +02:00"_s;
        QTest::newRow("over midnight") << u"2026-11-26T22:30"_s << u"2026-11-26T23:30"_s
                                       << u"2026-11-26 Thu 23:30 to 2026-11-27 Fri 00:30 +01:00"_s;
        QTest::newRow("while the clocks go back")
            << u"2026-10-24T20:00"_s << u"2026-10-25T04:00"_s
            << u"2026-10-24 Sat 22:00 +02:00 to 2026-10-25 Sun 05:00 +01:00"_s;
        QTest::newRow("no time") << u"soon"_s << u"later"_s << u"at an unknown time"_s;
    }
    void times()
    {
        QFETCH(QString, start);
        QFETCH(QString, end);
        QFETCH(QString, shown);
        QCOMPARE(eventRow(event(start, end), m_berlin).section(u'\n', 0, 0), shown);
    }

    // They are dates: the zone that Graph writes beside them moves them nowhere.
    void allDay_data()
    {
        QTest::addColumn<QString>("start");
        QTest::addColumn<QString>("end");
        QTest::addColumn<QString>("shown");
        QTest::newRow("one day") << u"2026-11-26T00:00"_s << u"2026-11-27T00:00"_s
                                 << u"2026-11-26 Thu, all day"_s;
        QTest::newRow("two days") << u"2026-11-26T00:00"_s << u"2026-11-28T00:00"_s
                                  << u"2026-11-26 Thu to 2026-11-27 Fri, all day"_s;
        QTest::newRow("no date") << u"soon"_s << u"later"_s << u"at an unknown time"_s;
    }
    void allDay()
    {
        QFETCH(QString, start);
        QFETCH(QString, end);
        QFETCH(QString, shown);
        QJsonObject day = event(start, end);
        day.insert(u"isAllDay"_s, true);
        for (const char *zone : {"Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland"})
            QCOMPARE(eventRow(day, QTimeZone(zone)).section(u'\n', 0, 0), shown);
    }

    void aRowSaysWhatMatters()
    {
        QJsonObject meeting = event(u"2026-11-26T08:00"_s, u"2026-11-26T09:00"_s);
        meeting.insert(u"isCancelled"_s, true);
        meeting.insert(u"showAs"_s, u"tentative"_s);
        meeting.insert(u"sensitivity"_s, u"private"_s);
        meeting.insert(u"type"_s, u"occurrence"_s);
        meeting.insert(u"isOnlineMeeting"_s, true);
        meeting.insert(u"location"_s, QJsonObject{{u"displayName"_s, u"Room\u202E 7"_s}});
        meeting.insert(u"organizer"_s, person(u"Megan"_s, {}, {}));
        meeting.insert(u"attendees"_s,
                       QJsonArray{person(u"Adele"_s, u"accepted"_s, u"required"_s),
                                  person(u"Alex"_s, u"none"_s, u"required"_s)});
        meeting.insert(u"responseStatus"_s, QJsonObject{{u"response"_s, u"accepted"_s}});
        QCOMPARE(eventRow(meeting, m_berlin),
                 u"2026-11-26 Thu 09:00 to 10:00 +01:00  (cancelled, shown as tentative, private, "
                 "recurring, online)\n"
                 "  Stocktaking\n"
                 "  in Room 7; by Megan <megan@contoso.com>; 2 invited; you: accepted\n"
                 "  id: AAMk="_s);
    }

    void anAppointmentOfOnesOwnIsShort()
    {
        QJsonObject own = event(u"2026-11-26T08:00"_s, u"2026-11-26T09:00"_s);
        own.insert(u"isOrganizer"_s, true);
        own.insert(u"subject"_s, QString());
        QCOMPARE(eventRow(own, m_berlin),
                 u"2026-11-26 Thu 09:00 to 10:00 +01:00\n  (no subject)\n  id: AAMk="_s);
    }

    void aTextSaysEverything()
    {
        QJsonObject meeting = event(u"2026-11-26T08:00"_s, u"2026-11-26T09:00"_s);
        meeting.insert(u"organizer"_s, person(u"Megan"_s, {}, {}));
        meeting.insert(u"attendees"_s,
                       QJsonArray{person(u"Adele"_s, u"tentativelyAccepted"_s, u"required"_s),
                                  person(u"Alex"_s, u"none"_s, u"required"_s),
                                  person(u"Nestor"_s, u"declined"_s, u"optional"_s)});
        meeting.insert(u"responseStatus"_s, QJsonObject{{u"response"_s, u"tentativelyAccepted"_s}});
        meeting.insert(u"onlineMeeting"_s,
                       QJsonObject{{u"joinUrl"_s, u"https://teams.example/1"_s}});
        meeting.insert(u"hasAttachments"_s, true);
        meeting.insert(u"body"_s, QJsonObject{{u"content"_s, u"Bring\r\n\r\n\r\n pens.\n"_s}});
        QCOMPARE(eventText(meeting, m_berlin),
                 u"Subject: Stocktaking\n"
                 "When: 2026-11-26 Thu 09:00 to 10:00 +01:00\n"
                 "Online: https://teams.example/1\n"
                 "Organiser: Megan <megan@contoso.com>\n"
                 "Invited: Adele <adele@contoso.com> (perhaps); Alex <alex@contoso.com>; Nestor "
                 "<nestor@contoso.com> (optional, declined)\n"
                 "Notes: you: perhaps\n"
                 "Attachments: some\n"
                 "\n"
                 "Bring\n\n pens."_s);
    }

    void recurrences_data()
    {
        QTest::addColumn<QJsonObject>("pattern");
        QTest::addColumn<QJsonObject>("range");
        QTest::addColumn<QString>("text");
        const QJsonObject forever{{u"type"_s, u"noEnd"_s}};
        const auto days = [](std::initializer_list<QJsonValue> names) { return QJsonArray(names); };
        QTest::newRow("daily") << QJsonObject{{u"type"_s, u"daily"_s}, {u"interval"_s, 1}}
                               << forever << u"daily"_s;
        QTest::newRow("every third day") << QJsonObject{{u"type"_s, u"daily"_s}, {u"interval"_s, 3}}
                                         << forever << u"every 3 days"_s;
        QTest::newRow("weekly, with an end")
            << QJsonObject{{u"type"_s, u"weekly"_s},
                           {u"interval"_s, 1},
                           {u"daysOfWeek"_s, days({u"monday"_s, u"tuesday"_s, u"friday"_s})}}
            << QJsonObject{{u"type"_s, u"endDate"_s}, {u"endDate"_s, u"2026-12-14"_s}}
            << u"weekly on Monday, Tuesday and Friday until 2026-12-14"_s;
        QTest::newRow("monthly by day, so many times")
            << QJsonObject{{u"type"_s, u"absoluteMonthly"_s},
                           {u"interval"_s, 2},
                           {u"dayOfMonth"_s, 15}}
            << QJsonObject{{u"type"_s, u"numbered"_s}, {u"numberOfOccurrences"_s, 6}}
            << u"every 2 months on day 15, 6 times"_s;
        QTest::newRow("monthly by weekday") << QJsonObject{{u"type"_s, u"relativeMonthly"_s},
                                                           {u"interval"_s, 1},
                                                           {u"index"_s, u"last"_s},
                                                           {u"daysOfWeek"_s, days({u"friday"_s})}}
                                            << forever << u"monthly on the last Friday"_s;
        QTest::newRow("yearly") << QJsonObject{{u"type"_s, u"absoluteYearly"_s},
                                               {u"interval"_s, 1},
                                               {u"dayOfMonth"_s, 3},
                                               {u"month"_s, 10}}
                                << forever << u"yearly on 3 October"_s;
        QTest::newRow("yearly by weekday") << QJsonObject{{u"type"_s, u"relativeYearly"_s},
                                                          {u"interval"_s, 1},
                                                          {u"index"_s, u"second"_s},
                                                          {u"daysOfWeek"_s, days({u"sunday"_s})},
                                                          {u"month"_s, 5}}
                                           << forever << u"yearly on the second Sunday of May"_s;
        QTest::newRow("one that is new")
            << QJsonObject{{u"type"_s, u"lunar"_s}} << forever << u"in a way of its own"_s;
        QTest::newRow("not at all") << QJsonObject{} << QJsonObject{} << QString();
    }
    void recurrences()
    {
        QFETCH(QJsonObject, pattern);
        QFETCH(QJsonObject, range);
        QFETCH(QString, text);
        QCOMPARE(recurrenceText(QJsonObject{{u"pattern"_s, pattern}, {u"range"_s, range}}), text);
    }
};

QTEST_GUILESS_MAIN(TestEventText)
#include "tst_event_text.moc"
