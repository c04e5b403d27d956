// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A session over a real gnome-keyring that comes late, is locked, is killed, hangs, is emptied or
// holds what is not ours. Nothing is tried again by time here, so that only events can help. Runs
// in a bare private session (with_keyring.sh --bare).

#include "auth/keychain_token_store.h"
#include "tests/auth/real_keyring.h"
#include "tests/auth/session_world.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using auth::AccountSession;
using auth::KeychainTokenStore;
using State = AccountSession::State;

namespace {

// A person with a keyring of their own: one test leaves nothing to the next.
struct Home
{
    explicit Home(std::chrono::milliseconds patience = std::chrono::seconds(2))
    {
        world.timing.retries = {};
        world.timing.writePatience = patience;
    }
    ~Home()
    {
        daemon.kill();
        QDir(keyrings()).removeRecursively();
    }

    static QString keyrings()
    {
        return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
            + u"/keyrings"_s;
    }
    // A new tray process.
    AccountSession &restart()
    {
        world.session.reset();
        store = std::make_unique<KeychainTokenStore>(folder.path());
        store->setJobLimit(jobLimit);
        world.session = std::make_unique<AccountSession>(world.profile, world.config(), store.get(),
                                                         &world.opener, nullptr, world.timing);
        world.session->start();
        return *world.session;
    }
    AccountSession &restartLoaded()
    {
        AccountSession &session = restart();
        const bool isLoaded = QTest::qWaitFor([&] { return session.isLoaded(); }, 20000);
        if (!isLoaded)
            qWarning("the session has not read its keychain");
        return session;
    }
    bool signIn() { return awaited(restartLoaded().signIn()).ok(); }
    bool hasMarker() const { return QFile::exists(folder.filePath(u"keychain-default.json"_s)); }
    Cause keychainCause() const
    {
        const auto problem = world.session->keychainProblem();
        return problem ? problem->cause : Cause::None;
    }
    Cause cause() const
    {
        const auto problem = world.session->problem();
        return problem ? problem->cause : Cause::None;
    }

    real_keyring::Daemon daemon;
    real_keyring::PromptCounter prompts;
    QTemporaryDir folder;
    SessionWorld world;
    std::chrono::milliseconds jobLimit = std::chrono::seconds(60);
    std::unique_ptr<KeychainTokenStore> store;
};

} // namespace

