// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The contract of TokenStore, over memory and over the real keychain, and what only the real one
// has: locking, the marker, a bus without a keyring. Runs in a private session (with_keyring.sh).

#include "auth/keychain_token_store.h"
#include "tests/auth/memory_token_store.h"
#include "tests/auth/real_keyring.h"
#include "tests/auth/session_world.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using auth::KeychainTokenStore;
using auth::TokenRecord;
using auth::TokenStore;

namespace {

TokenRecord sample(const QByteArray &token = "1.AX!*$~%2B+/="_ba)
{
    return {
        .profile = u"default"_s,
        .authority = u"https://login.microsoftonline.com"_s,
        .clientId = u"9b2e4f6a-7c81-4d35-8e0f-1a2b3c4d5e6f"_s,
        .tenant = u"organizations"_s,
        .account = {.tenantId = u"tid"_s, .objectId = u"oid"_s, .name = u"Žluťoučký 🦊"_s},
        .refreshToken = Secret(token)};
}

} // namespace

class TestTokenStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariable("GRAPH_VALET_IN_KEYRING_SESSION") != u"1")
            QSKIP("needs with_keyring.sh: it must not touch the keyring of a person");
    }

    void contract_data()
    {
        QTest::addColumn<bool>("isReal");
        QTest::newRow("memory") << false;
        QTest::newRow("keychain") << true;
    }
    void contract()
    {
        QFETCH(bool, isReal);
        QTemporaryDir folder;
        MemoryTokenStore memory;
        KeychainTokenStore keychain(folder.path());
        TokenStore &store = isReal ? static_cast<TokenStore &>(keychain) : memory;
        const QString key = u"contract"_s;

        auto found = awaited(store.read(key));
        QCOMPARE(outcome(found), QString());
        QVERIFY(!found->has_value());
        QCOMPARE(outcome(awaited(store.remove(key))), QString()); // nothing to remove is fine

        QCOMPARE(outcome(awaited(store.write(key, sample()))), QString());
        found = awaited(store.read(key));
        QCOMPARE(outcome(found), QString());
        QVERIFY(found->has_value());
        QVERIFY((*found)->refreshToken == sample().refreshToken);
        QCOMPARE((*found)->account, sample().account);
        QVERIFY(!awaited(store.read(u"another"_s))->has_value()); // profiles are apart

        const QByteArray large(6000, 'x');
        QCOMPARE(outcome(awaited(store.write(key, sample(large)))), QString());
        found = awaited(store.read(key));
        QVERIFY((*found)->refreshToken.reveal() == large);

        QCOMPARE(outcome(awaited(store.remove(key))), QString());
        found = awaited(store.read(key));
        QCOMPARE(outcome(found), QString());
        QVERIFY(!found->has_value());
    }

    void theMarkerHoldsNoSecret()
    {
        QTemporaryDir folder;
        KeychainTokenStore store(folder.path());
        QCOMPARE(outcome(awaited(store.write(u"default"_s, sample()))), QString());
        QFile file(folder.filePath(u"keychain-default.json"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "{\"stored\":true,\"toBeDeleted\":false}"_ba);
        QCOMPARE(outcome(awaited(store.remove(u"default"_s))), QString());
        QVERIFY(!QFile::exists(file.fileName()));
    }

    void aLockedKeyringIsNotAnEmptyOne()
    {
        QTemporaryDir folder;
        KeychainTokenStore store(folder.path());
        const QString key = u"locked"_s;
        QCOMPARE(outcome(awaited(store.write(key, sample()))), QString());
        QVERIFY(real_keyring::lock());
        const auto found = awaited(store.read(key));
        QCOMPARE(outcome(found), u"StorageFault"_s);
        QCOMPARE(found.error().serviceCode, u"locked"_s);
        const auto written = awaited(store.write(key, sample()));
        QCOMPARE(outcome(written), u"StorageFault"_s);
        QCOMPARE(written.error().serviceCode, u"locked"_s);
        QVERIFY(real_keyring::unlock());
        const auto again = awaited(store.read(key));
        QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(again.error().detail));
        QVERIFY(again->has_value());
        QCOMPARE(outcome(awaited(store.remove(key))), QString());
    }

    void aSignOutThatALockRefusedHoldsAfterARestart()
    {
        QTemporaryDir folder;
        const QString key = u"refused"_s;
        {
            KeychainTokenStore store(folder.path());
            QCOMPARE(outcome(awaited(store.write(key, sample()))), QString());
            QVERIFY(real_keyring::lock());
            const auto removed = awaited(store.remove(key));
            QCOMPARE(outcome(removed), u"StorageFault"_s);
            QCOMPARE(removed.error().serviceCode, u"locked"_s);
        }
        QVERIFY(real_keyring::unlock());
        KeychainTokenStore store(folder.path());
        const auto found = awaited(store.read(key));
        QCOMPARE(outcome(found), QString());
        QVERIFY(!found->has_value());
        // Whoever reads it is told, and the entry goes now that it can.
        QVERIFY(store.isToBeRemoved(key));
        QCOMPARE(outcome(awaited(store.remove(key))), QString());
        QVERIFY(!store.isToBeRemoved(key));
        QVERIFY(!QFile::exists(folder.filePath(u"keychain-refused.json"_s)));
        QTemporaryDir other;
        KeychainTokenStore unmarked(other.path());
        QVERIFY(!awaited(unmarked.read(key))->has_value());
    }

    // Further accounts are known by their markers alone.
    void aWriteIsKnownBeforeItIsCarriedOut()
    {
        QTemporaryDir folder;
        KeychainTokenStore store(folder.path());
        const auto written = store.write(u"begun.2"_s, sample());
        QCOMPARE(store.keys(u"begun"_s), QStringList{u"begun.2"_s});
        QVERIFY(store.keys(u"beg"_s).isEmpty()); // another profile
        QCOMPARE(outcome(awaited(written)), QString());
        // Ended before the entry, or before the marker said so.
        for (const bool isEntryThere : {true, false}) {
            QFile marker(folder.filePath(u"keychain-begun.2.json"_s));
            QVERIFY(marker.open(QIODevice::WriteOnly));
            marker.write(R"({"stored":false,"toBeDeleted":false})");
            marker.close();
            KeychainTokenStore next(folder.path());
            QCOMPARE(next.keys(u"begun"_s), QStringList{u"begun.2"_s});
            const auto found = awaited(next.read(u"begun.2"_s));
            QCOMPARE(outcome(found), QString());
            QCOMPARE(found->has_value(), isEntryThere);
            QCOMPARE(next.keys(u"begun"_s).isEmpty(), !isEntryThere);
            if (isEntryThere)
                QCOMPARE(outcome(awaited(next.remove(u"begun.2"_s))), QString());
        }
    }

    void aFirstWriteThatIsRefusedLeavesNoMarker()
    {
        QTemporaryDir folder;
        KeychainTokenStore store(folder.path());
        QVERIFY(real_keyring::lock());
        QCOMPARE(outcome(awaited(store.write(u"never.2"_s, sample()))), u"StorageFault"_s);
        QVERIFY(store.keys(u"never"_s).isEmpty());
        QVERIFY(real_keyring::unlock());
    }

    void everyKeyHasItsOwnEntryAndItsOwnPendingDeletion()
    {
        QTemporaryDir folder;
        KeychainTokenStore store(folder.path());
        QCOMPARE(outcome(awaited(store.write(u"keys"_s, sample("first"_ba)))), QString());
        QCOMPARE(outcome(awaited(store.write(u"keys.2"_s, sample("second"_ba)))), QString());
        QVERIFY(real_keyring::lock());
        QCOMPARE(outcome(awaited(store.remove(u"keys.2"_s))), u"StorageFault"_s);
        QVERIFY(real_keyring::unlock());
        QVERIFY(store.isToBeRemoved(u"keys.2"_s));
        QVERIFY(!store.isToBeRemoved(u"keys"_s));
        QVERIFY(!awaited(store.read(u"keys.2"_s))->has_value());
        QVERIFY(awaited(store.read(u"keys"_s))->value().refreshToken.reveal() == "first");
        QCOMPARE(outcome(awaited(store.remove(u"keys.2"_s))), QString());
        QVERIFY(awaited(store.read(u"keys"_s))->has_value());
        QCOMPARE(outcome(awaited(store.remove(u"keys"_s))), QString());
    }

    void anotherKeychainIsNotSignedOut()
    {
        QTemporaryDir folder;
        KeychainTokenStore store(folder.path());
        const QString key = u"lost"_s;
        QCOMPARE(outcome(awaited(store.write(key, sample()))), QString());
        QTemporaryDir other; // whose marker knows nothing: the entry goes behind our back
        QFile::copy(folder.filePath(u"keychain-lost.json"_s),
                    other.filePath(u"keychain-lost.json"_s));
        QCOMPARE(outcome(awaited(store.remove(key))), QString());
        KeychainTokenStore robbed(other.path());
        const auto found = awaited(robbed.read(key));
        QCOMPARE(outcome(found), u"StorageFault"_s);
        QCOMPARE(found.error().serviceCode, u"lost"_s);
        // Signing in again, or out, mends it.
        QCOMPARE(outcome(awaited(robbed.remove(key))), QString());
        QVERIFY(awaited(robbed.read(key)).ok());
    }

    void whatIsNoRecordIsSaid()
    {
        QTemporaryDir folder;
        KeychainTokenStore store(folder.path());
        auto record = sample();
        record.account = {}; // is written as asked, but is none
        QCOMPARE(outcome(awaited(store.write(u"damaged"_s, record))), QString());
        const auto found = awaited(store.read(u"damaged"_s));
        QCOMPARE(outcome(found), u"StorageFault"_s);
        QCOMPARE(found.error().serviceCode, u"damaged"_s);
        QCOMPARE(outcome(awaited(store.remove(u"damaged"_s))), QString());
    }

    void aKeychainThatDoesNotAnswerIsGivenUp()
    {
        QTemporaryDir folder;
        KeychainTokenStore store(folder.path());
        store.setJobLimit(std::chrono::milliseconds(0));
        const auto found = awaited(store.read(u"slow"_s));
        QCOMPARE(outcome(found), u"StorageFault"_s);
        QCOMPARE(found.error().serviceCode, u"timeout"_s);
        QCOMPARE(found.error().cause, Cause::KeychainSlow);
        store.setJobLimit(std::chrono::seconds(60));
        QCOMPARE(outcome(awaited(store.read(u"slow"_s))), QString());
    }

    void aStoreMayGoWhileAJobRuns()
    {
        QTemporaryDir folder;
        Async<std::optional<TokenRecord>> future;
        {
            KeychainTokenStore store(folder.path());
            future = store.read(u"gone"_s);
        }
        QTest::qWait(200);
        KeychainTokenStore store(folder.path());
        QCOMPARE(outcome(awaited(store.read(u"gone"_s))), QString());
        QVERIFY(future.isFinished());
        QCOMPARE(future.resultCount(), 0);
    }

    void aWholeSessionOverTheRealKeychain()
    {
        SessionWorld world;
        QTemporaryDir folder;
        KeychainTokenStore store(folder.path());
        const auto fresh = [&] {
            world.session = std::make_unique<auth::AccountSession>(
                world.profile, world.config(), &store, &world.opener, nullptr, world.timing);
            world.session->start();
        };
        fresh();
        QCOMPARE(outcome(awaited(world.session->signIn())), QString());
        QVERIFY(!world.session->isMemoryOnly());
        fresh();
        QTRY_COMPARE(world.session->state(), auth::AccountSession::State::SignedIn);
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QCOMPARE(world.pages(), 1);
        QCOMPARE(outcome(awaited(world.session->signOut())), QString());
        fresh();
        QTRY_VERIFY(world.session->isLoaded());
        QCOMPARE(world.session->state(), auth::AccountSession::State::SignedOut);
    }
};

QTEST_GUILESS_MAIN(TestTokenStore)
#include "tst_token_store.moc"
