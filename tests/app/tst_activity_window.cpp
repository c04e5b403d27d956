// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_window.h"
#include "tests/app/activity_folder.h"
#include "tests/app/fake_valet.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = ActivityEvent::Kind;

namespace {

struct World
{
    void open()
    {
        window = std::make_unique<ActivityWindow>(&valet, folder.log.get());
        window->present();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        QVERIFY(QTest::qWaitFor([this] { return !count().contains(u"reading"); }));
    }
    QTableView *table() const { return window->findChild<QTableView *>(); }
    QString details() const { return window->findChild<QPlainTextEdit *>()->toPlainText(); }
    template <class T>
    T *named(const QString &accessibleName) const
    {
        for (T *found : window->findChildren<T *>()) {
            if (found->accessibleName() == accessibleName)
                return found;
        }
        return nullptr;
    }
    QString count() const { return named<QLabel>(u"How many"_s)->text(); }
    QString empty() const
    {
        const auto *label = named<QLabel>(u"Activity"_s);
        return label->isVisible() ? label->text() : QString();
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *found : window->findChildren<QPushButton *>()) {
            if (found->text().remove(u'&') == text)
                return found;
        }
        return nullptr;
    }
    void choose(const QString &choice, const QString &text) const
    {
        auto *box = named<QComboBox>(choice);
        box->setCurrentIndex(box->findText(text));
    }
    QStringList words() const
    {
        QStringList list;
        const QAbstractItemModel *model = table()->model();
        for (int row = 0; row < model->rowCount(); ++row)
            list.append(model->index(row, ActivityModel::What).data().toString());
        return list;
    }

    ActivityFolder folder;
    FakeValet valet;
    std::unique_ptr<ActivityWindow> window;
};

} // namespace

class TestActivityWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyWindowSaysWhy()
    {
        World world;
        world.open();
        QVERIFY2(world.empty().contains(u"Nothing has happened yet"_s), qPrintable(world.empty()));
        QVERIFY(!world.table()->isVisible());
        QVERIFY(!world.button(u"Export…"_s)->isEnabled());
        world.folder.log->setDays(0);
        world.choose(u"Kind"_s, u"Calls"_s);
        QVERIFY2(world.empty().contains(u"No activity is kept"_s), qPrintable(world.empty()));
        world.folder.record(ActivityFolder::call(u"one"_s));
        QTRY_VERIFY(world.table()->isVisible());
        world.named<QLineEdit>(u"Search the activity"_s)->setText(u"xyzzy"_s);
        QTRY_VERIFY2(world.empty().contains(u"Nothing fits"_s), qPrintable(world.empty()));
    }

    void callsComeWhileTheyHappen()
    {
        World world;
        world.open();
        ActivityEvent event = ActivityFolder::call(u"Search mail for “budget”"_s);
        event.call = 1;
        world.folder.log->callBegan(event);
        QTRY_COMPARE(world.words(), QStringList{u"Search mail for “budget”"_s});
        const auto *details = world.window->findChild<QPlainTextEdit *>();
        QTRY_VERIFY(world.table()->height() > details->height() * 3 / 2);
        world.table()->selectRow(0);
        QVERIFY2(world.details().contains(u"Result: Running…"_s), qPrintable(world.details()));
        world.folder.record(event);
        QVERIFY2(world.details().contains(u"Result: OK"_s), qPrintable(world.details()));
        QVERIFY(world.details().contains(u"Size of the answer: 2.0 KiB"_s));
        QCOMPARE(world.count(), u"Entries: 1"_s);
    }

    void filtersAreCombined()
    {
        World world;
        world.folder.record({.kind = Kind::SignIn,
                             .principal = u"tid.adele"_s,
                             .username = u"adele@contoso.com"_s});
        world.folder.record(ActivityFolder::call(u"one"_s));
        world.folder.record(ActivityFolder::call(u"two"_s, ActivityFolder::codex()));
        ActivityEvent other = ActivityFolder::call(u"three"_s, ActivityFolder::codex(),
                                                   Error{.kind = Error::Kind::Denied});
        other.principal = u"tid.alex"_s;
        world.folder.record(other);
        world.open();
        QCOMPARE(world.table()->model()->rowCount(), 4);
        world.choose(u"Kind"_s, u"Calls"_s);
        QTRY_COMPARE(world.words(), (QStringList{u"three"_s, u"two"_s, u"one"_s}));
        world.choose(u"AI client"_s, u"codex"_s);
        QTRY_COMPARE(world.words(), (QStringList{u"three"_s, u"two"_s}));
        world.choose(u"Result"_s, u"Refused"_s);
        QTRY_COMPARE(world.words(), QStringList{u"three"_s});
        QCOMPARE(world.count(), u"Entries: 1 of 4"_s);
        world.choose(u"Result"_s, u"Any result"_s);
        world.choose(u"Account"_s, u"adele@contoso.com"_s);
        QTRY_COMPARE(world.words(), QStringList{u"two"_s});
        world.choose(u"Time"_s, u"Last 7 days"_s); // all of it is of February
        QTRY_COMPARE(world.words(), QStringList());
    }

    void theChoicesStayWhenMoreComes()
    {
        World world;
        world.folder.record(ActivityFolder::call(u"one"_s));
        world.open();
        world.choose(u"AI client"_s, u"claude"_s);
        QVERIFY(!world.named<QComboBox>(u"Account"_s)->isVisible()); // one is no choice
        ActivityEvent other = ActivityFolder::call(u"two"_s, u"/usr/bin/claude"_s);
        other.principal = FakeValet::alex().principal();
        world.folder.record(other);
        QTRY_VERIFY(world.named<QComboBox>(u"Account"_s)->isVisible());
        QCOMPARE(world.words(), QStringList{u"one"_s});
        // Two programs of one name are told apart, and the choice is still the first.
        QCOMPARE(world.named<QComboBox>(u"AI client"_s)->currentText(), ActivityFolder::claude());
        world.valet.set(FakeValet::bothSignedIn());
        QVERIFY(world.named<QComboBox>(u"Account"_s)->findText(u"alex@contoso.example"_s) > 0);
    }

    void aPauseHoldsTheRows()
    {
        World world;
        world.folder.record(ActivityFolder::call(u"one"_s));
        world.open();
        world.button(u"Pause"_s)->click();
        world.folder.record(ActivityFolder::call(u"two"_s));
        QTRY_VERIFY2(world.count().contains(u"paused, 1 new"_s), qPrintable(world.count()));
        QCOMPARE(world.words(), QStringList{u"one"_s});
        world.button(u"Pause"_s)->click();
        QCOMPARE(world.words(), (QStringList{u"two"_s, u"one"_s}));
    }

    void whatIsLookedAtStaysWhereItIs()
    {
        World world;
        for (int i = 0; i < 200; ++i)
            world.folder.record(ActivityFolder::call(QString::number(i)));
        world.open();
        QTableView *table = world.table();
        table->selectRow(100);
        table->scrollTo(table->currentIndex(), QAbstractItemView::PositionAtTop);
        const int before = table->rowAt(1);
        QVERIFY(before > 0);
        const QString top = table->model()->index(before, ActivityModel::What).data().toString();
        world.folder.record(ActivityFolder::call(u"new"_s));
        QTRY_COMPARE(world.words().first(), u"new"_s);
        QTRY_COMPARE(table->model()->index(table->rowAt(1), ActivityModel::What).data().toString(),
                     top);
        QCOMPARE(table->currentIndex().row(), 101);
        // At the top the newest is what is looked at.
        table->scrollToTop();
        world.folder.record(ActivityFolder::call(u"newer"_s));
        QTRY_COMPARE(world.words().first(), u"newer"_s);
        QTRY_COMPARE(table->rowAt(1), 0);
    }

    void aReportIsOfTheSelectionOrElseOfAll()
    {
        World world;
        for (const QString &word : {u"one"_s, u"two"_s, u"three"_s})
            world.folder.record(ActivityFolder::call(word));
        world.open();
        world.button(u"Copy as report"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text().count(u"What: "_s), 3);
        QVERIFY(world.count().contains(u"3 copied"_s));
        world.table()->setFocus();
        world.table()->selectRow(1);
        QTest::keySequence(world.table(), QKeySequence::Copy);
        QTRY_COMPARE(QGuiApplication::clipboard()->text().count(u"What: "_s), 1);
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"What: two"_s));
    }

    void anExportAsksWhereAndSaysWhatBecameOfIt()
    {
        QTemporaryDir place;
        World world;
        for (const QString &word : {u"one"_s, u"two"_s})
            world.folder.record(ActivityFolder::call(word));
        world.open();
        world.named<QLineEdit>(u"Search the activity"_s)->setText(u"two"_s);
        QTRY_COMPARE(world.words(), QStringList{u"two"_s});
        world.button(u"Export…"_s)->click();
        auto *dialog = world.window->findChild<QFileDialog *>();
        QVERIFY(dialog);
        dialog->setDirectory(place.path());
        dialog->selectNameFilter(dialog->nameFilters().last());
        Q_EMIT dialog->filterSelected(dialog->nameFilters().last()); // what a click or key emits
        dialog->selectFile(u"mine"_s);
        dialog->findChild<QLineEdit *>()->setText(place.filePath(u"mine"_s));
        QMetaObject::invokeMethod(dialog, "accept");
        QTRY_VERIFY2(world.count().contains(u"1 exported to"_s), qPrintable(world.count()));
        const QByteArray content = world.folder.content(place.filePath(u"mine.jsonl"_s));
        QVERIFY2(content.contains("two") && !content.contains("one"), content.constData());
    }

    void anEditedFileIsSaid()
    {
        World world;
        for (const QString &word : {u"one"_s, u"two"_s, u"three"_s})
            world.folder.record(ActivityFolder::call(word));
        world.folder.replace(world.folder.today(),
                             world.folder.content(world.folder.today()).replace("two", "2"));
        world.open();
        const auto *label = world.named<QLabel>(u"Attention"_s);
        QVERIFY(label->isVisible());
        QVERIFY2(label->text().contains(u"marked: 1."_s), qPrintable(label->text()));
        world.choose(u"Result"_s, u"Edited entries"_s);
        QTRY_COMPARE(world.words(), QStringList{u"2"_s});
        world.table()->selectRow(0);
        QVERIFY2(world.details().contains(u"Attention: This entry"_s), qPrintable(world.details()));
        World untouched;
        untouched.folder.record(ActivityFolder::call(u"one"_s));
        untouched.open();
        QVERIFY(!untouched.named<QLabel>(u"Attention"_s)->isVisible());
    }

    void outsideTextIsShown()
    {
        World world;
        world.folder.record(ActivityFolder::call(u"<b>x</b>\u202E"_s, u"/opt/<i>\u200B"_s));
        world.open();
        world.table()->selectRow(0);
        QVERIFY(world.details().contains(u"What: <b>x</b>[U+202E]"_s));
        const auto *clients = world.named<QComboBox>(u"AI client"_s);
        QCOMPARE(clients->itemText(1), u"<i>[U+200B]"_s);
    }

    void everythingIsReachableByKeyAndName()
    {
        World world;
        world.folder.record(ActivityFolder::call(u"one"_s));
        world.open();
        for (const QPushButton *button : world.window->findChildren<QPushButton *>())
            QVERIFY2(button->text().contains(u'&'), qPrintable(button->text()));
        for (const QComboBox *choice : world.window->findChildren<QComboBox *>())
            QVERIFY(!choice->accessibleName().isEmpty());
        QVERIFY(!world.table()->accessibleName().isEmpty());
        auto *text = world.named<QLineEdit>(u"Search the activity"_s);
        QVERIFY(text);
        world.table()->setFocus();
        QTest::keySequence(world.table(), QKeySequence::Find);
        QTRY_VERIFY(text->hasFocus());
        // Tab leads through the table and not through its cells, and out of the details.
        QList<QWidget *> seen;
        for (int i = 0; i < 12 && !(i > 0 && text->hasFocus()); ++i) {
            seen.append(QApplication::focusWidget());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QVERIFY(text->hasFocus());
        QVERIFY(seen.contains(world.table()));
        QVERIFY(seen.contains(world.button(u"Export…"_s)));
        QSignalSpy closed(world.window.get(), &ActivityWindow::closed);
        QTest::keyClick(world.window.get(), Qt::Key_Escape);
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(!world.window->isVisible());
    }
};

QTEST_MAIN(TestActivityWindow)
#include "tst_activity_window.moc"
