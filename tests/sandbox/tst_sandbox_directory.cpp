// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sandbox's directory: it answers and refuses as Graph's documentation says.

#include "tests/sandbox/directory_people.h"
#include "tests/sandbox/sandbox_client.h"

using namespace Qt::StringLiterals;
using namespace sandbox;

class TestSandboxDirectory : public QObject
{
    Q_OBJECT

private:
    static inline const QStringList basic{u"User.ReadBasic.All"_s};
    static inline const test_support::HttpHeaders eventual{{"ConsistencyLevel", "eventual"}};

    SandboxClient::Answer ask(const QString &path, const test_support::FormFields &query,
                              const QStringList &scopes, const test_support::HttpHeaders &more = {})
    {
        test_support::HttpHeaders headers = more;
        headers.append(
            {"Authorization", "Bearer " + m_tenant->issueAccessToken(u"adele"_s, scopes)});
        QByteArray target = m_tenant->graphUrl().toEncoded() + path.toUtf8();
        char before = '?';
        for (const auto &[name, value] : query) {
            target += before + name.toUtf8() + '=' + QUrl::toPercentEncoding(value);
            before = '&';
        }
        return m_client->send("GET", QUrl::fromEncoded(target), {}, headers);
    }
    QStringList namesFound(const QString &search)
    {
        const auto answer =
            ask(u"/v1.0/users"_s, {{u"$search"_s, search}, {u"$top"_s, u"99"_s}}, basic, eventual);
        QStringList names;
        for (const auto &user : answer.json()["value"_L1].toArray())
            names.append(user["displayName"_L1].toString());
        return names;
    }
    static QString idOf(const QString &key) { return directoryPerson(key)->person.objectId(); }

    std::unique_ptr<SandboxTenant> m_tenant;
    std::unique_ptr<SandboxClient> m_client;

private Q_SLOTS:
    void init()
    {
        m_tenant = std::make_unique<SandboxTenant>();
        QVERIFY(m_tenant->listen());
        m_client = std::make_unique<SandboxClient>(m_tenant.get());
    }

    void everybodyIsSomebodyElse()
    {
        QSet<QString> ids;
        QSet<QString> names;
        for (const DirectoryPerson &one : directoryPeople()) {
            ids.insert(one.person.objectId());
            names.insert(one.person.username().toLower());
            QVERIFY(one.managerKey.isEmpty() || directoryPerson(one.managerKey));
        }
        QCOMPARE(ids.size(), directoryPeople().size());
        QCOMPARE(names.size(), directoryPeople().size());
        QVERIFY(ids.size() > 70);
    }

