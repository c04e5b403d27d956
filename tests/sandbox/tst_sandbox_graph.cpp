// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Graph's side of the sandbox, its faults, the foreign origin, and the program itself.

#include "tests/sandbox/sandbox_client.h"

#include <QProcess>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace sandbox;

class TestSandboxGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void me();
    void selected_data();
    void selected();
    void withoutRight_data();
    void withoutRight();
    void expiredToken();
    void unknownPathAndMethod();
    void faults_data();
    void faults();
    void aChallengeEndsWithATokenForItsClaims();
    void brokenAnswers_data();
    void brokenAnswers();
    void foreignOriginTells();
    void comesBack();
    void everyFaultIsKnownByName();
    void program();
    void programRefuses_data();
    void programRefuses();

private:
    QByteArray bearer()
    {
        return "Bearer " + m_client->freshTokens().value("access_token"_L1).toString().toLatin1();
    }

    std::unique_ptr<SandboxTenant> m_tenant;
    std::unique_ptr<SandboxClient> m_client;
};

void TestSandboxGraph::init()
{
    m_tenant = std::make_unique<SandboxTenant>();
    QVERIFY(m_tenant->listen());
    m_tenant->setAutomatic(true);
    m_client = std::make_unique<SandboxClient>(m_tenant.get());
}

void TestSandboxGraph::cleanup()
{
    m_client.reset();
    m_tenant.reset();
}

void TestSandboxGraph::me()
{
    const auto answer = m_client->graph(u"/v1.0/me"_s, bearer());
    QCOMPARE(answer.status, 200);
    QJsonObject user = answer.json();
    QCOMPARE(user.take("@odata.context"_L1).toString(),
             m_tenant->graphUrl().toString() + u"/v1.0/$metadata#users/$entity"_s);
    QCOMPARE(user, people().first().user);
    QVERIFY(!answer.header("request-id").isNull());
    QCOMPARE(m_tenant->violations(), QStringList());
}

void TestSandboxGraph::selected_data()
{
    QTest::addColumn<QString>("select");
    QTest::addColumn<int>("status");
    QTest::addColumn<QStringList>("keys");
    QTest::newRow("two") << u"displayName,id"_s << 200
                         << QStringList{u"@odata.context"_s, u"displayName"_s, u"id"_s};
    QTest::newRow("with null") << u"mobilePhone"_s << 200
                               << QStringList{u"@odata.context"_s, u"mobilePhone"_s};
    QTest::newRow("not among the default ones")
        << u"department"_s << 200 << QStringList{u"@odata.context"_s, u"department"_s};
    QTest::newRow("unknown") << u"shoeSize"_s << 400 << QStringList{u"error"_s};
}

void TestSandboxGraph::selected()
{
    QFETCH(QString, select);
    const auto answer = m_client->graph(u"/v1.0/me?$select="_s + select, bearer());
    QTEST(answer.status, "status");
    QTEST(answer.json().keys(), "keys");
}

void TestSandboxGraph::withoutRight_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::newRow("no token") << QByteArray();
    QTest::newRow("not bearer") << "Basic eDp5"_ba;
    QTest::newRow("invented token") << "Bearer eyJ0eXAi"_ba;
}

void TestSandboxGraph::withoutRight()
{
    QFETCH(QByteArray, authorization);
    const auto answer = m_client->graph(u"/v1.0/me"_s, authorization);
    QCOMPARE(answer.status, 401);
    QVERIFY(answer.header("WWW-Authenticate").startsWith("Bearer "));
    const QJsonObject error = answer.json().value("error"_L1).toObject();
    QCOMPARE(error.value("code"_L1).toString(), u"InvalidAuthenticationToken"_s);
    QCOMPARE(error.value("innerError"_L1).toObject().value("request-id"_L1).toString().toLatin1(),
             answer.header("request-id"));
}

void TestSandboxGraph::expiredToken()
{
    QVERIFY(m_tenant->setFault(u"short-lived-token"_s));
    const QByteArray token = bearer();
    QVERIFY(QTest::qWaitFor([&] { return m_client->graph(u"/v1.0/me"_s, token).status == 401; }));
    const QByteArray other = bearer();
    QCOMPARE(m_client->graph(u"/v1.0/me"_s, other).status, 200);
    m_tenant->revokeAccessTokens();
    QCOMPARE(m_client->graph(u"/v1.0/me"_s, other).status, 401);
}

