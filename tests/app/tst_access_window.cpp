// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/access_window.h"
#include "tests/app/fake_valet.h"
#include "tests/app/settings_fixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using State = auth::AccountSession::State;
using Decision = mcp::AccessDecision;

namespace {

const QString claude = u"/opt/claude/claude"_s;

struct World
{
    World()
        : settings(fixture.make())
    {
    }
    void open()
    {
        window = std::make_unique<AccessWindow>(&valet, settings.get());
        window->present();
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *found : window->findChildren<QPushButton *>()) {
            if (found->text().remove(u'&') == text)
                return found;
        }
        return nullptr;
    }
    QStringList enabledButtons() const
    {
        QStringList texts;
        for (const QPushButton *found : window->findChildren<QPushButton *>()) {
            if (found->isEnabled() && found->text().remove(u'&') != u"Close")
                texts.append(found->text().remove(u'&'));
        }
        texts.sort();
        return texts;
    }
    QListWidget *accounts() const { return window->findChild<QListWidget *>(); }
    QTreeWidget *clients() const { return window->findChild<QTreeWidget *>(); }
    QComboBox *choice() const { return window->findChild<QComboBox *>(); }
    QStringList clientRows() const
    {
        QStringList rows;
        for (QTreeWidgetItemIterator it(clients()); *it; ++it) {
            const QString indent = (*it)->parent() ? u"- "_s : QString();
            rows.append(indent + (*it)->text(0) + u": "_s + (*it)->text(1));
        }
        return rows;
    }
    void select(int row)
    {
        QTreeWidgetItemIterator it(clients());
        it += row;
        clients()->setCurrentItem(*it);
    }

    SettingsFixture fixture;
    std::unique_ptr<Settings> settings;
    FakeValet valet;
    std::unique_ptr<AccessWindow> window;
};

} // namespace

class TestAccessWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsAccountsAndWhatIsWrongWithThem()
    {
        World world;
        world.valet.state = FakeValet::bothSignedIn();
        world.valet.state.accounts[1].state = State::InteractionRequired;
        world.open();
        QCOMPARE(world.accounts()->count(), 2);
        QCOMPARE(world.accounts()->item(0)->text(),
                 u"Adele Vance (adele@contoso.example), used by default"_s);
        QCOMPARE(world.accounts()->item(1)->text(),
                 u"Alex Wilber (alex@contoso.example): Needs you to sign in again"_s);
        // The first account is selected, and is the default one already.
        QCOMPARE(world.enabledButtons(),
                 (QStringList{u"Sign in another account…"_s, u"Sign out"_s}));
    }

    void actsOnTheSelectedAccount()
    {
        World world;
        world.valet.state = FakeValet::bothSignedIn();
        world.open();
        world.accounts()->setCurrentRow(0);
        QVERIFY(!world.button(u"Use by default"_s)->isEnabled());
        world.accounts()->setCurrentRow(1);
        world.button(u"Use by default"_s)->click();
        world.button(u"Sign out"_s)->click();
        const QString alex = FakeValet::alex().principal();
        QCOMPARE(world.valet.heard, (QStringList{u"makeDefault "_s + alex, u"signOut "_s + alex}));
        // The selection stays with the account when the order changes.
        Status status = FakeValet::bothSignedIn();
        status.accounts.swapItemsAt(0, 1);
        status.accounts[0].isDefault = true;
        status.accounts[1].isDefault = false;
        world.valet.set(status);
        QCOMPARE(world.accounts()->currentItem()->text(),
                 u"Alex Wilber (alex@contoso.example), used by default"_s);
    }

    void accountsOfOneNameAreToldApart()
    {
        World world;
        world.valet.state = FakeValet::bothSignedIn();
        for (AccountStatus &one : world.valet.state.accounts) {
            one.account.name = u"Guest"_s;
            one.account.username = u"guest@x.example"_s;
        }
        world.valet.state.accounts[1].account.tenantId = u"other-tenant"_s;
        world.open();
        world.accounts()->setCurrentRow(1);
        QVERIFY(world.accounts()->currentItem()->text().contains(u"other-tenant"_s));
        const QString second = world.valet.state.accounts[1].account.principal();
        // The order changes and no text does: the row still acts on the account that it shows.
        Status status = world.valet.state;
        status.accounts.swapItemsAt(0, 1);
        world.valet.set(status);
        QVERIFY(world.accounts()->currentItem()->text().contains(u"other-tenant"_s));
        world.button(u"Sign out"_s)->click();
        QCOMPARE(world.valet.heard, QStringList{u"signOut "_s + second});
    }

    void oneAloneCanBecomeTheDefaultWhereTheDefaultOneIsAway()
    {
        World world;
        world.valet.state = FakeValet::bothSignedIn();
        world.valet.state.accounts.removeFirst();
        world.open();
        QVERIFY(world.button(u"Use by default"_s)->isEnabled());
    }

    void whoseAnswersAreShownIsWhoseAreChanged()
    {
        World world;
        world.settings->setApproval(claude, Decision::Denied, true);
        world.valet.state.isSandbox = true;
        world.open();
        QCOMPARE(world.clientRows(), QStringList{claude + u": Denied"_s});
        Status real;
        world.valet.set(real);
        QVERIFY(world.clientRows().isEmpty());
        QVERIFY(!world.button(u"Allow"_s)->isEnabled());
    }

    void saysWhatWentWrong()
    {
        World world;
        world.valet.state = FakeValet::bothSignedIn();
        world.open();
        world.button(u"Sign in another account…"_s)->click();
        QCOMPARE(world.valet.heard, QStringList{u"signInAnother"_s});
        world.valet.signInAnswer.answer(Error{.kind = Error::Kind::Offline});
        const auto isSaid = [&] {
            for (const QLabel *label : world.window->findChildren<QLabel *>()) {
                if (label->isVisible() && label->text().contains(u"network connection"_s))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(isSaid());
    }

    void onePageIsOpenedAtATime()
    {
        World world;
        world.valet.state = FakeValet::bothSignedIn();
        world.valet.state.isAddingAccount = true;
        world.open();
        QVERIFY(!world.button(u"Sign in another account…"_s)->isEnabled());
        world.valet.set(FakeValet::bothSignedIn());
        QVERIFY(world.button(u"Sign in another account…"_s)->isEnabled());
    }

    void listsWhatEveryClientMay()
    {
        World world;
        world.settings->setApproval(claude, Decision::Allowed, false);
        world.settings->setAreaApproval(claude, mcp::Area::Calendar, Decision::Denied, false);
        world.settings->setAreaApproval(u"/opt/codex"_s, mcp::Area::Mail, Decision::Denied, false);
        world.settings->setApproval(u"/opt/sandboxed"_s, Decision::Allowed, true);
        world.open();
        QStringList rows = world.clientRows();
        QCOMPARE(rows.size(), 4);
        QVERIFY(rows.contains(claude + u": Allowed"_s));
        QVERIFY(rows.contains(u"- Calendar: Denied"_s));
        QVERIFY(rows.contains(u"/opt/codex: Not asked yet"_s));
        QVERIFY(rows.contains(u"- Mail: Denied"_s));
    }

    void answersAreChangedAndTakenBack()
    {
        World world;
        world.settings->setApproval(claude, Decision::Allowed, false);
        world.settings->setAreaApproval(claude, mcp::Area::Calendar, Decision::Denied, false);
        world.open();
        QVERIFY(!world.button(u"Allow"_s)->isEnabled()); // it is
        QVERIFY(world.button(u"Deny"_s)->isEnabled());
        world.select(1); // the calendar
        world.button(u"Allow"_s)->click();
        QCOMPARE(world.settings->areaApprovalFor(claude, mcp::Area::Calendar, false),
                 Decision::Allowed);
        QCOMPARE(world.clients()->currentItem()->text(0), u"Calendar"_s); // stays selected
        world.button(u"Ask again"_s)->click();
        QVERIFY(!world.settings->areaApprovalFor(claude, mcp::Area::Calendar, false));
        QCOMPARE(world.settings->approvalFor(claude, false), Decision::Allowed);
        world.settings->setAreaApproval(claude, mcp::Area::Mail, Decision::Denied, false);
        world.select(0);
        world.button(u"Deny"_s)->click();
        QCOMPARE(world.settings->approvalFor(claude, false), Decision::Denied);
        QCOMPARE(world.clients()->currentItem()->text(0), claude); // not one of its areas
        world.button(u"Ask again"_s)->click();
        QVERIFY(world.settings->approvals(false).isEmpty());
        QVERIFY(world.clientRows().isEmpty());
        QVERIFY(!world.button(u"Allow"_s)->isEnabled());
    }

    void askingAgainKeepsTheChosenAccount()
    {
        World world;
        world.settings->setApproval(claude, Decision::Allowed, false);
        world.settings->setAreaApproval(claude, mcp::Area::Mail, Decision::Denied, false);
        world.settings->setAccountFor(claude, FakeValet::alex().principal(), false);
        world.valet.state = FakeValet::bothSignedIn();
        world.open();
        world.button(u"Ask again"_s)->click();
        QVERIFY(!world.settings->approvalFor(claude, false));
        QVERIFY(!world.settings->areaApprovalFor(claude, mcp::Area::Mail, false));
        QCOMPARE(world.settings->accountFor(claude, false), FakeValet::alex().principal());
        QCOMPARE(world.clientRows(), QStringList{claude + u": Not asked yet"_s});
    }

    void aNewAnswerShowsAtOnce()
    {
        World world;
        world.open();
        QVERIFY(world.clientRows().isEmpty());
        world.settings->setApproval(claude, Decision::Allowed, false);
        QCOMPARE(world.clientRows(), QStringList{claude + u": Allowed"_s});
    }

    void bindsAnAccountToAClient()
    {
        World world;
        world.settings->setApproval(claude, Decision::Allowed, false);
        world.valet.state = FakeValet::bothSignedIn();
        world.open();
        QVERIFY(world.choice()->isEnabled());
        QCOMPARE(world.choice()->count(), 3);
        QCOMPARE(world.choice()->currentText(), u"The default account"_s);
        world.choice()->setCurrentIndex(2);
        Q_EMIT world.choice()->activated(2); // what a click or key emits
        QCOMPARE(world.settings->accountFor(claude, false), FakeValet::alex().principal());
        QCOMPARE(world.choice()->currentText(), u"Alex Wilber (alex@contoso.example)"_s);

        // Signed out since: the choice stays, and says so.
        Status status = FakeValet::bothSignedIn();
        status.accounts.removeLast();
        world.valet.set(status);
        QCOMPARE(world.choice()->currentText(), u"An account that is not signed in"_s);
        QCOMPARE(world.settings->accountFor(claude, false), FakeValet::alex().principal());
        world.choice()->setCurrentIndex(0);
        Q_EMIT world.choice()->activated(0);
        QVERIFY(world.settings->accountFor(claude, false).isEmpty());
    }

    void outsideTextIsShown()
    {
        World world;
        world.settings->setApproval(u"/opt/<b>x</b>\u202E"_s, Decision::Allowed, false);
        world.valet.state = FakeValet::bothSignedIn();
        world.valet.state.accounts[0].account.name = u"<h1>\u202E"_s;
        world.open();
        QCOMPARE(world.clientRows(), QStringList{u"/opt/<b>x</b>[U+202E]: Allowed"_s});
        QVERIFY(world.accounts()->item(0)->text().startsWith(u"<h1>[U+202E]"_s));
    }

    void everythingIsReachableByKeyAndName()
    {
        World world;
        world.open();
        for (const QPushButton *button : world.window->findChildren<QPushButton *>()) {
            QVERIFY(!button->isDefault());
            if (button->text() != u"Close") // Escape
                QVERIFY2(button->text().contains(u'&'), qPrintable(button->text()));
        }
        for (const QWidget *widget : std::initializer_list<const QWidget *>{
                 world.accounts(), world.clients(), world.choice()})
            QVERIFY(!widget->accessibleName().isEmpty());
        QVERIFY(QTest::qWaitForWindowActive(world.window.get()));
        QTest::keyClick(world.window.get(), Qt::Key_Escape);
        QTRY_VERIFY(!world.window->isVisible());
    }
};

QTEST_MAIN(TestAccessWindow)
#include "tst_access_window.moc"
