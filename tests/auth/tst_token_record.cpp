// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/token_record.h"

#include <QTest>

using namespace Qt::StringLiterals;
using auth::TokenRecord;

namespace {

TokenRecord sample()
{
    return {.profile = u"default"_s,
            .authority = u"https://login.microsoftonline.com"_s,
            .clientId = u"9b2e4f6a-7c81-4d35-8e0f-1a2b3c4d5e6f"_s,
            .tenant = u"organizations"_s,
            .account = {.tenantId = u"tid"_s,
                        .objectId = u"oid"_s,
                        .username = u"žluťoučký@contoso.com"_s,
                        .name = u"Ž \"quoted\" \\ 🦊"_s},
            .refreshToken = Secret("1.AX!*$~%2B+/="_ba)};
}

} // namespace

class TestTokenRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWas()
    {
        const auto back = TokenRecord::fromJson(sample().toJson());
        QVERIFY(back.ok());
        QCOMPARE(back->profile, sample().profile);
        QCOMPARE(back->authority, sample().authority);
        QCOMPARE(back->clientId, sample().clientId);
        QCOMPARE(back->tenant, sample().tenant);
        QCOMPARE(back->account, sample().account);
        QVERIFY(back->refreshToken == sample().refreshToken);
    }

    void rolesComeBackAsTheyWere_data()
    {
        QTest::addColumn<std::optional<QStringList>>("roles");
        QTest::newRow("not known") << std::optional<QStringList>();
        QTest::newRow("none") << std::optional(QStringList());
        QTest::newRow("some") << std::optional(
            QStringList{u"GraphValet.Reader"_s, u"GraphValet.Writer"_s});
    }
    void rolesComeBackAsTheyWere()
    {
        TokenRecord record = sample();
        QFETCH(std::optional<QStringList>, roles);
        record.account.roles = roles;
        const auto back = TokenRecord::fromJson(record.toJson());
        QVERIFY(back.ok());
        QCOMPARE(back->account.roles, roles);
    }

    void aRecordOfTheFirstVersionIsStillOne()
    {
        const auto back = TokenRecord::fromJson(
            R"({"version":1,"profile":"default","authority":"https://login.microsoftonline.com",)"
            R"("clientId":"c","tenant":"organizations","account":{"tenantId":"tid","objectId":"oid",)"
            R"("username":"u","name":"n"},"refreshToken":"r"})");
        QVERIFY(back.ok());
        QVERIFY(!back->account.roles);
    }

    void refusesWhatIsNoRecord_data()
    {
        QTest::addColumn<QByteArray>("json");
        const QByteArray good = sample().toJson();
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("text") << "hello"_ba;
        QTest::newRow("a list") << "[]"_ba;
        QTest::newRow("an empty object") << "{}"_ba;
        QTest::newRow("cut off") << good.left(good.size() / 2);
        QTest::newRow("a newer version")
            << QByteArray(good).replace("\"version\":1", "\"version\":2");
        QTest::newRow("version as text")
            << QByteArray(good).replace("\"version\":1", "\"version\":\"1\"");
        QTest::newRow("no account")
            << QByteArray(good).replace("\"account\":{", "\"account\":{},\"x\":{");
        QTest::newRow("account without an object id")
            << QByteArray(good).replace("\"oid\"", "\"\"");
        QTest::newRow("token is a number") << QByteArray(good).replace(
            "\"refreshToken\":\"1.AX!*$~%2B+/=\"", "\"refreshToken\":5");
    }
    void refusesWhatIsNoRecord()
    {
        QFETCH(QByteArray, json);
        QVERIFY(json != sample().toJson());
        const auto record = TokenRecord::fromJson(json);
        QVERIFY(!record.ok());
        QCOMPARE(record.error().kind, Error::Kind::ProtocolFault);
        QVERIFY(!record.error().detail.contains(u"1.AX"_s));
    }
};

QTEST_GUILESS_MAIN(TestTokenRecord)
#include "tst_token_record.moc"
