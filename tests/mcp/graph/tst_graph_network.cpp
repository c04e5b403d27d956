// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The way to the real Graph: a proxy leads it to a server of the test.

#include "mcp/graph/graph_client.h"
#include "tests/mcp/support/fakes.h"
#include "tests/support/certificates.h"
#include "tests/support/connect_proxy.h"
#include "tests/support/scripted_server.h"
#include "tests/support/uses_proxy.h"

using namespace Qt::StringLiterals;
using namespace mcp;
using namespace test_support;

namespace {

const QString path = u"/v1.0/me"_s;

Result<QJsonObject> get()
{
    FakeTokenSource tokens;
    GraphClient client(&tokens);
    client.setGraphUrl(QUrl(u"https://graph.microsoft.com"_s));
    const auto future = client.get({.path = path}, std::make_shared<RequestContext>());
    (void)QTest::qWaitFor([&] { return future.isFinished(); }, 20000);
    if (!future.isFinished())
        return Error{.kind = Error::Kind::Bug, .detail = u"never"_s};
    return future.result();
}

} // namespace

class TestGraphNetwork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theProxyOfTheSystemIsTaken()
    {
        const TrustsTestIssuer trust;
        ScriptedServer server(serverTls(u"good"_s));
        server.expect("GET", path, answer::json(200, {{u"id"_s, u"1"_s}}));
        ConnectProxy proxy(server.port());
        const UsesProxy uses(proxy.proxy());
        const auto result = get();
        QVERIFY(result.ok());
        QCOMPARE(proxy.hosts(), QByteArrayList{"graph.microsoft.com:443"});
        QVERIFY(!proxy.heads().join().contains("Authorization:"));
    }

    void certificates_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<bool>("isIssuerTrusted");
        QTest::addColumn<Cause>("cause");
        QTest::newRow("inspected") << u"good"_s << false << Cause::IssuerNotTrusted;
        QTest::newRow("expired") << u"expired"_s << true << Cause::CertificateDate;
        QTest::newRow("captive portal") << u"other"_s << true << Cause::CertificateOfAnother;
    }
    void certificates()
    {
        QFETCH(QString, certificate);
        QFETCH(bool, isIssuerTrusted);
        std::optional<TrustsTestIssuer> trust;
        if (isIssuerTrusted)
            trust.emplace();
        ScriptedServer server(serverTls(certificate)); // any request fails the test
        ConnectProxy proxy(server.port());
        const UsesProxy uses(proxy.proxy());
        const auto result = get();
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, Error::Kind::Offline);
        QTEST(result.error().cause, "cause");
        QCOMPARE(result.error().intermediary, u"Contoso Proxy CA"_s);
        QCOMPARE(proxy.hosts().size(), 1); // not tried again
    }

    void aProxyThatRefuses()
    {
        ConnectProxy proxy(1);
        proxy.answerWith("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        const UsesProxy uses(proxy.proxy());
        const auto result = get();
        QVERIFY(!result.ok());
        QCOMPARE(result.error().cause, Cause::Proxy);
        QCOMPARE(result.error().intermediary, u"127.0.0.1:%1"_s.arg(proxy.proxy().port()));
    }

    void whoAnswersInMicrosoftsPlace_data()
    {
        QTest::addColumn<Answer>("scripted");
        QTest::addColumn<Cause>("cause");
        const auto page = [](int status) {
            return HttpResponse::text(status, "text/html", "<html>Blocked</html>");
        };
        QTest::newRow("a page") << answer::with(page(200)) << Cause::NotMicrosoft;
        QTest::newRow("a redirect to a portal")
            << answer::with(HttpResponse::redirect(302, QUrl(u"https://portal.example/"_s)))
            << Cause::NotMicrosoft;
        QTest::newRow("511") << answer::with(page(511)) << Cause::NotMicrosoft;
        QTest::newRow("not JSON, but of Graph")
            << answer::with(page(200).withHeader("request-id", "graph-id")) << Cause::None;
        QTest::newRow("a page with 500") << answer::with(page(500)) << Cause::None;
    }
    void whoAnswersInMicrosoftsPlace()
    {
        QFETCH(Answer, scripted);
        const TrustsTestIssuer trust; // a proxy that the organisation has made trusted
        ScriptedServer server(serverTls(u"good"_s));
        server.expect("GET", path, scripted);
        ConnectProxy proxy(server.port());
        const UsesProxy uses(proxy.proxy());
        const auto result = get();
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, Error::Kind::ServiceFault);
        QTEST(result.error().cause, "cause");
    }
};

QTEST_GUILESS_MAIN(TestGraphNetwork)
#include "tst_graph_network.moc"
