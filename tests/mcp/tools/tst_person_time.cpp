// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/person_time.h"

#include <QTest>

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

    void aDayBeginsHere()
    {
        QCOMPARE(beginOfDay(QDate(2026, 11, 26)), u"2026-11-25T23:00:00Z"_s);
        QCOMPARE(beginOfDay(QDate(2026, 7, 1)), u"2026-06-30T22:00:00Z"_s);
    }
};

QTEST_GUILESS_MAIN(TestPersonTime)
#include "tst_person_time.moc"
