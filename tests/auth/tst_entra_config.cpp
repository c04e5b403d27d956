// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/entra_config.h"

#include <QTest>

using namespace Qt::StringLiterals;
using auth::EntraConfig;

namespace {

const QString clientId = u"9b2e4f6a-7c81-4d35-8e0f-1a2b3c4d5e6f"_s;
const QString tenant = u"5c7a1f0e-3c1b-4a57-9d0e-2f6b8a1c4d90"_s;

} // namespace

class TestEntraConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePageOfTheAdministrator_data()
    {
        QTest::addColumn<QString>("configured");
        QTest::addColumn<QString>("ofAccount");
        QTest::addColumn<QString>("inPath");
        QTest::newRow("a tenant id") << tenant << u"other"_s << tenant;
        QTest::newRow("a domain") << u"contoso.com"_s << QString() << u"contoso.com"_s;
        QTest::newRow("several, account known") << u"organizations"_s << tenant << tenant;
        QTest::newRow("several, account unknown") << u"common"_s << QString() << u"organizations"_s;
    }
    void thePageOfTheAdministrator()
    {
        QFETCH(QString, configured);
        QFETCH(QString, ofAccount);
        QFETCH(QString, inPath);
        const auto config =
            EntraConfig::fromValues({.clientId = clientId,
                                     .tenant = configured,
                                     .authority = u"https://login.microsoftonline.us"_s,
                                     .graphUrl = u"https://graph.microsoft.us"_s});
        QVERIFY(config.ok());
        QCOMPARE(
            QString::fromLatin1(
                config->adminConsentUrl(ofAccount, {u"User.Read"_s, u"https://x.example/Y"_s})
                    .toEncoded()),
            u"https://login.microsoftonline.us/"_s + inPath + u"/v2.0/adminconsent?client_id="_s
                + clientId
                + u"&scope=https%3A%2F%2Fgraph.microsoft.us%2FUser.Read%20https%3A%2F%2Fx.example"
                  "%2FY&redirect_uri=http%3A%2F%2Flocalhost"_s);
    }

    void defaultsToTheGlobalCloud()
    {
        const auto config = EntraConfig::fromValues({.clientId = clientId, .tenant = tenant});
        QVERIFY(config.ok());
        QCOMPARE(config->authorityText(), u"https://login.microsoftonline.com"_s);
        QCOMPARE(config->authorizeUrl().toString(),
                 u"https://login.microsoftonline.com/%1/oauth2/v2.0/authorize"_s.arg(tenant));
        QCOMPARE(config->tokenUrl().toString(),
                 u"https://login.microsoftonline.com/%1/oauth2/v2.0/token"_s.arg(tenant));
        QCOMPARE(config->logoutUrl().toString(),
                 u"https://login.microsoftonline.com/%1/oauth2/v2.0/logout"_s.arg(tenant));
        QCOMPARE(config->graphUrl.toString(), u"https://graph.microsoft.com"_s);
        QCOMPARE(config->responseMode, u"form_post"_s);
        QVERIFY(!config->isLoopback());
    }

    void clouds_data()
    {
        QTest::addColumn<QString>("cloud");
        QTest::addColumn<QString>("authority"); // given
        QTest::addColumn<QString>("graph"); // given
        QTest::addColumn<QString>("expected"); // authority and Graph; empty: refused
        const QString global = u"https://login.microsoftonline.com https://graph.microsoft.com"_s;
        const QString us = u"https://login.microsoftonline.us https://graph.microsoft.us"_s;
        const QString dod = u"https://login.microsoftonline.us https://dod-graph.microsoft.us"_s;
        const QString china =
            u"https://login.partner.microsoftonline.cn https://microsoftgraph.chinacloudapi.cn"_s;
        const QString none;
        QTest::newRow("no name") << none << none << none << global;
        QTest::newRow("global") << u"global"_s << none << none << global;
        QTest::newRow("US Government") << u"usGov"_s << none << none << us;
        QTest::newRow("US Government DoD") << u"usGovDod"_s << none << none << dod;
        QTest::newRow("China") << u"china"_s << none << none << china;
        QTest::newRow("another case") << u"USGOVDOD"_s << none << none << dod;
        QTest::newRow("no cloud") << u"mars"_s << none << none << none;
        QTest::newRow("addresses win") << u"china"_s << u"https://login.microsoftonline.us"_s
                                       << u"https://graph.microsoft.us"_s << us;
        QTest::newRow("an address of the same cloud, and the other one of the preset")
            << u"usGov"_s << none << u"https://dod-graph.microsoft.us"_s << dod;
        QTest::newRow("an address of another cloud, and the other one of the preset")
            << u"china"_s << none << u"https://graph.microsoft.us"_s << none;
        QTest::newRow("half a sandbox") << u"usGov"_s << u"http://localhost:1"_s << none << none;
    }
    void clouds()
    {
        QFETCH(QString, cloud);
        QFETCH(QString, authority);
        QFETCH(QString, graph);
        QFETCH(QString, expected);
        const auto config = EntraConfig::fromValues({.clientId = clientId,
                                                     .tenant = tenant,
                                                     .cloud = cloud,
                                                     .authority = authority,
                                                     .graphUrl = graph});
        QCOMPARE(config.ok(), !expected.isEmpty());
        if (config.ok())
            QCOMPARE(config->authorityText() + u' ' + config->graphUrl.toString(), expected);
        else
            QCOMPARE(config.error().kind, Error::Kind::Misconfigured);
    }

    void endpoints_data()
    {
        QTest::addColumn<QString>("authority");
        QTest::addColumn<QString>("graph");
        QTest::addColumn<bool>("policy");
        QTest::addColumn<QString>("complaint"); // empty: accepted

        const auto row = [](const char *name, const QString &authority, const QString &graph,
                            const QString &complaint = {}, bool policy = false) {
            QTest::newRow(name) << authority << graph << policy << complaint;
        };
        const QString global = u"https://login.microsoftonline.com"_s;
        const QString graph = u"https://graph.microsoft.com"_s;
        row("global", global, graph);
        row("a lone slash is no path", global + u'/', graph + u'/');
        row("the default port is no other origin", global + u":443"_s, graph);
        row("US Government L4", u"https://login.microsoftonline.us"_s,
            u"https://graph.microsoft.us"_s);
        row("US Government DoD", u"https://login.microsoftonline.us"_s,
            u"https://dod-graph.microsoft.us"_s);
        row("China", u"https://login.partner.microsoftonline.cn"_s,
            u"https://microsoftgraph.chinacloudapi.cn"_s);
        row("both loopback, plain", u"http://127.0.0.1:8080"_s, u"http://localhost:8081"_s);
        row("both loopback, IPv6", u"http://[::1]:8080"_s, u"http://[::1]:8080"_s);
        row("both loopback, https", u"https://localhost:8080"_s, u"https://localhost:8081"_s);

        row("a Graph of another cloud", global, u"https://graph.microsoft.us"_s,
            u"GRAPH_VALET_GRAPH_URL: is not Microsoft Graph of the cloud"_s);
        row("a Graph of nobody", global, u"https://graph.example.com"_s,
            u"GRAPH_VALET_GRAPH_URL"_s);
        row("an authority of nobody", u"https://login.example.com"_s, graph,
            u"GRAPH_VALET_AUTHORITY"_s);
        row("a name that only begins like Microsoft's",
            u"https://login.microsoftonline.com.example.com"_s, graph, u"GRAPH_VALET_AUTHORITY"_s);
        row("another port of Microsoft's host", global + u":8443"_s, graph,
            u"GRAPH_VALET_AUTHORITY"_s);
        row("Graph elsewhere, authority on loopback", u"http://127.0.0.1:1"_s, graph,
            u"GRAPH_VALET_GRAPH_URL: either both"_s);
        row("authority elsewhere, Graph on loopback", global, u"http://127.0.0.1:1"_s,
            u"GRAPH_VALET_AUTHORITY: either both"_s);
        row("plain http to Microsoft", u"http://login.microsoftonline.com"_s, graph,
            u"GRAPH_VALET_AUTHORITY: plain http is allowed on loopback only"_s);
        row("plain http to Graph", global, u"http://graph.microsoft.com"_s,
            u"GRAPH_VALET_GRAPH_URL: plain http"_s);
        row("a host that only looks like loopback", u"http://127.0.0.1.example.com"_s,
            u"http://127.0.0.1:1"_s, u"GRAPH_VALET_AUTHORITY: plain http"_s);
        row("another loopback address", u"http://127.0.0.2:1"_s, u"http://127.0.0.1:1"_s,
            u"GRAPH_VALET_AUTHORITY: plain http"_s);
        row("a user name", u"https://me@login.microsoftonline.com"_s, graph,
            u"GRAPH_VALET_AUTHORITY: must not hold a user name"_s);
        row("an empty user name", u"https://@login.microsoftonline.com"_s, graph,
            u"GRAPH_VALET_AUTHORITY: must not hold a user name"_s);
        row("a query", global + u"?x=1"_s, graph,
            u"GRAPH_VALET_AUTHORITY: must not hold a query"_s);
        row("a fragment", global, graph + u"#x"_s,
            u"GRAPH_VALET_GRAPH_URL: must not hold a query"_s);
        row("a path", global, graph + u"/v1.0"_s, u"GRAPH_VALET_GRAPH_URL: must not hold a path"_s);
        row("no scheme", u"login.microsoftonline.com"_s, graph, u"GRAPH_VALET_AUTHORITY: is not"_s);
        row("another scheme", u"ftp://127.0.0.1"_s, u"http://127.0.0.1:1"_s,
            u"GRAPH_VALET_AUTHORITY: must begin"_s);
        row("no host", u"https://"_s, graph, u"GRAPH_VALET_AUTHORITY: is not"_s);
        row("a blank in it", u"https://login.microsoft online.com"_s, graph,
            u"GRAPH_VALET_AUTHORITY: is not"_s);

        row("policy may name others", u"https://login.example.com"_s,
            u"https://graph.example.com"_s, {}, true);
        row("policy may not use plain http", u"http://login.example.com"_s,
            u"https://graph.example.com"_s, u"GRAPH_VALET_AUTHORITY: plain http"_s, true);
        row("policy may use plain http on loopback", u"http://localhost:1"_s,
            u"http://localhost:2"_s, {}, true);
        row("policy may not hold a path either", u"https://login.example.com/x"_s,
            u"https://graph.example.com"_s, u"GRAPH_VALET_AUTHORITY: must not hold a path"_s, true);
    }
    void endpoints()
    {
        QFETCH(QString, authority);
        QFETCH(QString, graph);
        QFETCH(bool, policy);
        QFETCH(QString, complaint);
        const auto config = EntraConfig::fromValues({.clientId = clientId,
                                                     .tenant = tenant,
                                                     .authority = authority,
                                                     .graphUrl = graph,
                                                     .endpointsFromPolicy = policy});
        if (complaint.isEmpty()) {
            QVERIFY2(config.ok(), config.ok() ? "" : qPrintable(config.error().detail));
            QVERIFY(config->authority.path().isEmpty());
            QVERIFY(!config->authorityText().endsWith(u'/'));
            return;
        }
        QVERIFY(!config.ok());
        QCOMPARE(config.error().kind, Error::Kind::Misconfigured);
        QVERIFY2(config.error().detail.startsWith(complaint), qPrintable(config.error().detail));
    }

    void registration_data()
    {
        QTest::addColumn<QString>("client");
        QTest::addColumn<QString>("tenantValue");
        QTest::addColumn<QString>("kind"); // empty: accepted
        QTest::newRow("ids") << clientId << tenant << QString();
        QTest::newRow("upper case") << clientId.toUpper() << tenant.toUpper() << QString();
        QTest::newRow("domain") << clientId << u"contoso.onmicrosoft.com"_s << QString();
        QTest::newRow("organizations") << clientId << u"organizations"_s << QString();
        QTest::newRow("common") << clientId << u"common"_s << QString();
        QTest::newRow("consumers") << clientId << u"consumers"_s << QString();
        QTest::newRow("no client id") << QString() << tenant << u"NotConfigured"_s;
        QTest::newRow("no tenant") << clientId << QString() << u"NotConfigured"_s;
        QTest::newRow("client id in braces")
            << u'{' + clientId + u'}' << tenant << u"Misconfigured"_s;
        QTest::newRow("client id with a line feed")
            << clientId + u'\n' << tenant << u"Misconfigured"_s;
        QTest::newRow("client id is a name") << u"my-app"_s << tenant << u"Misconfigured"_s;
        QTest::newRow("tenant climbs out") << clientId << u"../x"_s << u"Misconfigured"_s;
        QTest::newRow("tenant with a slash")
            << clientId << u"contoso.com/oauth2"_s << u"Misconfigured"_s;
        QTest::newRow("tenant with a query")
            << clientId << u"contoso.com?a"_s << u"Misconfigured"_s;
        QTest::newRow("tenant without a dot") << clientId << u"contoso"_s << u"Misconfigured"_s;
        QTest::newRow("tenant with a blank") << clientId << u"contoso .com"_s << u"Misconfigured"_s;
    }
    void registration()
    {
        QFETCH(QString, client);
        QFETCH(QString, tenantValue);
        QFETCH(QString, kind);
        const auto config = EntraConfig::fromValues({.clientId = client, .tenant = tenantValue});
        QCOMPARE(config.ok() ? QString() : QString(kindName(config.error().kind)), kind);
        if (config.ok()) {
            QCOMPARE(config->clientId, clientId);
            QCOMPARE(config->tenant, tenantValue.toLower());
        } else {
            QVERIFY(config.error().detail.startsWith(u"GRAPH_VALET_"_s));
        }
    }
};

QTEST_GUILESS_MAIN(TestEntraConfig)
#include "tst_entra_config.moc"
