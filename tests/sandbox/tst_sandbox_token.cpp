// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The token endpoint: PKCE, codes for one use, no secret of a public client, rotation, faults.

#include "tests/sandbox/sandbox_client.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace sandbox;

class TestSandboxToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void exchange();
    void rolesAreWhatAnAdministratorAssigned();
    void badExchanges_data();
    void badExchanges();
    void codeWorksOnce();
    void secretsOfClients_data();
    void secretsOfClients();
    void otherPeoplesHeaders();
    void refreshRotates();
    void withoutOfflineAccess();
    void revoked();
    void faults_data();
    void faults();
    void idTokenFaults_data();
    void idTokenFaults();
    void secretsAreKnown();

private:
    static QJsonObject claimsOf(const QJsonObject &tokens)
    {
        const QByteArray part =
            tokens.value("id_token"_L1).toString().section(u'.', 1, 1).toLatin1();
        return QJsonDocument::fromJson(QByteArray::fromBase64(part, QByteArray::Base64UrlEncoding))
            .object();
    }
    static int errorCode(const SandboxClient::Answer &answer)
    {
        return answer.json().value("error_codes"_L1).toArray().at(0).toInt();
    }

    std::unique_ptr<SandboxTenant> m_tenant;
    std::unique_ptr<SandboxClient> m_client;
};

void TestSandboxToken::init()
{
    m_tenant = std::make_unique<SandboxTenant>();
    QVERIFY(m_tenant->listen());
    m_tenant->setAutomatic(true);
    m_client = std::make_unique<SandboxClient>(m_tenant.get());
}

void TestSandboxToken::cleanup()
{
    m_client.reset();
    m_tenant.reset();
}

void TestSandboxToken::exchange()
{
    const QJsonObject tokens = m_client->freshTokens();
    QCOMPARE(tokens.value("token_type"_L1).toString(), u"Bearer"_s);
    QCOMPARE(tokens.value("scope"_L1).toString(), u"openid profile User.Read"_s);
    QVERIFY(tokens.value("expires_in"_L1).toInt() > 3600);
    QVERIFY(tokens.contains("access_token"_L1));
    QVERIFY(tokens.contains("refresh_token"_L1));
    const QJsonObject claims = claimsOf(tokens);
    QCOMPARE(claims.value("aud"_L1).toString(), m_tenant->clientId());
    QCOMPARE(claims.value("tid"_L1).toString(), m_tenant->tenantId());
    QCOMPARE(claims.value("iss"_L1).toString(),
             m_tenant->authority().toString() + u'/' + m_tenant->tenantId() + u"/v2.0"_s);
    QCOMPARE(claims.value("nonce"_L1).toString(), m_client->nonce());
    QCOMPARE(claims.value("oid"_L1).toString(), people().first().objectId());
    QCOMPARE(claims.value("name"_L1).toString(), u"Adele Vance"_s);
    QCOMPARE(claims.value("preferred_username"_L1).toString(), u"AdeleV@contoso.onmicrosoft.com"_s);
    QVERIFY(claims.value("exp"_L1).toInteger() > QDateTime::currentSecsSinceEpoch());
    QVERIFY(!claims.contains("roles"_L1));
}

void TestSandboxToken::rolesAreWhatAnAdministratorAssigned()
{
    m_tenant->setRoles(u"adele"_s, {u"GraphValet.Reader"_s});
    QCOMPARE(claimsOf(m_client->freshTokens()).value("roles"_L1).toArray(),
             QJsonArray{u"GraphValet.Reader"_s});
    m_tenant->setRoles(u"adele"_s, {});
    QVERIFY(!claimsOf(m_client->freshTokens()).contains("roles"_L1));
}

void TestSandboxToken::badExchanges_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("code");
    QTest::newRow("grant type missing") << u"grant_type"_s << QString() << 900144;
    QTest::newRow("grant type unknown") << u"grant_type"_s << u"password"_s << 70003;
    QTest::newRow("client id missing") << u"client_id"_s << QString() << 900144;
    QTest::newRow("client id of nobody") << u"client_id"_s << u"x"_s << 700016;
    QTest::newRow("code missing") << u"code"_s << QString() << 900144;
    QTest::newRow("code invented") << u"code"_s << u"1.Axyz"_s << 9002313;
    QTest::newRow("redirect missing") << u"redirect_uri"_s << QString() << 900144;
    QTest::newRow("redirect with another port")
        << u"redirect_uri"_s << u"http://localhost:4712"_s << 500112;
    QTest::newRow("redirect with a slash")
        << u"redirect_uri"_s << u"http://localhost:4711/"_s << 500112;
    QTest::newRow("verifier missing") << u"code_verifier"_s << QString() << 900144;
    QTest::newRow("verifier of another attempt")
        << u"code_verifier"_s << u"0123456789012345678901234567890123456789012"_s << 501481;
}