void TestSandboxGraph::unknownPathAndMethod()
{
    const QByteArray token = bearer();
    QCOMPARE(m_client->graph(u"/v1.0/nothing"_s, token).status, 404);
    QCOMPARE(m_client->graph(u"/v1.0/nothing"_s, {}).status, 401);
    const QUrl url(m_tenant->graphUrl().toString() + u"/v1.0/me"_s);
    QCOMPARE(m_client->send("DELETE", url, {}, {{"Authorization"_ba, token}}).status, 405);
    const QString code = m_client->freshCode(u"openid"_s);
    const QJsonObject tokens = m_client->token(m_client->codeFields(code)).json();
    QCOMPARE(m_client
                 ->graph(u"/v1.0/me"_s,
                         "Bearer " + tokens.value("access_token"_L1).toString().toLatin1())
                 .status,
             403);
}

void TestSandboxGraph::faults_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("graph-401-once") << 401 << u"InvalidAuthenticationToken"_s;
    QTest::newRow("graph-401-always") << 401 << u"InvalidAuthenticationToken"_s;
    QTest::newRow("graph-claims-challenge-always") << 401 << u"InvalidAuthenticationToken"_s;
    QTest::newRow("graph-claims-malformed") << 401 << u"InvalidAuthenticationToken"_s;
    QTest::newRow("graph-403") << 403 << u"Authorization_RequestDenied"_s;
    QTest::newRow("graph-404") << 404 << u"Request_ResourceNotFound"_s;
    QTest::newRow("graph-410") << 410 << u"resyncRequired"_s;
    QTest::newRow("graph-huge") << 200 << QString();
    QTest::newRow("graph-429") << 429 << u"TooManyRequests"_s;
    QTest::newRow("graph-503") << 503 << u"serviceNotAvailable"_s;
    QTest::newRow("graph-500") << 500 << u"generalException"_s;
    QTest::newRow("graph-html") << 200 << QString();
    QTest::newRow("graph-redirect") << 302 << QString();
}

void TestSandboxGraph::faults()
{
    QFETCH(int, status);
    const QByteArray token = bearer();
    const QString fault = QString::fromLatin1(QTest::currentDataTag());
    QVERIFY(m_tenant->setFault(fault, 2));
    for (int i = 0; i < 2; ++i) {
        const auto answer = m_client->graph(u"/v1.0/me"_s, token);
        QCOMPARE(answer.status, status);
        QTEST(answer.json().value("error"_L1).toObject().value("code"_L1).toString(), "code");
        if (status == 429 || status == 503)
            QCOMPARE(answer.header("Retry-After"), "1"_ba);
    }
    QCOMPARE(m_client->graph(u"/v1.0/me"_s, token).json().value("id"_L1).toString(),
             people().first().objectId());
}

void TestSandboxGraph::aChallengeEndsWithATokenForItsClaims()
{
    const QByteArray token = bearer();
    QVERIFY(m_tenant->setFault(u"graph-claims-challenge"_s));
    const auto refused = m_client->graph(u"/v1.0/me"_s, token);
    QCOMPARE(refused.status, 401);
    QCOMPARE(m_client->graph(u"/v1.0/me"_s, bearer()).status, 401); // any other is no better
    static const QRegularExpression pattern(u"claims=\"([A-Za-z0-9+/=]+)\""_s);
    QByteArray claims;
    for (const auto &[name, value] : refused.headers) {
        const auto found = pattern.match(QString::fromLatin1(value));
        if (name.compare("WWW-Authenticate", Qt::CaseInsensitive) == 0 && found.hasMatch())
            claims = QByteArray::fromBase64(found.captured(1).toLatin1());
    }
    QVERIFY(claims.contains("nbf"));
    auto fields =
        m_client->refreshFields(m_client->freshTokens().value("refresh_token"_L1).toString());
    fields.append({u"claims"_s, QString::fromUtf8(claims)});
    const QByteArray fitting =
        "Bearer " + m_client->token(fields).json().value("access_token"_L1).toString().toLatin1();
    QCOMPARE(m_client->graph(u"/v1.0/me"_s, fitting).status, 200);
}

void TestSandboxGraph::brokenAnswers_data()
{
    QTest::addColumn<bool>("token");
    QTest::newRow("graph-truncated") << false;
    QTest::newRow("graph-reset") << false;
    QTest::newRow("token-truncated") << true;
    QTest::newRow("token-reset") << true;
}

void TestSandboxGraph::brokenAnswers()
{
    QFETCH(bool, token);
    const QJsonObject tokens = m_client->freshTokens();
    // QNetworkAccessManager repeats a request whose connection broke without an answer.
    QVERIFY(m_tenant->setFault(QString::fromLatin1(QTest::currentDataTag()), Faults::always));
    const auto answer = token
        ? m_client->token(m_client->refreshFields(tokens.value("refresh_token"_L1).toString()))
        : m_client->graph(u"/v1.0/me"_s,
                          "Bearer " + tokens.value("access_token"_L1).toString().toLatin1());
    QVERIFY(answer.error != QNetworkReply::NoError);
    QVERIFY(answer.json().isEmpty());
}