    void whatEachPathNeeds_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("enough");
        const QString user = u"/v1.0/users/"_s + idOf(u"megan"_s);
        QTest::newRow("users") << u"/v1.0/users"_s << u"User.ReadBasic.All"_s;
        QTest::newRow("user") << user << u"User.ReadBasic.All"_s;
        QTest::newRow("manager") << user + u"/manager"_s << u"User.Read.All"_s;
        QTest::newRow("reports") << user + u"/directReports"_s << u"User.ReadBasic.All"_s;
        QTest::newRow("presence") << user + u"/presence"_s << u"Presence.Read.All"_s;
        QTest::newRow("own manager") << u"/v1.0/me/manager"_s << u"User.Read"_s;
        QTest::newRow("own reports") << u"/v1.0/me/directReports"_s << u"User.Read"_s;
        QTest::newRow("people") << u"/v1.0/me/people"_s << u"People.Read"_s;
    }
    void whatEachPathNeeds()
    {
        QFETCH(QString, path);
        QFETCH(QString, enough);
        QCOMPARE(ask(path, {}, {enough}).status, 200);
        QCOMPARE(ask(path, {}, {u"Mail.Read"_s}).status, 403);
    }

    void ofOthersTheBasicProfileOnly()
    {
        const QJsonObject megan = ask(u"/v1.0/users/"_s + idOf(u"megan"_s), {}, basic).json();
        QCOMPARE(megan["displayName"_L1].toString(), u"Megan Bowen"_s);
        QVERIFY(megan["jobTitle"_L1].isNull());
        QVERIFY(megan["department"_L1].isNull());
        QCOMPARE(megan["businessPhones"_L1].toArray().size(), 0);
        const QJsonObject own = ask(u"/v1.0/users/"_s + idOf(u"adele"_s), {}, basic).json();
        QCOMPARE(own["jobTitle"_L1].toString(), u"Retail Manager"_s);
    }

    void searches_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("beginning of a word")
            << u"\"displayName:bowe\""_s << QStringList{u"Megan Bowen"_s, u"Megan Bowen"_s};
        QTest::newRow("not within a word") << u"\"displayName:owen\""_s << QStringList();
        QTest::newRow("words in any order")
            << u"\"displayName:holloway lid\""_s << QStringList{u"Lidia Holloway"_s};
        QTest::newRow("beginning of an address")
            << u"\"mail:meganb2\""_s << QStringList{u"Megan Bowen"_s};
        QTest::newRow("or") << u"\"displayName:diego\" OR \"mail:pattif\""_s
                            << QStringList{u"Patti Fernandez"_s, u"Diego Siciliani"_s};
        QTest::newRow("escaped") << u"\"displayName:(admin)\\\\ \\\"joni\\\"\""_s
                                 << QStringList{u"Joni Sherman (admin)"_s};
        QTest::newRow("another script")
            << u"\"displayName:ਪ੍ਰਦੀਪ\""_s << QStringList{u"ਪ੍ਰਦੀਪ ਗੁਪਤਾ (Pradeep Gupta)"_s};
    }
    void searches()
    {
        QFETCH(QString, search);
        QFETCH(QStringList, names);
        QCOMPARE(namesFound(search), names);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("code");
        QTest::newRow("quotation mark not escaped")
            << u"$search"_s << u"\"displayName:a\"b\""_s << u"BadRequest"_s;
        QTest::newRow("no property") << u"$search"_s << u"\"megan\""_s << u"BadRequest"_s;
        QTest::newRow("unfinished")
            << u"$search"_s << u"\"displayName:a\" OR "_s << u"BadRequest"_s;
        QTest::newRow("beyond the basic profile")
            << u"$search"_s << u"\"jobTitle:buyer\""_s << u"Authorization_RequestDenied"_s;
        QTest::newRow("apostrophe not doubled")
            << u"$filter"_s << u"mail eq 'O'Neill'"_s << u"BadRequest"_s;
        QTest::newRow("filter beyond the basic profile")
            << u"$filter"_s << u"jobTitle eq 'Buyer'"_s << u"Authorization_RequestDenied"_s;
        QTest::newRow("parameter it does not know")
            << u"$orderby"_s << u"displayName"_s << u"BadRequest"_s;
        QTest::newRow("no such property")
            << u"$select"_s << u"shoeSize"_s << u"RequestBroker--ParseUri"_s;
    }
    void refuses()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, code);
        const auto answer = ask(u"/v1.0/users"_s, {{name, value}}, basic, eventual);
        QCOMPARE(answer.json()["error"_L1]["code"_L1].toString(), code);
    }

    void aSearchNeedsItsHeader()
    {
        const auto answer = ask(u"/v1.0/users"_s, {{u"$search"_s, u"\"displayName:a\""_s}}, basic);
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.json()["error"_L1]["code"_L1].toString(), u"Request_UnsupportedQuery"_s);
    }

    void managersAndReports()
    {
        const auto manager = ask(u"/v1.0/me/manager"_s, {}, {u"User.Read"_s}).json();
        QCOMPARE(manager["displayName"_L1].toString(), u"Nestor Wilke"_s);
        const QString top = u"/v1.0/users/"_s + idOf(u"patti"_s) + u"/manager"_s;
        QCOMPARE(ask(top, {}, {u"User.Read.All"_s}).status, 404);
        const auto reports = ask(u"/v1.0/me/directReports"_s, {}, {u"User.Read"_s}).json();
        QCOMPARE(reports["value"_L1].toArray().size(), 1);
        QCOMPARE(ask(u"/v1.0/users/nobody@contoso.com"_s, {}, basic).status, 404);
        QCOMPARE(ask(u"/v1.0/users/adele"_s, {}, basic).status, 404); // a key is no id
    }

    void relevantPeopleFirstOthersOnlyWhereAsked()
    {
        const QStringList scopes{u"People.Read"_s};
        const QString path = u"/v1.0/me/people"_s;
        const auto all = ask(path, {{u"$top"_s, u"50"_s}}, scopes).json()["value"_L1].toArray();
        QCOMPARE(all.size(), relevantTo(u"adele"_s).size());
        QCOMPARE(all[0]["displayName"_L1].toString(), u"Nestor Wilke"_s);
        const test_support::FormFields search{{u"$search"_s, u"\"diego\""_s}};
        QCOMPARE(ask(path, search, scopes).json()["value"_L1].toArray().size(), 0);
        const auto found =
            ask(path, search, scopes, {{"X-PeopleQuery-QuerySources", "Mailbox,Directory"}});
        QCOMPARE(found.json()["value"_L1][0]["jobTitle"_L1].toString(), u"HR Manager"_s);
        QCOMPARE(ask(path, {{u"$search"_s, u"\"a\"b\""_s}}, scopes).status, 400);
    }
};

QTEST_GUILESS_MAIN(TestSandboxDirectory)
#include "tst_sandbox_directory.moc"
