// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The authorization endpoint and its page: refuses what Entra refuses, and where it must not
// redirect it does not.

#include "tests/sandbox/sandbox_browser.h"
#include "tests/sandbox/sandbox_client.h"
#include "tests/support/scripted_server.h"

#include <QJsonArray>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace sandbox;
using test_support::fieldValue;
using test_support::FormFields;
using test_support::ScriptedServer;

class TestSandboxAuthorize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pageErrors_data();
    void pageErrors();
    void redirectErrors_data();
    void redirectErrors();
    void duplicatedParameter();
    void usedStateIsRefused();
    void registeredRedirects_data();
    void registeredRedirects();
    void knownTenants_data();
    void knownTenants();
    void pageIsSelfContained();
    void pageWorksOnce();
    void formPostReachesTheApp_data();
    void formPostReachesTheApp();
    void loginHintPicks();
    void discovery_data();
    void discovery();
    void registrationFaults();
};

void TestSandboxAuthorize::pageErrors_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("client id missing") << u"client_id"_s << QString() << "AADSTS900144"_ba;
    QTest::newRow("client id of nobody")
        << u"client_id"_s << u"00000000-0000-0000-0000-000000000000"_s << "AADSTS700016"_ba;
    QTest::newRow("redirect missing") << u"redirect_uri"_s << QString() << "AADSTS900144"_ba;
    QTest::newRow("redirect by number")
        << u"redirect_uri"_s << u"http://127.0.0.1:4711"_s << "AADSTS50011"_ba;
    QTest::newRow("redirect elsewhere")
        << u"redirect_uri"_s << u"https://evil.example/"_s << "AADSTS50011"_ba;
    QTest::newRow("response mode fragment")
        << u"response_mode"_s << u"fragment"_s << "AADSTS70007"_ba;
    QTest::newRow("state missing") << u"state"_s << QString() << "SANDBOX"_ba;
    QTest::newRow("state guessable") << u"state"_s << u"12345678"_s << "SANDBOX"_ba;
    QTest::newRow("client secret in the address") << u"client_secret"_s << u"x"_s << "SANDBOX"_ba;
}

void TestSandboxAuthorize::pageErrors()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QByteArray, code);
    SandboxTenant tenant;
    QVERIFY(tenant.listen());
    SandboxClient client(&tenant);
    const auto answer =
        client.authorize(SandboxClient::changed(client.authorizeFields(), name, value));
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.header("Location").isNull());
    QVERIFY2(answer.body.contains("id=\"service-error\">" + code + ':'), answer.body.constData());
    QVERIFY(!answer.body.contains("<form"));
}

void TestSandboxAuthorize::redirectErrors_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("error");
    QTest::newRow("response type missing")
        << u"response_type"_s << QString() << u"invalid_request"_s;
    QTest::newRow("implicit flow")
        << u"response_type"_s << u"id_token"_s << u"unsupported_response_type"_s;
    QTest::newRow("scope missing") << u"scope"_s << QString() << u"invalid_request"_s;
    QTest::newRow("scope unknown") << u"scope"_s << u"openid nonsense"_s << u"invalid_scope"_s;
    QTest::newRow("nonce missing") << u"nonce"_s << QString() << u"invalid_request"_s;
    QTest::newRow("challenge missing") << u"code_challenge"_s << QString() << u"invalid_request"_s;
    QTest::newRow("challenge too short") << u"code_challenge"_s << u"abc"_s << u"invalid_request"_s;
    QTest::newRow("challenge method plain")
        << u"code_challenge_method"_s << u"plain"_s << u"invalid_request"_s;
    QTest::newRow("challenge method missing")
        << u"code_challenge_method"_s << QString() << u"invalid_request"_s;
    QTest::newRow("claims no JSON") << u"claims"_s << u"{"_s << u"invalid_request"_s;
    QTest::newRow("silent sign-in") << u"prompt"_s << u"none"_s << u"login_required"_s;
}

void TestSandboxAuthorize::redirectErrors()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, error);
    SandboxTenant tenant;
    QVERIFY(tenant.listen());
    SandboxClient client(&tenant);
    const auto answer =
        client.authorize(SandboxClient::changed(client.authorizeFields(), name, value));
    QCOMPARE(answer.status, 302);
    QVERIFY(answer.header("Location").startsWith("http://localhost:4711/?"));
    const FormFields back = SandboxClient::redirected(answer);
    QCOMPARE(fieldValue(back, u"error"_s), error);
    QCOMPARE(fieldValue(back, u"state"_s), client.state());
    QVERIFY(!test_support::hasField(back, u"code"_s));
}

void TestSandboxAuthorize::duplicatedParameter()
{
    SandboxTenant tenant;
    QVERIFY(tenant.listen());
    SandboxClient client(&tenant);
    auto fields = client.authorizeFields();
    fields.append({u"scope"_s, u"openid"_s});
    QVERIFY(client.authorize(fields).body.contains("AADSTS9000411"));
}

