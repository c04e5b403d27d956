// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where no keyring and no bus is running: said as "absent", in no time, and no sign-out fails.

#include "auth/keychain_token_store.h"
#include "tests/auth/session_world.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using auth::KeychainTokenStore;
using auth::TokenRecord;

class TestNoKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSaid()
    {
        QTemporaryDir folder;
        KeychainTokenStore store(folder.path());
        const auto found = awaited(store.read(u"default"_s));
        QCOMPARE(outcome(found), u"StorageFault"_s);
        QCOMPARE(found.error().serviceCode, u"absent"_s);
        const auto written = awaited(store.write(u"default"_s, TokenRecord()));
        QCOMPARE(outcome(written), u"StorageFault"_s);
        QCOMPARE(outcome(awaited(store.remove(u"default"_s))), QString());
    }

    void signingInLivesInMemory()
    {
        SessionWorld world;
        QTemporaryDir folder;
        KeychainTokenStore store(folder.path());
        world.session = std::make_unique<auth::AccountSession>(
            world.profile, world.config(), &store, &world.opener, nullptr, world.timing);
        world.session->start();
        QCOMPARE(
            outcome(awaited(world.session->tokenFor(world.request(auth::Interaction::Allowed)))),
            QString());
        QVERIFY(world.session->isMemoryOnly());
        QCOMPARE(outcome(awaited(world.session->signOut())), QString());
    }
};

QTEST_GUILESS_MAIN(TestNoKeychain)
#include "tst_no_keychain.moc"
