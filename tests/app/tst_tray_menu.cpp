// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tray_icon.h"
#include "app/tray_menu.h"
#include "tests/app/fake_valet.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>

using namespace Qt::StringLiterals;
using State = auth::AccountSession::State;

class TestTrayMenu : public QObject
{
    Q_OBJECT

    // "text" of every entry a person sees, "(text)" where it is greyed.
    static QStringList seen(const QMenu *menu)
    {
        QStringList texts;
        for (const QAction *action : menu->actions()) {
            if (!action->isVisible() || action->isSeparator())
                continue;
            QString text = action->text();
            text.replace(u"&&"_s, u"\x01"_s).remove(u'&').replace(u'\x01', u'&');
            texts.append(action->isEnabled() ? text : u'(' + text + u')');
        }
        return texts;
    }
    static QAction *entry(const TrayMenu &menu, const QString &name)
    {
        for (QAction *action : menu.menu()->actions()) {
            if (action->objectName() == name)
                return action;
        }
        return nullptr;
    }

private Q_SLOTS:
    void theStartAtLoginIsTheSystems()
    {
        FakeValet valet;
        const TrayMenu menu(&valet);
        const QSignalSpy failed(&menu, &TrayMenu::failed);
        QAction *start = entry(menu, u"startsAtLogin"_s);
        QVERIFY(start->isCheckable() && !start->isChecked());
        start->trigger();
        QVERIFY(valet.isStartedAtLogin && start->isChecked());
        valet.isStartedAtLogin = false; // elsewhere
        Q_EMIT menu.menu()->aboutToShow();
        QVERIFY(!start->isChecked());
        valet.loginProblem = Error{.kind = Error::Kind::StorageFault, .detail = u"<b>no"_s};
        start->trigger();
        QVERIFY(!start->isChecked());
        QCOMPARE(failed.size(), 1);
        QVERIFY(!failed[0][0].toString().contains(u"<b>"_s));
    }

    void thePersonPausesAndResumes()
    {
        FakeValet valet;
        const TrayMenu menu(&valet);
        const QList<QAction *> lengths = entry(menu, u"pause"_s)->menu()->actions();
        QCOMPARE(seen(entry(menu, u"pause"_s)->menu()),
                 (QStringList{u"For 15 minutes"_s, u"Until tomorrow"_s, u"Until I resume"_s}));
        for (QAction *length : lengths)
            length->trigger();
        QCOMPARE(valet.heard, (QStringList{u"pause 0"_s, u"pause 1"_s, u"pause 2"_s}));
        QVERIFY(!entry(menu, u"resume"_s)->isVisible());

        const QDateTime soon = QDateTime::currentDateTime().addSecs(1);
        valet.set({.state = State::SignedIn, .pause = mcp::CallPause{.until = soon}});
        QVERIFY(!entry(menu, u"pause"_s)->isVisible());
        const QString time = QLocale().toString(soon.time(), QLocale::ShortFormat);
        QVERIFY2(entry(menu, u"resume"_s)->text().contains(time),
                 qPrintable(entry(menu, u"resume"_s)->text()));
        QVERIFY(TrayIcon::toolTip(valet.state).contains(u"Paused until "_s));
        valet.set({.state = State::SignedIn, .pause = mcp::CallPause{}});
        QCOMPARE(entry(menu, u"resume"_s)->text(),
                 u"&Resume AI clients (Paused until you resume)"_s);
        entry(menu, u"resume"_s)->trigger();
        QCOMPARE(valet.heard.last(), u"resume"_s);
    }