void TestSandboxAuthorize::usedStateIsRefused()
{
    SandboxTenant tenant;
    QVERIFY(tenant.listen());
    SandboxClient client(&tenant);
    const auto fields = client.authorizeFields();
    QCOMPARE(client.authorize(fields).status, 200);
    QCOMPARE(fieldValue(SandboxClient::redirected(client.authorize(fields)), u"error"_s),
             u"invalid_request"_s);
}

void TestSandboxAuthorize::registeredRedirects_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("registered");
    QTest::newRow("with port") << u"http://localhost:54321"_s << true;
    QTest::newRow("without port") << u"http://localhost"_s << true;
    QTest::newRow("other path") << u"http://localhost:54321/callback"_s << false;
    QTest::newRow("slash") << u"http://localhost:54321/"_s << false;
    QTest::newRow("https") << u"https://localhost:54321"_s << false;
    QTest::newRow("IPv4") << u"http://127.0.0.1:54321"_s << false;
    QTest::newRow("IPv6") << u"http://[::1]:54321"_s << false;
    QTest::newRow("look-alike host") << u"http://localhost.evil.example:54321"_s << false;
    QTest::newRow("user part") << u"http://localhost:54321@evil.example"_s << false;
    QTest::newRow("query") << u"http://localhost:54321?x=1"_s << false;
    QTest::newRow("line feed at the end") << u"http://localhost:54321\n"_s << false;
}

void TestSandboxAuthorize::registeredRedirects()
{
    QFETCH(QString, address);
    QTEST(isRegisteredRedirect(address), "registered");
}

void TestSandboxAuthorize::knownTenants_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("status");
    QTest::newRow("organizations") << u"organizations"_s << 200;
    QTest::newRow("common") << u"common"_s << 200;
    QTest::newRow("by id") << u"5c7a1f0e-3c1b-4a57-9d0e-2f6b8a1c4d90"_s << 200;
    QTest::newRow("by domain") << u"contoso.onmicrosoft.com"_s << 200;
    QTest::newRow("another one") << u"fabrikam.onmicrosoft.com"_s << 400;
    QTest::newRow("personal accounts only") << u"consumers"_s << 400;
}

void TestSandboxAuthorize::knownTenants()
{
    QFETCH(QString, name);
    SandboxTenant tenant;
    QVERIFY(tenant.listen());
    SandboxClient client(&tenant);
    QTEST(client.authorize(client.authorizeFields(), name).status, "status");
}

void TestSandboxAuthorize::pageIsSelfContained()
{
    SandboxTenant tenant;
    QVERIFY(tenant.listen());
    SandboxClient client(&tenant);
    const auto answer = client.authorize(client.authorizeFields());
    for (const char *id : {"person-adele", "person-alex", "continue", "cancel"})
        QVERIFY2(answer.body.contains(QByteArray("id=\"") + id + '"'), id);
    QVERIFY(!answer.body.contains("http://"));
    QVERIFY(!answer.body.contains("https://"));
    QCOMPARE(answer.header("Cache-Control"), "no-store"_ba);
    QVERIFY(answer.header("Content-Security-Policy").startsWith("default-src 'none'"));
}

void TestSandboxAuthorize::pageWorksOnce()
{
    SandboxTenant tenant;
    QVERIFY(tenant.listen());
    SandboxClient client(&tenant);
    const auto shown = client.authorize(client.authorizeFields());
    const auto begin = shown.body.indexOf("name=\"request\" value=\"") + 22;
    const QString id =
        QString::fromLatin1(shown.body.mid(begin, shown.body.indexOf('"', begin) - begin));
    QUrl url = tenant.authority();
    url.setPath(u"/common/signin"_s);
    const QByteArray body = SandboxClient::encoded(
        {{u"request"_s, id}, {u"person"_s, u"adele"_s}, {u"action"_s, u"continue"_s}});
    QCOMPARE(client.send("POST", url, body).status, 302);
    QCOMPARE(client.send("POST", url, body).status, 400);
}

void TestSandboxAuthorize::formPostReachesTheApp_data()
{
    QTest::addColumn<QString>("person");
    QTest::addColumn<bool>("cancel");
    QTest::newRow("Adele continues") << u"adele"_s << false;
    QTest::newRow("Alex continues, with a code that needs encoding") << u"alex"_s << false;
    QTest::newRow("Adele cancels") << u"adele"_s << true;
}

