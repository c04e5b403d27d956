// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/schema_check.h"
#include "mcp/tools/presence_tool.h"
#include "tests/mcp/support/fakes.h"
#include "tests/support/scripted_server.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace mcp;
using namespace test_support;

class TestPresenceTool : public QObject
{
    Q_OBJECT

private:
    static Result<ToolResult> run(const QJsonObject &presence, FakeTokenSource *tokens)
    {
        ScriptedServer graph;
        graph.expect("GET", u"/v1.0/me/presence"_s, answer::json(200, presence));
        GraphClient client(tokens);
        client.setGraphUrl(graph.url());
        const Tool tool = presenceTool(&client);
        std::optional<Result<ToolResult>> result;
        QObject owner;
        whenDone(tool.handler({}, std::make_shared<RequestContext>()), &owner,
                 [&](const Result<ToolResult> &got) { result = got; });
        (void)QTest::qWaitFor([&] { return result.has_value(); });
        return result ? *result : Result<ToolResult>(Error{});
    }

private Q_SLOTS:
    // The answer of Graph's documentation, "Get presence".
    void theDocumentedAnswerBecomesFacts()
    {
        FakeTokenSource tokens;
        const auto result =
            run({{u"@odata.context"_s,
                  u"https://graph.microsoft.com/v1.0/$metadata#users('x')/presence"_s},
                 {u"id"_s, u"fa8bf3dc-eca7-46b7-bad1-db199b62afc3"_s},
                 {u"availability"_s, u"Busy"_s},
                 {u"activity"_s, u"InAMeeting"_s},
                 {u"sequenceNumber"_s, u"A0138569705"_s},
                 {u"statusMessage"_s,
                  QJsonObject{{u"message"_s,
                               QJsonObject{{u"content"_s, u"Back at\u202e 3\n"_s},
                                           {u"contentType"_s, u"text"_s}}},
                              {u"publishedDateTime"_s, QJsonValue::Null}}}},
                &tokens);
        QVERIFY(result.ok());
        const QJsonObject expected{{u"availability"_s, u"Busy"_s},
                                   {u"activity"_s, u"InAMeeting"_s},
                                   {u"statusMessage"_s, u"Back at 3"_s}};
        QCOMPARE(*result->structured, expected);
        QCOMPARE(QJsonDocument::fromJson(result->text.toUtf8()).object(), expected);
        const auto check = SchemaCheck::compile(presenceTool(nullptr).outputSchema);
        QVERIFY(check.ok());
        QCOMPARE((*check)->problem(u"output"_s, *result->structured), QString());
        QCOMPARE(tokens.requests.first().scopes, QStringList{u"Presence.Read"_s});
        QCOMPARE(presenceTool(nullptr).area, Area::People);
    }

    void whatSaysNoPresenceIsAFault_data()
    {
        QTest::addColumn<QJsonObject>("answer");
        QTest::newRow("nothing") << QJsonObject{};
        QTest::newRow("nulls") << QJsonObject{{u"availability"_s, QJsonValue::Null},
                                              {u"activity"_s, QJsonValue::Null}};
        QTest::newRow("no activity") << QJsonObject{{u"availability"_s, u"Busy"_s}};
        QTest::newRow("no availability") << QJsonObject{{u"activity"_s, u"InACall"_s}};
        QTest::newRow("wrong types")
            << QJsonObject{{u"availability"_s, 1}, {u"activity"_s, QJsonArray{}}};
    }
    void whatSaysNoPresenceIsAFault()
    {
        QFETCH(QJsonObject, answer);
        FakeTokenSource tokens;
        const auto result = run(answer, &tokens);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, Error::Kind::ServiceFault);
    }
};

QTEST_GUILESS_MAIN(TestPresenceTool)
#include "tst_presence_tool.moc"