void TestSandboxGraph::foreignOriginTells()
{
    const QByteArray token = bearer();
    QVERIFY(m_tenant->setFault(u"graph-redirect"_s));
    const QUrl elsewhere(
        QString::fromLatin1(m_client->graph(u"/v1.0/me"_s, token).header("Location")));
    QVERIFY(elsewhere.port() != m_tenant->graphUrl().port());
    QCOMPARE(m_client->send("GET", elsewhere).status, 200);
    QCOMPARE(m_tenant->violations(), QStringList());
    m_client->send("GET", elsewhere, {}, {{"Authorization"_ba, token}});
    QCOMPARE(m_tenant->violations().size(), 1);
    m_client->send("POST", elsewhere,
                   SandboxClient::encoded({{u"t"_s, QString::fromLatin1(token.mid(7))}}));
    QCOMPARE(m_tenant->violations().size(), 2);
    m_client->send("GET", m_tenant->authority(), {}, {{"Authorization"_ba, token}});
    QCOMPARE(m_tenant->violations().size(), 3);
    QCOMPARE(m_tenant->count(u"foreign"_s), 3);
}

void TestSandboxGraph::comesBack()
{
    const QByteArray token = bearer();
    m_tenant->goAway();
    QVERIFY(m_client->graph(u"/v1.0/me"_s, token).error != QNetworkReply::NoError);
    QVERIFY(m_tenant->comeBack());
    QCOMPARE(m_client->graph(u"/v1.0/me"_s, token).status, 200);
}

void TestSandboxGraph::everyFaultIsKnownByName()
{
    for (const FaultKind &kind : Faults::kinds())
        QVERIFY(m_tenant->setFault(QString::fromLatin1(kind.name)));
    QVERIFY(!m_tenant->setFault(u"token-501"_s));
}

void TestSandboxGraph::program()
{
    QProcess program;
    program.start(QString::fromLocal8Bit(SANDBOX_PROGRAM),
                  {u"--auto"_s, u"--fault"_s, u"graph-403"_s});
    QVERIFY(QTest::qWaitFor([&] { return program.canReadLine(); }, 20000));
    const QJsonObject said = QJsonDocument::fromJson(program.readLine()).object();
    QCOMPARE(said.keys(),
             (QStringList{u"authority"_s, u"clientId"_s, u"graphUrl"_s, u"tenantId"_s}));
    QCOMPARE(said.value("clientId"_L1).toString(), m_tenant->clientId());
    const QUrl graph(said.value("graphUrl"_L1).toString() + u"/v1.0/me"_s);
    QCOMPARE(m_client->send("GET", graph).status, 403);
    QCOMPARE(m_client->send("GET", graph).status, 403);
    const QString authority = said.value("authority"_L1).toString();
    QCOMPARE(
        m_client->send("POST", QUrl(authority + u"/sandbox/fault"_s), "{\"name\":\"none\"}").status,
        200);
    QCOMPARE(m_client->send("GET", graph).status, 401);
    QCOMPARE(m_client->send("GET", QUrl(authority + u"/sandbox/requests"_s))
                 .json()
                 .value("me"_L1)
                 .toInt(),
             3);
    program.terminate();
    QVERIFY(QTest::qWaitFor([&] { return program.state() == QProcess::NotRunning; }));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
}

void TestSandboxGraph::programRefuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown option") << QStringList{u"--nonsense"_s};
    QTest::newRow("unknown fault") << QStringList{u"--fault"_s, u"token-501"_s};
    QTest::newRow("port no number") << QStringList{u"--port"_s, u"http"_s};
    QTest::newRow("value missing") << QStringList{u"--port"_s};
}

void TestSandboxGraph::programRefuses()
{
    QFETCH(QStringList, arguments);
    QProcess program;
    program.start(QString::fromLocal8Bit(SANDBOX_PROGRAM), arguments);
    QVERIFY(program.waitForFinished(20000));
    QCOMPARE(program.exitCode(), 2);
    QVERIFY(program.readAllStandardOutput().isEmpty());
    QVERIFY(program.readAllStandardError().startsWith("graph-valet-sandbox: "));
}

QTEST_GUILESS_MAIN(TestSandboxGraph)
#include "tst_sandbox_graph.moc"
