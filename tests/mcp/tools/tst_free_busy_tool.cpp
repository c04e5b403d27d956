// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// GetFreeBusy against the calendars of the sample tenant: the same facts as Graph's JSON.

#include "mcp/catalogue/operation_effect.h"
#include "tests/mcp/support/contoso_world.h"
#include "tests/sandbox/schedule.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestFreeBusyTool : public QObject
{
    Q_OBJECT

private:
    static QJsonObject question(const QStringList &people, const QString &since,
                                const QString &until = {}, int minutes = 0)
    {
        QJsonObject arguments{{u"people"_s, QJsonArray::fromStringList(people)},
                              {u"since"_s, since}};
        if (!until.isEmpty())
            arguments.insert(u"until"_s, until);
        if (minutes > 0)
            arguments.insert(u"minutes"_s, minutes);
        return arguments;
    }
    static QString answerTo(ContosoWorld *world, const QJsonObject &arguments)
    {
        const auto result = world->call(u"GetFreeBusy"_s, arguments);
        return result.ok() ? result->text : u"error: "_s + result.error().detail;
    }

private Q_SLOTS:
    // A computer on a journey; meetings stay where the mailbox is.
    void initTestCase() { qputenv("TZ", "America/New_York"); }

    void oneDay()
    {
        ContosoWorld world;
        const QString text = answerTo(
            &world,
            question({u"PradeepG@contoso.com"_s, u"MeganB@contoso.com"_s, u"alexw@contoso.com"_s},
                     u"2026-11-27"_s));
        QVERIFY(text.startsWith(u"Times of Europe/Berlin, where it is now "_s));
        // Its name depends on the version of Qt.
        const QString india =
            QString::fromLatin1(QTimeZone::windowsIdToDefaultIanaId("India Standard Time"));
        QCOMPARE(text.section(u'\n', 1),
                 u"Calendars are empty at the times that are not listed:\n"
                 "AdeleV@contoso.com (the signed-in person): works Mon Tue Wed Thu Fri 08:00-17:00 "
                 "Europe/Berlin\n"
                 "  2026-11-27 Fri (+01:00): all day out of office, 00:00-00:30 busy, "
                 "10:00-10:30 busy, 16:15-17:00 busy\n"
                 "PradeepG@contoso.com: works Mon Tue Wed Thu Fri Sat 10:00-19:00 %1\n"
                 "  2026-11-27 Fri (+01:00): 09:00-10:00 busy, 10:30-11:15 tentative\n"
                 "MeganB@contoso.com: works Mon Tue Wed Thu 09:00-15:30 UTC+01:00\n"
                 "  nothing on these days\n"
                 "alexw@contoso.com: works Mon Tue Wed Thu Fri 08:00-17:00 America/Los_Angeles\n"
                 "  nothing on these days"_s.arg(india));
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void nothingIsLeftOutOrInvented()
    {
        ContosoWorld world;
        const QTimeZone berlin("Europe/Berlin");
        const QString text = answerTo(
            &world, question({u"PradeepG@contoso.com"_s}, u"2026-10-19"_s, u"2026-11-01"_s));
        const QString part = text.section(u"PradeepG@contoso.com:"_s, 1);
        int shown = 0;
        for (const QJsonObject &item :
             sandbox::Schedule::items(u"pradeep"_s, QDate(2026, 10, 19).startOfDay(berlin),
                                      QDate(2026, 11, 2).startOfDay(berlin), false)) {
            const auto clock = [&](const char *which) {
                QDateTime time = QDateTime::fromString(
                    item[QLatin1StringView(which)]["dateTime"_L1].toString(), Qt::ISODateWithMs);
                time.setTimeZone(QTimeZone::utc());
                return time.toTimeZone(berlin);
            };
            const QString day = clock("start").toString(u"yyyy-MM-dd"_s);
            const auto from = part.indexOf(day);
            const QString line = part.mid(from).section(u'\n', 0, 0);
            QVERIFY2(line.contains(clock("start").toString(u"HH:mm"_s) + u'-'
                                   + clock("end").toString(u"HH:mm"_s)),
                     qPrintable(line));
            ++shown;
        }
        QCOMPARE(part.count(u'-') - part.count(u"2026-"_s) * 2 - 1, shown);
        QVERIFY(shown > 20);
    }

    void subjectsAreNotShown()
    {
        ContosoWorld world;
        const QString text = answerTo(&world,
                                      question({u"PradeepG@contoso.com"_s, u"LidiaH@contoso.com"_s},
                                               u"2026-11-23"_s, u"2026-11-29"_s));
        for (const QString &subject : {u"Lunch"_s, u"Hospital"_s, u"Stand-up"_s, u"Dentist"_s,
                                       u"Budget"_s, u"won"_s, u"Warehouse"_s})
            QVERIFY2(!text.contains(subject), qPrintable(text));
        for (const QString &word :
             {u"busy"_s, u"tentative"_s, u"out of office"_s, u"working elsewhere"_s})
            QVERIFY2(text.contains(word), qPrintable(text));
        for (const QChar c : text)
            QVERIFY(c == u'\n' || c.isPrint());
    }

    // Adele and Lidia have little of a day in common, and less while only America has changed its
    // clocks.
    void whenAllAreFree_data()
    {
        QTest::addColumn<QStringList>("people");
        QTest::addColumn<QString>("since");
        QTest::addColumn<QString>("until");
        QTest::addColumn<int>("minutes");
        QTest::addColumn<QString>("expected");
        const QString pradeep = u"PradeepG@contoso.com"_s;
        const QString lidia = u"LidiaH@contoso.com"_s;
        QTest::newRow("over the end of summer time")
            << QStringList{pradeep} << u"2026-10-23"_s << u"2026-10-26"_s << 60
            << u"For 60 minutes all are free within their working hours:\n"
               "  2026-10-23 Fri (+02:00): 08:00-10:00, 12:15-15:30\n"
               "  2026-10-26 Mon (+01:00): 08:00-09:00, 11:15-14:30\n"_s;
        QTest::newRow("long meetings")
            << QStringList{pradeep} << u"2026-10-23"_s << u"2026-10-26"_s << 180
            << u"For 180 minutes all are free within their working hours:\n"
               "  2026-10-23 Fri (+02:00): 12:15-15:30\n"
               "  2026-10-26 Mon (+01:00): 11:15-14:30\n"_s;
        QTest::newRow("America has changed its clocks already")
            << QStringList{lidia} << u"2027-03-25"_s << u"2027-03-29"_s << 30
            << u"For 30 minutes all are free within their working hours:\n"
               "  2027-03-25 Thu (+01:00): 15:00-17:00\n"
               "  2027-03-26 Fri (+01:00): 15:00-17:00\n"
               "  2027-03-29 Mon (+02:00): 16:00-17:00\n"_s;
        QTest::newRow("nobody has time")
            << QStringList{lidia, pradeep} << u"2027-03-25"_s << u"2027-03-29"_s << 30
            << u"There is no time of 30 minutes when all are free within their working hours.\n"_s;
        QTest::newRow("somebody is not known")
            << QStringList{u"no@contoso.com"_s} << u"2027-03-25"_s << u"2027-03-25"_s << 30
            << u"For 30 minutes all but no@contoso.com, who are not known, are free within their "
               "working hours:\n  2027-03-25 Thu (+01:00): 08:00-17:00\n"_s;
    }
    void whenAllAreFree()
    {
        QFETCH(QStringList, people);
        QFETCH(QString, since);
        QFETCH(QString, until);
        QFETCH(int, minutes);
        QFETCH(QString, expected);
        ContosoWorld world;
        const QString text = answerTo(&world, question(people, since, until, minutes));
        const auto from = text.indexOf(u'\n') + 1;
        QCOMPARE(text.mid(from, text.indexOf(u"Calendars are"_s) - from), expected);
    }

    void whatIsWrongWithOneIsALine()
    {
        ContosoWorld world;
        const QString text = answerTo(
            &world,
            question({u"nobody@contoso.com"_s, u"DiegoS@contoso.com"_s, u"LidiaH@contoso.com"_s},
                     u"2027-03-25"_s));
        QVERIFY2(text.contains(u"\nnobody@contoso.com: no such mailbox in the organisation\n"
                               "DiegoS@contoso.com: not readable (ErrorNoFreeBusyAccess)\n"
                               "LidiaH@contoso.com: works Mon Tue Wed Thu Fri 07:00-16:00 "
                               "UTC-07:00\n  2027-03-25 Thu (+01:00): 17:00-18:00 busy"_s),
                 qPrintable(text));
    }

    void oneselfIsOneOfThemOnce()
    {
        ContosoWorld world;
        const QString alone = answerTo(&world, {{u"since"_s, u"2026-11-27"_s}});
        QCOMPARE(alone.count(u"AdeleV@contoso.com"_s), 1);
        const QString twice = answerTo(
            &world, question({u"adelev@CONTOSO.com"_s, u"AdeleV@contoso.com"_s}, u"2026-11-27"_s));
        QCOMPARE(twice.section(u'\n', 1), alone.section(u'\n', 1));
    }

    void withoutDaysItIsToday()
    {
        ContosoWorld world;
        const QJsonObject people{{u"people"_s, QJsonArray{u"PradeepG@contoso.com"_s}}};
        const QDate today =
            QDateTime::currentDateTimeUtc().toTimeZone(QTimeZone("Europe/Berlin")).date();
        // Unless it is midnight right now, the same answer as for the date.
        const QString plain = answerTo(&world, people).section(u'\n', 1);
        QCOMPARE(
            plain,
            answerTo(&world, question({u"PradeepG@contoso.com"_s}, today.toString(Qt::ISODate)))
                .section(u'\n', 1));
    }

    // What is over is not offered.
    void timesToMeetAreAheadOfNow()
    {
        ContosoWorld world;
        const QDateTime now =
            QDateTime::currentDateTimeUtc().toTimeZone(QTimeZone("Europe/Berlin"));
        const QString text = answerTo(&world,
                                      question({u"Adams@contoso.com"_s},
                                               now.date().addDays(-3).toString(Qt::ISODate),
                                               now.date().addDays(10).toString(Qt::ISODate), 5));
        const QString common = text.section(u"working hours:\n"_s, 1).section(u"Calendars"_s, 0, 0);
        QVERIFY2(!common.isEmpty(), qPrintable(text));
        for (int days = 1; days <= 3; ++days)
            QVERIFY(!common.contains(now.date().addDays(-days).toString(Qt::ISODate)));
    }

    void manyCalendarsAreNotAFlood()
    {
        ContosoWorld world;
        QStringList people;
        for (int till = 1; till <= 17; ++till)
            people.append(u"till%1@contoso.com"_s.arg(till, 3, 10, QChar(u'0')));
        people.append({u"PradeepG@contoso.com"_s, u"LidiaH@contoso.com"_s});
        QStringList left = people;
        QStringList seen;
        int answers = 0;
        for (; !left.isEmpty() && answers < 9; ++answers) {
            const QString text =
                answerTo(&world, question(left, u"2027-03-15"_s, u"2027-03-28"_s, 30));
            QVERIFY(text.toUtf8().size() < 20 * 1024);
            QVERIFY(text.contains(u"For 30 minutes all are free"_s)
                    || text.contains(u"There is no time of 30 minutes"_s));
            const QStringList next = text.section(u"\nToo long for one answer; ask again for "_s, 1)
                                         .split(u", "_s, Qt::SkipEmptyParts);
            for (const QString &address : std::as_const(left)) {
                QVERIFY(text.contains(u'\n' + address + u": works "_s) != next.contains(address));
                if (!next.contains(address))
                    seen.append(address);
            }
            left = next;
        }
        QCOMPARE(seen, people);
        QVERIFY(answers > 2);
    }

    void asksForWhatItNeedsAtOnce()
    {
        ContosoWorld world;
        answerTo(&world, question({u"LidiaH@contoso.com"_s}, u"2026-11-27"_s));
        for (const auth::TokenRequest &request : world.tokens.requests)
            QCOMPARE(
                request.scopes,
                (QStringList{u"Calendars.ReadBasic"_s, u"MailboxSettings.Read"_s, u"User.Read"_s}));
        QCOMPARE(world.tenant.count(u"graph"_s), 3);
        QCOMPARE(effectOf({.method = "POST"_L1,
                           .path = "/me/calendar/getSchedule"_L1,
                           .scope = {},
                           .wording = {}}),
                 Effect::ReadsByPost);
    }

    void badArgumentsAskNothingOfGraph_data()
    {
        QTest::addColumn<QJsonObject>("arguments");
        const QJsonArray people{u"LidiaH@contoso.com"_s};
        const auto with = [&](const QString &name, const QJsonValue &value) {
            QJsonObject arguments{{u"people"_s, people}};
            arguments.insert(name, value);
            return arguments;
        };
        QJsonArray many;
        for (int i = 0; i < 20; ++i)
            many.append(u"till%1@contoso.com"_s.arg(i));
        QTest::newRow("a name") << with(u"people"_s, QJsonArray{u"Lidia"_s});
        QTest::newRow("too many") << with(u"people"_s, many);
        QTest::newRow("no date") << with(u"since"_s, u"monday"_s);
        QTest::newRow("no last date") << with(u"until"_s, u"2026-13-01"_s);
        QTest::newRow("backwards") << question({}, u"2026-11-26"_s, u"2026-11-25"_s);
        QTest::newRow("too long") << question({}, u"2026-11-26"_s, u"2026-12-10"_s);
        QTest::newRow("no minutes") << with(u"minutes"_s, 0);
        QTest::newRow("too many minutes") << with(u"minutes"_s, 1441);
    }
    void badArgumentsAskNothingOfGraph()
    {
        QFETCH(QJsonObject, arguments);
        ContosoWorld world;
        const auto result = world.call(u"GetFreeBusy"_s, arguments);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().cause, Cause::ArgumentWrong);
        QVERIFY(world.tokens.requests.isEmpty());
    }

    void untilLongAgoIsRefused()
    {
        ContosoWorld world;
        const auto result = world.call(u"GetFreeBusy"_s, {{u"until"_s, u"2020-01-01"_s}});
        QCOMPARE(result.error().cause, Cause::ArgumentWrong);
    }
};

QTEST_GUILESS_MAIN(TestFreeBusyTool)
#include "tst_free_busy_tool.moc"
