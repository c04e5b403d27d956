// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A call wants more than was consented to: silently where Entra allows it, else on a page that asks
// for all of it, while the account goes on to serve what it has.

#include "tests/auth/session_world.h"

#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using auth::Interaction;
using Click = sandbox::SandboxBrowser::Click;
using State = auth::AccountSession::State;

namespace {

const QString calendar = u"Calendars.Read"_s;
const QString mail = u"Mail.Read"_s;

struct World : SessionWorld
{
    World()
    {
        if (!signIn())
            qFatal("the sandbox signs nobody in");
    }

    Async<auth::AccessToken> ask(const QString &scope,
                                 Interaction interaction = Interaction::Allowed)
    {
        auth::TokenRequest wanted = request(interaction);
        wanted.scopes = {scope};
        return session->tokenFor(wanted);
    }
    // Pages beside that of the sign-in.
    int stepUps() const { return pages() - 1; }
    QString parameterOfPage(const QString &name) const
    {
        return QUrlQuery(opener.last).queryItemValue(name, QUrl::FullyDecoded);
    }
    QByteArray storedToken() const
    {
        return auth::TokenRecord::fromJson(store.entries.value(profile))->refreshToken.reveal();
    }
};

// Counts the app's answer pages and keeps the last.
struct AnswerPage
{
    explicit AnswerPage(sandbox::SandboxBrowser *browser)
        : spy(browser, &sandbox::SandboxBrowser::finished)
    {
    }
    QString text()
    {
        return spy.isEmpty() ? QString() : QString::fromUtf8(spy.last().at(1).toByteArray());
    }
    QSignalSpy spy;
};

} // namespace

