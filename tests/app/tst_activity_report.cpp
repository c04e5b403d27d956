// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_report.h"
#include "tests/app/activity_folder.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using Outcome = ActivityEntry::Outcome;

class TestActivityReport : public QObject
{
    Q_OBJECT

private:
    static std::vector<qint64> allOf(const ActivityStore &store)
    {
        std::vector<qint64> serials;
        for (qint64 serial = store.last(); serial >= store.first(); --serial)
            serials.push_back(serial);
        return serials;
    }
    // Cells as RFC 4180 reads them.
    static QStringList cellsOf(const QByteArray &line)
    {
        QStringList cells;
        const QString text = QString::fromUtf8(line);
        qsizetype at = 0;
        while (at < text.size() && text.at(at) == u'"') {
            QString cell;
            for (++at; at < text.size(); ++at) {
                if (text.at(at) != u'"')
                    cell += text.at(at);
                else if (at + 1 < text.size() && text.at(at + 1) == u'"')
                    cell += text.at(++at);
                else
                    break;
            }
            cells.append(cell);
            at += 2; // quote and comma
        }
        return cells;
    }
    static QString cellOf(const ActivityEntry &entry, const QString &column)
    {
        const QStringList names = cellsOf(activity_report::csvHeader());
        return cellsOf(activity_report::csvLine(entry)).value(names.indexOf(column));
    }

private Q_SLOTS:
    void aReportIsForPeople()
    {
        ActivityFolder folder;
        folder.record(ActivityFolder::call(u"Search mail for “budget”"_s, ActivityFolder::claude(),
                                           Error{.kind = Error::Kind::Forbidden,
                                                 .serviceCode = u"ErrorAccessDenied"_s,
                                                 .requestId = u"9f-2"_s}));
        ActivityStore store(folder.log.get());
        QTRY_VERIFY(!store.isLoading());
        const QString text = activity_report::text(store, allOf(store));
        for (const QString &part :
             {u"What: Search mail for “budget”"_s, u"Result: Refused: ErrorAccessDenied"_s,
              u"AI client: Claude Code (claude)"_s, u"Program: /opt/claude/claude"_s,
              u"Request id: 9f-2"_s, u"Tool: FindMail"_s, u"Duration: 340 ms"_s})
            QVERIFY2(text.contains(part), qPrintable(text));
        QVERIFY(text.startsWith(u"Graph Valet "_s));
    }

    void aReportIsBounded()
    {
        ActivityFolder folder;
        const int count = int(activity_report::mostInReport) + 5;
        for (int i = 0; i < count; ++i)
            folder.record(ActivityFolder::call(QString::number(i)));
        ActivityStore store(folder.log.get());
        QTRY_VERIFY(!store.isLoading());
        const QString text = activity_report::text(store, allOf(store));
        QCOMPARE(text.count(u"\nWhat: "_s), activity_report::mostInReport);
        QVERIFY(text.contains(u"Left out: 5."_s));
        QVERIFY(!text.contains(u"What: 4\n"_s)); // the oldest
    }

