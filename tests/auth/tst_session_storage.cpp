// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The session and its keychain: slow, broken, locked or absent.

#include "tests/auth/session_world.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using auth::AccountSession;
using auth::Interaction;
using State = AccountSession::State;

namespace {

QByteArray storedToken(const SessionWorld &world)
{
    const auto record = auth::TokenRecord::fromJson(world.store.entries.value(world.profile));
    return record.ok() ? record->refreshToken.reveal() : QByteArray();
}

} // namespace

class TestSessionStorage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRotatedTokenIsWrittenBeforeTheNewAccessTokenIsUsed()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        const QByteArray before = storedToken(world);
        world.restartLoaded();
        world.timing.writePatience = std::chrono::minutes(1);
        world.restartLoaded();
        world.store.hold();
        const auto token = world.session->tokenFor(world.request());
        QTRY_COMPARE(world.store.writes, 2);
        QTest::qWait(30);
        QVERIFY(!token.isFinished());
        // Nor is it by somebody who comes meanwhile.
        const auto other = world.session->tokenFor(world.request());
        QTest::qWait(10);
        QVERIFY(!other.isFinished());
        world.store.release();
        QCOMPARE(outcome(awaited(token)), QString());
        QCOMPARE(outcome(awaited(other)), QString());
        QVERIFY(storedToken(world) != before);
        QVERIFY(!storedToken(world).isEmpty());
        QCOMPARE(world.refreshes(), 1);
        QVERIFY(!world.session->isMemoryOnly());
    }

    void aSlowKeychainHoldsTheTokenBackForALimitedTime()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.timing.writePatience = std::chrono::milliseconds(50);
        world.restartLoaded();
        const QByteArray before = storedToken(world);
        world.store.hold();
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QVERIFY(world.session->isMemoryOnly());
        QVERIFY(world.session->memoryOnlyRecord());
        QCOMPARE(storedToken(world), before);
        QSignalSpy changed(world.session.get(), &AccountSession::stateChanged);
        world.store.release();
        QTRY_VERIFY(!world.session->isMemoryOnly());
        QVERIFY(changed.count() > 0);
        QVERIFY(storedToken(world) != before);
        QVERIFY(!world.session->memoryOnlyRecord());
    }

    void aFailedWriteIsTriedAgain()
    {
        SessionWorld world;
        world.store.writeFaults = 2;
        QVERIFY(world.signIn());
        QVERIFY(world.session->isMemoryOnly());
        QCOMPARE(world.session->problem()->kind, Error::Kind::StorageFault);
        QTRY_VERIFY(!world.session->isMemoryOnly());
        QCOMPARE(world.store.writes, 3);
        QVERIFY(!world.session->problem());
        QVERIFY(!storedToken(world).isEmpty());
    }

    void theTriesEndAndTheNextUseTriesOnceMore()
    {
        SessionWorld world;
        world.store.writeFaults = -1;
        QVERIFY(world.signIn());
        QTRY_COMPARE(world.store.writes, 3);
        QTest::qWait(100);
        QCOMPARE(world.store.writes, 3);
        QVERIFY(world.session->isMemoryOnly());
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QCOMPARE(world.store.writes, 4);
        QSignalSpy tried(world.session.get(), &AccountSession::stateChanged);
        QTRY_VERIFY(tried.count() > 0);
        world.store.writeFaults = 0;
        // A call right after it does not bring the next prompt.
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QCOMPARE(world.store.writes, 4);
        QTest::qWait(40);
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QTRY_VERIFY(!world.session->isMemoryOnly());
    }

    void aSessionInMemoryIsHandedOver()
    {
        SessionWorld world;
        world.store.writeFaults = -1;
        QVERIFY(world.signIn());
        const auto record = world.session->memoryOnlyRecord();
        QVERIFY(record);
        world.restartLoaded();
        QCOMPARE(world.session->state(), State::SignedOut);
        world.session->adopt(*record);
        QCOMPARE(world.session->state(), State::SignedIn);
        QVERIFY(world.session->isMemoryOnly());
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        world.store.writeFaults = 0;
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QTRY_VERIFY(!world.session->isMemoryOnly());
    }

    void aLockedKeychainIsNotSignedOut()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.timing.retries = {};
        world.store.readFault = MemoryTokenStore::fault(u"the keychain is locked"_s, u"locked"_s);
        world.restartLoaded();
        QCOMPARE(world.session->state(), State::Error);
        QCOMPARE(world.session->problem()->kind, Error::Kind::StorageFault);
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request(Interaction::Allowed)))),
                 u"StorageFault"_s);
        QCOMPARE(world.pages(), 1); // no page for a sign-in that is only locked away
        // Unlocked meanwhile: the next use finds out.
        world.store.readFault.reset();
        // A read that began before that may still be under way.
        QTRY_COMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QCOMPARE(world.session->state(), State::SignedIn);
    }

    void aReadThatFailsIsTriedAgain()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.store.readFault = MemoryTokenStore::fault(u"the keychain failed"_s, u"failed"_s);
        world.restartLoaded();
        QCOMPARE(world.session->state(), State::Error);
        world.store.readFault.reset();
        QTRY_COMPARE(world.session->state(), State::SignedIn);
    }

    void aKeychainThatOpensLateIsReadAgainByItsSignalOnly()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.store.readFault = MemoryTokenStore::fault(u"the keychain is locked"_s, u"locked"_s);
        world.restartLoaded();
        QCOMPARE(world.session->state(), State::Error);
        const int reads = world.store.reads;
        QTest::qWait(100); // the times after which other faults are tried again are over
        QCOMPARE(world.store.reads, reads);
        world.store.readFault.reset();
        Q_EMIT world.store.changed();
        QTRY_COMPARE(world.session->state(), State::SignedIn);
        // What is fine is not touched again.
        const int after = world.store.reads;
        Q_EMIT world.store.changed();
        QCOMPARE(world.store.reads, after);
    }

    void aKeychainThatOpensWhileItIsBeingReadIsReadOnceMore()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.timing.retries = {};
        world.store.readFault = MemoryTokenStore::fault(u"the keychain is locked"_s, u"locked"_s);
        world.store.hold();
        world.restart();
        Q_EMIT world.store.changed(); // the read under way still finds it locked
        world.store.release();
        world.store.readFault.reset();
        QTRY_COMPARE(world.session->state(), State::SignedIn);
    }

    // KWallet and macOS show their own window for every try.
    void aLockedKeychainThatAsksByItselfIsLeftToThePerson()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.store.asksByItself = true;
        world.store.readFault = MemoryTokenStore::fault(u"the person said no"_s, u"locked"_s);
        world.restartLoaded();
        const int reads = world.store.reads;
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), u"StorageFault"_s);
            QTest::qWait(30);
        }
        QCOMPARE(world.store.reads, reads);
        // The same for a write: once for the sign-in, then by the person's wish only.
        world.store.writeFaults = -1;
        world.store.writeFaultCode = u"locked"_s;
        const int writes = world.store.writes;
        QCOMPARE(outcome(awaited(world.session->signIn())), QString());
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
            QTest::qWait(30);
        }
        QCOMPARE(world.store.writes, writes + 1);
        QCOMPARE(world.store.unlocks, 0);
        world.store.writeFaults = 0;
        const auto unlocked = world.store.unlock();
        world.store.unlockAnswer.answer(Done());
        QCOMPARE(outcome(awaited(unlocked)), QString());
        Q_EMIT world.store.changed(); // as a store does then
        QTRY_VERIFY(!world.session->isMemoryOnly());
    }

    void signingInUnlocksOnceWhereTheKeychainDoesNotAsk()
    {
        SessionWorld world;
        world.store.writeFaults = -1;
        world.store.writeFaultCode = u"locked"_s;
        QVERIFY(world.signIn());
        QCOMPARE(world.store.unlocks, 1);
        QVERIFY(world.session->isMemoryOnly());
        QCOMPARE(world.session->keychainProblem()->cause, Cause::KeychainLocked);
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QTest::qWait(60);
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QCOMPARE(world.store.unlocks, 1);
    }

    void whereThereIsNoKeychainCallsMayStillAsk()
    {
        SessionWorld world;
        world.store.readFault = MemoryTokenStore::fault(u"no keychain"_s, u"absent"_s);
        world.store.writeFaults = -1;
        world.restartLoaded();
        // Nothing keeps the person from signing in, and it is said that it does not last.
        QCOMPARE(world.session->state(), State::SignedOut);
        QVERIFY(world.session->isMemoryOnly());
        QCOMPARE(world.session->problem()->cause, Cause::KeychainAbsent);
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request(Interaction::Allowed)))),
                 QString());
        QCOMPARE(world.session->state(), State::SignedIn);
        QVERIFY(world.session->isMemoryOnly());
    }

    void signingInLeavesAnUnreadableKeychain()
    {
        SessionWorld world;
        world.store.readFault = MemoryTokenStore::fault(u"damaged"_s, u"damaged"_s);
        world.restartLoaded();
        QCOMPARE(outcome(awaited(world.session->signIn())), QString());
        QCOMPARE(world.session->state(), State::SignedIn);
        QVERIFY(!world.session->problem());
    }

    void signingInWhileTheKeychainIsBeingReadWaitsForIt()
    {
        SessionWorld world;
        world.store.hold();
        world.restart();
        const auto future = world.session->signIn();
        QTest::qWait(30);
        QCOMPARE(world.browser.opened(), 0);
        world.store.release();
        QCOMPARE(outcome(awaited(future)), QString());
    }

    void aSignInThatWaitsForTheKeychainEndsWithTheRegistration()
    {
        SessionWorld world;
        world.store.hold();
        world.restart();
        const auto future = world.session->signIn();
        world.session->setConfig(Error{.kind = Error::Kind::NotConfigured, .detail = u"test"_s});
        QCOMPARE(outcome(awaited(future)), u"NotConfigured"_s);
        world.store.release();
        QTRY_VERIFY(world.session->isLoaded());
        QCOMPARE(world.browser.opened(), 0);
    }

    void signingOutWhileTheKeychainIsBeingReadHolds()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.store.hold();
        world.restart();
        const auto future = world.session->signOut();
        world.store.release();
        QCOMPARE(outcome(awaited(future)), QString());
        QTRY_VERIFY(world.session->isLoaded());
        QCOMPARE(world.session->state(), State::SignedOut);
        QVERIFY(world.store.entries.isEmpty());
    }

    void aSlowKeychainHoldsNoSignOutUp()
    {
        SessionWorld world;
        world.timing.writePatience = std::chrono::milliseconds(30);
        QVERIFY(world.signIn());
        world.store.hold();
        const auto out = awaited(world.session->signOut());
        QCOMPARE(outcome(out), u"StorageFault"_s);
        QCOMPARE(out.error().cause, Cause::DeletionPending);
        QCOMPARE(world.session->state(), State::SignedOut);
        QCOMPARE(world.store.entries.size(), 1);
        world.store.release();
        QTRY_VERIFY(world.store.entries.isEmpty());
    }

    void aDeletionThatALockRefusedWaitsForTheKeychain()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.store.removeFault = MemoryTokenStore::fault(u"locked"_s, u"locked"_s);
        const auto out = awaited(world.session->signOut());
        QCOMPARE(out.error().cause, Cause::DeletionPending);
        QTest::qWait(100); // no retry: it could bring a prompt before the person
        QCOMPARE(world.store.removes, 1);
        QCOMPARE(world.session->problem()->cause, Cause::DeletionPending);
        QCOMPARE(world.session->keychainProblem()->cause, Cause::KeychainLocked);
        world.store.removeFault.reset();
        Q_EMIT world.store.changed();
        QTRY_VERIFY(world.store.entries.isEmpty());
        QTRY_VERIFY(!world.session->problem());
        QCOMPARE(world.store.removes, 2);
    }

    void aDeletionThatAnEarlierProcessLeftIsCarriedOutAtTheStart()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.store.toBeRemoved.insert(world.profile);
        world.restartLoaded();
        QCOMPARE(world.session->state(), State::SignedOut);
        QTRY_VERIFY(world.store.entries.isEmpty());
        QVERIFY(!world.session->problem());
    }

    void signingInAfterADeletionThatWaitsTakesItsPlace()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.store.removeFault = MemoryTokenStore::fault(u"locked"_s, u"locked"_s);
        QVERIFY(!awaited(world.session->signOut()).ok());
        QCOMPARE(outcome(awaited(world.session->signIn())), QString());
        world.store.removeFault.reset();
        Q_EMIT world.store.changed();
        QTest::qWait(30);
        QVERIFY(!storedToken(world).isEmpty());
        QCOMPARE(world.store.removes, 1);
    }

    void withoutAKeychainItIsSaidAgainAfterASignOut()
    {
        SessionWorld world;
        world.store.readFault = MemoryTokenStore::fault(u"no keychain"_s, u"absent"_s);
        world.store.writeFaults = -1;
        world.store.writeFaultCode = u"absent"_s;
        QVERIFY(world.signIn());
        QCOMPARE(world.session->problem()->cause, Cause::KeychainAbsent);
        QCOMPARE(outcome(awaited(world.session->signOut())), QString());
        QCOMPARE(world.session->state(), State::SignedOut);
        QVERIFY(world.session->isMemoryOnly());
        QCOMPARE(world.session->problem()->cause, Cause::KeychainAbsent);
    }

    void aDeletionThatFailsIsCarriedOutLater()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.store.removeFault = MemoryTokenStore::fault(u"failed"_s, u"failed"_s);
        const auto out = awaited(world.session->signOut());
        QCOMPARE(outcome(out), u"StorageFault"_s);
        QCOMPARE(out.error().cause, Cause::DeletionPending);
        QVERIFY(!world.session->account());
        world.store.removeFault.reset();
        QTRY_VERIFY(world.store.entries.isEmpty());
        QCOMPARE(world.store.removes, 2);
    }

    void signingOutOfflineIsComplete()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.tenant.goAway();
        QCOMPARE(outcome(awaited(world.session->signOut())), QString());
        QVERIFY(world.store.entries.isEmpty());
        QCOMPARE(world.session->state(), State::SignedOut);
    }

    void aRecordOfAnotherProfileIsNotUsed()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        auto record = auth::TokenRecord::fromJson(world.store.entries.value(world.profile));
        record.value().profile = u"other"_s;
        const QByteArray foreign = record->toJson();
        world.store.entries[world.profile] = foreign;
        world.restartLoaded();
        QCOMPARE(world.session->state(), State::SignedOut);
        QCOMPARE(world.session->problem()->cause, Cause::KeychainForeign);
        QCOMPARE(world.store.entries.value(world.profile), foreign);
    }
};

QTEST_GUILESS_MAIN(TestSessionStorage)
#include "tst_session_storage.moc"
