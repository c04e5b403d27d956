// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Claims challenges of the resource (continuous access evaluation): silently first, then through
// the person.

#include "tests/auth/session_world.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using auth::AccountSession;
using auth::Interaction;
using State = AccountSession::State;

namespace {

const QByteArray claims = R"({"access_token":{"nbf":{"essential":true,"value":"1700000000"}}})";

QString claimsOnPage(const SessionWorld &world)
{
    const auto fields =
        test_support::parseForm(world.opener.last.query(QUrl::FullyEncoded).toLatin1());
    return test_support::fieldValue(fields, u"claims"_s);
}

// What Graph refused, and why.
auth::TokenRequest challenged(const SessionWorld &world, const auth::AccessToken &token,
                              Interaction interaction = Interaction::Allowed)
{
    auto request = world.request(interaction);
    request.claims = claims;
    request.rejectedToken = token.value;
    return request;
}

} // namespace

class TestSessionClaims : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySignInSaysThatChallengesAreUnderstood()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        const QJsonObject sent = QJsonDocument::fromJson(claimsOnPage(world).toUtf8()).object();
        QCOMPARE(sent["access_token"_L1]["xms_cc"_L1]["values"_L1][0].toString(), u"cp1"_s);
    }

    void aRefreshWithTheClaimsIsTriedOnce()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        const auto old = awaited(world.session->tokenFor(world.request()));
        const auto fresh = awaited(world.session->tokenFor(challenged(world, *old)));
        QCOMPARE(outcome(fresh), QString());
        QVERIFY(!(fresh->value == old->value));
        QCOMPARE(world.refreshes(), 1);
        QCOMPARE(world.pages(), 1);
        QCOMPARE(world.session->state(), State::SignedIn);
        // Another call that met the same challenge with the old token shares it.
        const auto second = awaited(world.session->tokenFor(challenged(world, *old)));
        QVERIFY(second->value == fresh->value);
        QCOMPARE(world.refreshes(), 1);
    }

    void stillChallengedItTakesThePerson()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        const auto old = awaited(world.session->tokenFor(world.request()));
        const auto fresh = awaited(world.session->tokenFor(challenged(world, *old)));
        QCOMPARE(outcome(awaited(
                     world.session->tokenFor(challenged(world, *fresh, Interaction::Never)))),
                 u"SignInNeeded"_s);
        QCOMPARE(world.session->state(), State::InteractionRequired);
        QCOMPARE(world.pages(), 1);
        const auto proved = awaited(world.session->tokenFor(challenged(world, *fresh)));
        QCOMPARE(outcome(proved), QString());
        QVERIFY(!(proved->value == fresh->value));
        QCOMPARE(world.pages(), 2);
        QCOMPARE(world.refreshes(), 1);
        QCOMPARE(world.session->state(), State::SignedIn);
        QVERIFY(claimsOnPage(world).contains(u"1700000000"_s));
        QVERIFY(claimsOnPage(world).contains(u"cp1"_s));
    }

    void refusedSilentlyTheClaimsTravelToThePage()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        const auto old = awaited(world.session->tokenFor(world.request()));
        QVERIFY(world.tenant.setFault(u"claims-need-person"_s));
        QSignalSpy attention(world.session.get(), &AccountSession::attentionNeeded);
        const auto proved = awaited(world.session->tokenFor(challenged(world, *old)));
        QCOMPARE(outcome(proved), QString());
        QVERIFY(!(proved->value == old->value));
        QCOMPARE(attention.count(), 1);
        QCOMPARE(world.pages(), 2);
        QVERIFY(claimsOnPage(world).contains(u"1700000000"_s));
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void otherCallsGoOnWithTheTokenOfTheChallenge()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        const auto old = awaited(world.session->tokenFor(world.request()));
        const auto fresh = awaited(world.session->tokenFor(challenged(world, *old)));
        const auto other = awaited(world.session->tokenFor(world.request()));
        QVERIFY(other->value == fresh->value);
        QCOMPARE(world.refreshes(), 1);
    }

    void offlineAChallengeChangesNothing()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        const auto old = awaited(world.session->tokenFor(world.request()));
        world.tenant.goAway();
        QCOMPARE(outcome(awaited(world.session->tokenFor(challenged(world, *old)))), u"Offline"_s);
        QCOMPARE(world.session->state(), State::SignedIn);
    }
};

QTEST_GUILESS_MAIN(TestSessionClaims)
#include "tst_session_claims.moc"
