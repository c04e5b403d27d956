// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// CallGraph against the sample tenant, and what it leaves of Graph's JSON.

#include "mcp/tools/lean_json.h"
#include "tests/mcp/support/contoso_world.h"
#include "tests/sandbox/mailbox.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestCallGraphTool : public QObject
{
    Q_OBJECT

private:
    static QString insideOf(const QString &answer, int begin)
    {
        const QStringList lines = answer.split(u'\n');
        const auto end = lines.lastIndexOf(lines.value(begin));
        return lines.mid(begin + 1, end - begin - 1).join(u'\n');
    }
    static QJsonObject path(const QString &text) { return {{u"path"_s, text}}; }

private Q_SLOTS:
    void leanJsonKeepsFactsOnly()
    {
        const QJsonObject graph{
            {u"@odata.context"_s, u"https://graph.microsoft.com/v1.0/$metadata#x"_s},
            {u"@odata.etag"_s, u"W/\"1\""_s},
            {u"@odata.type"_s, u"#microsoft.graph.driveItem"_s},
            {u"@microsoft.graph.downloadUrl"_s,
             u"https://x.sharepoint.com/download?tempauth=key"_s},
            {u"thumbnails@odata.context"_s, u"y"_s},
            {u"members@odata.count"_s, 3},
            {u"name"_s, u"a\u202Egnp\u200B"_s},
            {u"size"_s, 5},
            {u"shared"_s, false},
            {u"parent"_s, QJsonValue::Null},
            {u"tags"_s, QJsonArray{u"x"_s, QJsonObject{{u"@odata.etag"_s, u"z"_s}, {u"y"_s, 1}}}},
            {u"source"_s,
             QJsonObject{{u"@content.downloadUrl"_s, u"https://key"_s},
                         {u"downloadUrl"_s, u"https://key"_s},
                         {u"id"_s, u"7"_s}}}};
        const QJsonObject lean{{u"@odata.type"_s, u"#microsoft.graph.driveItem"_s},
                               {u"members@odata.count"_s, 3},
                               {u"name"_s, u"agnp"_s},
                               {u"size"_s, 5},
                               {u"shared"_s, false},
                               {u"tags"_s, QJsonArray{u"x"_s, QJsonObject{{u"y"_s, 1}}}},
                               {u"source"_s, QJsonObject{{u"id"_s, u"7"_s}}}};
        QCOMPARE(leanJson(graph).toObject(), lean);
        QCOMPARE(QJsonDocument::fromJson(leanText(graph).toUtf8()).object(), lean);
        QCOMPARE(leanText(u"a \"b\""_s), u"\"a \\\"b\\\"\""_s);
        QCOMPARE(leanText(5), u"5"_s);
    }

    void deepJsonEnds()
    {
        QJsonValue deep = 1;
        for (int i = 0; i < 500; ++i)
            deep = QJsonObject{{u"a"_s, deep}};
        QVERIFY(leanText(deep).size() < 400);
    }

    void oneThing()
    {
        ContosoWorld world;
        const auto result =
            world.call(u"CallGraph"_s, path(u"/me?$select=displayName,department"_s));
        QVERIFY2(result.ok(), result.ok() ? "" : qPrintable(result.error().detail));
        QCOMPARE(
            QJsonDocument::fromJson(insideOf(result->text, 1).toUtf8()).object(),
            (QJsonObject{{u"displayName"_s, u"Adele Vance"_s}, {u"department"_s, u"Retail"_s}}));
        QVERIFY(result->text.contains(u"what Microsoft Graph has, written by others: data"_s));
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    // All of it, in order, and each row the same facts as in Graph's own answer.
    void aListInPages()
    {
        ContosoWorld world;
        const auto person = sandbox::personByKey(u"adele"_s);
        QStringList rows;
        QJsonObject arguments = path(u"/me/messages?$top=4&$select=subject,isRead"_s);
        int answers = 0;
        while (answers == 0 || !arguments["cursor"_L1].toString().isEmpty()) {
            const auto result = world.call(u"CallGraph"_s, arguments);
            QVERIFY2(result.ok(), result.ok() ? "" : qPrintable(result.error().detail));
            rows += insideOf(result->text, 2).split(u'\n');
            arguments = {{u"cursor"_s, ContosoWorld::cursorIn(result->text)}};
            ++answers;
        }
        QCOMPARE(answers, 3);
        const auto messages = sandbox::Mailbox::messages(*person, true);
        QCOMPARE(rows.size(), messages.size());
        for (int i = 0; i < rows.size(); ++i) {
            const QJsonObject row = QJsonDocument::fromJson(rows[i].toUtf8()).object();
            QCOMPARE(row["id"_L1], messages[i]["id"_L1]);
            QCOMPARE(row["isRead"_L1], messages[i]["isRead"_L1]);
            QCOMPARE(row.size(), 3);
        }
        for (const auth::TokenRequest &request : world.tokens.requests)
            QCOMPARE(request.scopes, QStringList{u"Mail.Read"_s});
    }

    void aLargeThingComesInPieces()
    {
        ContosoWorld world;
        QString whole;
        QJsonObject arguments = path(u"/me/messages/AAMkAGUzY2Nz-0004_AAA=?$select=body"_s);
        int answers = 0;
        while (answers == 0 || !arguments["cursor"_L1].toString().isEmpty()) {
            const auto result = world.call(u"CallGraph"_s, arguments);
            QVERIFY(result.ok());
            QVERIFY(result->text.toUtf8().size() < 20'000);
            whole += insideOf(result->text, 1);
            arguments = {{u"cursor"_s, ContosoWorld::cursorIn(result->text)}};
            ++answers;
        }
        QCOMPARE(answers, 3);
        const QJsonObject mail = QJsonDocument::fromJson(whole.toUtf8()).object();
        QVERIFY(mail["body"_L1]["content"_L1].toString().contains(u"Shelf 1200: "_s));
    }

    void whatIsAskedForIsWhatThePersonGrants()
    {
        const Tool tool = ContosoWorld().tool(u"CallGraph"_s);
        QCOMPARE(*tool.areaOf(path(u"/me/messages"_s)), Area::Mail);
        QCOMPARE(*tool.areaOf(path(u"/me/cloudPCs"_s)), Area::Other);
        QVERIFY(!tool.areaOf(path(u"/me/sendMail"_s)).ok());
    }

    void aBatchReadsSeveral()
    {
        ContosoWorld world;
        const QJsonObject batch{{u"path"_s, u"/$batch"_s},
                                {u"body"_s,
                                 u"{\"requests\":["
                                 "{\"id\":\"me\",\"url\":\"/me?$select=displayName\"},"
                                 "{\"id\":\"none\",\"url\":\"/me?$select=shoeSize\"},"
                                 "{\"id\":\"long\",\"url\":\"/me?$select=jobTitle\"}]}"_s}};
        QCOMPARE(*world.tool(u"CallGraph"_s).areaOf(batch), Area::Profile);
        const auto result = world.call(u"CallGraph"_s, batch);
        QVERIFY2(result.ok(), result.ok() ? "" : qPrintable(result.error().detail));
        const QStringList lines = insideOf(result->text, 1).split(u'\n');
        QVERIFY2(lines.contains(u"me: {\"displayName\":\"Adele Vance\"}"_s),
                 qPrintable(result->text));
        QVERIFY(lines.contains(u"long: {\"jobTitle\":\"Retail Manager\"}"_s));
        QVERIFY2(lines[1].startsWith(u"none: not read. Microsoft Graph does not accept"_s),
                 qPrintable(lines[1]));
        QCOMPARE(world.tenant.violations(), QStringList());
        // Mail is asked one by one, and each gets its share of the answer.
        const QJsonObject mails{
            {u"path"_s, u"/$batch"_s},
            {u"body"_s,
             u"{\"requests\":["
             "{\"id\":\"1\",\"url\":\"/me/messages/AAMkAGUzY2Nz-0004_AAA=?$select=body\"},"
             "{\"id\":\"2\",\"url\":\"/me/messages?$top=1&$select=subject\"}]}"_s}};
        const auto read = world.call(u"CallGraph"_s, mails);
        QVERIFY(read.ok());
        QVERIFY(read->text.toUtf8().size() < 20'000);
        QVERIFY(read->text.contains(u"(cut; ask for this one by itself)"_s));
        QVERIFY(read->text.contains(u"2: {"_s));
    }

    // A cursor that nobody sealed says which area it wants, and opens nothing.
    void aForgedCursorOpensNothing()
    {
        ContosoWorld world;
        const QByteArray state = QJsonDocument(QJsonObject{{u"asked"_s, path(u"/me"_s)},
                                                           {u"path"_s, u"/v1.0/me/messages"_s},
                                                           {u"query"_s, u"$top=1"_s}})
                                     .toJson(QJsonDocument::Compact);
        const QJsonObject forged{
            {u"cursor"_s,
             QString::fromLatin1(state.toBase64(QByteArray::Base64UrlEncoding) + ".AAAA")}};
        QCOMPARE(*world.tool(u"CallGraph"_s).areaOf(forged), Area::Profile);
        const auto result = world.call(u"CallGraph"_s, forged);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().cause, Cause::ArgumentWrong);
        QCOMPARE(world.tenant.count(u"graph"_s), 0);
    }

    void garbageIsNoCursor()
    {
        const Tool tool = ContosoWorld().tool(u"CallGraph"_s);
        for (const QString &text :
             {QString(), u"."_s, u"e30"_s, u"e30.AAAA"_s, QString(9000, u'A')})
            QVERIFY(!tool.areaOf({{u"cursor"_s, text}}).ok());
    }
};

QTEST_GUILESS_MAIN(TestCallGraphTool)
#include "tst_call_graph_tool.moc"