    void aCellIsNoFormula_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("cell");
        QTest::newRow("a name") << u"Claude"_s << u"Claude"_s;
        QTest::newRow("equals") << u"=HYPERLINK(\"x\")"_s << u"'=HYPERLINK(\"x\")"_s;
        QTest::newRow("plus") << u"+1"_s << u"'+1"_s;
        QTest::newRow("minus") << u"-1"_s << u"'-1"_s;
        QTest::newRow("at") << u"@SUM(A1)"_s << u"'@SUM(A1)"_s;
        QTest::newRow("behind a space") << u"  =1"_s << u"'  =1"_s;
        QTest::newRow("behind a tab") << u"\t=1"_s << u"[U+0009]=1"_s;
        QTest::newRow("behind a line break") << u"\r\n=1"_s << u"[U+000D][U+000A]=1"_s;
        QTest::newRow("fullwidth") << u"＝1"_s << u"'＝1"_s;
        QTest::newRow("quotes and commas") << u"a\",\"=1"_s << u"a\",\"=1"_s;
    }
    void aCellIsNoFormula()
    {
        QFETCH(QString, name);
        const ActivityEntry entry{.kind = ActivityEvent::Kind::ToolCall,
                                  .outcome = Outcome::Ok,
                                  .clientName = name,
                                  .words = name};
        QTEST(cellOf(entry, u"client"_s), "cell");
        QTEST(cellOf(entry, u"what"_s), "cell");
        QCOMPARE(cellsOf(activity_report::csvLine(entry)).size(),
                 cellsOf(activity_report::csvHeader()).size());
        QVERIFY(!activity_report::csvLine(entry).contains('\n'));
    }

    void everyColumnIsWritten()
    {
        const ActivityEntry entry{.time = 1'000'000'000'340,
                                  .kind = ActivityEvent::Kind::ToolCall,
                                  .outcome = Outcome::Failed,
                                  .event = u"toolCall"_s,
                                  .principal = u"t.o"_s,
                                  .username = u"adele@contoso.com"_s,
                                  .program = u"/opt/claude"_s,
                                  .clientName = u"Claude"_s,
                                  .scopes = u"Mail.Read"_s,
                                  .area = u"mail"_s,
                                  .tool = u"FindMail"_s,
                                  .words = u"List mail"_s,
                                  .errorKind = u"NotFound"_s,
                                  .cause = u"ArgumentWrong"_s,
                                  .code = u"ErrorItemNotFound"_s,
                                  .requestId = u"9f"_s,
                                  .duration = 340,
                                  .bytes = 12,
                                  .sequence = 17,
                                  .mark = ActivityEntry::Mark::Foreign};
        const QStringList cells = cellsOf(activity_report::csvLine(entry));
        QCOMPARE(cells.size(), 18);
        QVERIFY(!cells.contains(QString()));
        QCOMPARE(cells.first(), u"2001-09-09T01:46:40.000Z"_s);
        QCOMPARE(cellOf(entry, u"seq"_s), u"17"_s);
        const QByteArray line = activity_report::jsonLine(entry);
        QVERIFY(!line.contains('\n'));
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        QCOMPARE(object.size(), 19);
        QCOMPARE(object["words"_L1].toString(), u"List mail"_s);
        QCOMPARE(object["ms"_L1].toInt(), 340);
        QCOMPARE(object["seq"_L1].toInt(), 17);
    }

    void manyAreWrittenOldestFirst_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("a table") << u"activity.csv"_s;
        QTest::newRow("JSON lines") << u"activity.jsonl"_s;
    }
    void manyAreWrittenOldestFirst()
    {
        QFETCH(QString, name);
        QTemporaryDir place;
        const QString path = place.filePath(name);
        ActivityFolder folder;
        folder.record(ActivityFolder::call(u"first"_s));
        folder.replace(folder.today(), folder.content(folder.today()).repeated(20'000));
        folder.restart();
        folder.record(ActivityFolder::call(u"last"_s));
        ActivityStore store(folder.log.get());
        QTRY_VERIFY_WITH_TIMEOUT(!store.isLoading(), 60'000);
        auto *job = new ActivityExport(&store, allOf(store), path, nullptr);
        std::optional<Result<int>> ended;
        QObject context;
        connect(job, &ActivityExport::ended, &context,
                [&](const Result<int> &result) { ended = result; });
        job->start();
        QTRY_VERIFY_WITH_TIMEOUT(ended.has_value(), 60'000);
        QVERIFY(ended->ok());
        QCOMPARE(**ended, 20'001);
        const QByteArray content = folder.content(path);
        const bool isTable = name.endsWith(u"csv");
        QCOMPARE(content.startsWith("\xEF\xBB\xBF\"began\","), isTable);
        QCOMPARE(content.count('\n'), 20'001 + (isTable ? 1 : 0));
        QVERIFY(content.lastIndexOf("last") > content.lastIndexOf("first"));
        const auto others = QFile::ReadGroup | QFile::ReadOther;
        QCOMPARE(QFileInfo(path).permissions() & others, QFile::Permissions());
    }

    void whatCannotBeWrittenSaysSo()
    {
        QTemporaryDir place;
        ActivityFolder folder;
        ActivityStore store(folder.log.get());
        auto *job =
            new ActivityExport(&store, {}, place.filePath(u"no/such/folder.csv"_s), nullptr);
        std::optional<Result<int>> ended;
        QObject context;
        connect(job, &ActivityExport::ended, &context,
                [&](const Result<int> &result) { ended = result; });
        job->start();
        QVERIFY(!ended);
        QTRY_VERIFY(ended.has_value());
        QVERIFY(!ended->ok());
        QCOMPARE(ended->error().kind, Error::Kind::StorageFault);
        QVERIFY(!ended->error().detail.isEmpty());
    }
};

QTEST_MAIN(TestActivityReport)
#include "tst_activity_report.moc"