void TestSandboxToken::badExchanges()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const auto fields = m_client->codeFields(m_client->freshCode());
    const auto answer = m_client->token(SandboxClient::changed(fields, name, value));
    QCOMPARE(answer.status, 400);
    QTEST(errorCode(answer), "code");
    for (const auto &key :
         {"error"_L1, "error_description"_L1, "timestamp"_L1, "trace_id"_L1, "correlation_id"_L1})
        QVERIFY2(answer.json().contains(key), key.data());
    QVERIFY(!answer.json().contains("access_token"_L1));
}

void TestSandboxToken::codeWorksOnce()
{
    const auto fields = m_client->codeFields(m_client->freshCode());
    QCOMPARE(m_client->token(fields).status, 200);
    const auto second = m_client->token(fields);
    QCOMPARE(errorCode(second), 54005);
    QCOMPARE(second.json().value("error"_L1).toString(), u"invalid_grant"_s);
}

void TestSandboxToken::secretsOfClients_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("a secret") << u"client_secret"_s << u"secret"_s;
    QTest::newRow("an empty secret") << u"client_secret"_s << u""_s;
    QTest::newRow("an assertion") << u"client_assertion"_s << u"eyJ"_s;
}

void TestSandboxToken::secretsOfClients()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    auto fields = m_client->codeFields(m_client->freshCode());
    fields.append({name, value});
    const auto answer = m_client->token(fields);
    QCOMPARE(answer.status, 401);
    QCOMPARE(errorCode(answer), 700025);
}

void TestSandboxToken::otherPeoplesHeaders()
{
    const auto fields = m_client->codeFields(m_client->freshCode());
    QCOMPARE(errorCode(m_client->token(fields, {{"Authorization"_ba, "Basic eDo="_ba}})), 700025);
    QCOMPARE(errorCode(m_client->token(fields, {{"Origin"_ba, "http://evil.example"_ba}})),
             9002326);
    QCOMPARE(errorCode(m_client->token(fields, {}, u"fabrikam.com"_s)), 90002);
    auto twice = fields;
    twice.append({u"code"_s, u"x"_s});
    QCOMPARE(errorCode(m_client->token(twice)), 9000411);
    QUrl url = m_tenant->authority();
    url.setPath(u"/common/oauth2/v2.0/token"_s);
    QCOMPARE(errorCode(m_client->send("GET", url)), 900561);
    QCOMPARE(m_client->token(fields).status, 200); // none of these used up the code
}

void TestSandboxToken::refreshRotates()
{
    const QString first = m_client->freshTokens().value("refresh_token"_L1).toString();
    const QJsonObject next = m_client->token(m_client->refreshFields(first)).json();
    const QString second = next.value("refresh_token"_L1).toString();
    QVERIFY(!second.isEmpty());
    QVERIFY(second != first);
    QVERIFY(!claimsOf(next).contains("nonce"_L1));
    QCOMPARE(m_client->token(m_client->refreshFields(second)).status, 200);
    QCOMPARE(m_tenant->count(u"refreshWithReplacedToken"_s), 0);
    // As at Entra the old one stays valid; the sandbox counts its use.
    QCOMPARE(m_client->token(m_client->refreshFields(first)).status, 200);
    QCOMPARE(m_tenant->count(u"refreshWithReplacedToken"_s), 1);
    QCOMPARE(errorCode(m_client->token(m_client->refreshFields(u"1.Ainvented"_s))), 9002313);
}

void TestSandboxToken::withoutOfflineAccess()
{
    const QString code = m_client->freshCode(u"User.Read"_s);
    const QJsonObject tokens = m_client->token(m_client->codeFields(code)).json();
    QVERIFY(tokens.contains("access_token"_L1));
    QVERIFY(!tokens.contains("refresh_token"_L1));
    QVERIFY(!tokens.contains("id_token"_L1));
}

