// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/pause.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using auth::backOff;
using auth::Moment;
using auth::Pause;
using Kind = Error::Kind;

namespace {

const QDateTime noon = QDateTime::fromSecsSinceEpoch(1'800'000'000);

// So many seconds later by the wall clock and by the steady one.
Moment at(std::chrono::seconds wall, std::chrono::seconds steady)
{
    return {noon.addSecs(wall.count()), std::chrono::steady_clock::time_point(1h) + steady};
}

const Error offline{.kind = Kind::Offline, .detail = u"no route"_s};

} // namespace

class TestPause : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whetherItHolds_data()
    {
        QTest::addColumn<qint64>("wall");
        QTest::addColumn<qint64>("steady");
        QTest::addColumn<bool>("holds");
        QTest::newRow("at once") << qint64(0) << qint64(0) << true;
        QTest::newRow("just before its end") << qint64(59) << qint64(59) << true;
        QTest::newRow("at its end") << qint64(60) << qint64(60) << false;
        QTest::newRow("slept: the steady clock stood still") << qint64(3600) << qint64(1) << false;
        QTest::newRow("clock set back, still within") << qint64(-3600) << qint64(59) << true;
        QTest::newRow("clock set back, it ends all the same")
            << qint64(-3600) << qint64(60) << false;
    }
    void whetherItHolds()
    {
        QFETCH(qint64, wall);
        QFETCH(qint64, steady);
        Pause pause;
        pause.hold(offline, at(0s, 0s), 60s);
        const auto held = pause.at(at(std::chrono::seconds(wall), std::chrono::seconds(steady)));
        QTEST(held.has_value(), "holds");
    }

    void itSaysHowLongItStillHolds()
    {
        Pause pause;
        QVERIFY(!pause.at(at(0s, 0s)));
        pause.hold(offline, at(0s, 0s), 2500ms);
        QCOMPARE(pause.at(at(0s, 0s))->retryAfter, 3s);
        QCOMPARE(pause.at(at(2s, 2s))->retryAfter, 1s);
        QCOMPARE(pause.at(at(2s, 2s))->detail, offline.detail);
        // Waiting ends no need for the person.
        pause.hold({.kind = Kind::SignInNeeded}, at(0s, 0s), 60s);
        QCOMPARE(pause.at(at(1s, 1s))->retryAfter, 0s);
        pause = {};
        QVERIFY(!pause.at(at(0s, 0s)));
    }

    void backingOff()
    {
        QList<qint64> seconds;
        for (int failures = 1; failures <= 9; ++failures)
            seconds.append(backOff(Kind::ServiceFault, failures).count() / 1000);
        QCOMPARE(seconds, (QList<qint64>{1, 2, 4, 8, 16, 32, 60, 60, 60}));
        QCOMPARE(backOff(Kind::Offline, 1), 1s);
        QCOMPARE(backOff(Kind::Offline, 1000), 5s);
        QCOMPARE(backOff(Kind::Timeout, 0), 1s);
    }
};

QTEST_GUILESS_MAIN(TestPause)
#include "tst_pause.moc"