    void showsWhatFitsTheState_data()
    {
        QTest::addColumn<Status>("status");
        QTest::addColumn<QStringList>("expected");
        const QString none = u"(AI clients (0))"_s;
        const auto row = [](const char *name, const Status &status, const QStringList &texts) {
            QTest::newRow(name) << status
                                << texts
                    + QStringList{u"Accounts and AI clients…"_s, u"Activity…"_s,
                                  u"Check for problems…"_s,      u"Connect an AI client…"_s,
                                  u"Pause AI clients"_s,         u"Start at login"_s};
        };
        const QString another = u"Sign in another account…"_s;
        row("signed out", {.state = State::SignedOut},
            {u"Not signed in"_s, u"Sign in…"_s, u"Settings…"_s, none, u"Quit"_s});
        row("signing in, page not known yet", {.state = State::SigningIn},
            {u"Signing in"_s, u"Cancel sign-in"_s, u"Settings…"_s, none, u"Quit"_s});
        row("signing in", {.state = State::SigningIn, .signInUrl = QUrl(u"http://localhost/a"_s)},
            {u"Signing in"_s, u"Cancel sign-in"_s, u"Copy sign-in link"_s, u"Settings…"_s, none,
             u"Quit"_s});
        row("signed in", {.state = State::SignedIn, .account = FakeValet::adele()},
            {u"Adele Vance (adele@contoso.example)"_s, u"Settings…"_s, none, u"Sign out"_s, another,
             u"Quit"_s});
        row("signed in to the sandbox, in memory only",
            {.state = State::SignedIn,
             .account = FakeValet::adele(),
             .isMemoryOnly = true,
             .isSandbox = true},
            {u"Adele Vance (adele@contoso.example)"_s, u"Sign-in is not kept: no keychain"_s,
             u"Sandbox (loopback)"_s, u"Settings…"_s, none, u"Sign out"_s, another, u"Quit"_s});
        row("two accounts", FakeValet::bothSignedIn(),
            {u"Adele Vance (adele@contoso.example) and another account"_s, u"Settings…"_s, none,
             u"Sign out all accounts"_s, u"Default account"_s, another, u"Quit"_s});
        row("stepping up",
            {.state = State::SignedIn,
             .account = FakeValet::adele(),
             .signInUrl = QUrl(u"http://localhost/a"_s)},
            {u"Adele Vance (adele@contoso.example)"_s, u"Cancel sign-in"_s, u"Copy sign-in link"_s,
             u"Settings…"_s, none, u"Sign out"_s, u"Quit"_s});
        row("needs the person again",
            {.state = State::InteractionRequired,
             .account = FakeValet::adele(),
             .problem = Error{.kind = Error::Kind::SignInNeeded}},
            {u"Adele Vance (adele@contoso.example)"_s, u"Sign in…"_s, u"Settings…"_s, none,
             u"Sign out"_s, another, u"Quit"_s});
        row("an administrator has to consent",
            {.state = State::SignedOut,
             .problem = Error{.kind = Error::Kind::ConsentNeeded,
                              .cause = Cause::AdminConsentMissing,
                              .link = u"https://login.example/adminconsent"_s}},
            {u"Not signed in"_s, u"Sign in…"_s, u"Copy link for the administrator"_s,
             u"Settings…"_s, none, u"Quit"_s});
        row("not set up",
            {.state = State::Error, .problem = Error{.kind = Error::Kind::NotConfigured}},
            {u"Not set up yet: open Settings"_s, u"(Sign in…)"_s, u"Settings…"_s, none, u"Quit"_s});
        row("keychain not readable",
            {.state = State::Error, .problem = Error{.kind = Error::Kind::StorageFault}},
            {u"Not ready"_s, u"Sign in…"_s, u"Settings…"_s, none, u"Quit"_s});
        const Error locked{.kind = Error::Kind::StorageFault, .cause = Cause::KeychainLocked};
        row("keychain locked", {.state = State::Error, .problem = locked, .keychain = locked},
            {u"Keychain locked"_s, u"Unlock…"_s, u"Sign in…"_s, u"Settings…"_s, none, u"Quit"_s});
        row("signed in, but the keychain is locked",
            {.state = State::SignedIn,
             .account = FakeValet::adele(),
             .problem = locked,
             .isMemoryOnly = true,
             .keychain = locked},
            {u"Adele Vance (adele@contoso.example)"_s, u"Sign-in is not kept: keychain locked"_s,
             u"Unlock…"_s, u"Settings…"_s, none, u"Sign out"_s, another, u"Quit"_s});
        row("signed out, but the keychain keeps the entry",
            {.state = State::SignedOut,
             .problem = Error{.kind = Error::Kind::StorageFault, .cause = Cause::DeletionPending},
             .keychain = locked},
            {u"Not signed in"_s, u"Unlock…"_s, u"Sign in…"_s, u"Settings…"_s, none, u"Quit"_s});
        auth::Account odd = FakeValet::adele();
        odd.name = u"R&D <b>"_s;
        row("a name with a mnemonic", {.state = State::SignedIn, .account = odd},
            {u"R&D <b> (adele@contoso.example)"_s, u"Settings…"_s, none, u"Sign out"_s, another,
             u"Quit"_s});
    }
    void showsWhatFitsTheState()
    {
        QFETCH(Status, status);
        QFETCH(QStringList, expected);
        FakeValet valet;
        const TrayMenu menu(&valet);
        valet.set(status);
        QStringList texts = seen(menu.menu());
        texts.sort();
        expected.sort();
        QCOMPARE(texts, expected);
    }