void TestSandboxToken::revoked()
{
    const QString token = m_client->freshTokens().value("refresh_token"_L1).toString();
    QUrl url = m_tenant->authority();
    url.setPath(u"/sandbox/revoke"_s);
    QCOMPARE(m_client->send("POST", url, "{}").status, 200);
    const auto answer = m_client->token(m_client->refreshFields(token));
    QCOMPARE(answer.json().value("error"_L1).toString(), u"invalid_grant"_s);
    QCOMPARE(errorCode(answer), 50173);
    QVERIFY(m_client->freshTokens().contains("refresh_token"_L1));
}

void TestSandboxToken::faults_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    QTest::newRow("token-500") << 500 << QString();
    QTest::newRow("token-503-retry-after") << 503 << u"temporarily_unavailable"_s;
    QTest::newRow("token-429") << 429 << u"temporarily_unavailable"_s;
    QTest::newRow("token-html") << 200 << QString();
    QTest::newRow("token-redirect") << 307 << QString();
    QTest::newRow("invalid-grant") << 400 << u"invalid_grant"_s;
    QTest::newRow("interaction-required") << 400 << u"interaction_required"_s;
    QTest::newRow("admin-consent-required") << 400 << u"invalid_grant"_s;
    QTest::newRow("loop-detected") << 400 << u"invalid_grant"_s;
    QTest::newRow("no-id-token") << 200 << QString();
}

void TestSandboxToken::faults()
{
    QFETCH(int, status);
    const QString token = m_client->freshTokens().value("refresh_token"_L1).toString();
    QVERIFY(m_tenant->setFault(QString::fromLatin1(QTest::currentDataTag())));
    const auto answer = m_client->token(m_client->refreshFields(token));
    QCOMPARE(answer.status, status);
    QTEST(answer.json().value("error"_L1).toString(), "error");
    QVERIFY(!answer.json().contains("id_token"_L1));
    if (status == 503 || status == 429)
        QCOMPARE(answer.header("Retry-After"), "1"_ba);
    QVERIFY(m_client->token(m_client->refreshFields(token)).json().contains("id_token"_L1));
}

void TestSandboxToken::idTokenFaults_data()
{
    QTest::addColumn<QString>("fault");
    QTest::newRow("wrong nonce") << u"wrong-nonce"_s;
    QTest::newRow("wrong audience") << u"wrong-audience"_s;
    QTest::newRow("expired") << u"expired-id-token"_s;
}

void TestSandboxToken::idTokenFaults()
{
    QFETCH(QString, fault);
    QVERIFY(m_tenant->setFault(fault));
    const QJsonObject claims = claimsOf(m_client->freshTokens());
    const bool nonceRight = claims.value("nonce"_L1).toString() == m_client->nonce();
    const bool audienceRight = claims.value("aud"_L1).toString() == m_tenant->clientId();
    const bool fresh = claims.value("exp"_L1).toInteger() > QDateTime::currentSecsSinceEpoch();
    QCOMPARE(nonceRight, fault != u"wrong-nonce");
    QCOMPARE(audienceRight, fault != u"wrong-audience");
    QCOMPARE(fresh, fault != u"expired-id-token");
}

void TestSandboxToken::secretsAreKnown()
{
    const QString code = m_client->freshCode();
    const auto fields = m_client->codeFields(code);
    const QJsonObject tokens = m_client->token(fields).json();
    m_client->token(m_client->refreshFields(u"seen-but-not-issued"_s));
    QUrl url = m_tenant->authority();
    url.setPath(u"/sandbox/secrets"_s);
    const QJsonArray values = m_client->send("GET", url).json().value("values"_L1).toArray();
    for (const QString &secret :
         {code, test_support::fieldValue(fields, u"code_verifier"_s),
          tokens.value("access_token"_L1).toString(), tokens.value("refresh_token"_L1).toString(),
          tokens.value("id_token"_L1).toString(), u"seen-but-not-issued"_s})
        QVERIFY2(values.contains(secret), qPrintable(secret));
    QCOMPARE(values.size(), 6);
    QCOMPARE(m_client->send("GET", url, {}, {{"Origin"_ba, "http://evil.example"_ba}}).status, 403);
}

QTEST_GUILESS_MAIN(TestSandboxToken)
#include "tst_sandbox_token.moc"
