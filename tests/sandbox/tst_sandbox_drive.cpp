// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sandbox's OneDrive and SharePoint: they answer and refuse as Graph's documentation says.

#include "tests/sandbox/drive.h"
#include "tests/sandbox/sandbox_client.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace sandbox;

class TestSandboxDrive : public QObject
{
    Q_OBJECT

private:
    SandboxClient::Answer ask(const QString &pathAndQuery,
                              const QString &scope = u"Files.Read.All"_s)
    {
        const test_support::HttpHeaders headers{
            {"Authorization", "Bearer " + m_tenant->issueAccessToken(u"adele"_s, {scope})}};
        return m_client->send("GET", QUrl(m_tenant->graphUrl().toString() + pathAndQuery), {},
                              headers);
    }
    QUrl downloadUrlOf(const QString &item)
    {
        return QUrl(QString::fromLatin1(
            ask(u"/v1.0/me/drive/items/%1/content"_s.arg(item)).header("Location")));
    }
    static QStringList namesIn(const QJsonObject &answer)
    {
        QStringList names;
        for (const auto &item : answer["value"_L1].toArray())
            names.append(item["name"_L1].toString());
        return names;
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

    void anothersDriveNeedsMoreThanTheOwn()
    {
        const QString site = u"/v1.0/drives/%1/items/01MKT7ROOT/children"_s.arg(Drive::driveOf({}));
        QCOMPARE(ask(u"/v1.0/me/drive/root/children"_s, u"Files.Read"_s).status, 200);
        QCOMPARE(ask(u"/v1.0/me/drive/root/children"_s, u"Mail.Read"_s).status, 403);
        QCOMPARE(ask(site, u"Files.Read"_s).status, 403);
        QCOMPARE(namesIn(ask(site).json()), (QStringList{u"Campaigns"_s, u"newsletter.py"_s}));
    }

    void onlyWhatIsSharedIsSeen()
    {
        const QString megan = u"/v1.0/drives/%1/items/"_s.arg(Drive::driveOf(u"megan"_s));
        QCOMPARE(ask(megan + u"01MGN7STAND"_s).status, 200);
        QCOMPARE(ask(megan + u"01MGN7PRIVATE"_s).json()["error"_L1]["code"_L1].toString(),
                 u"accessDenied"_s);
        QCOMPARE(ask(megan + u"01MGN7NONE"_s).status, 404);
        QCOMPARE(ask(u"/v1.0/drives/b!none/items/01MGN7STAND"_s).status, 404);
    }

    void itemsHaveTheFacetsTheyHave()
    {
        const QString select = u"?$select=id,name,file,folder,remoteItem&$top=100"_s;
        const QJsonObject answer = ask(u"/v1.0/me/drive/root/children"_s + select).json();
        int folders = 0;
        int files = 0;
        int shortcuts = 0;
        for (const auto &item : answer["value"_L1].toArray()) {
            folders += item["folder"_L1].isObject();
            files += item["file"_L1].isObject();
            shortcuts += item["remoteItem"_L1].isObject();
            QVERIFY(!item["file"_L1].isNull());
        }
        QCOMPARE(folders, 3);
        QCOMPARE(shortcuts, 1);
        QCOMPARE(folders + files + shortcuts, answer["value"_L1].toArray().size());
    }

    void contentIsElsewhereWithoutAToken()
    {
        const QUrl url = downloadUrlOf(u"01ADV7NOTES"_s);
        QVERIFY(url.port() != m_tenant->graphUrl().port());
        const auto whole = m_client->send("GET", url);
        QCOMPARE(whole.status, 200);
        QCOMPARE(whole.body, Drive::contentOf(u"01ADV7NOTES"_s));
        QCOMPARE(m_tenant->count(u"foreign"_s), 0);
        QCOMPARE(m_tenant->violations(), QStringList());
        m_client->send("GET", url, {}, {{"Authorization", "Bearer abc"}});
        QCOMPARE(m_tenant->violations().size(), 1);
    }

    void ranges_data()
    {
        QTest::addColumn<QByteArray>("range");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("contentRange");
        QTest::newRow("some") << "bytes=4-7"_ba << 206 << "bytes 4-7/99"_ba;
        QTest::newRow("to the end") << "bytes=90-"_ba << 206 << "bytes 90-98/99"_ba;
        QTest::newRow("beyond it") << "bytes=90-1000"_ba << 206 << "bytes 90-98/99"_ba;
        QTest::newRow("none of it") << "bytes=99-"_ba << 416 << "bytes */99"_ba;
        QTest::newRow("not understood") << "lines=1-2"_ba << 200 << QByteArray();
    }
    void ranges()
    {
        QFETCH(QByteArray, range);
        QFETCH(int, status);
        QFETCH(QByteArray, contentRange);
        const auto answer =
            m_client->send("GET", downloadUrlOf(u"01ADV7NOTES"_s), {}, {{"Range", range}});
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.header("Content-Range"), contentRange);
        if (range == "bytes=4-7")
            QCOMPARE(answer.body, Drive::contentOf(u"01ADV7NOTES"_s).mid(4, 4));
    }

    void aDownloadUrlEnds()
    {
        const QUrl url = downloadUrlOf(u"01ADV7NOTES"_s);
        QVERIFY(m_tenant->setFault(u"content-expired"_s));
        QCOMPARE(m_client->send("GET", url).status, 404);
        QCOMPARE(m_client->send("GET", url).status, 404);
        QVERIFY(m_tenant->setFault(u"content-truncated"_s));
        QCOMPARE(m_client->send("GET", downloadUrlOf(u"01ADV7LARGE"_s)).error,
                 QNetworkReply::RemoteHostClosedError);
    }

    void onlySomeBecomePdf()
    {
        const QString items = u"/v1.0/me/drive/items/"_s;
        QCOMPARE(ask(items + u"01ADV7PLAN/content?format=pdf"_s).status, 302);
        QCOMPARE(ask(items + u"01ADV7PLAN/content?format=html"_s).status, 406);
        QCOMPARE(ask(items + u"01ADV7PHOTO/content?format=pdf"_s).status, 406);
        QCOMPARE(ask(items + u"01ADV7PROJECTS/content"_s).status, 400);
    }

    void wordsAreSearchedFor()
    {
        QCOMPARE(namesIn(ask(u"/v1.0/me/drive/root/search(q='budget')"_s).json()),
                 QStringList{u"Budget 2027.xlsx"_s});
    }
};

QTEST_GUILESS_MAIN(TestSandboxDrive)
#include "tst_sandbox_drive.moc"