class TestSessionStepUp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAnAdministratorGrantedNeedsNoPage()
    {
        World world;
        world.tenant.consentForEverybody({calendar});
        QCOMPARE(outcome(awaited(world.ask(calendar))), QString());
        QCOMPARE(world.stepUps(), 0);
    }

    void thePersonConsentsAndTheCallGoesOn()
    {
        World world;
        QSignalSpy attention(world.session.get(), &auth::AccountSession::attentionNeeded);
        const QByteArray before = world.storedToken();
        const auto token = awaited(world.ask(calendar));
        QCOMPARE(outcome(token), QString());
        QVERIFY(token->scopes.contains(calendar));
        QCOMPARE(world.stepUps(), 1);
        QCOMPARE(attention.size(), 1);
        // The union, so that what was granted before is not lost, for the person we know.
        const QStringList asked = world.parameterOfPage(u"scope"_s).split(u' ');
        QVERIFY2(asked.contains(u"User.Read"_s) && asked.contains(calendar),
                 qPrintable(asked.join(u' ')));
        QCOMPARE(world.parameterOfPage(u"login_hint"_s), world.session->account()->username);
        QVERIFY(world.parameterOfPage(u"prompt"_s).isEmpty());
        QVERIFY(world.storedToken() != before);

        // From now on it is silent, also in a new process.
        QCOMPARE(outcome(awaited(world.ask(calendar, Interaction::Never))), QString());
        world.restartLoaded();
        QCOMPARE(outcome(awaited(world.ask(calendar, Interaction::Never))), QString());
        QCOMPARE(world.stepUps(), 1);
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void whoeverMayNotOpenAPageIsToldThatConsentIsMissing()
    {
        World world;
        const auto refused = awaited(world.ask(calendar, Interaction::Never));
        QCOMPARE(outcome(refused), u"ConsentNeeded"_s);
        QCOMPARE(refused.error().cause, Cause::ConsentMissing);
        QCOMPARE(world.stepUps(), 0);
    }

    void theAccountServesWhileThePageIsOpen()
    {
        World world;
        world.browser.setClick(Click::Nothing);
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::pageShown);
        const auto waiting = world.ask(calendar);
        QTRY_COMPARE(shown.size(), 1);
        QCOMPARE(world.session->state(), State::SignedIn);
        QVERIFY(!world.session->signInUrl().isEmpty());
        QCOMPARE(outcome(awaited(world.ask(u"User.Read"_s, Interaction::Never))), QString());
        // Also when it has to be refreshed for it.
        world.aheadSeconds = 4300;
        QCOMPARE(outcome(awaited(world.ask(u"User.Read"_s, Interaction::Never))), QString());
        QVERIFY(!waiting.isFinished());
        world.browser.click(Click::Continue);
        QCOMPARE(outcome(awaited(waiting)), QString());
        QTRY_VERIFY(world.session->signInUrl().isEmpty());
    }

    void manyCallsShareOnePage()
    {
        World world;
        QList<Async<auth::AccessToken>> calls;
        for (int i = 0; i < 20; ++i)
            calls.append(world.ask(calendar));
        for (const auto &call : std::as_const(calls))
            QCOMPARE(outcome(awaited(call)), QString());
        QCOMPARE(world.stepUps(), 1);
    }

    void differentWishesAreAskedOneAfterTheOther()
    {
        World world;
        const auto first = world.ask(calendar);
        const auto second = world.ask(mail);
        QCOMPARE(outcome(awaited(first)), QString());
        const auto token = awaited(second);
        QCOMPARE(outcome(token), QString());
        QVERIFY(token->scopes.contains(calendar) && token->scopes.contains(mail));
        QCOMPARE(world.stepUps(), 2);
    }

    void aNoOnThePageIsTakenAsOne()
    {
        World world;
        world.browser.setClick(Click::Cancel);
        const auto refused = awaited(world.ask(calendar));
        QCOMPARE(outcome(refused), u"ConsentNeeded"_s);
        QCOMPARE(refused.error().cause, Cause::ConsentDeclined);
        QCOMPARE(world.session->state(), State::SignedIn);
        QVERIFY(!world.session->problem());
        QCOMPARE(outcome(awaited(world.ask(u"User.Read"_s))), QString());
        // Calls do not put it before the person again and again, ...
        world.browser.setClick(Click::Continue);
        QCOMPARE(awaited(world.ask(calendar)).error().cause, Cause::ConsentMissing);
        QCOMPARE(world.stepUps(), 1);
        // ... but what was not refused may be asked for.
        QCOMPARE(outcome(awaited(world.ask(mail))), QString());
        QCOMPARE(world.stepUps(), 2);
        world.aheadSeconds = 61;
        QCOMPARE(outcome(awaited(world.ask(calendar))), QString());
        QCOMPARE(world.stepUps(), 3);
    }

    // The valet takes a no on the page for one about the client, so nobody else may be told of it.
    void aNoIsSaidOnlyToTheClientWhoseCallItWas()
    {
        World world;
        world.browser.setClick(Click::Nothing);
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::pageShown);
        const auto askAs = [&](const QString &program) {
            auth::TokenRequest wanted = world.request(Interaction::Allowed);
            wanted.scopes = {calendar};
            wanted.client.program = program;
            return world.session->tokenFor(wanted);
        };
        const auto first = askAs(u"/bin/claude"_s);
        QTRY_COMPARE(shown.size(), 1);
        const auto waitsToo = askAs(u"/bin/codex"_s);
        world.browser.click(Click::Cancel);
        QCOMPARE(awaited(first).error().cause, Cause::ConsentDeclined);
        QCOMPARE(awaited(waitsToo).error().cause, Cause::ConsentMissing);
        QCOMPARE(awaited(askAs(u"/bin/codex"_s)).error().cause, Cause::ConsentMissing);
        QCOMPARE(world.stepUps(), 1);
    }

    void oneRefusalIsNotTheOthers()
    {
        World world;
        world.browser.setClick(Click::Nothing);
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::pageShown);
        const auto first = world.ask(calendar);
        QTRY_COMPARE(shown.size(), 1);
        const auto second = world.ask(mail);
        world.browser.click(Click::Cancel);
        QCOMPARE(awaited(first).error().cause, Cause::ConsentDeclined);
        QTRY_COMPARE(shown.size(), 2); // that of the second
        world.browser.click(Click::Continue);
        QCOMPARE(outcome(awaited(second)), QString());
    }

    void anotherAccountIsRefusedOnItsPage()
    {
        World world;
        const auth::Account before = *world.session->account();
        const QByteArray token = world.storedToken();
        AnswerPage page(&world.browser);
        world.browser.setPerson(u"alex"_s);
        const auto refused = awaited(world.ask(calendar));
        QCOMPARE(outcome(refused), u"Denied"_s);
        QCOMPARE(refused.error().cause, Cause::WrongAccount);
        QTRY_VERIFY(page.text().contains(u"This is another account"_s));
        QCOMPARE(world.session->account(), before);
        QCOMPARE(world.storedToken(), token);
        QCOMPARE(world.session->state(), State::SignedIn);
        QCOMPARE(outcome(awaited(world.ask(u"User.Read"_s))), QString());
    }

    void whoMustComeAgainForACallCannotBeSomebodyElse()
    {
        World world;
        world.restartLoaded();
        QVERIFY(world.tenant.setFault(u"interaction-required"_s));
        world.browser.setPerson(u"alex"_s);
        const auto refused = awaited(world.ask(u"User.Read"_s));
        QCOMPARE(refused.error().cause, Cause::WrongAccount);
        QCOMPARE(world.session->account()->username, u"AdeleV@contoso.onmicrosoft.com"_s);
        // The person's own wish may bring another one.
        QCOMPARE(outcome(awaited(world.session->signIn())), QString());
        QCOMPARE(world.session->account()->username, u"AlexW@contoso.onmicrosoft.com"_s);
    }

    void whatAnAdministratorMustGrantIsSaidWithTheirLink()
    {
        World world;
        world.tenant.reserveForAdministrators({calendar});
        const auto refused = awaited(world.ask(calendar));
        QCOMPARE(outcome(refused), u"ConsentNeeded"_s);
        QCOMPARE(refused.error().cause, Cause::AdminConsentMissing);
        QVERIFY(refused.error().link.contains(calendar));
        QCOMPARE(world.session->state(), State::SignedIn);
        QVERIFY(world.session->problem());
        QCOMPARE(world.session->problem()->link, refused.error().link);
        QCOMPARE(world.stepUps(), 1);
        // Hours later the page would still say the same ...
        world.aheadSeconds = 3600;
        QCOMPARE(awaited(world.ask(calendar)).error().cause, Cause::AdminConsentMissing);
        QCOMPARE(world.stepUps(), 1);
        // ... and once it is granted, nobody has to do anything.
        world.tenant.consentForEverybody({calendar});
        world.aheadSeconds += 121;
        QCOMPARE(outcome(awaited(world.ask(calendar))), QString());
        QVERIFY(!world.session->problem());
        QCOMPARE(world.stepUps(), 1);
    }

    // Where Entra says so before any page, none is opened.
    void whatOnlyAnAdministratorCanGrantOpensNoPage()
    {
        World world;
        QVERIFY(world.tenant.setFault(u"admin-consent-required"_s));
        const auto refused = awaited(world.ask(calendar));
        QCOMPARE(outcome(refused), u"ConsentNeeded"_s);
        QCOMPARE(refused.error().cause, Cause::AdminConsentMissing);
        QVERIFY(refused.error().link.contains(calendar));
        QCOMPARE(world.stepUps(), 0);
        QCOMPARE(world.session->state(), State::SignedIn);
    }

    void aCancelInTheMenuEndsTheCall()
    {
        World world;
        world.browser.setClick(Click::Nothing);
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::pageShown);
        const auto waiting = world.ask(calendar);
        QTRY_COMPARE(shown.size(), 1);
        world.session->cancelSignIn();
        QCOMPARE(outcome(awaited(waiting)), u"Cancelled"_s);
        QCOMPARE(world.session->state(), State::SignedIn);
        QVERIFY(world.session->signInUrl().isEmpty());
    }

    void signingOutEndsTheCall()
    {
        World world;
        world.browser.setClick(Click::Nothing);
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::pageShown);
        const auto waiting = world.ask(calendar);
        QTRY_COMPARE(shown.size(), 1);
        QCOMPARE(outcome(awaited(world.session->signOut())), QString());
        QCOMPARE(outcome(awaited(waiting)), u"SignInNeeded"_s);
        QCOMPARE(world.session->state(), State::SignedOut);
        // The page that is still open signs nobody in any more.
        AnswerPage page(&world.browser);
        world.browser.click(Click::Continue);
        QTRY_VERIFY(!page.spy.isEmpty());
        QCOMPARE(world.session->state(), State::SignedOut);
        QVERIFY(world.store.entries.isEmpty());
    }

    void aConsentThatComesTooLateServesTheNextCall()
    {
        World world;
        world.browser.setClick(Click::Nothing);
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::pageShown);
        auth::TokenRequest wanted = world.request(Interaction::Allowed);
        wanted.scopes = {calendar};
        wanted.deadline = QDeadlineTimer(300);
        const auto waiting = world.session->tokenFor(wanted);
        QCOMPARE(outcome(awaited(waiting)), u"NoAnswer"_s);
        QTRY_COMPARE(shown.size(), 1);
        world.browser.click(Click::Continue);
        QTRY_VERIFY(world.session->signInUrl().isEmpty());
        QCOMPARE(outcome(awaited(world.ask(calendar, Interaction::Never))), QString());
        QCOMPARE(world.stepUps(), 1);
    }

    void aConsentIsNoMoreThanWhatItWasFor()
    {
        World world;
        QCOMPARE(outcome(awaited(world.ask(calendar))), QString());
        QCOMPARE(outcome(awaited(world.ask(mail, Interaction::Never))), u"ConsentNeeded"_s);
    }
};

QTEST_GUILESS_MAIN(TestSessionStepUp)
#include "tst_session_step_up.moc"