class TestKeychainLife : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariable("GRAPH_VALET_IN_KEYRING_SESSION") != u"1")
            QSKIP("needs with_keyring.sh: it must not touch the keyring of a person");
    }

    void aKeychainThatComesLateSignsIn()
    {
        Home home;
        QVERIFY(home.daemon.start());
        QVERIFY(home.signIn());
        home.daemon.kill();
        const AccountSession &session = home.restartLoaded();
        QCOMPARE(session.state(), State::Error);
        QCOMPARE(home.keychainCause(), Cause::KeychainUnavailable);
        QVERIFY(home.daemon.start());
        QTRY_COMPARE(session.state(), State::SignedIn);
        QVERIFY(!session.keychainProblem());
        QCOMPARE(home.world.pages(), 1);
    }

    void aLockedOneIsLockedUntilSomebodyUnlocksIt()
    {
        Home home;
        QVERIFY(home.daemon.start());
        QVERIFY(home.signIn());
        QVERIFY(real_keyring::lock());
        AccountSession &session = home.restartLoaded();
        QCOMPARE(session.state(), State::Error);
        QCOMPARE(home.cause(), Cause::KeychainLocked);
        QCOMPARE(home.keychainCause(), Cause::KeychainLocked);
        const auto call = awaited(session.tokenFor(home.world.request(auth::Interaction::Allowed)));
        QCOMPARE(outcome(call), u"StorageFault"_s);
        QCOMPARE(call.error().cause, Cause::KeychainLocked);
        QVERIFY(real_keyring::unlock());
        QTRY_COMPARE(session.state(), State::SignedIn);
        QCOMPARE(outcome(awaited(session.tokenFor(home.world.request()))), QString());
        QCOMPARE(home.world.pages(), 1);
        QCOMPARE(home.prompts.count, 0);
    }

    void onlyTheWishToUnlockAsks()
    {
        Home home;
        QVERIFY(home.daemon.start());
        QVERIFY(home.signIn());
        QVERIFY(real_keyring::lock());
        AccountSession &session = home.restartLoaded();
        QCOMPARE(home.prompts.count, 0);
        const auto first = home.store->unlock();
        const auto joined = home.store->unlock();
        QCOMPARE(outcome(awaited(first)), u"Cancelled"_s);
        QCOMPARE(outcome(awaited(joined)), u"Cancelled"_s);
        QCOMPARE(home.prompts.count, 1);
        QCOMPARE(session.state(), State::Error);
        QVERIFY(real_keyring::unlock());
        QTRY_COMPARE(session.state(), State::SignedIn);
        QCOMPARE(outcome(awaited(home.store->unlock())), QString()); // nothing to ask any more
        QCOMPARE(home.prompts.count, 1);
    }

    void oneThatIsKilledCostsNothing()
    {
        Home home;
        QVERIFY(home.daemon.start());
        QVERIFY(home.signIn());
        home.daemon.kill();
        AccountSession &session = *home.world.session;
        home.world.aheadSeconds += 90000; // the access token is over, a refresh rotates
        QCOMPARE(outcome(awaited(session.tokenFor(home.world.request()))), QString());
        QCOMPARE(home.world.refreshes(), 1);
        QCOMPARE(session.state(), State::SignedIn);
        QVERIFY(session.isMemoryOnly());
        QCOMPARE(home.keychainCause(), Cause::KeychainUnavailable);
        QVERIFY(home.daemon.start());
        QTRY_VERIFY(!session.isMemoryOnly());
        QVERIFY(!session.problem());
        QCOMPARE(home.restartLoaded().state(), State::SignedIn);
        QCOMPARE(outcome(awaited(home.world.session->tokenFor(home.world.request()))), QString());
    }

    void oneThatIsKilledAndComesBackLockedWaits()
    {
        Home home;
        QVERIFY(home.daemon.start());
        QVERIFY(home.signIn());
        home.daemon.kill();
        AccountSession &session = home.restartLoaded();
        QCOMPARE(home.keychainCause(), Cause::KeychainUnavailable);
        QVERIFY(home.daemon.start(true));
        QTRY_COMPARE(home.keychainCause(), Cause::KeychainLocked);
        QCOMPARE(session.state(), State::Error);
        QVERIFY(real_keyring::unlock());
        QTRY_COMPARE(session.state(), State::SignedIn);
        QCOMPARE(home.prompts.count, 0);
    }

    void signingOutOfALockedOneIsCarriedOutWhenItIsUnlocked_data()
    {
        QTest::addColumn<bool>("isRestarted");
        QTest::newRow("by the same process") << false;
        QTest::newRow("by the next one") << true;
    }
    void signingOutOfALockedOneIsCarriedOutWhenItIsUnlocked()
    {
        QFETCH(bool, isRestarted);
        Home home;
        QVERIFY(home.daemon.start());
        QVERIFY(home.signIn());
        QVERIFY(real_keyring::lock());
        const auto out = awaited(home.world.session->signOut());
        QCOMPARE(outcome(out), u"StorageFault"_s);
        QCOMPARE(out.error().cause, Cause::DeletionPending);
        if (isRestarted)
            home.restartLoaded();
        AccountSession &session = *home.world.session;
        QCOMPARE(session.state(), State::SignedOut);
        QTRY_COMPARE(home.cause(), Cause::DeletionPending);
        QCOMPARE(home.keychainCause(), Cause::KeychainLocked);
        QCOMPARE(outcome(awaited(session.tokenFor(home.world.request()))), u"SignInNeeded"_s);
        QVERIFY(home.hasMarker());
        QCOMPARE(home.prompts.count, 0);
        QVERIFY(real_keyring::unlock());
        QTRY_VERIFY(!home.hasMarker());
        QTRY_VERIFY(!session.problem());
        QCOMPARE(home.world.refreshes(), 0);
        QCOMPARE(home.prompts.count, 0);
        QTemporaryDir unmarked; // whose marker hides nothing
        KeychainTokenStore other(unmarked.path());
        const auto found = awaited(other.read(home.world.profile));
        QCOMPARE(outcome(found), QString());
        QVERIFY(!found->has_value());
    }

    void signingInWhileItIsLockedAsksOnceAndIsKeptLater()
    {
        Home home;
        QVERIFY(home.daemon.start());
        QVERIFY(home.signIn());
        QVERIFY(real_keyring::lock());
        AccountSession &session = home.restartLoaded();
        QCOMPARE(outcome(awaited(session.signIn())), QString());
        QCOMPARE(session.state(), State::SignedIn);
        QVERIFY(session.isMemoryOnly());
        QCOMPARE(home.cause(), Cause::KeychainLocked);
        QTRY_COMPARE(home.prompts.count, 1);
        home.world.aheadSeconds += 90000;
        QCOMPARE(outcome(awaited(session.tokenFor(home.world.request()))), QString());
        QCOMPARE(home.world.refreshes(), 1);
        QCOMPARE(home.prompts.count, 1);
        QVERIFY(real_keyring::unlock());
        QTRY_VERIFY(!session.isMemoryOnly());
        QCOMPARE(home.prompts.count, 1);
        QCOMPARE(home.restartLoaded().state(), State::SignedIn);
    }

    void oneThatHasNotBeenMadeIsAskedForOnce()
    {
        Home home;
        QVERIFY(home.daemon.start(true)); // no password has ever been given
        AccountSession &session = home.restartLoaded();
        QCOMPARE(session.state(), State::SignedOut);
        QVERIFY(!session.problem());
        QCOMPARE(home.prompts.count, 0);
        QCOMPARE(outcome(awaited(session.signIn())), QString());
        QVERIFY(session.isMemoryOnly());
        QCOMPARE(home.cause(), Cause::KeychainLocked);
        QTRY_COMPARE(home.prompts.count, 1); // for the password of a new one
    }

    void oneThatHangsIsGivenUpAndServesWhenItGoesOn_data()
    {
        QTest::addColumn<int>("limit"); // ms
        QTest::newRow("while it is asked whether it is locked") << 100;
        // Not even that was answered (5 s), and the job hangs too.
        QTest::newRow("while it is read") << 6000;
    }
    void oneThatHangsIsGivenUpAndServesWhenItGoesOn()
    {
        QFETCH(int, limit);
        Home home;
        QVERIFY(home.daemon.start());
        QVERIFY(home.signIn());
        home.daemon.stop();
        home.jobLimit = std::chrono::milliseconds(limit);
        AccountSession &session = home.restartLoaded();
        QCOMPARE(session.state(), State::Error);
        QCOMPARE(home.keychainCause(), Cause::KeychainSlow);
        home.store->setJobLimit(std::chrono::seconds(60));
        home.daemon.goOn();
        QTRY_COMPARE(session.state(), State::SignedIn);
    }

    void aWriteThatHangsHoldsNoCallUp()
    {
        Home home(std::chrono::milliseconds(50));
        QVERIFY(home.daemon.start());
        QVERIFY(home.signIn());
        AccountSession &session = *home.world.session;
        QTRY_VERIFY(!session.isMemoryOnly());
        home.daemon.stop();
        home.store->setJobLimit(std::chrono::seconds(6));
        home.world.aheadSeconds += 90000;
        QCOMPARE(outcome(awaited(session.tokenFor(home.world.request()))), QString());
        QVERIFY(session.isMemoryOnly());
        QTRY_COMPARE_WITH_TIMEOUT(home.keychainCause(), Cause::KeychainSlow, 20000);
        // Nothing is queued behind the write that hangs.
        const auto queued = home.store->read(home.world.profile);
        QVERIFY(queued.isFinished());
        QCOMPARE(queued.result().error().cause, Cause::KeychainSlow);
        home.store->setJobLimit(std::chrono::seconds(60));
        home.daemon.goOn();
        QTRY_VERIFY(!session.isMemoryOnly());
        QCOMPARE(home.restartLoaded().state(), State::SignedIn);
        QCOMPARE(outcome(awaited(home.world.session->tokenFor(home.world.request()))), QString());
    }

    void oneThatRefusesToWriteIsTriedAgain()
    {
        Home home;
        home.world.timing.retries.fill(std::chrono::milliseconds(100), 100);
        QVERIFY(home.daemon.start());
        AccountSession &session = home.restartLoaded();
        // Its folder cannot be written to: a file is in the way.
        const QString aside = Home::keyrings() + u".aside"_s;
        QVERIFY(QDir().rename(Home::keyrings(), aside));
        QFile file(Home::keyrings());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(outcome(awaited(session.signIn())), QString());
        QVERIFY(session.isMemoryOnly());
        QCOMPARE(session.keychainProblem()->serviceCode, u"failed"_s);
        QVERIFY(session.problem());
        QVERIFY(file.remove());
        QVERIFY(QDir().rename(aside, Home::keyrings()));
        QTRY_VERIFY(!session.isMemoryOnly());
        QVERIFY(!session.problem());
    }

    void anotherOneThanLastTimeIsSaid()
    {
        Home home;
        QVERIFY(home.daemon.start());
        QVERIFY(home.signIn());
        home.daemon.kill();
        QVERIFY(QDir(Home::keyrings()).removeRecursively());
        QVERIFY(home.daemon.start());
        AccountSession &session = home.restartLoaded();
        QCOMPARE(session.state(), State::Error);
        QCOMPARE(home.cause(), Cause::KeychainLost);
        QCOMPARE(outcome(awaited(session.signIn())), QString());
        QVERIFY(!session.problem());
        QCOMPARE(home.restartLoaded().state(), State::SignedIn);
    }

    void whatIsNotOursIsSaidAndStaysUntilASignIn_data()
    {
        QTest::addColumn<bool>("isDamaged");
        QTest::newRow("damaged") << true;
        QTest::newRow("of another registration") << false;
    }
    void whatIsNotOursIsSaidAndStaysUntilASignIn()
    {
        QFETCH(bool, isDamaged);
        Home home;
        QVERIFY(home.daemon.start());
        QVERIFY(home.signIn());
        auto record = awaited(home.store->read(home.world.profile)).value().value();
        if (isDamaged)
            record.account = {}; // is written as asked, but is no record
        else
            record.clientId = u"11111111-2222-3333-4444-555555555555"_s;
        QCOMPARE(outcome(awaited(home.store->write(home.world.profile, record))), QString());
        home.restartLoaded();
        const Cause cause = isDamaged ? Cause::KeychainDamaged : Cause::KeychainForeign;
        QCOMPARE(home.world.session->state(), isDamaged ? State::Error : State::SignedOut);
        QCOMPARE(home.cause(), cause);
        AccountSession &session = home.restartLoaded(); // still there
        QCOMPARE(home.cause(), cause);
        QCOMPARE(outcome(awaited(session.signIn())), QString());
        QVERIFY(!session.problem());
        QCOMPARE(home.restartLoaded().state(), State::SignedIn);
    }

    void withoutOneItIsSaidAgainAfterASignOut()
    {
        Home home;
        AccountSession &session = home.restartLoaded();
        QCOMPARE(home.cause(), Cause::KeychainAbsent);
        QCOMPARE(outcome(awaited(session.signIn())), QString());
        QVERIFY(session.isMemoryOnly());
        QCOMPARE(outcome(awaited(session.signOut())), QString());
        QCOMPARE(session.state(), State::SignedOut);
        QVERIFY(session.isMemoryOnly());
        QCOMPARE(home.cause(), Cause::KeychainAbsent);
        // One that is installed meanwhile is noticed.
        QVERIFY(home.daemon.start());
        QTRY_VERIFY(!session.problem());
        QVERIFY(!session.isMemoryOnly());
    }
};

QTEST_GUILESS_MAIN(TestKeychainLife)
#include "tst_keychain_life.moc"
