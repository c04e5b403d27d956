// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A day of a session in seconds: twenty clients, faults of every sort, a computer that sleeps, goes
// offline and has its clock set, an administrator who revokes the session now and then, and tools
// that need more consent than there is.
//     GRAPH_VALET_SEED=N tst_session_day      repeats one that failed

#include "tests/auth/session_world.h"

#include <QRandomGenerator>

#include <random>

using namespace Qt::StringLiterals;
using auth::AccountSession;
using auth::Interaction;
using State = AccountSession::State;

namespace {

constexpr qint64 wholeDay = 24 * 3600;

class Day
{
public:
    explicit Day(quint32 seed)
        : m_chance(seed)
    {
    }

    void live()
    {
        QVERIFY(m_world.signIn());
        while (m_world.aheadSeconds < wholeDay && !QTest::currentTestFailed())
            step(false);
        // An evening without trouble: whatever is still open ends.
        for (int i = 0; i < 20 && !QTest::currentTestFailed(); ++i)
            step(true);
        QCOMPARE(m_world.pages(), needs());
        QCOMPARE(m_world.tenant.violations(), QStringList());
        QVERIFY(m_world.refreshes() > 10);
    }

    // What the person had to be asked for: one page each.
    int needs() const { return 1 + m_revocations + int(m_consented.size()); }
    int failedCalls() const { return m_failedCalls; }
    int refreshes() const { return m_world.refreshes(); }

private:
    int oneOf(int count) { return int(m_chance() % quint32(count)); }

    void step(bool isQuiet)
    {
        m_world.aheadSeconds += 20 + oneOf(900);
        if (oneOf(30) == 0) // the clock is set, or the computer slept
            m_world.wallSeconds += oneOf(7200) - 3600;
        // A fault during the sign-in itself would be the person's to see; that is another test.
        const bool isPersonWanted = m_world.pages() < needs();
        bool isOffline = false;
        if (!isQuiet && !isPersonWanted) {
            static const QStringList faults{u"token-500"_s,       u"token-503-retry-after"_s,
                                            u"token-429"_s,       u"token-html"_s,
                                            u"token-truncated"_s, u"token-reset"_s,
                                            u"loop-detected"_s};
            const int trouble = oneOf(100);
            if (trouble < 20)
                QVERIFY(m_world.tenant.setFault(faults.at(oneOf(int(faults.size())))));
            else if (trouble < 28)
                isOffline = true;
            else if (trouble < 31)
                revoke();
        }
        if (isOffline)
            m_world.tenant.goAway();
        callAll();
        if (isOffline)
            QVERIFY(m_world.tenant.comeBack());
        m_world.tenant.faults().clear();
        if (oneOf(10) == 0)
            callForMore();
    }

    // Tools that ask for more than a sign-in does; each consent is asked for once in a day.
    void callForMore()
    {
        if (m_world.pages() < needs())
            return; // the next call signs in, which is no place to be asked for more
        static const QStringList scopes{u"Mail.Read"_s, u"Calendars.Read"_s, u"Tasks.Read"_s};
        auth::TokenRequest wanted = m_world.request(Interaction::Allowed);
        wanted.scopes = {scopes.at(oneOf(int(scopes.size())))};
        const auto end = awaited(m_world.session->tokenFor(wanted));
        if (end.ok())
            m_consented.insert(wanted.scopes.first());
        else // a pause after a fault still holds
            QVERIFY2(outcome(end) == u"Throttled" || outcome(end) == u"ServiceFault"
                         || outcome(end) == u"Offline",
                     qPrintable(outcome(end)));
        QCOMPARE(m_world.pages(), needs());
        QCOMPARE(m_world.session->state(), State::SignedIn);
    }

    void revoke()
    {
        m_world.tenant.revokeRefreshTokens();
        ++m_revocations;
    }

    void callAll()
    {
        const int before = m_world.refreshes();
        QList<Async<auth::AccessToken>> calls;
        const int clients = 1 + oneOf(20);
        for (int i = 0; i < clients; ++i)
            calls.append(m_world.session->tokenFor(m_world.request(Interaction::Allowed)));
        for (const auto &call : calls) {
            const QString end = outcome(awaited(call));
            m_failedCalls += end.isEmpty() ? 0 : 1;
            QVERIFY2(end.isEmpty() || end == u"Offline" || end == u"ServiceFault"
                         || end == u"Throttled",
                     qPrintable(end));
        }
        QVERIFY2(m_world.refreshes() - before <= 1, "two refreshes for one need");
        QCOMPARE(m_world.session->state(), State::SignedIn);
        QCOMPARE(m_world.store.entries.size(), 1);
    }

    std::mt19937 m_chance;
    SessionWorld m_world;
    int m_revocations = 0;
    QSet<QString> m_consented;
    int m_failedCalls = 0;
};

} // namespace

class TestSessionDay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLostAndNobodyIsAskedWithoutNeed()
    {
        const QByteArray wanted = qgetenv("GRAPH_VALET_SEED");
        const quint32 seed =
            wanted.isEmpty() ? QRandomGenerator::global()->generate() : wanted.toUInt();
        qInfo("seed %u", seed);
        Day day(seed);
        day.live();
        qInfo("%d refreshes, %d pages, %d calls that were told of a fault", day.refreshes(),
              day.needs(), day.failedCalls());
    }
};

QTEST_GUILESS_MAIN(TestSessionDay)
#include "tst_session_day.moc"
