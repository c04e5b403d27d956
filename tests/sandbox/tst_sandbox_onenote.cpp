// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// OneNote's side of the sandbox: it answers and refuses as Graph's documentation says.

#include "tests/sandbox/onenote.h"
#include "tests/sandbox/sandbox_client.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace sandbox;

class TestSandboxOneNote : public QObject
{
    Q_OBJECT

private:
    SandboxClient::Answer ask(const QString &pathAndQuery, const QString &person = u"adele"_s,
                              const QStringList &scopes = {u"Notes.Read"_s})
    {
        return m_client->send(
            "GET", QUrl(m_tenant->graphUrl().toString() + pathAndQuery), {},
            {{"Authorization", "Bearer " + m_tenant->issueAccessToken(person, scopes)}});
    }
    static QString firstPage()
    {
        return u"/v1.0/me/onenote/pages/"_s
            + OneNote::pages(*personByKey(u"adele"_s)).first()["id"_L1].toString();
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

    void notesNeedTheirScope()
    {
        for (const QString &path : {u"/v1.0/me/onenote/pages"_s, u"/v1.0/me/onenote/sections"_s,
                                    firstPage(), QString(firstPage() + u"/content"_s)}) {
            QCOMPARE(ask(path).status, 200);
            QCOMPARE(ask(path, u"adele"_s, {u"User.Read"_s}).status, 403);
        }
    }

    void theLastChangedComesFirstAndParentsWhereExpanded()
    {
        const QJsonArray plain = ask(u"/v1.0/me/onenote/pages"_s).json()["value"_L1].toArray();
        QVERIFY(plain[0]["lastModifiedDateTime"_L1].toString()
                > plain[1]["lastModifiedDateTime"_L1].toString());
        QVERIFY(!plain[0].toObject().contains("parentNotebook"_L1));
        const QJsonValue page =
            ask(u"/v1.0/me/onenote/pages?$select=id,title&$expand=parentSection($select="
                "displayName),parentNotebook($select=displayName)"_s)
                .json()["value"_L1][0];
        QCOMPARE(page["parentSection"_L1]["displayName"_L1].toString(), u"Meetings"_s);
        QCOMPARE(page["parentNotebook"_L1]["displayName"_L1].toString(), u"Adele @ Contoso"_s);
        QVERIFY(!page.toObject().contains("self"_L1));
    }

    void titlesAreFilteredInLowerCase()
    {
        const auto found = [this](const QString &filter) {
            return ask(u"/v1.0/me/onenote/pages?$filter="_s + filter)
                .json()["value"_L1]
                .toArray()
                .size();
        };
        QCOMPARE(found(u"contains(tolower(title),'budget')"_s), 1);
        QCOMPARE(found(u"contains(tolower(title),'Budget')"_s), 0);
        QCOMPARE(found(u"contains(tolower(title),'what''s') and contains(tolower(title),'2027')"_s),
                 1);
    }

    void contentIsHtml()
    {
        const auto answer = ask(firstPage() + u"/content"_s);
        QVERIFY(answer.header("Content-Type").startsWith("text/html"));
        QVERIFY(answer.body.contains("<title>Shop managers, 23 November</title>"));
        QCOMPARE(ask(u"/v1.0/me/onenote/pages/1-aa!1-bb/content"_s).status, 404);
    }

    void whatGraphRefusesIsRefused()
    {
        QCOMPARE(ask(u"/v1.0/me/onenote/pages?$search=budget"_s).status, 400);
        QCOMPARE(ask(firstPage() + u"/content?$select=title"_s).status, 400);
    }

    void allPagesOfTooManySections()
    {
        const auto refused = ask(u"/v1.0/me/onenote/pages"_s, u"nestor"_s);
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.json()["error"_L1]["code"_L1].toString(), u"20266"_s);
        const QJsonValue section =
            ask(u"/v1.0/me/onenote/sections?$orderby=lastModifiedDateTime desc"_s, u"nestor"_s)
                .json()["value"_L1][0];
        QCOMPARE(section["displayName"_L1].toString(), u"Project 14"_s);
        const QJsonArray pages =
            ask(u"/v1.0/me/onenote/sections/%1/pages"_s.arg(section["id"_L1].toString()),
                u"nestor"_s)
                .json()["value"_L1]
                .toArray();
        QCOMPARE(pages.size(), 1);
        QCOMPARE(pages[0]["title"_L1].toString(), u"Plan of project 14"_s);
    }
};

QTEST_GUILESS_MAIN(TestSandboxOneNote)
#include "tst_sandbox_onenote.moc"
