// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/status_window.h"
#include "tests/app/fake_valet.h"

#include <QClipboard>
#include <QTest>

using namespace Qt::StringLiterals;
using State = auth::AccountSession::State;

class TestStatusWindow : public QObject
{
    Q_OBJECT

    static QStringList buttons(const QWidget &window)
    {
        QStringList texts;
        for (const QPushButton *button : window.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->isEnabled())
                texts.append(button->text().remove(u'&'));
        }
        texts.sort();
        return texts;
    }
    static QString allText(const QWidget &window)
    {
        QStringList texts;
        for (const QLabel *label : window.findChildren<QLabel *>()) {
            if (label->isVisible())
                texts.append(label->text());
        }
        return texts.join(u'\n');
    }

private Q_SLOTS:
    void offersWhatFitsTheState_data()
    {
        QTest::addColumn<Status>("status");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const Status &status, const QStringList &texts) {
            QStringList all{u"Accounts and AI clients…"_s, u"Activity…"_s, u"Check for problems…"_s,
                            u"Connect an AI client…"_s};
            all += texts;
            all.sort();
            QTest::newRow(name) << status << all;
        };
        row("signed out", {.state = State::SignedOut}, {u"Settings…"_s, u"Sign in…"_s});
        row("signing in", {.state = State::SigningIn, .signInUrl = QUrl(u"http://localhost/a"_s)},
            {u"Cancel sign-in"_s, u"Copy sign-in link"_s, u"Settings…"_s});
        row("signed in", {.state = State::SignedIn, .account = FakeValet::adele()},
            {u"Settings…"_s, u"Sign out"_s});
        row("two accounts", FakeValet::bothSignedIn(), {u"Settings…"_s, u"Sign out all"_s});
        row("stepping up",
            {.state = State::SignedIn,
             .account = FakeValet::adele(),
             .signInUrl = QUrl(u"http://localhost/a"_s)},
            {u"Cancel sign-in"_s, u"Copy sign-in link"_s, u"Settings…"_s, u"Sign out"_s});
        row("needs the person",
            {.state = State::InteractionRequired, .account = FakeValet::adele()},
            {u"Settings…"_s, u"Sign in…"_s, u"Sign out"_s});
        const Error locked{.kind = Error::Kind::StorageFault, .cause = Cause::KeychainLocked};
        row("keychain locked", {.state = State::Error, .problem = locked, .keychain = locked},
            {u"Settings…"_s, u"Sign in…"_s, u"Unlock…"_s});
        row("not set up",
            {.state = State::Error, .problem = Error{.kind = Error::Kind::NotConfigured}},
            {u"Settings…"_s});
    }
    void offersWhatFitsTheState()
    {
        QFETCH(Status, status);
        FakeValet valet;
        StatusWindow window(&valet);
        window.present();
        valet.set(status);
        QTEST(buttons(window), "expected");
    }

    void showsTheDeviceCodeAndWhereToEnterIt()
    {
        FakeValet valet;
        StatusWindow window(&valet);
        window.present();
        valet.set({.state = State::SigningIn,
                   .signInUrl = QUrl(u"https://microsoft.com/devicelogin"_s),
                   .signInUserCode = u"BCDFGHJKL"_s});
        QVERIFY2(allText(window).contains(u"https://microsoft.com/devicelogin"_s)
                     && allText(window).contains(u"BCDFGHJKL"_s),
                 qPrintable(allText(window)));
        valet.set({.state = State::SignedOut});
        QVERIFY(!allText(window).contains(u"BCDFGHJKL"_s));
    }

    void offersQuitWhereNoTrayIs()
    {
        FakeValet valet;
        StatusWindow window(&valet);
        window.setHasTray(false);
        window.present();
        QVERIFY(buttons(window).contains(u"Quit"_s));
        QVERIFY(allText(window).contains(u"no tray icon"_s));
    }

    void saysWhatIsWrong()
    {
        FakeValet valet;
        StatusWindow window(&valet);
        window.present();
        valet.set(
            {.state = State::InteractionRequired,
             .problem = Error{.kind = Error::Kind::SignInNeeded, .serviceCode = u"AADSTS50173"_s}});
        QVERIFY(allText(window).contains(u"AADSTS50173"_s));
        valet.set({.state = State::SignedIn, .account = FakeValet::adele(), .isMemoryOnly = true});
        QVERIFY(allText(window).contains(u"keychain"_s));
    }

    void offersTheLinkForTheAdministrator()
    {
        FakeValet valet;
        StatusWindow window(&valet);
        window.present();
        const auto button = [&]() -> QPushButton * {
            for (QPushButton *one : window.findChildren<QPushButton *>()) {
                if (one->text().remove(u'&') == u"Copy link for the administrator")
                    return one;
            }
            return nullptr;
        };
        QVERIFY(button());
        QVERIFY(!button()->isVisible());
        valet.set({.state = State::InteractionRequired,
                   .problem = Error{.kind = Error::Kind::ConsentNeeded,
                                    .link = u"https://login.example/adminconsent"_s}});
        QVERIFY(button()->isVisible());
        button()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"https://login.example/adminconsent"_s);
    }

    void showsFailureOfWhatWasAskedHere()
    {
        FakeValet valet;
        StatusWindow window(&valet);
        window.present();
        QPushButton *signIn = nullptr;
        for (QPushButton *button : window.findChildren<QPushButton *>()) {
            if (button->text() == u"Sign &in…"_s)
                signIn = button;
        }
        QVERIFY(signIn);
        signIn->click();
        QCOMPARE(valet.heard, QStringList{u"signIn"_s});
        valet.signInAnswer.answer(Error{.kind = Error::Kind::Offline});
        QTRY_VERIFY(allText(window).contains(u"network connection"_s));
    }

    void unlocksTheKeychain()
    {
        FakeValet valet;
        StatusWindow window(&valet);
        window.present();
        const Error locked{.kind = Error::Kind::StorageFault, .cause = Cause::KeychainLocked};
        valet.set({.state = State::Error, .problem = locked, .keychain = locked});
        QVERIFY(allText(window).contains(u"Keychain locked"_s));
        QPushButton *unlock = nullptr;
        for (QPushButton *button : window.findChildren<QPushButton *>()) {
            if (button->text() == u"&Unlock…"_s)
                unlock = button;
        }
        QVERIFY(unlock);
        unlock->click();
        QCOMPARE(valet.heard, QStringList{u"unlockKeychain"_s});
        valet.unlockAnswer.answer(Error{.kind = Error::Kind::StorageFault});
        QTRY_VERIFY(allText(window).contains(u"cannot be used"_s));
        valet.unlockAnswer = {};
        unlock->click();
        valet.set({.state = State::SignedIn, .account = FakeValet::adele()});
        QVERIFY(!unlock->isVisible());
        valet.unlockAnswer.answer(Done());
        QTRY_VERIFY(!allText(window).contains(u"cannot be used"_s));
    }

    void outsideTextIsPlain()
    {
        FakeValet valet;
        StatusWindow window(&valet);
        window.present();
        auth::Account account = FakeValet::adele();
        account.name = u"<h1>big</h1>\u202E"_s;
        valet.set({.state = State::SignedIn, .account = account});
        QVERIFY(allText(window).contains(u"<h1>big</h1>[U+202E]"_s));
        for (const QLabel *label : window.findChildren<QLabel *>()) {
            if (!label->text().isEmpty())
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
    }

    void everythingIsReachableByKeyAndName()
    {
        FakeValet valet;
        StatusWindow window(&valet);
        window.present();
        for (const QPushButton *button : window.findChildren<QPushButton *>()) {
            QVERIFY2(button->text().contains(u'&'), qPrintable(button->text()));
            QVERIFY(button->focusPolicy() & Qt::TabFocus);
        }
        for (const QListWidget *list : window.findChildren<QListWidget *>())
            QVERIFY(!list->accessibleName().isEmpty());
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_Escape);
        QTRY_VERIFY(!window.isVisible());
    }
};

QTEST_MAIN(TestStatusWindow)
#include "tst_status_window.moc"
