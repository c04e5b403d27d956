// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The person's pause, by a clock of the test's.

#include "app/pause_switch.h"
#include "tests/app/settings_fixture.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;

class TestPauseSwitch : public QObject
{
    Q_OBJECT

private:
    QDateTime m_now;
    std::function<QDateTime()> clock()
    {
        return [this] { return m_now; };
    }

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }
    void init() { m_now = QDateTime(QDate(2026, 11, 27), QTime(14, 30), QTimeZone::utc()); }

    void nothingIsPausedAtFirst()
    {
        SettingsFixture fixture;
        const auto settings = fixture.make();
        QVERIFY(!PauseSwitch(settings.get(), clock()).current());
    }

    void lengths_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<QDateTime>("now"); // UTC
        QTest::addColumn<QDateTime>("until");
        const auto utc = [](int day, int hour, int minute) {
            return QDateTime(QDate(2026, 11, day), QTime(hour, minute), QTimeZone::utc());
        };
        QTest::newRow("a quarter of an hour")
            << int(PauseLength::QuarterHour) << utc(27, 14, 30) << utc(27, 14, 45);
        QTest::newRow("until tomorrow")
            << int(PauseLength::UntilTomorrow) << utc(27, 14, 30) << utc(28, 5, 0);
        QTest::newRow("until tomorrow, where it is late")
            << int(PauseLength::UntilTomorrow) << utc(27, 22, 55) << utc(28, 5, 0);
        QTest::newRow("until tomorrow, after midnight")
            << int(PauseLength::UntilTomorrow) << utc(27, 23, 5) << utc(29, 5, 0);
        QTest::newRow("until resumed")
            << int(PauseLength::UntilResumed) << utc(27, 14, 30) << QDateTime();
    }
    void lengths()
    {
        QFETCH(int, length);
        QFETCH(QDateTime, now);
        QFETCH(QDateTime, until);
        m_now = now;
        SettingsFixture fixture;
        const auto settings = fixture.make();
        PauseSwitch pauses(settings.get(), clock());
        const QSignalSpy changed(&pauses, &PauseSwitch::changed);
        pauses.pause(PauseLength(length));
        QCOMPARE(changed.size(), 1);
        QVERIFY(pauses.current());
        QCOMPARE(pauses.current()->until.has_value(), until.isValid());
        if (until.isValid()) {
            QCOMPARE(*pauses.current()->until, until);
            m_now = until.addSecs(-1);
            QVERIFY(pauses.current());
            // Also where no timer has noticed, as after the computer's sleep.
            m_now = until;
            QVERIFY(!pauses.current());
        } else {
            m_now = now.addDays(300);
            QVERIFY(pauses.current());
        }
        m_now = now;
        pauses.resume();
        QCOMPARE(changed.size(), 2);
        QVERIFY(!pauses.current());
    }

    void theEndIsTold()
    {
        SettingsFixture fixture;
        const auto settings = fixture.make();
        PauseSwitch pauses(settings.get(), clock());
        pauses.pause(PauseLength::QuarterHour);
        // The next process finds it nearly over.
        m_now = m_now.addSecs(15 * 60 - 1);
        PauseSwitch next(settings.get(), clock());
        QSignalSpy changed(&next, &PauseSwitch::changed);
        QVERIFY(next.current());
        m_now = m_now.addSecs(5);
        QVERIFY(changed.wait(20'000));
        QVERIFY(!next.current());
    }

    void aRestartKeepsIt()
    {
        SettingsFixture fixture;
        {
            const auto settings = fixture.make();
            PauseSwitch(settings.get(), clock()).pause(PauseLength::UntilResumed);
        }
        const auto settings = fixture.make();
        QVERIFY(PauseSwitch(settings.get(), clock()).current());
        QVERIFY(!PauseSwitch(settings.get(), clock()).current()->until);
    }

    // Somebody edited it: it is no way to be rid of a pause.
    void whatCannotBeReadIsAPause()
    {
        SettingsFixture fixture;
        fixture.person = {{u"pausedUntil"_s, u"never mind"_s}};
        const auto settings = fixture.make();
        QVERIFY(PauseSwitch(settings.get(), clock()).current());
    }
};

QTEST_GUILESS_MAIN(TestPauseSwitch)
#include "tst_pause_switch.moc"
