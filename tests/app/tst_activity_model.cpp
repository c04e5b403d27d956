// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_model.h"
#include "app/activity_text.h"
#include "tests/app/activity_folder.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = ActivityEvent::Kind;
using Outcome = ActivityEntry::Outcome;
using Group = ActivityModel::Group;

namespace {

struct World
{
    // Reads what the folder has.
    void open(int limit = ActivityStore::defaultLimit)
    {
        store = std::make_unique<ActivityStore>(folder.log.get(), limit);
        model = std::make_unique<ActivityModel>(store.get());
        tester = std::make_unique<QAbstractItemModelTester>(
            model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(QTest::qWaitFor([this] { return !store->isLoading(); }, 60'000));
        settle();
    }
    // A filter has gone over everything, and what is new has been told.
    void settle() const
    {
        QVERIFY(QTest::qWaitFor([this] { return !model->isFiltering(); }, 60'000));
    }
    void setFilter(const ActivityModel::Filter &filter) const
    {
        model->setFilter(filter);
        settle();
    }
    QString cell(int row, int column) const { return model->index(row, column).data().toString(); }
    QStringList words() const
    {
        QStringList list;
        for (int row = 0; row < model->rowCount(); ++row)
            list.append(cell(row, ActivityModel::What));
        return list;
    }

    ActivityFolder folder;
    std::unique_ptr<ActivityStore> store;
    std::unique_ptr<ActivityModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

} // namespace

class TestActivityModel : public QObject
{
    Q_OBJECT

private:
    // What a morning leaves.
    static void fill(ActivityFolder &folder)
    {
        folder.record({.kind = Kind::SignIn,
                       .principal = u"tid.adele"_s,
                       .username = u"adele@contoso.com"_s});
        folder.record({.kind = Kind::AreaAccess,
                       .principal = u"tid.adele"_s,
                       .client = {.program = ActivityFolder::claude()},
                       .area = u"mail"_s});
        folder.record(ActivityFolder::call(u"Search mail for “Budget”"_s));
        folder.record(ActivityFolder::call(
            u"List mail"_s, ActivityFolder::codex(),
            Error{.kind = Error::Kind::NotFound, .serviceCode = u"ErrorItemNotFound"_s}));
        ActivityEvent other = ActivityFolder::call(u"Read your profile"_s, ActivityFolder::codex(),
                                                   Error{.kind = Error::Kind::Denied});
        other.principal = u"tid.alex"_s;
        folder.record(other);
    }

private Q_SLOTS:
    void aRowSaysEverything()
    {
        World world;
        fill(world.folder);
        world.open();
        QCOMPARE(world.model->rowCount(), 5);
        QCOMPARE(world.cell(2, ActivityModel::Client), u"Claude Code (claude)"_s);
        QCOMPARE(world.cell(2, ActivityModel::Tool), u"FindMail"_s);
        QCOMPARE(world.cell(2, ActivityModel::What), u"Search mail for “Budget”"_s);
        QCOMPARE(world.cell(2, ActivityModel::Result), u"OK"_s);
        QCOMPARE(world.cell(2, ActivityModel::Duration), u"340 ms"_s);
        QCOMPARE(world.cell(2, ActivityModel::Size), u"2.0 KiB"_s);
        QCOMPARE(world.cell(1, ActivityModel::Result), u"Failed: ErrorItemNotFound"_s);
        QCOMPARE(world.cell(0, ActivityModel::Result), u"Refused"_s);
        QCOMPARE(world.cell(3, ActivityModel::Tool), u"Grant"_s);
        QCOMPARE(world.cell(3, ActivityModel::What), u"Use this part of the account: Mail"_s);
        QCOMPARE(world.cell(3, ActivityModel::Duration), QString());
        QCOMPARE(world.cell(4, ActivityModel::Client), u"You"_s);
        for (int column = 0; column < ActivityModel::columns; ++column) {
            QVERIFY(!world.model->headerData(column, Qt::Horizontal, Qt::DisplayRole)
                         .toString()
                         .isEmpty());
        }
    }

    void everyKindHasWords()
    {
        for (int kind = 0; kind < ActivityEvent::kindCount; ++kind) {
            const ActivityEntry entry{.kind = Kind(kind), .outcome = Outcome::Ok, .tool = u"T"_s};
            QVERIFY(!activity_text::tool(entry).isEmpty());
            QVERIFY(!activity_text::what(entry).isEmpty());
        }
        for (int outcome = 0; outcome <= int(Outcome::Unreadable); ++outcome) {
            QVERIFY(!activity_text::outcome(Outcome(outcome)).isEmpty());
            QVERIFY(!activity_text::icon(Outcome(outcome)).isNull());
        }
        // Of a later version.
        QCOMPARE(activity_text::tool({.outcome = Outcome::Ok, .event = u"new\u202E"_s}),
                 u"new[U+202E]"_s);
    }

    void outsideTextIsShown()
    {
        World world;
        ActivityEvent event = ActivityFolder::call(u"<b>\u202E\n"_s, u"/opt/\u200Bx"_s);
        event.tool = u"\u2066t"_s;
        event.client.name = u"\u202E<h1>"_s;
        world.folder.record(event);
        world.open();
        QCOMPARE(world.cell(0, ActivityModel::What), u"<b>[U+202E][U+000A]"_s);
        QCOMPARE(world.cell(0, ActivityModel::Client), u"[U+202E]<h1> ([U+200B]x)"_s);
        QCOMPARE(world.cell(0, ActivityModel::Tool), u"[U+2066]t"_s);
        for (const auto &detail : activity_text::details(world.model->entryAt(0))) {
            QVERIFY2(!detail.second.contains(QChar(0x202E)) && !detail.second.contains(u'\n'),
                     qPrintable(detail.first));
        }
    }

    void aFilterLeavesWhatFits_data()
    {
        QTest::addColumn<ActivityModel::Filter>("filter");
        QTest::addColumn<int>("rows");
        using Filter = ActivityModel::Filter;
        QTest::newRow("nothing") << Filter{} << 5;
        QTest::newRow("word, whatever its case") << Filter{.text = u"budget"_s} << 1;
        QTest::newRow("word of nothing") << Filter{.text = u"xyzzy"_s} << 0;
        QTest::newRow("client by what it calls itself") << Filter{.text = u"claude code"_s} << 3;
        QTest::newRow("code") << Filter{.text = u"ItemNotFound"_s} << 1;
        QTest::newRow("result in words") << Filter{.text = u"refused"_s} << 1;
        QTest::newRow("account by its name") << Filter{.text = u"adele@"_s} << 4;
        QTest::newRow("calls") << Filter{.group = Group::Calls} << 3;
        QTest::newRow("grants") << Filter{.group = Group::Grants} << 1;
        QTest::newRow("sign-ins") << Filter{.group = Group::SignIns} << 1;
        QTest::newRow("failed") << Filter{.outcome = Outcome::Failed} << 1;
        QTest::newRow("program") << Filter{.program = ActivityFolder::codex()} << 2;
        QTest::newRow("account") << Filter{.principal = u"tid.alex"_s} << 1;
        QTest::newRow("time") << Filter{
            .since =
                QDateTime(QDate(2026, 2, 17), QTime(9, 30, 4), QTimeZone::utc()).toMSecsSinceEpoch()
                - 500} << 2;
        QTest::newRow("both") << Filter{.text = u"list"_s, .program = ActivityFolder::codex()} << 1;
    }
    void aFilterLeavesWhatFits()
    {
        QFETCH(ActivityModel::Filter, filter);
        World world;
        fill(world.folder);
        world.open();
        world.setFilter(filter);
        QTEST(world.model->rowCount(), "rows");
        // Whatever comes in while a filter holds is held to it.
        World later;
        later.open();
        later.setFilter(filter);
        fill(later.folder);
        QTRY_COMPARE(later.store->size(), 5);
        QTRY_COMPARE(later.model->waiting(), 0);
        QTEST(later.model->rowCount(), "rows");
        world.setFilter({});
        QCOMPARE(world.model->rowCount(), 5);
    }

    void whatRunsEndsInItsRowAndUnderTheFilter()
    {
        World world;
        world.open();
        ActivityEvent one = ActivityFolder::call(u"one"_s);
        one.call = 1;
        ActivityEvent two = ActivityFolder::call(u"two"_s);
        two.call = 2;
        world.folder.log->callBegan(one);
        world.folder.log->callBegan(two);
        QTRY_COMPARE(world.model->rowCount(), 2);
        QCOMPARE(world.cell(1, ActivityModel::Result), u"Running…"_s);
        QCOMPARE(world.cell(1, ActivityModel::Duration), QString());
        world.folder.record(one);
        QCOMPARE(world.words(), (QStringList{u"two"_s, u"one"_s}));
        QCOMPARE(world.cell(1, ActivityModel::Result), u"OK"_s);
        world.setFilter({.outcome = Outcome::Running});
        QCOMPARE(world.words(), QStringList{u"two"_s});
        world.folder.record(two);
        QCOMPARE(world.words(), QStringList());
        world.setFilter({.outcome = Outcome::Ok});
        ActivityEvent three = ActivityFolder::call(u"three"_s);
        three.call = 3;
        world.folder.log->callBegan(three);
        world.folder.record(ActivityFolder::call(u"four"_s));
        QTRY_COMPARE(world.words(), (QStringList{u"four"_s, u"two"_s, u"one"_s}));
        world.folder.record(three);
        QCOMPARE(world.words(), (QStringList{u"four"_s, u"three"_s, u"two"_s, u"one"_s}));
    }

    void aPauseHoldsRowsAndNotTheirEnd()
    {
        World world;
        world.open();
        ActivityEvent one = ActivityFolder::call(u"one"_s);
        one.call = 1;
        world.folder.log->callBegan(one);
        QTRY_COMPARE(world.model->rowCount(), 1);
        world.model->setPaused(true);
        QSignalSpy told(world.store.get(), &ActivityStore::newerAdded);
        world.folder.record(ActivityFolder::call(u"two"_s));
        QTRY_COMPARE(told.size(), 1);
        world.folder.record(one);
        QCOMPARE(world.words(), QStringList{u"one"_s});
        QCOMPARE(world.cell(0, ActivityModel::Result), u"OK"_s);
        QCOMPARE(world.model->waiting(), 1);
        world.setFilter({.text = u"o"_s}); // does not let them in either
        QCOMPARE(world.words(), QStringList{u"one"_s});
        world.model->setPaused(false);
        QCOMPARE(world.words(), (QStringList{u"two"_s, u"one"_s}));
        QCOMPARE(world.model->waiting(), 0);
    }

    void rowsAreFoundBySerial()
    {
        World world;
        fill(world.folder);
        world.open();
        world.setFilter({.group = Group::Calls});
        for (int row = 0; row < world.model->rowCount(); ++row)
            QCOMPARE(world.model->rowOf(world.model->serialAt(row)), row);
        QCOMPARE(world.model->rowOf(world.store->first()), -1); // the sign-in
    }

    void theOldestGo()
    {
        World world;
        for (int i = 0; i < 20; ++i)
            world.folder.record(ActivityFolder::call(QString::number(i)));
        world.open(20);
        QCOMPARE(world.model->rowCount(), 20);
        world.folder.record(ActivityFolder::call(u"20"_s));
        QTRY_COMPARE(world.cell(0, ActivityModel::What), u"20"_s);
        QCOMPARE(qint64(world.model->rowCount()), world.store->size());
        QVERIFY(world.model->rowCount() < 21);
    }

    void aHundredThousandAreFilteredInSlices()
    {
        World world;
        world.folder.record(ActivityFolder::call(u"Search mail for “budget”"_s));
        const QByteArray many = world.folder.content(world.folder.today()).repeated(100'000);
        world.folder.record(ActivityFolder::call(u"the last"_s, ActivityFolder::codex()));
        const QByteArray all = world.folder.content(world.folder.today());
        world.folder.replace(world.folder.today(), many + all.mid(all.indexOf('\n') + 1));
        world.folder.restart();
        world.store = std::make_unique<ActivityStore>(world.folder.log.get());
        world.model = std::make_unique<ActivityModel>(world.store.get()); // without the tester
        QTRY_VERIFY_WITH_TIMEOUT(!world.store->isLoading(), 60'000);
        QCOMPARE(world.model->rowCount(), 100'001);
        QCOMPARE(world.cell(0, ActivityModel::What), u"the last"_s);

        // A filter over text gives the event loop back and ends; another one takes its place.
        world.model->setFilter({.text = u"no such word"_s});
        world.model->setFilter({.text = u"BUDGET"_s});
        QVERIFY(world.model->rowCount() < 100'000);
        world.settle();
        QCOMPARE(world.model->rowCount(), 100'000);
        world.setFilter({.program = ActivityFolder::codex()});
        QCOMPARE(world.words(), QStringList{u"the last"_s});
    }
};

QTEST_MAIN(TestActivityModel)
#include "tst_activity_model.moc"
