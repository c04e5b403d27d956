// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/schema_check.h"
#include "mcp/tools/profile_tool.h"
#include "tests/mcp/support/fakes.h"
#include "tests/support/scripted_server.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace mcp;
using namespace test_support;

class TestProfileTool : public QObject
{
    Q_OBJECT

private:
    Result<ToolResult> run(ScriptedServer &graph, FakeTokenSource &tokens)
    {
        GraphClient client(&tokens);
        client.setGraphUrl(graph.url());
        const Tool tool = profileTool(&client);
        std::optional<Result<ToolResult>> result;
        QObject owner;
        whenDone(tool.handler({}, std::make_shared<RequestContext>()), &owner,
                 [&](const Result<ToolResult> &got) { result = got; });
        (void)QTest::qWaitFor([&] { return result.has_value(); });
        return result ? *result : Result<ToolResult>(Error{});
    }
    Result<ToolResult> run(const QJsonObject &me)
    {
        ScriptedServer graph;
        graph.expect("GET", u"/v1.0/me"_s, answer::json(200, me));
        FakeTokenSource tokens;
        return run(graph, tokens);
    }

private Q_SLOTS:
    void theResourceHasTheFactsOfTheTool()
    {
        const QJsonObject me{{u"id"_s, u"1"_s},
                             {u"displayName"_s, u"Adele\u202e Vance"_s},
                             {u"mobilePhone"_s, QJsonValue::Null},
                             {u"@odata.id"_s, u"x"_s}};
        const auto expected = run(me);
        QVERIFY(expected.ok());

        ScriptedServer graph;
        graph.expect("GET", u"/v1.0/me"_s, answer::json(200, me));
        FakeTokenSource tokens;
        GraphClient client(&tokens);
        client.setGraphUrl(graph.url());
        const Resource resource = profileResource(&client);
        QCOMPARE(resource.uri, u"graph://me"_s);
        QCOMPARE(resource.mimeType, u"application/json"_s);
        QCOMPARE(resource.area, Area::Profile);
        std::optional<Result<QString>> text;
        QObject owner;
        whenDone(resource.read(std::make_shared<RequestContext>()), &owner,
                 [&](const Result<QString> &got) { text = got; });
        QTRY_VERIFY(text.has_value());
        QVERIFY(text->ok());
        QCOMPARE(**text, expected->text);
    }

    // The answer of Graph's documentation, "Get a user".
    void theDocumentedAnswerBecomesFacts()
    {
        ScriptedServer graph;
        graph.expect("GET", u"/v1.0/me"_s, [](const HttpRequest &request, const HttpReply &reply) {
            QVERIFY(request.rawQuery().startsWith("$select=id,displayName,"));
            reply.send(HttpResponse::text(
                200, "application/json",
                QByteArray("{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#users/"
                           "$entity\","
                           "\"@odata.id\":\"x\",\"businessPhones\":[\"+1 425 555 0109\"],"
                           "\"displayName\":\"Adele Vance\",\"givenName\":\"Adele\","
                           "\"jobTitle\":\"Retail Manager\",\"mail\":\"AdeleV@contoso.com\","
                           "\"mobilePhone\":null,\"officeLocation\":\"18/"
                           "2111\",\"preferredLanguage\":\"en-US\","
                           "\"surname\":\"Vance\",\"userPrincipalName\":\"AdeleV@contoso.com\","
                           "\"id\":\"87d349ed-44d7-43e1-9a83-5f2406dee5bd\"}")));
        });
        FakeTokenSource tokens;
        const auto result = run(graph, tokens);
        QVERIFY(result.ok());
        const QJsonObject expected{{u"businessPhones"_s, QJsonArray{u"+1 425 555 0109"_s}},
                                   {u"displayName"_s, u"Adele Vance"_s},
                                   {u"givenName"_s, u"Adele"_s},
                                   {u"jobTitle"_s, u"Retail Manager"_s},
                                   {u"mail"_s, u"AdeleV@contoso.com"_s},
                                   {u"officeLocation"_s, u"18/2111"_s},
                                   {u"preferredLanguage"_s, u"en-US"_s},
                                   {u"surname"_s, u"Vance"_s},
                                   {u"userPrincipalName"_s, u"AdeleV@contoso.com"_s},
                                   {u"id"_s, u"87d349ed-44d7-43e1-9a83-5f2406dee5bd"_s}};
        QCOMPARE(*result->structured, expected);
        QCOMPARE(QJsonDocument::fromJson(result->text.toUtf8()).object(), expected);
        QVERIFY(!result->text.contains(u'\n'));
        QVERIFY(!result->isError);
        QCOMPARE(tokens.requests.first().interaction, auth::Interaction::Allowed);
    }

    void whateverGraphSendsTheResultFitsItsSchema_data()
    {
        QTest::addColumn<QJsonObject>("me");
        QTest::newRow("only the id") << QJsonObject{{u"id"_s, u"1"_s}};
        QTest::newRow("nulls and empty texts") << QJsonObject{
            {u"id"_s, u"1"_s}, {u"mail"_s, QJsonValue::Null}, {u"jobTitle"_s, u" "_s}};
        QTest::newRow("wrong types") << QJsonObject{{u"id"_s, u"1"_s},
                                                    {u"mail"_s, 5},
                                                    {u"businessPhones"_s, u"x"_s},
                                                    {u"surname"_s, QJsonObject{}}};
        QTest::newRow("a list with rubbish") << QJsonObject{
            {u"id"_s, u"1"_s}, {u"businessPhones"_s, QJsonArray{1, QJsonValue::Null, u"+1"_s}}};
        QTest::newRow("more than asked for")
            << QJsonObject{{u"id"_s, u"1"_s}, {u"passwordProfile"_s, QJsonObject{}}, {u"x"_s, 1}};
    }
    void whateverGraphSendsTheResultFitsItsSchema()
    {
        QFETCH(QJsonObject, me);
        const auto result = run(me);
        QVERIFY(result.ok());
        const auto check = SchemaCheck::compile(profileTool(nullptr).outputSchema);
        QVERIFY(check.ok());
        QCOMPARE((*check)->problem(u"output"_s, *result->structured), QString());
    }

    void anAnswerWithoutAPersonIsAFault()
    {
        const auto result = run(QJsonObject{{u"displayName"_s, u"Nobody"_s}});
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, Error::Kind::ServiceFault);
    }

    void hiddenCharactersAreTakenOutAndWordsStayWhole()
    {
        const auto result =
            run(QJsonObject{{u"id"_s, u"1"_s},
                            {u"jobTitle"_s, u"Bo\u202ess\U000E0041"_s},
                            {u"displayName"_s, u"می\u200Cخواهم Žluťoučký 🦊"_s}});
        QVERIFY(result.ok());
        QCOMPARE((*result->structured)["jobTitle"_L1].toString(), u"Boss"_s);
        QCOMPARE((*result->structured)["displayName"_L1].toString(),
                 u"می\u200Cخواهم Žluťoučký 🦊"_s);
    }

    void anErrorOfGraphIsPassedOn()
    {
        ScriptedServer graph;
        graph.expect("GET", u"/v1.0/me"_s, answer::json(403, {}));
        FakeTokenSource tokens;
        const auto result = run(graph, tokens);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, Error::Kind::Forbidden);
    }
};

QTEST_GUILESS_MAIN(TestProfileTool)
#include "tst_profile_tool.moc"