void TestSandboxAuthorize::formPostReachesTheApp()
{
    QFETCH(QString, person);
    QFETCH(bool, cancel);
    SandboxTenant tenant;
    QVERIFY(tenant.listen());
    SandboxClient client(&tenant);
    ScriptedServer app;
    app.expect("POST", u"/"_s, test_support::answer::with({.status = 200, .body = "thanks"}));
    auto fields =
        SandboxClient::changed(client.authorizeFields(), u"response_mode"_s, u"form_post"_s);
    fields =
        SandboxClient::changed(fields, u"redirect_uri"_s, u"http://localhost:%1"_s.arg(app.port()));
    QUrl url = tenant.authority();
    url.setPath(u"/common/oauth2/v2.0/authorize"_s);
    url.setQuery(QString::fromLatin1(SandboxClient::encoded(fields)), QUrl::StrictMode);

    SandboxBrowser browser;
    browser.setPerson(person);
    browser.setClick(cancel ? SandboxBrowser::Click::Cancel : SandboxBrowser::Click::Continue);
    QSignalSpy finished(&browser, &SandboxBrowser::finished);
    browser.open(url);
    QVERIFY(finished.wait());
    QCOMPARE(finished.first().at(1).toByteArray(), "thanks"_ba);
    const FormFields form = app.requests().first().form();
    QCOMPARE(fieldValue(form, u"state"_s), client.state());
    if (cancel) {
        QCOMPARE(fieldValue(form, u"error"_s), u"access_denied"_s);
        QVERIFY(!test_support::hasField(form, u"code"_s));
        QVERIFY(tenant.secrets().isEmpty());
    } else {
        QCOMPARE(tenant.secrets(), QByteArrayList{fieldValue(form, u"code"_s).toUtf8()});
    }
}

void TestSandboxAuthorize::loginHintPicks()
{
    SandboxTenant tenant;
    QVERIFY(tenant.listen());
    SandboxClient client(&tenant);
    const auto answer = client.authorize(SandboxClient::changed(
        client.authorizeFields(), u"login_hint"_s, u"alexw@contoso.onmicrosoft.com"_s));
    QVERIFY(answer.body.contains("id=\"person-alex\" checked"));
    QVERIFY(!answer.body.contains("id=\"person-adele\" checked"));
}

void TestSandboxAuthorize::discovery_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isKnown");
    QTest::newRow("id") << u"id"_s << true;
    QTest::newRow("for many") << u"organizations"_s << true;
    QTest::newRow("nobody's") << u"nobody.example"_s << false;
}

void TestSandboxAuthorize::discovery()
{
    QFETCH(QString, name);
    QFETCH(bool, isKnown);
    SandboxTenant tenant;
    QVERIFY(tenant.listen());
    SandboxClient client(&tenant);
    QUrl url = tenant.authority();
    url.setPath(u'/' + (name == u"id" ? tenant.tenantId() : name)
                + u"/v2.0/.well-known/openid-configuration"_s);
    const auto answer = client.send("GET", url);
    QCOMPARE(answer.status, isKnown ? 200 : 400);
    if (isKnown) {
        QVERIFY(answer.json()
                    .value("token_endpoint"_L1)
                    .toString()
                    .startsWith(tenant.authority().toString()));
        QVERIFY(answer.json().value("issuer"_L1).toString().endsWith(u"/v2.0"_s));
    } else {
        QCOMPARE(answer.json().value("error"_L1).toString(), u"invalid_tenant"_s);
        QCOMPARE(answer.json().value("error_codes"_L1).toArray(), QJsonArray{90002});
    }
    QVERIFY(tenant.setFault(u"discovery-html"_s));
    QVERIFY(client.send("GET", url).json().isEmpty());
}

void TestSandboxAuthorize::registrationFaults()
{
    SandboxTenant tenant;
    QVERIFY(tenant.listen());
    SandboxClient client(&tenant);
    QVERIFY(tenant.setFault(u"redirect-missing"_s));
    QVERIFY(client.authorize(client.authorizeFields()).body.contains("AADSTS50011"));
    QVERIFY(tenant.setFault(u"single-tenant"_s));
    QCOMPARE(client.authorize(client.authorizeFields(), tenant.tenantId()).status, 200);
    QVERIFY(client.authorize(client.authorizeFields()).body.contains("AADSTS50194"));
    QVERIFY(tenant.setFault(u"single-tenant"_s));
    const auto codeOf = [](const SandboxClient::Answer &answer) {
        return answer.json().value("error_codes"_L1).toArray().at(0).toInt();
    };
    QCOMPARE(codeOf(client.token(client.codeFields(u"x"_s))), 50194);
    QVERIFY(tenant.setFault(u"not-public"_s));
    QCOMPARE(codeOf(client.token(client.codeFields(u"x"_s))), 7000218);
    QCOMPARE(codeOf(client.token(client.codeFields(u"x"_s))), 9002313);
}

QTEST_GUILESS_MAIN(TestSandboxAuthorize)
#include "tst_sandbox_authorize.moc"