    void listsClientsAndKeepsTheListWhenNothingChanged()
    {
        FakeValet valet;
        const TrayMenu menu(&valet);
        valet.set({.clients = {FakeValet::client(u"Claude <b>&Code"_s, u"/opt/claude/claude"_s, 42),
                               FakeValet::client({}, {}, 0)}});
        const QMenu *clients = entry(menu, u"clients"_s)->menu();
        QCOMPARE(entry(menu, u"clients"_s)->text().remove(u'&'), u"AI clients (2)"_s);
        QCOMPARE(seen(clients),
                 QStringList(
                     {u"Claude <b>&Code (claude, process 42)"_s, u"unknown program, process 0"_s}));
        const auto before = clients->actions();
        Q_EMIT valet.changed();
        QCOMPARE(clients->actions(), before);
        valet.set({});
        QVERIFY(clients->isEmpty());
        QVERIFY(!entry(menu, u"clients"_s)->isEnabled());
    }

    void entriesAreWishes_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("wish");
        QTest::newRow("the account opens the status window") << u"account"_s << u"showStatus"_s;
        QTest::newRow("sign in") << u"signIn"_s << u"signIn"_s;
        QTest::newRow("unlock") << u"unlock"_s << u"unlockKeychain"_s;
        QTest::newRow("cancel") << u"cancelSignIn"_s << u"cancelSignIn"_s;
        QTest::newRow("sign out") << u"signOut"_s << u"signOut"_s;
        QTest::newRow("another account") << u"signInAnother"_s << u"signInAnother"_s;
        QTest::newRow("accounts and AI clients") << u"access"_s << u"showAccess"_s;
        QTest::newRow("activity") << u"activity"_s << u"showActivity"_s;
        QTest::newRow("connect") << u"connect"_s << u"showConnect"_s;
        QTest::newRow("settings") << u"settings"_s << u"showSettings"_s;
        QTest::newRow("quit") << u"quit"_s << u"quit"_s;
    }
    void entriesAreWishes()
    {
        QFETCH(QString, name);
        QFETCH(QString, wish);
        FakeValet valet;
        const TrayMenu menu(&valet);
        entry(menu, name)->trigger();
        QCOMPARE(valet.heard, QStringList{wish});
    }

    void theDefaultAccountIsChosenHere()
    {
        FakeValet valet;
        const TrayMenu menu(&valet);
        valet.set(FakeValet::bothSignedIn());
        const QMenu *defaults = entry(menu, u"defaults"_s)->menu();
        QCOMPARE(seen(defaults),
                 (QStringList{u"Adele Vance (adele@contoso.example)"_s,
                              u"Alex Wilber (alex@contoso.example)"_s}));
        QVERIFY(defaults->actions().at(0)->isChecked());
        QVERIFY(!defaults->actions().at(1)->isChecked());
        defaults->actions().at(1)->trigger();
        QCOMPARE(valet.heard, QStringList{u"makeDefault "_s + FakeValet::alex().principal()});
        Status status = FakeValet::bothSignedIn();
        status.accounts.swapItemsAt(0, 1);
        status.accounts[0].isDefault = true;
        status.accounts[1].isDefault = false;
        valet.set(status);
        QCOMPARE(seen(defaults).value(0), u"Alex Wilber (alex@contoso.example)"_s);
        QVERIFY(defaults->actions().at(0)->isChecked());
    }

    void copiesTheLinkExactly()
    {
        FakeValet valet;
        const TrayMenu menu(&valet);
        valet.set(
            {.state = State::SigningIn,
             .signInUrl = QUrl(u"https://example.com/a?redirect_uri=http%3A%2F%2Flocalhost"_s)});
        entry(menu, u"copyLink"_s)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"https://example.com/a?redirect_uri=http%3A%2F%2Flocalhost"_s);
    }

    void copiesTheLinkForTheAdministrator()
    {
        FakeValet valet;
        const TrayMenu menu(&valet);
        const QString link = u"https://login.example/adminconsent?scope=a%20b"_s;
        valet.set({.state = State::SignedOut,
                   .problem = Error{.kind = Error::Kind::ConsentNeeded, .link = link}});
        entry(menu, u"copyAdminLink"_s)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), link);
    }

    void saysWhenASignInFailsButNotWhenItWasCancelled()
    {
        FakeValet valet;
        const TrayMenu menu(&valet);
        QSignalSpy failed(&menu, &TrayMenu::failed);
        entry(menu, u"signIn"_s)->trigger();
        valet.signInAnswer.answer(Error{.kind = Error::Kind::Offline});
        QVERIFY(failed.wait());

        valet.signInAnswer = {};
        entry(menu, u"signIn"_s)->trigger();
        valet.signInAnswer.answer(Error{.kind = Error::Kind::Cancelled});
        entry(menu, u"signOut"_s)->trigger();
        valet.signOutAnswer.answer(Error{.kind = Error::Kind::StorageFault});
        QVERIFY(failed.wait());
        QCOMPARE(failed.size(), 2);

        entry(menu, u"unlock"_s)->trigger();
        valet.unlockAnswer.answer(Error{.kind = Error::Kind::Cancelled}); // they know
        valet.unlockAnswer = {};
        entry(menu, u"unlock"_s)->trigger();
        valet.unlockAnswer.answer(Error{.kind = Error::Kind::StorageFault});
        QVERIFY(failed.wait());
        QCOMPARE(failed.size(), 3);
    }

    void toolTipHasAccountAndClientsAndNoMarkup()
    {
        auth::Account account = FakeValet::adele();
        account.name = u"<b>Adele</b>"_s;
        const QString tip = TrayIcon::toolTip({.state = State::SignedIn,
                                               .account = account,
                                               .isSandbox = true,
                                               .clients = {FakeValet::client(u"a"_s, u"/a"_s, 1)}});
        QCOMPARE(tip,
                 u"Graph Valet: Signed in\n‹b›Adele‹/b› (adele@contoso.example)\n1 AI client\n"
                 "Sandbox (loopback)"_s);
        QVERIFY(!Qt::mightBeRichText(tip));
        const Error locked{.kind = Error::Kind::StorageFault, .cause = Cause::KeychainLocked};
        QCOMPARE(TrayIcon::toolTip({.state = State::Error, .problem = locked, .keychain = locked})
                     .section(u'\n', 0, 0),
                 u"Graph Valet: Keychain locked"_s);
        QCOMPARE(TrayIcon::toolTip({}), u"Graph Valet: Signed out\n0 AI clients"_s);
    }
};

QTEST_MAIN(TestTrayMenu)
#include "tst_tray_menu.moc"
