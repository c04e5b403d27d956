// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sign-in, refresh and Graph on a computer that has ::1 and no 127.0.0.1. To be run by
// tests/support/ipv6_only.sh; elsewhere it is skipped.

#include "mcp/graph/graph_client.h"
#include "tests/auth/session_world.h"

#include <QTcpServer>

using namespace Qt::StringLiterals;

class TestIpv6Only : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QTcpServer().listen(QHostAddress::LocalHost))
            QSKIP("there is IPv4; run it with tests/support/ipv6_only.sh");
    }

    void allOfIt()
    {
        SessionWorld world;
        QCOMPARE(world.tenant.authority().host(), u"::1"_s);
        QVERIFY(world.signIn());
        QVERIFY(world.opener.last.toString().contains(u"localhost"));

        world.aheadSeconds = 24 * 3600;
        const auto token = awaited(world.session->tokenFor(world.request()));
        QCOMPARE(outcome(token), QString());
        QCOMPARE(world.refreshes(), 1);

        mcp::GraphClient graph(world.session.get());
        graph.setGraphUrl(world.tenant.graphUrl());
        auto context = std::make_shared<mcp::RequestContext>();
        context->principal = world.session->defaultPrincipal();
        const auto me =
            awaited(graph.get({.path = u"/v1.0/me"_s, .scopes = {u"User.Read"_s}}, context));
        QCOMPARE(outcome(me), QString());
        QVERIFY(me->contains(u"displayName"_s));
        QCOMPARE(world.tenant.violations(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestIpv6Only)
#include "tst_ipv6_only.moc"
