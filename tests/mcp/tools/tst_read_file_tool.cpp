// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReadFile against the drives of the sample tenant: the same text as their bytes.

#include "mcp/tools/read_file_tool.h"

#include "mcp/tools/document_texts.h"
#include "mcp/tools/drive_item_id.h"
#include "tests/mcp/support/contoso_world.h"
#include "tests/sandbox/drive.h"

#include <QEventLoop>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;

class TestReadFileTool : public QObject
{
    Q_OBJECT

private:
    static QString textOf(const QString &answer)
    {
        const QStringList lines = answer.split(u'\n');
        const auto last = lines.lastIndexOf(lines.value(2));
        return lines.mid(6, last - 6).join(u'\n');
    }

    // qWaitFor looks up every 10 ms, and a hundred calls have many steps.
    static Result<ToolResult> callAtOnce(ContosoWorld &world, const QJsonObject &arguments)
    {
        std::optional<Result<ToolResult>> result;
        QEventLoop loop;
        const auto context = ContosoWorld::contextOf(world.tokens.defaultPrincipal(), u"/a"_s);
        whenDone(world.tool(u"ReadFile"_s).handler(arguments, context), &loop,
                 [&](const Result<ToolResult> &got) {
                     result = got;
                     loop.quit();
                 });
        QTimer::singleShot(30000, &loop, &QEventLoop::quit);
        loop.exec();
        return result ? *result : Result<ToolResult>(Error{});
    }

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }

    void theTextOfAFile()
    {
        ContosoWorld world;
        const auto result = world.call(u"ReadFile"_s, {{u"id"_s, u"me/01ADV7CONFIG"_s}});
        QVERIFY(result.ok());
        const QStringList lines = result->text.split(u'\n');
        QCOMPARE(lines[0], u"Times of Europe/Berlin."_s);
        QCOMPARE(lines[3], u"till.json, 56 bytes"_s);
        QCOMPARE(lines[4],
                 u"changed 2026-09-01 08:30 +02:00 by Adele Vance <AdeleV@contoso.com>"_s);
        QCOMPARE(textOf(result->text),
                 QString::fromUtf8(sandbox::Drive::contentOf(u"01ADV7CONFIG"_s)).trimmed());
        QVERIFY(!result->text.contains(u"cursor"_s));
        for (const auto &request : world.tokens.requests)
            QCOMPARE(request.scopes, QStringList{u"Files.Read"_s});
        QCOMPARE(world.tenant.count(u"content"_s), 1);
        QCOMPARE(world.tenant.count(u"foreign"_s), 0);
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void encodings_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("text");
        QTest::newRow("utf-8") << u"me/01ADV7UMLAUT"_s
                               << u"Straße 5, größte Lieferung am 3. Dezember."_s;
        QTest::newRow("utf-16") << u"me/01ADV7WIDE"_s << u"Kasse 3: 1.204,50 €\nKasse 4: 87,00 €"_s;
        QTest::newRow("latin-1") << u"me/01ADV7OLD"_s << u"Käse, Brötchen, Müsli"_s;
        QTest::newRow("line ends") << u"me/01ADV7NOTES"_s << u"shelf labels.\n\nZürich: ask Alex"_s;
        QTest::newRow("html as it stands") << u"me/01ADV7PAGE"_s << u"<b>9</b>"_s;
        QTest::newRow("dotfile") << u"me/01ADV7DOTFILE"_s << u"export LANG=de_DE.UTF-8"_s;
    }
    void encodings()
    {
        QFETCH(QString, id);
        QFETCH(QString, text);
        ContosoWorld world;
        const auto result = world.call(u"ReadFile"_s, {{u"id"_s, id}});
        QVERIFY(result.ok());
        QVERIFY2(textOf(result->text).contains(text), qPrintable(result->text));
    }

    void whatIsShared()
    {
        ContosoWorld world;
        const QString id = sandbox::Drive::driveOf(u"megan"_s) + u"/01MGN7STAND"_s;
        const auto result = world.call(u"ReadFile"_s, {{u"id"_s, id}});
        QVERIFY(result.ok());
        QCOMPARE(textOf(result->text), u"Hall 7, stand B12. Budget EUR 48,000."_s);
        for (const auto &request : world.tokens.requests)
            QCOMPARE(request.scopes, QStringList{u"Files.Read.All"_s});
        const QString hidden = sandbox::Drive::driveOf(u"megan"_s) + u"/01MGN7PRIVATE"_s;
        QCOMPARE(world.call(u"ReadFile"_s, {{u"id"_s, hidden}}).error().kind,
                 Error::Kind::Forbidden);
    }

    void whatHasNoTextIsSaidInWords_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("reads");
        const QString site = sandbox::Drive::driveOf({}) + u'/';
        QTest::newRow("a damaged document") << site + u"01MKT7CUT"_s << u"is damaged"_s << 1;
        QTest::newRow("an old document")
            << site + u"01MKT7OLD"_s << u"older or binary format"_s << 0;
        QTest::newRow("PDF") << u"me/01ADV7CONTRACT"_s << u"DownloadFile saves the file"_s << 0;
        QTest::newRow("picture") << u"me/01ADV7PHOTO"_s << u"not PDF, pictures"_s << 0;
        QTest::newRow("folder") << u"me/01ADV7PROJECTS"_s << u"This is a folder"_s << 0;
        QTest::newRow("empty") << u"me/01ADV7NOTHING"_s << u"This file is empty."_s << 0;
        QTest::newRow("binary") << u"me/01ADV7BINARY"_s << u"holds is no text"_s << 1;
    }
    void whatHasNoTextIsSaidInWords()
    {
        QFETCH(QString, id);
        QFETCH(QString, words);
        QFETCH(int, reads);
        ContosoWorld world;
        const auto result = world.call(u"ReadFile"_s, {{u"id"_s, id}});
        QVERIFY(result.ok());
        QVERIFY2(result->text.contains(words), qPrintable(result->text));
        QCOMPARE(world.tenant.count(u"content"_s), reads);
    }

    void documents_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("text");
        QTest::newRow("Word") << u"me/01ADV7PLAN"_s << u"Region\t2025\t2026\nNorth\t10\t12"_s;
        QTest::newRow("Excel") << u"me/01ADV7BUDGET"_s
                               << u"2026-11-21\tCafé crème\t3.5\t12.5%\tTRUE\t7"_s;
        QTest::newRow("PowerPoint") << sandbox::Drive::driveOf({}) + u"/01MKT7DECK"_s
                                    << u"# Slide 1: Plan for 2027\n- First\n"_s;
    }
    void documents()
    {
        QFETCH(QString, id);
        QFETCH(QString, text);
        ContosoWorld world;
        const auto result = world.call(u"ReadFile"_s, {{u"id"_s, id}});
        QVERIFY(result.ok());
        QVERIFY2(textOf(result->text).contains(text), qPrintable(result->text));
        QCOMPARE(textOf(result->text),
                 documentText(sandbox::Drive::contentOf(id.section(u'/', -1))).text);
        QVERIFY(!result->text.contains(u"cursor"_s));
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void aLongDocumentIsFetchedOnceForAllPieces()
    {
        ContosoWorld world;
        const QString whole = documentText(sandbox::Drive::contentOf(u"01MKT7HANDBOOK"_s)).text;
        QJsonObject arguments{{u"id"_s, sandbox::Drive::driveOf({}) + u"/01MKT7HANDBOOK"_s}};
        QString joined;
        int pieces = 0;
        for (; pieces < 20 && !arguments.isEmpty(); ++pieces) {
            const auto result = world.call(u"ReadFile"_s, arguments);
            QVERIFY(result.ok());
            QVERIFY(result->text.toUtf8().size() < 20 * 1024);
            QVERIFY(result->text.contains(u"\nCharacters %1 to "_s.arg(joined.size() + 1)));
            joined += textOf(result->text);
            const QString cursor = ContosoWorld::cursorIn(result->text);
            arguments = cursor.isEmpty() ? QJsonObject() : QJsonObject{{u"cursor"_s, cursor}};
        }
        QCOMPARE(joined, whole);
        QCOMPARE(pieces, 3);
        QCOMPARE(world.tenant.count(u"content"_s), 1);
    }

    // Its text is kept; who lost the item, or another account, does not get it.
    void aKeptTextIsForWhoMayReadTheItem()
    {
        ContosoWorld world;
        const QJsonObject plan{{u"id"_s, u"me/01ADV7PLAN"_s}};
        QVERIFY(world.call(u"ReadFile"_s, plan).ok());
        QVERIFY(world.call(u"ReadFile"_s, plan).ok());
        QCOMPARE(world.tenant.count(u"content"_s), 1);
        const auto nobody = ContosoWorld::contextOf({}, u"/a"_s);
        QVERIFY(world.call(u"ReadFile"_s, plan, nobody).ok());
        QCOMPARE(world.tenant.count(u"content"_s), 2);
        QVERIFY(world.tenant.setFault(u"graph-403"_s, 1));
        QCOMPARE(world.call(u"ReadFile"_s, plan).error().kind, Error::Kind::Forbidden);
    }

    void keptTextsAreForgotten()
    {
        ContosoWorld world;
        DocumentTexts texts(std::make_shared<GraphContent>(&world.graph), 200ms);
        const auto context = ContosoWorld::contextOf(world.tokens.defaultPrincipal(), u"/a"_s);
        const auto id = DriveItemId::of(u"me/01ADV7PLAN"_s);
        const GraphRequest content{.path = id->path() + u"/content"_s, .scopes = id->scopes()};
        const auto reads = [&](const QString &version) {
            std::optional<Result<DocumentText>> result;
            whenDone(texts.read(content, version, context), &texts,
                     [&](const Result<DocumentText> &got) { result = got; });
            if (!QTest::qWaitFor([&] { return result.has_value(); }, 5000) || !result->ok()
                || !(*result)->text.startsWith(u"# Annual report"_s))
                return -1;
            return world.tenant.count(u"content"_s);
        };
        QCOMPARE(reads(u"1"_s), 1);
        QCOMPARE(reads(u"1"_s), 1);
        QCOMPARE(reads(u"2"_s), 2); // changed
        QCOMPARE(reads({}), 3); // nobody knows
        QTest::qWait(250);
        QCOMPARE(reads(u"1"_s), 4);
    }

    void aLargeFileComesInPieces()
    {
        ContosoWorld world;
        const QByteArray all = sandbox::Drive::contentOf(u"01ADV7LARGE"_s);
        QJsonObject arguments{{u"id"_s, u"me/01ADV7LARGE"_s}};
        QString joined;
        int pieces = 0;
        QString last;
        for (; pieces < 200 && !arguments.isEmpty(); ++pieces) {
            const auto result = callAtOnce(world, arguments);
            QVERIFY(result.ok());
            QVERIFY(result->text.toUtf8().size() < 20 * 1024);
            last = result->text;
            joined += textOf(last) + u'\n';
            const QString cursor = ContosoWorld::cursorIn(last);
            arguments = cursor.isEmpty() ? QJsonObject() : QJsonObject{{u"cursor"_s, cursor}};
        }
        QVERIFY(joined.size() >= 2'000'000 && joined.size() < 2'100'000);
        QVERIFY(all.startsWith(joined.toUtf8()));
        QVERIFY(pieces < 150);
        QVERIFY(last.endsWith(
            u"No more than 2 MB of a file are read; DownloadFile saves all of it."_s));
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void aCursorIsForWhomItWasGiven()
    {
        ContosoWorld world;
        const auto result = world.call(u"ReadFile"_s, {{u"id"_s, u"me/01ADV7LARGE"_s}});
        const QJsonObject cursor{{u"cursor"_s, ContosoWorld::cursorIn(result->text)}};
        const int before = world.tenant.count(u"graph"_s);
        const auto other = ContosoWorld::contextOf(world.tokens.defaultPrincipal(), u"/b"_s);
        QCOMPARE(world.call(u"ReadFile"_s, cursor, other).error().kind, Error::Kind::BadRequest);
        QCOMPARE(world.call(u"FindFiles"_s, cursor).error().kind, Error::Kind::BadRequest);
        QCOMPARE(world.tenant.count(u"graph"_s), before);
    }

    void aFileThatWasChangedIsNotReadOn()
    {
        ContosoWorld world;
        const auto cursors = std::make_shared<const CursorSeal>();
        const auto contents = std::make_shared<GraphContent>(&world.graph);
        world.tools = {readFileTool(&world.graph, contents, cursors)};
        const auto context = ContosoWorld::contextOf(world.tokens.defaultPrincipal(), u"/a"_s);
        const QJsonObject state{{u"id"_s, u"me/01ADV7NOTES"_s},
                                {u"start"_s, 20},
                                {u"encoding"_s, 0},
                                {u"version"_s, u"\"an older one\""_s}};
        const QJsonObject cursor{{u"cursor"_s, cursors->seal(u"ReadFile"_s, *context, state)}};
        const auto result = world.call(u"ReadFile"_s, cursor, context);
        QVERIFY(result.ok());
        QVERIFY(result->text.contains(u"This file was changed since the last piece"_s));
        QCOMPARE(world.tenant.count(u"content"_s), 0);
    }

    void nothingOfAnOutsiderHides_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("text") << u"me/01ADV7HOSTILE"_s;
        QTest::newRow("document") << sandbox::Drive::driveOf({}) + u"/01MKT7HANDBOOK"_s;
    }
    void nothingOfAnOutsiderHides()
    {
        QFETCH(QString, id);
        ContosoWorld world;
        const auto result = world.call(u"ReadFile"_s, {{u"id"_s, id}});
        QVERIFY(result.ok());
        const QString mark = result->text.split(u'\n')[2];
        QCOMPARE(result->text.count(mark), 3); // the line that names it, and both ends
        QVERIFY(result->text.endsWith(mark) || !ContosoWorld::cursorIn(result->text).isEmpty());
        for (const QChar c : result->text)
            QVERIFY(c == u'\n' || c.isPrint());
    }

    void faultsOfTheFilesHost_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("times");
        QTest::addColumn<bool>("isRead");
        QTest::newRow("expired") << u"content-expired"_s << 1 << true;
        QTest::newRow("always expired") << u"content-expired"_s << 9 << false;
        QTest::newRow("truncated") << u"content-truncated"_s << 1 << true;
        QTest::newRow("slow") << u"content-slow"_s << 1 << false;
    }
    void faultsOfTheFilesHost()
    {
        QFETCH(QString, fault);
        QFETCH(int, times);
        QFETCH(bool, isRead);
        ContosoWorld world;
        QVERIFY(world.tenant.setFault(fault, times));
        auto context = std::make_shared<RequestContext>();
        context->principal = world.tokens.defaultPrincipal();
        context->deadline = QDeadlineTimer(1500);
        const auto result = world.call(u"ReadFile"_s, {{u"id"_s, u"me/01ADV7PRICES"_s}}, context);
        QCOMPARE(result.ok(), isRead);
        if (isRead)
            QVERIFY(result->text.contains(u"\n4003;149.00;EUR\n"_s));
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void badArgumentsAskNothingOfGraph()
    {
        ContosoWorld world;
        for (const QString &id : {u"01ADV7NOTES"_s, u"root"_s, u"me/../x"_s, u""_s}) {
            const auto result = world.call(u"ReadFile"_s, {{u"id"_s, id}});
            QCOMPARE(result.error().cause, Cause::ArgumentWrong);
        }
        QVERIFY(world.tokens.requests.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestReadFileTool)
#include "tst_read_file_tool.moc"
