// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The way to the token endpoint of the real cloud: a proxy leads it to a server of the test.

#include "auth/token_endpoint.h"
#include "tests/support/certificates.h"
#include "tests/support/connect_proxy.h"
#include "tests/support/scripted_server.h"
#include "tests/support/uses_proxy.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace test_support;

namespace {

const QString path = u"/organizations/oauth2/v2.0/token"_s;
const QJsonObject tokens{
    {u"token_type"_s, u"Bearer"_s}, {u"access_token"_s, u"new-access"_s}, {u"expires_in"_s, 3600}};

auth::TokenAnswer refreshed()
{
    auth::TokenEndpoint endpoint(*auth::EntraConfig::fromValues(
        {.clientId = u"9b2e4f6a-7c81-4d35-8e0f-1a2b3c4d5e6f"_s, .tenant = u"organizations"_s}));
    const auto future = endpoint.refresh(Secret("old-refresh"), {u"User.Read"_s}, {});
    (void)QTest::qWaitFor([&] { return future.isFinished(); }, 20000);
    if (!future.isFinished() || !future.result().ok())
        return auth::TokenFailure{.error = {.kind = Error::Kind::Bug}};
    return *future.result();
}

} // namespace

class TestTokenNetwork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theProxyOfTheSystemIsTaken()
    {
        const TrustsTestIssuer trust;
        ScriptedServer server(serverTls(u"good"_s));
        server.expect("POST", path, answer::json(200, tokens));
        ConnectProxy proxy(server.port());
        const UsesProxy uses(proxy.proxy());
        const auto answer = refreshed();
        QVERIFY(std::holds_alternative<auth::TokenSet>(answer));
        QCOMPARE(proxy.hosts(), QByteArrayList{"login.microsoftonline.com:443"});
        QVERIFY(!proxy.heads().join().contains("old-refresh"));
    }

    void anInspectedConnectionGetsNoToken()
    {
        ScriptedServer server(serverTls(u"good"_s)); // any request fails the test
        ConnectProxy proxy(server.port());
        const UsesProxy uses(proxy.proxy());
        const auto answer = refreshed();
        const auto *failure = std::get_if<auth::TokenFailure>(&answer);
        QVERIFY(failure);
        QCOMPARE(failure->error.kind, Error::Kind::Offline);
        QCOMPARE(failure->error.cause, Cause::IssuerNotTrusted);
        QCOMPARE(failure->error.intermediary, u"Contoso Proxy CA"_s);
        QVERIFY(!failure->isTokenDead);
    }

    void aProxyThatWantsAPasswordIsSaid()
    {
        ConnectProxy proxy(1);
        proxy.answerWith("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                         "Content-Length: 0\r\n\r\n");
        const UsesProxy uses(proxy.proxy());
        const auto answer = refreshed();
        const auto *failure = std::get_if<auth::TokenFailure>(&answer);
        QVERIFY(failure);
        QCOMPARE(failure->error.kind, Error::Kind::Offline);
        QCOMPARE(failure->error.cause, Cause::ProxyPassword);
        QVERIFY(!failure->isTokenDead);
    }

    void aPageInMicrosoftsPlace()
    {
        const TrustsTestIssuer trust; // a proxy that the organisation has made trusted
        ScriptedServer server(serverTls(u"good"_s));
        server.expect("POST", path,
                      answer::with(HttpResponse::text(200, "text/html", "<html>Blocked</html>")));
        ConnectProxy proxy(server.port());
        const UsesProxy uses(proxy.proxy());
        const auto answer = refreshed();
        const auto *failure = std::get_if<auth::TokenFailure>(&answer);
        QVERIFY(failure);
        QCOMPARE(failure->error.cause, Cause::NotMicrosoft);
    }
};

QTEST_GUILESS_MAIN(TestTokenNetwork)
#include "tst_token_network.moc"
