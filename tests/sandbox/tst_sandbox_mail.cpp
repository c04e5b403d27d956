// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Outlook's side of the sandbox: it answers and refuses as Graph's documentation says.

#include "tests/sandbox/mailbox.h"
#include "tests/sandbox/sandbox_client.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace sandbox;

class TestSandboxMail : public QObject
{
    Q_OBJECT

private:
    SandboxClient::Answer ask(const QString &pathAndQuery,
                              const test_support::HttpHeaders &more = {},
                              const QStringList &scopes = {u"Mail.Read"_s})
    {
        test_support::HttpHeaders headers = more;
        headers.append(
            {"Authorization", "Bearer " + m_tenant->issueAccessToken(u"adele"_s, scopes)});
        return m_client->send("GET", QUrl(m_tenant->graphUrl().toString() + pathAndQuery), {},
                              headers);
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

    void mailNeedsItsScope()
    {
        QCOMPARE(ask(u"/v1.0/me/messages"_s).status, 200);
        QCOMPARE(ask(u"/v1.0/me/messages"_s, {}, {u"User.Read"_s}).status, 403);
    }

    void pagesOfTenUnlessAsked()
    {
        const QJsonObject one = ask(u"/v1.0/me/messages?$top=4&$select=subject"_s).json();
        QCOMPARE(one["value"_L1].toArray().size(), 4);
        const QUrl next(one["@odata.nextLink"_L1].toString());
        QCOMPARE(next.port(), m_tenant->graphUrl().port());
        const QJsonObject two = ask(next.path() + u'?' + next.query(QUrl::FullyEncoded)).json();
        QCOMPARE(two["value"_L1].toArray().size(), 4);
        QVERIFY(one["value"_L1][0] != two["value"_L1][0]);
        QCOMPARE(two["value"_L1][0].toObject().keys(),
                 (QStringList{u"@odata.etag"_s, u"id"_s, u"subject"_s}));
        QVERIFY(!ask(u"/v1.0/me/messages?$top=100"_s).json().contains("@odata.nextLink"_L1));
    }

    void textOrHtmlAsPreferred()
    {
        const QString path = u"/v1.0/me/messages/AAMkAGUzY2Nz-0001_AAA=?$select=body"_s;
        const QJsonValue html = ask(path).json()["body"_L1];
        QCOMPARE(html["contentType"_L1].toString(), u"html"_s);
        QVERIFY(html["content"_L1].toString().contains(u"<b>first draft</b>"_s));
        const QJsonValue text =
            ask(path, {{"Prefer", "outlook.body-content-type=\"text\""}}).json()["body"_L1];
        QCOMPARE(text["contentType"_L1].toString(), u"text"_s);
        QVERIFY(!text["content"_L1].toString().contains(u'<'));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("code");
        QTest::newRow("search and filter")
            << u"?$search=\"a\"&$filter=isRead eq false"_s << u"SearchWithFilter"_s;
        QTest::newRow("search and order")
            << u"?$search=\"a\"&$orderby=receivedDateTime desc"_s << u"SearchWithFilter"_s;
        QTest::newRow("sorted by what is not filtered first")
            << u"?$filter=isRead eq false&$orderby=receivedDateTime desc"_s
            << u"InefficientFilter"_s;
        QTest::newRow("filter it does not know") << u"?$filter=isRead is no"_s << u"BadRequest"_s;
        QTest::newRow("parameter it does not know") << u"?$count=true"_s << u"BadRequest"_s;
        QTest::newRow("no such property") << u"?$select=shoeSize"_s << u"RequestBroker--ParseUri"_s;
        QTest::newRow("too many at once") << u"?$top=1001"_s << u"BadRequest"_s;
    }
    void refuses()
    {
        QFETCH(QString, query);
        QFETCH(QString, code);
        const auto answer = ask(u"/v1.0/me/messages"_s + query);
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.json()["error"_L1]["code"_L1].toString(), code);
    }

    void foldersAreInFolders()
    {
        const auto folders = [this](const QString &path) {
            return ask(path).json()["value"_L1].toArray();
        };
        const QJsonArray top = folders(u"/v1.0/me/mailFolders?$top=50"_s);
        QCOMPARE(top.size(), 7);
        QCOMPARE(top[6]["displayName"_L1], u"Projects"_s);
        QCOMPARE(top[6]["childFolderCount"_L1], 1);
        const QString inside = u"/v1.0/me/mailFolders/%1/"_s.arg(top[6]["id"_L1].toString());
        QCOMPARE(folders(inside + u"childFolders"_s)[0]["displayName"_L1], u"Fair"_s);
        QCOMPARE(folders(inside + u"messages"_s).size(), 0);
        QVERIFY(!folders(u"/v1.0/me/mailFolders/inbox/messages"_s).isEmpty());
    }

    void whatIsNotThereIsNotFound()
    {
        QCOMPARE(ask(u"/v1.0/me/messages/AAMkNothing="_s).status, 404);
        QCOMPARE(ask(u"/v1.0/me/mailFolders/AAMkNothing=/childFolders"_s).status, 404);
        QCOMPARE(ask(u"/v1.0/me/mailFolders/AAMkNothing=/messages"_s).status, 404);
    }
};

QTEST_GUILESS_MAIN(TestSandboxMail)
#include "tst_sandbox_mail.moc"
