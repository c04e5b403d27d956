// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Teams' side of the sandbox: it answers and refuses as Graph's documentation says.

#include "tests/sandbox/sandbox_client.h"
#include "tests/sandbox/teams.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace sandbox;

namespace {

const QString fair = u"/v1.0/chats/19:2da4c29f6d7041eca70b638b43d45437@thread.v2/messages"_s;
const QString retail = u"/v1.0/teams/fbe2bf47-16c8-47cf-b4a5-4b9b187c508b/channels"_s;
const QString general = retail + u"/19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2/messages"_s;

} // namespace

class TestSandboxTeams : public QObject
{
    Q_OBJECT

private:
    SandboxClient::Answer ask(const QString &pathAndQuery, const QStringList &scopes = allScopes())
    {
        return m_client->send(
            "GET", QUrl(m_tenant->graphUrl().toString() + pathAndQuery), {},
            {{"Authorization", "Bearer " + m_tenant->issueAccessToken(u"adele"_s, scopes)}});
    }
    static QStringList allScopes()
    {
        return {u"Chat.Read"_s, u"Team.ReadBasic.All"_s, u"Channel.ReadBasic.All"_s,
                u"ChannelMessage.Read.All"_s};
    }
    static QStringList idsOf(const QJsonArray &all)
    {
        QStringList ids;
        for (const auto &one : all)
            ids.append(one["id"_L1].toString());
        return ids;
    }

    std::unique_ptr<SandboxTenant> m_tenant;
    std::unique_ptr<SandboxClient> m_client;

private Q_SLOTS:
    void init()
    {
        m_tenant = std::make_unique<SandboxTenant>();
        QVERIFY(m_tenant->listen());
        m_client = std::make_unique<SandboxClient>(m_tenant.get());
    }

    void eachNeedsItsScope_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("scope");
        QTest::newRow("chats") << u"/v1.0/me/chats"_s << u"Chat.Read"_s;
        QTest::newRow("what a chat says") << fair << u"Chat.Read"_s;
        QTest::newRow("teams") << u"/v1.0/me/joinedTeams"_s << u"Team.ReadBasic.All"_s;
        QTest::newRow("channels") << retail << u"Channel.ReadBasic.All"_s;
        QTest::newRow("what a channel says") << general << u"ChannelMessage.Read.All"_s;
    }
    void eachNeedsItsScope()
    {
        QFETCH(QString, path);
        QFETCH(QString, scope);
        QCOMPARE(ask(path, {scope}).status, 200);
        QStringList others = allScopes();
        others.removeAll(scope);
        QCOMPARE(ask(path, others).status, 403);
    }

    void pagesGoOnByAToken()
    {
        QString path = fair + u"?$top=25&$orderby=createdDateTime%20desc"_s;
        QStringList seen;
        int pages = 0;
        for (; !path.isEmpty() && pages < 10; ++pages) {
            const QJsonObject body = ask(path).json();
            QVERIFY(!body["value"_L1].toArray().isEmpty());
            seen += idsOf(body["value"_L1].toArray());
            const QUrl next(body["@odata.nextLink"_L1].toString());
            path = next.isEmpty()
                ? QString()
                : next.path(QUrl::FullyEncoded) + u'?' + next.query(QUrl::FullyEncoded);
        }
        QCOMPARE(pages, 3);
        QJsonArray all;
        for (const QJsonObject &message :
             Teams::chatMessages(u"19:2da4c29f6d7041eca70b638b43d45437@thread.v2"_s))
            all.append(message);
        QCOMPARE(seen, idsOf(all));
    }

    void chatsHaveWhatWasExpanded()
    {
        const QJsonValue plain = ask(u"/v1.0/me/chats"_s).json()["value"_L1][0];
        QVERIFY(plain.isObject() && !plain.toObject().contains("members"_L1));
        const QJsonArray all = ask(u"/v1.0/me/chats?$expand=members,lastMessagePreview"_s)
                                   .json()["value"_L1]
                                   .toArray();
        QVERIFY(all.size() > 5);
        QVERIFY(all[0]["members"_L1].toArray().size() >= 2);
        QVERIFY(all[0]["lastMessagePreview"_L1]["body"_L1].isObject());
        QVERIFY(all.last()["lastMessagePreview"_L1].isNull());
    }

    void repliesAreApart()
    {
        const QJsonArray all = ask(general).json()["value"_L1].toArray();
        QVERIFY(!all.last().toObject().contains("replies"_L1));
        const QString id = all.last()["id"_L1].toString();
        QCOMPARE(ask(general + u'/' + id + u"/replies"_s).json()["value"_L1].toArray().size(), 3);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::newRow("too many at once") << fair + u"?$top=51"_s << 400;
        QTest::newRow("the oldest first") << fair + u"?$orderby=createdDateTime"_s << 400;
        QTest::newRow("selecting of messages") << fair + u"?$select=id"_s << 400;
        QTest::newRow("a token that is none") << fair + u"?$skiptoken=AAAA"_s << 400;
        QTest::newRow("chats by another order")
            << u"/v1.0/me/chats?$orderby=lastUpdatedDateTime%20desc"_s << 400;
        QTest::newRow("expanding what chats have not") << u"/v1.0/me/chats?$expand=tabs"_s << 400;
        QTest::newRow("parameters of teams") << u"/v1.0/me/joinedTeams?$top=5"_s << 400;
        QTest::newRow("sorted channel messages")
            << general + u"?$orderby=createdDateTime%20desc"_s << 400;
        QTest::newRow("a chat of others")
            << u"/v1.0/chats/19:a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1@thread.v2/messages"_s << 403;
        QTest::newRow("a team of others")
            << u"/v1.0/teams/45a1b2c3-0000-4000-8000-123456789abc/channels"_s << 403;
        QTest::newRow("no such chat") << u"/v1.0/chats/19:0@thread.v2/messages"_s << 404;
        QTest::newRow("no such channel") << retail + u"/19:0@thread.tacv2/messages"_s << 404;
        QTest::newRow("no such message") << general + u"/1/replies"_s << 404;
    }
    void refuses()
    {
        QFETCH(QString, path);
        QFETCH(int, status);
        QCOMPARE(ask(path).status, status);
    }
};

QTEST_GUILESS_MAIN(TestSandboxTeams)
#include "tst_sandbox_teams.moc"
