// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/id_token.h"

#include "auth/random_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using auth::accountFromIdToken;
using auth::EntraConfig;

namespace {

const QString clientId = u"9b2e4f6a-7c81-4d35-8e0f-1a2b3c4d5e6f"_s;
const QString tid = u"5c7a1f0e-3c1b-4a57-9d0e-2f6b8a1c4d90"_s;
const QString other = u"0a1b2c3d-1111-2222-3333-444455556666"_s;
const QString consumers = u"9188040d-6c67-4c5b-b112-36a304b66dad"_s;
const QString oid = u"87d349ed-44d7-43e1-9a83-5f2406dee5bd"_s;
const QByteArray nonce = "0123456789012345678901234567890123456789abc"_ba;
constexpr qint64 now = 1800000000;

QJsonObject claims(const QString &tenant = tid)
{
    return {{u"aud"_s, clientId},
            {u"iss"_s, u"https://login.microsoftonline.com/%1/v2.0"_s.arg(tenant)},
            {u"iat"_s, now},
            {u"nbf"_s, now},
            {u"exp"_s, now + 3600},
            {u"tid"_s, tenant},
            {u"oid"_s, oid},
            {u"nonce"_s, QString::fromLatin1(nonce)},
            {u"preferred_username"_s, u"adele@contoso.com"_s},
            {u"name"_s, u"Adele Vance"_s},
            {u"ver"_s, u"2.0"_s}};
}

QByteArray encoded(const QJsonObject &object)
{
    return auth::base64Url(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QByteArray token(const QJsonObject &object)
{
    return encoded({{u"alg"_s, u"RS256"_s}}) + '.' + encoded(object) + ".c2ln";
}

EntraConfig config(const QString &tenant = tid)
{
    return *EntraConfig::fromValues({.clientId = clientId, .tenant = tenant});
}

Result<auth::Account> check(const QByteArray &text, const EntraConfig &of = config())
{
    return accountFromIdToken(Secret(text), of, nonce, QDateTime::fromSecsSinceEpoch(now));
}

} // namespace

class TestIdToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void becomesAnAccount()
    {
        const auto account = check(token(claims()));
        QVERIFY2(account.ok(), account.ok() ? "" : qPrintable(account.error().detail));
        QCOMPARE(account->tenantId, tid);
        QCOMPARE(account->objectId, oid);
        QCOMPARE(account->username, u"adele@contoso.com"_s);
        QCOMPARE(account->name, u"Adele Vance"_s);
        QCOMPARE(account->principal(), tid + u'.' + oid);
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("why");
        const auto with = [](const QString &name, const QJsonValue &value) {
            QJsonObject changed = claims();
            if (value.isUndefined())
                changed.remove(name);
            else
                changed[name] = value;
            return token(changed);
        };
        const QJsonValue gone(QJsonValue::Undefined);
        const auto row = [](const char *name, const QByteArray &text, const QString &why) {
            QTest::newRow(name) << text << why;
        };
        const QByteArray good = token(claims());
        row("nothing", {}, u"none"_s);
        row("two parts", good.left(good.lastIndexOf('.')), u"three parts"_s);
        row("four parts", good + ".x", u"three parts"_s);
        row("too large", good + QByteArray(70000, 'x'), u"three parts"_s);
        row("no base64url", "!!!." + encoded(claims()) + ".x", u"cannot be read"_s);
        row("no JSON", "e30.e30x.x", u"cannot be read"_s);
        row("a list", "W10." + encoded(claims()) + ".x", u"cannot be read"_s);
        row("no alg", encoded({}) + '.' + encoded(claims()) + ".x", u"cannot be read"_s);
        row("another audience", with(u"aud"_s, u"11111111-2222-3333-4444-555555555555"_s),
            u"aud"_s);
        row("no audience", with(u"aud"_s, gone), u"aud"_s);
        row("two audiences", with(u"aud"_s, QJsonArray{clientId, u"x"_s}), u"aud"_s);
        row("audience is a number", with(u"aud"_s, 5), u"aud"_s);
        row("no issuer", with(u"iss"_s, gone), u"iss"_s);
        row("another authority", with(u"iss"_s, u"https://login.example.com/%1/v2.0"_s.arg(tid)),
            u"iss"_s);
        row("issuer of v1", with(u"iss"_s, u"https://sts.windows.net/%1/"_s.arg(tid)), u"iss"_s);
        row("issuer of another tenant",
            with(u"iss"_s, u"https://login.microsoftonline.com/%1/v2.0"_s.arg(consumers)),
            u"iss"_s);
        row("issuer with more behind it",
            with(u"iss"_s, u"https://login.microsoftonline.com/%1/v2.0/x"_s.arg(tid)), u"iss"_s);
        row("version 1", with(u"ver"_s, u"1.0"_s), u"iss"_s);
        row("no tid", with(u"tid"_s, gone), u"tid"_s);
        row("tid is no id", with(u"tid"_s, u"x"_s), u"tid"_s);
        row("no oid", with(u"oid"_s, gone), u"oid"_s);
        row("oid with a dot", with(u"oid"_s, u"a.b"_s), u"oid"_s);
        row("expired", with(u"exp"_s, now - 301), u"exp"_s);
        row("no exp", with(u"exp"_s, gone), u"exp"_s);
        row("exp as text", with(u"exp"_s, u"9999999999"_s), u"exp"_s);
        row("exp far below zero", with(u"exp"_s, -9.2e18), u"exp"_s);
        row("not yet valid", with(u"nbf"_s, now + 301), u"nbf"_s);
        row("another nonce", with(u"nonce"_s, QString(43, u'x')), u"nonce"_s);
        row("no nonce", with(u"nonce"_s, gone), u"nonce"_s);
        row("roles are a text", with(u"roles"_s, u"GraphValet.Writer"_s), u"roles"_s);
        row("roles are nothing", with(u"roles"_s, QJsonValue::Null), u"roles"_s);
        row("name is a number", with(u"name"_s, 5), u"name"_s);
    }
    void refused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, why);
        const auto account = check(text);
        QVERIFY(!account.ok());
        QCOMPARE(account.error().kind, Error::Kind::ServiceFault);
        QVERIFY2(account.error().detail.contains(why), qPrintable(account.error().detail));
    }

    void clocksMayDifferByFiveMinutes()
    {
        QJsonObject changed = claims();
        changed[u"exp"_s] = now - 299;
        QVERIFY(check(token(changed)).ok());
        changed = claims();
        changed[u"nbf"_s] = now + 299;
        QVERIFY(check(token(changed)).ok());
    }

    void tenants_data()
    {
        QTest::addColumn<QString>("configured");
        QTest::addColumn<QString>("actual");
        QTest::addColumn<bool>("isAllowed");
        QTest::newRow("its own") << tid << tid << true;
        QTest::newRow("another") << tid << other << false;
        QTest::newRow("a personal account") << tid << consumers << false;
        QTest::newRow("the tenant of personal accounts by its id")
            << consumers << consumers << true;
        QTest::newRow("organizations, work") << u"organizations"_s << tid << true;
        QTest::newRow("organizations, personal") << u"organizations"_s << consumers << false;
        QTest::newRow("consumers, personal") << u"consumers"_s << consumers << true;
        QTest::newRow("consumers, work") << u"consumers"_s << tid << false;
        QTest::newRow("common, work") << u"common"_s << tid << true;
        QTest::newRow("common, personal") << u"common"_s << consumers << true;
        QTest::newRow("domain, work") << u"contoso.com"_s << tid << true;
        QTest::newRow("domain, personal") << u"contoso.com"_s << consumers << false;
    }
    void tenants()
    {
        QFETCH(QString, configured);
        QFETCH(QString, actual);
        QFETCH(bool, isAllowed);
        const auto account = check(token(claims(actual)), config(configured));
        QCOMPARE(account.ok(), isAllowed);
        if (account.ok()) {
            QCOMPARE(account->tenantId, actual);
        } else {
            QCOMPARE(account.error().kind, Error::Kind::Denied);
            QCOMPARE(account.error().cause, Cause::AccountUnknown);
        }
    }

    // An issuer of the right tenant in another cloud is another issuer.
    void clouds_data()
    {
        QTest::addColumn<QString>("cloud");
        QTest::addColumn<QString>("issuer");
        QTest::addColumn<bool>("isAllowed");
        const QString global = u"https://login.microsoftonline.com/%1/v2.0"_s.arg(tid);
        const QString us = u"https://login.microsoftonline.us/%1/v2.0"_s.arg(tid);
        const QString china = u"https://login.partner.microsoftonline.cn/%1/v2.0"_s.arg(tid);
        QTest::newRow("global") << u"global"_s << global << true;
        QTest::newRow("US Government") << u"usGov"_s << us << true;
        QTest::newRow("US Government DoD") << u"usGovDod"_s << us << true;
        QTest::newRow("China") << u"china"_s << china << true;
        QTest::newRow("global in the US Government's") << u"usGov"_s << global << false;
        QTest::newRow("China's in the global one") << u"global"_s << china << false;
    }
    void clouds()
    {
        QFETCH(QString, cloud);
        QFETCH(QString, issuer);
        QFETCH(bool, isAllowed);
        QJsonObject changed = claims();
        changed[u"iss"_s] = issuer;
        const auto of =
            *EntraConfig::fromValues({.clientId = clientId, .tenant = tid, .cloud = cloud});
        QCOMPARE(check(token(changed), of).ok(), isAllowed);
    }

    void aRefreshHasNoNonce()
    {
        QJsonObject changed = claims();
        changed.remove(u"nonce"_s);
        QVERIFY(accountFromIdToken(Secret(token(changed)), config(), {},
                                   QDateTime::fromSecsSinceEpoch(now))
                    .ok());
    }

    void rolesOfOursAreRead_data()
    {
        QTest::addColumn<QJsonValue>("claim");
        QTest::addColumn<QStringList>("roles");
        const QString reader = u"GraphValet.Reader"_s;
        const QString writer = u"GraphValet.Writer"_s;
        QTest::newRow("none") << QJsonValue(QJsonValue::Undefined) << QStringList();
        QTest::newRow("an empty list") << QJsonValue(QJsonArray()) << QStringList();
        QTest::newRow("one") << QJsonValue(QJsonArray{reader}) << QStringList{reader};
        QTest::newRow("both, whatever their order")
            << QJsonValue(QJsonArray{writer, reader, writer}) << QStringList{reader, writer};
        QTest::newRow("of other programs")
            << QJsonValue(QJsonArray{u"Task.Approver"_s, reader}) << QStringList{reader};
        QTest::newRow("what is no text")
            << QJsonValue(QJsonArray{5, QJsonArray{writer}, QJsonValue::Null, reader})
            << QStringList{reader};
        QTest::newRow("too long") << QJsonValue(
            QJsonArray{u"GraphValet."_s + QString(1000, u'x'), reader})
                                  << QStringList{reader};
    }
    void rolesOfOursAreRead()
    {
        QFETCH(QJsonValue, claim);
        QJsonObject changed = claims();
        changed.insert(u"roles"_s, claim);
        const auto account = check(token(changed));
        QVERIFY(account.ok());
        QVERIFY(account->roles);
        QTEST(*account->roles, "roles");
    }

    void rolesAreFew()
    {
        QJsonObject changed = claims();
        QJsonArray many;
        for (int i = 0; i < 100; ++i)
            many.append(u"GraphValet.%1"_s.arg(i));
        changed.insert(u"roles"_s, many);
        QCOMPARE(check(token(changed))->roles->size(), 8);
    }

    void whatIsForDisplayMayBeMissing()
    {
        QJsonObject changed = claims();
        changed.remove(u"name"_s);
        changed.remove(u"preferred_username"_s);
        QVERIFY(check(token(changed)).ok());
    }
};

QTEST_GUILESS_MAIN(TestIdToken)
#include "tst_id_token.moc"
