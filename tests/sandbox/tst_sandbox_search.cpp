// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The search of the sandbox: it answers and refuses as Graph's documentation says.

#include "tests/sandbox/mailbox.h"
#include "tests/sandbox/sandbox_client.h"
#include "tests/sandbox/search.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace sandbox;

class TestSandboxSearch : public QObject
{
    Q_OBJECT

private:
    SandboxClient::Answer send(const QJsonObject &body, const QStringList &scopes)
    {
        return m_client->send(
            "POST", QUrl(m_tenant->graphUrl().toString() + u"/v1.0/search/query"_s),
            QJsonDocument(body).toJson(),
            {{"Authorization", "Bearer " + m_tenant->issueAccessToken(u"adele"_s, scopes)},
             {"Content-Type", "application/json"}});
    }
    SandboxClient::Answer search(const QJsonArray &types, const QString &text,
                                 const QStringList &scopes, const QJsonObject &more = {})
    {
        QJsonObject request = more;
        request.insert(u"entityTypes"_s, types);
        request.insert(u"query"_s, QJsonObject{{u"queryString"_s, text}});
        return send({{u"requests"_s, QJsonArray{request}}}, scopes);
    }
    static QJsonObject containerOf(const SandboxClient::Answer &answer)
    {
        return answer.json()["value"_L1][0]["hitsContainers"_L1][0].toObject();
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

    void eachKindNeedsItsScopes_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QStringList>("scopes");
        QTest::newRow("mail") << u"message"_s << QStringList{u"Mail.Read"_s};
        QTest::newRow("events") << u"event"_s << QStringList{u"Calendars.Read"_s};
        QTest::newRow("files") << u"driveItem"_s << QStringList{u"Files.Read.All"_s};
        QTest::newRow("sites") << u"site"_s << QStringList{u"Sites.Read.All"_s};
        QTest::newRow("chats") << u"chatMessage"_s
                               << QStringList{u"Chat.Read"_s, u"ChannelMessage.Read.All"_s};
    }
    void eachKindNeedsItsScopes()
    {
        QFETCH(QString, type);
        QFETCH(QStringList, scopes);
        QCOMPARE(search({type}, u"a"_s, scopes).status, 200);
        scopes.removeLast();
        scopes.append(type == u"message"_s ? u"Calendars.Read"_s : u"Mail.Read"_s);
        QCOMPARE(search({type}, u"a"_s, scopes).status, 403);
    }

    // Exchange's ids are plain base64, those of /me/messages are not.
    void idsOfMailAreThoseOfExchange()
    {
        const QJsonObject found =
            containerOf(search({u"message"_s}, u"budget"_s, {u"Mail.Read"_s}));
        const QJsonObject hit = found["hits"_L1][0].toObject();
        QString id = hit["hitId"_L1].toString();
        QVERIFY(id.contains(u'/') && id.contains(u'+'));
        id.replace(u'/', u'-').replace(u'+', u'_');
        bool isThere = false;
        for (const QJsonObject &mail : Mailbox::messages(*personByKey(u"adele"_s), true))
            isThere = isThere
                || (mail["id"_L1] == id && mail["subject"_L1] == hit["resource"_L1]["subject"_L1]);
        QVERIFY(isThere);
        QVERIFY(!hit["resource"_L1].toObject().contains("id"_L1));
    }

    void pages()
    {
        const QStringList scopes{u"Files.Read.All"_s};
        const QJsonObject first =
            containerOf(search({u"driveItem"_s}, u"bellevue counted"_s, scopes));
        QCOMPARE(first["hits"_L1].toArray().size(), 25);
        QVERIFY(first["moreResultsAvailable"_L1].toBool());
        const QJsonObject last =
            containerOf(search({u"driveItem"_s}, u"bellevue counted"_s, scopes, {{u"from"_s, 50}}));
        QCOMPARE(last["hits"_L1].toArray().size(), last["total"_L1].toInt() - 50);
        QVERIFY(last["total"_L1].toInt() >= 60);
        QVERIFY(!last["moreResultsAvailable"_L1].toBool());
        const QJsonObject none = containerOf(search({u"driveItem"_s}, u"unicorn"_s, scopes));
        QVERIFY(!none.contains("hits"_L1));
        QCOMPARE(none["total"_L1].toInt(), 0);
    }

    // Of a file of somebody's drive search says less than the drive does.
    void filesOfAllDrivesAreFound()
    {
        const auto answer = search({u"driveItem"_s}, u"fair"_s, {u"Files.Read.All"_s});
        QStringList names;
        for (const auto &hit : containerOf(answer)["hits"_L1].toArray()) {
            names.append(hit["resource"_L1]["name"_L1].toString());
            QVERIFY(hit["resource"_L1]["parentReference"_L1]["driveId"_L1].isString());
            QVERIFY(hit["resource"_L1]["file"_L1].isUndefined());
        }
        names.sort();
        QCOMPARE(
            names,
            (QStringList{u"Budget 2027 v2.xlsx"_s, u"Fair"_s, u"Notes.txt"_s, u"Stand.txt"_s}));
    }

    void whatGraphRefusesIsRefused()
    {
        const QStringList all{u"Mail.Read"_s, u"Calendars.Read"_s, u"Files.Read.All"_s,
                              u"Sites.Read.All"_s};
        QCOMPARE(search({u"message"_s, u"event"_s}, u"a"_s, all).status, 400);
        QCOMPARE(search({u"message"_s, u"driveItem"_s}, u"a"_s, all).status, 400);
        QCOMPARE(search({u"driveItem"_s, u"site"_s}, u"a"_s, all).status, 200);
        QCOMPARE(search({}, u"a"_s, all).status, 400);
        QCOMPARE(search({u"message"_s}, u" "_s, all).status, 400);
        QCOMPARE(search({u"message"_s}, u"a"_s, all, {{u"size"_s, 26}}).status, 400);
        QCOMPARE(search({u"message"_s}, u"a"_s, all, {{u"from"_s, -1}}).status, 400);
        QCOMPARE(search({u"message"_s}, u"a"_s, all, {{u"sort"_s, u"x"_s}}).status, 400);
        QCOMPARE(send({{u"requests"_s, QJsonArray{QJsonObject(), QJsonObject()}}}, all).status,
                 400);
        QCOMPARE(
            m_client
                ->send("GET", QUrl(m_tenant->graphUrl().toString() + u"/v1.0/search/query"_s), {},
                       {{"Authorization", "Bearer " + m_tenant->issueAccessToken(u"adele"_s, all)}})
                .status,
            405);
    }
};

QTEST_GUILESS_MAIN(TestSandboxSearch)
#include "tst_sandbox_search.moc"
