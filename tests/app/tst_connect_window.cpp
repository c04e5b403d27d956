// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect_window.h"
#include "tests/app/connect/client_home.h"

#include <QLabel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace client_config;

namespace {

const QByteArray neighbours =
    "{\n  \"mcpServers\": {\n    \"a\": {\"env\": {\"K\": \"sk-1\"}}\n  }\n}\n";

struct World
{
    World()
    {
        ClientHome::write(cursor, neighbours);
        ClientHome::write(codex, "model = 'x'\n");
    }
    void open()
    {
        window = std::make_unique<ConnectWindow>(&connections);
        window->present();
    }
    QTreeWidget *clients() const { return window->findChild<QTreeWidget *>(); }
    QTreeWidgetItem *row(const QString &name) const
    {
        const auto found = clients()->findItems(name, Qt::MatchExactly);
        return found.isEmpty() ? nullptr : found.first();
    }
    QStringList rows() const
    {
        QStringList texts;
        for (int i = 0; i < clients()->topLevelItemCount(); ++i) {
            const QTreeWidgetItem *one = clients()->topLevelItem(i);
            texts.append((one->checkState(0) == Qt::Checked ? u"x "_s : u"- "_s) + one->text(0)
                         + u": "_s + one->text(1));
        }
        return texts;
    }
    void tick(const QString &name, bool on = true) const
    {
        row(name)->setCheckState(0, on ? Qt::Checked : Qt::Unchecked);
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *found : window->findChildren<QPushButton *>()) {
            if (found->text().remove(u'&') == text)
                return found;
        }
        return nullptr;
    }
    QString details() const { return window->findChild<QPlainTextEdit *>()->toPlainText(); }
    QString label(const QString &accessibleName) const
    {
        for (const QLabel *found : window->findChildren<QLabel *>()) {
            if (found->accessibleName() == accessibleName && found->isVisible())
                return found->text();
        }
        return {};
    }

    ClientHome home;
    QString cursor = home.home() + u"/.cursor/mcp.json"_s;
    QString codex = home.home() + u"/.codex/config.toml"_s;
    ClientConnections connections = home.connections();
    std::unique_ptr<ConnectWindow> window;
};

} // namespace

class TestConnectWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsWhoWasFound()
    {
        World world;
        world.open();
        QCOMPARE(world.rows(),
                 (QStringList{u"- Cursor: Not connected"_s, u"- Codex: Not connected"_s}));
        const QString missing = world.label(u"Not found"_s);
        QVERIFY2(missing.contains(u"Zed"_s) && !missing.contains(u"Cursor"_s), qPrintable(missing));
        QVERIFY(!world.button(u"Apply"_s)->isEnabled());
        QVERIFY(!world.button(u"Undo"_s)->isEnabled());
        QVERIFY(world.details().contains(QDir::toNativeSeparators(world.cursor)));
    }

    void showsBeforeItWrites()
    {
        World world;
        world.open();
        world.tick(u"Cursor"_s);
        world.tick(u"Codex"_s);
        QVERIFY2(world.details().contains(u"+     \"graph-valet\": {"_s),
                 qPrintable(world.details()));
        QVERIFY(world.details().contains(u"+ [mcp_servers.graph-valet]"_s));
        QVERIFY(!world.details().contains(u"sk-1"_s));
        QCOMPARE(ClientHome::read(world.cursor), neighbours);

        world.tick(u"Codex"_s, false);
        QVERIFY(!world.details().contains(u"[mcp_servers"_s));
        const QString shown = world.details();
        world.button(u"Apply"_s)->click();
        QCOMPARE(world.rows(),
                 (QStringList{u"x Cursor: Connected"_s, u"- Codex: Not connected"_s}));
        QVERIFY(world.label(u"What was done"_s).startsWith(u"Cursor is connected."_s));
        world.clients()->setCurrentItem(world.row(u"Cursor"_s));
        QVERIFY2(world.details().contains(u"graph-valet-backup"_s), qPrintable(world.details()));
        QCOMPARE(ClientHome::read(world.codex), "model = 'x'\n");
        // What was shown is what was written.
        const QString written = QString::fromUtf8(ClientHome::read(world.cursor));
        for (const QString &line : shown.split(u'\n')) {
            if (line.startsWith(u"+ "_s))
                QVERIFY2(written.contains(line.mid(2)), qPrintable(line));
        }
        QVERIFY(!world.button(u"Apply"_s)->isEnabled());
    }

    void undoesAndDisconnects()
    {
        World world;
        world.open();
        world.tick(u"Cursor"_s);
        world.button(u"Apply"_s)->click();
        QVERIFY(world.button(u"Undo"_s)->isEnabled());
        world.clients()->setCurrentItem(world.row(u"Codex"_s));
        QVERIFY(!world.button(u"Undo"_s)->isEnabled());
        world.clients()->setCurrentItem(world.row(u"Cursor"_s));
        world.button(u"Undo"_s)->click();
        QCOMPARE(ClientHome::read(world.cursor), neighbours);
        QCOMPARE(world.rows().first(), u"- Cursor: Not connected"_s);
        QVERIFY(world.label(u"What was done"_s).contains(u"as it was before"_s));

        world.tick(u"Cursor"_s);
        world.button(u"Apply"_s)->click();
        world.tick(u"Cursor"_s, false);
        QVERIFY(world.details().contains(u"- "_s));
        world.button(u"Apply"_s)->click();
        QVERIFY(world.label(u"What was done"_s).startsWith(u"Cursor is disconnected."_s));
        QCOMPARE(ClientHome::read(world.cursor), neighbours);
    }

    void saysWhatIsInTheWay()
    {
        World world;
        ClientHome::write(world.cursor, "{\n]");
        world.open();
        QCOMPARE(world.rows().first(), u"- Cursor: Its file is broken"_s);
        QVERIFY(!(world.row(u"Cursor"_s)->flags() & Qt::ItemIsUserCheckable));
        QVERIFY(world.details().contains(u"line 2, column 1"_s));

        // Read-only is noticed when a change is planned.
        QVERIFY(QFile::setPermissions(world.codex, QFileDevice::ReadOwner));
        world.tick(u"Codex"_s);
        QVERIFY2(world.details().contains(u"may only be read"_s), qPrintable(world.details()));
        QCOMPARE(world.row(u"Codex"_s)->checkState(0), Qt::Unchecked);
        QVERIFY(!world.button(u"Apply"_s)->isEnabled());
    }

    void writesNothingThatAnotherWroteMeanwhile()
    {
        World world;
        world.open();
        world.tick(u"Cursor"_s);
        ClientHome::write(world.cursor, "{}");
        world.button(u"Apply"_s)->click();
        QCOMPARE(ClientHome::read(world.cursor), "{}");
        QVERIFY(world.label(u"What was done"_s).contains(u"in the meantime"_s));
    }

    void plansAnewWhenThePersonComesBack()
    {
        World world;
        world.open();
        world.tick(u"Cursor"_s);
        ClientHome::write(world.cursor, "{}");
        QEvent back(QEvent::WindowActivate);
        QCoreApplication::sendEvent(world.window.get(), &back);
        QCOMPARE(world.row(u"Cursor"_s)->checkState(0), Qt::Checked);
        QVERIFY(world.button(u"Apply"_s)->isEnabled());
        world.button(u"Apply"_s)->click();
        QVERIFY(ClientHome::read(world.cursor).contains("graph-valet"));
    }

    void forgetsPlansWhenItIsClosed()
    {
        World world;
        world.open();
        world.tick(u"Cursor"_s);
        world.window->close();
        world.window->present();
        QCOMPARE(world.row(u"Cursor"_s)->checkState(0), Qt::Unchecked);
        QVERIFY(!world.button(u"Apply"_s)->isEnabled());
    }

    void saysSoWhereNobodyWasFound()
    {
        World world;
        QVERIFY(QDir(world.home.home()).removeRecursively());
        world.open();
        QCOMPARE(world.rows(), QStringList());
        QVERIFY(world.label(u"Not found"_s).startsWith(u"None of them"_s));
    }

    void hidesNothingOfTheTextOfOthers()
    {
        World world;
        ClientHome::write(world.cursor,
                          "{\"mcpServers\": {\"graph-valet\": {\"command\": "
                          "\"/opt/<b>x</b>\xe2\x80\xae.exe\"}}}");
        world.open();
        QVERIFY2(world.rows().first().contains(u"<b>x</b>[U+202E].exe"_s),
                 qPrintable(world.rows().first()));
        QVERIFY(!world.row(u"Cursor"_s)->toolTip(1).contains(u"<b>"_s));
    }

    void canBeUsedWithKeysAlone()
    {
        World world;
        world.open();
        QVERIFY(QTest::qWaitForWindowActive(world.window.get()));
        world.clients()->setFocus();
        QTest::keyClick(world.clients(), Qt::Key_Space);
        QCOMPARE(world.row(u"Cursor"_s)->checkState(0), Qt::Checked);
        QTest::keyClick(world.clients(), Qt::Key_A, Qt::AltModifier);
        QTRY_COMPARE(world.rows().first(), u"x Cursor: Connected"_s);
        QTest::keyClick(world.clients(), Qt::Key_U, Qt::AltModifier);
        QTRY_COMPARE(world.rows().first(), u"- Cursor: Not connected"_s);
        for (const auto *one : world.window->findChildren<QAbstractScrollArea *>()) {
            if (one->focusPolicy() & Qt::TabFocus)
                QVERIFY2(!one->accessibleName().isEmpty(), one->metaObject()->className());
        }
    }
};

QTEST_MAIN(TestConnectWindow)
#include "tst_connect_window.moc"
