// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/person_time.h"

#include <QJsonObject>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestPersonTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }

    void times_data()
    {
        QTest::addColumn<QString>("graph");
        QTest::addColumn<QString>("shown");
        QTest::newRow("winter") << u"2026-11-26T08:14:00Z"_s << u"2026-11-26 09:14 +01:00"_s;
        QTest::newRow("summer") << u"2026-07-01T08:14:59Z"_s << u"2026-07-01 10:14 +02:00"_s;
        QTest::newRow("another day") << u"2026-12-31T23:30:00Z"_s << u"2027-01-01 00:30 +01:00"_s;
        QTest::newRow("before the clocks go back")
            << u"2026-10-25T00:30:00Z"_s << u"2026-10-25 02:30 +02:00"_s;
        QTest::newRow("after") << u"2026-10-25T01:30:00Z"_s << u"2026-10-25 02:30 +01:00"_s;
        QTest::newRow("seven digits of a second")
            << u"2026-11-26T08:14:00.1234567Z"_s << u"2026-11-26 09:14 +01:00"_s;
        QTest::newRow("with an offset")
            << u"2026-11-26T08:14:00-08:00"_s << u"2026-11-26 17:14 +01:00"_s;
        QTest::newRow("no time") << u"soon"_s << u"soon"_s;
        QTest::newRow("nothing") << QString() << QString();
    }
    void times()
    {
        QFETCH(QString, graph);
        QTEST(personTime(graph), "shown");
    }

    void theZoneHasItsName() { QCOMPARE(personZone(), u"Europe/Berlin"_s); }

    void dates_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isDate");
        QTest::newRow("date") << u"2026-02-28"_s << true;
        QTest::newRow("no such day") << u"2026-02-29"_s << false;
        QTest::newRow("otherwise") << u"28.02.2026"_s << false;
        QTest::newRow("word") << u"today"_s << false;
        QTest::newRow("with a time") << u"2026-02-28T10:00"_s << false;
        QTest::newRow("empty") << QString() << false;
    }
    void dates()
    {
        QFETCH(QString, text);
        QTEST(dateOf(text).has_value(), "isDate");
    }

    void zonesByEitherName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("id");
        QTest::newRow("Windows") << u"W. Europe Standard Time"_s << u"Europe/Berlin"_s;
        QTest::newRow("Windows, UTC") << u"UTC"_s << u"Etc/UTC"_s;
        QTest::newRow("IANA") << u"Asia/Kolkata"_s << u"Asia/Kolkata"_s;
        QTest::newRow("of one's own") << u"tzone://Microsoft/Custom"_s << QString();
        QTest::newRow("another file") << u"../../etc/passwd"_s << QString();
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("long") << QString(1000, u'x') << QString();
    }
    void zonesByEitherName()
    {
        QFETCH(QString, name);
        const QTimeZone zone = zoneNamed(name);
        QTEST(QString::fromLatin1(zone.id()), "id");
        QCOMPARE(zone.isValid(), !zone.id().isEmpty());
    }

    void graphsTimesHaveTheirZoneBesideThem()
    {
        const auto time = [](const QString &text, const QString &zone) {
            return timeOf(QJsonObject{{u"dateTime"_s, text}, {u"timeZone"_s, zone}});
        };
        const QDateTime eight(QDate(2026, 11, 26), QTime(8, 0), QTimeZone::utc());
        QCOMPARE(time(u"2026-11-26T08:00:00.0000000"_s, u"UTC"_s), eight);
        QCOMPARE(time(u"2026-11-26T09:00:00.0000000"_s, u"W. Europe Standard Time"_s), eight);
        QVERIFY(!time(u"2026-11-26T09:00:00.0000000"_s, u"Atlantis"_s).isValid());
        QVERIFY(!time(u"soon"_s, u"UTC"_s).isValid());
        QVERIFY(!timeOf(QJsonValue()).isValid());
    }

    void offsets()
    {
        const QDateTime noon(QDate(2026, 11, 26), QTime(12, 0), QTimeZone::utc());
        QCOMPARE(offsetOf(noon.toTimeZone(QTimeZone("Asia/Kolkata"))), u"+05:30"_s);
        QCOMPARE(offsetOf(noon.toTimeZone(QTimeZone("America/St_Johns"))), u"-03:30"_s);
        QCOMPARE(offsetOf(noon), u"+00:00"_s);
    }

    void aDayBeginsHere()
    {
        QCOMPARE(beginOfDay(QDate(2026, 11, 26)), u"2026-11-25T23:00:00Z"_s);
        QCOMPARE(beginOfDay(QDate(2026, 7, 1)), u"2026-06-30T22:00:00Z"_s);
    }
};

QTEST_GUILESS_MAIN(TestPersonTime)
#include "tst_person_time.moc"
