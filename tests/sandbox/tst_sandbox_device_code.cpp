// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Device codes: what /devicecode refuses, the page on which one is entered, the polls, the faults.

#include "tests/sandbox/sandbox_client.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace sandbox;
using test_support::FormFields;

class TestSandboxDeviceCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void issues();
    void badRequests_data();
    void badRequests();
    void isEnteredOnThePage();
    void isDeclinedOnThePage();
    void wrongCodes_data();
    void wrongCodes();
    void worksOnce();
    void earlyPollsAreSlowedDown();
    void faults_data();
    void faults();

private:
    FormFields codeFields() const
    {
        return {{u"client_id"_s, m_tenant->clientId()},
                {u"scope"_s, u"openid profile offline_access User.Read"_s}};
    }
    SandboxClient::Answer ask(const FormFields &fields)
    {
        QUrl url = m_tenant->authority();
        url.setPath(u"/organizations/oauth2/v2.0/devicecode"_s);
        return m_client->send("POST", url, SandboxClient::encoded(fields));
    }
    SandboxClient::Answer poll(const QJsonObject &code)
    {
        return m_client->token(
            {{u"client_id"_s, m_tenant->clientId()},
             {u"grant_type"_s, u"urn:ietf:params:oauth:grant-type:device_code"_s},
             {u"device_code"_s, code.value("device_code"_L1).toString()}});
    }
    SandboxClient::Answer enter(const QString &code, const QString &person, const QString &action)
    {
        QUrl url = m_tenant->authority();
        url.setPath(u"/devicelogin"_s);
        return m_client->send(
            "POST", url,
            SandboxClient::encoded(
                {{u"code"_s, code}, {u"person"_s, person}, {u"action"_s, action}}));
    }
    static QString errorOf(const SandboxClient::Answer &answer)
    {
        return answer.json().value("error"_L1).toString();
    }

    std::unique_ptr<SandboxTenant> m_tenant;
    std::unique_ptr<SandboxClient> m_client;
};

void TestSandboxDeviceCode::init()
{
    m_tenant = std::make_unique<SandboxTenant>();
    QVERIFY(m_tenant->listen());
    m_tenant->setDeviceCodeSecond(std::chrono::milliseconds(0)); // polls as they come
    m_client = std::make_unique<SandboxClient>(m_tenant.get());
}

void TestSandboxDeviceCode::cleanup()
{
    m_client.reset();
    m_tenant.reset();
}

void TestSandboxDeviceCode::issues()
{
    const auto answer = ask(codeFields());
    QCOMPARE(answer.status, 200);
    const QJsonObject code = answer.json();
    QCOMPARE(code.value("user_code"_L1).toString().size(), 9);
    QVERIFY(code.value("device_code"_L1).toString().size() > 100);
    QCOMPARE(code.value("verification_uri"_L1).toString(),
             m_tenant->authority().toString() + u"/devicelogin"_s);
    QCOMPARE(code.value("interval"_L1).toInt(), 1);
    QCOMPARE(code.value("expires_in"_L1).toInt(), 900);
    QVERIFY(m_tenant->secrets().contains(code.value("device_code"_L1).toString().toUtf8()));
    QVERIFY(ask(codeFields()).json().value("user_code"_L1) != code.value("user_code"_L1));
    QCOMPARE(m_tenant->count(u"devicecode"_s), 2);
}

void TestSandboxDeviceCode::badRequests_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("status");
    QTest::newRow("no client") << u"client_id"_s << QString() << 400;
    QTest::newRow("another client") << u"client_id"_s << u"x"_s << 400;
    QTest::newRow("no scope") << u"scope"_s << QString() << 400;
    QTest::newRow("a scope that does not exist") << u"scope"_s << u"user"_s << 400;
    QTest::newRow("an empty secret") << u"client_secret"_s << u""_s << 401;
}

void TestSandboxDeviceCode::badRequests()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const auto answer = ask(SandboxClient::changed(codeFields(), name, value));
    QTEST(answer.status, "status");
    QVERIFY(!answer.json().contains("device_code"_L1));
}

void TestSandboxDeviceCode::isEnteredOnThePage()
{
    const QJsonObject code = ask(codeFields()).json();
    QCOMPARE(errorOf(poll(code)), u"authorization_pending"_s);
    const auto page = m_client->send("GET", QUrl(code.value("verification_uri"_L1).toString()));
    QCOMPARE(page.status, 200);
    QVERIFY(page.body.contains("name=\"code\"") && page.body.contains("id=\"person-alex\""));
    // As people type it.
    QString typed = code.value("user_code"_L1).toString().toLower();
    typed.insert(4, u'-');
    const auto done = enter(typed, u"alex"_s, u"continue"_s);
    QCOMPARE(done.status, 200);
    QVERIFY(done.body.contains("You have signed in"));
    const QJsonObject tokens = poll(code).json();
    QVERIFY(tokens.contains("refresh_token"_L1));
    const QByteArray claims = QByteArray::fromBase64(
        tokens.value("id_token"_L1).toString().section(u'.', 1, 1).toLatin1(),
        QByteArray::Base64UrlEncoding);
    QVERIFY(claims.contains("Alex Wilber"));
    QVERIFY(!claims.contains("nonce"));
}

void TestSandboxDeviceCode::isDeclinedOnThePage()
{
    const QJsonObject code = ask(codeFields()).json();
    const auto done = enter(code.value("user_code"_L1).toString(), u"adele"_s, u"cancel"_s);
    QVERIFY(done.body.contains("You have not signed in"));
    QCOMPARE(errorOf(poll(code)), u"authorization_declined"_s);
}

void TestSandboxDeviceCode::wrongCodes_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("person");
    QTest::addColumn<QString>("action");
    QTest::newRow("no code") << QString() << u"adele"_s << u"continue"_s;
    QTest::newRow("not issued") << u"AAAAAAAAA"_s << u"adele"_s << u"continue"_s;
    QTest::newRow("nobody") << u"right"_s << u"nobody"_s << u"continue"_s;
    QTest::newRow("no button") << u"right"_s << u"adele"_s << u""_s;
}

void TestSandboxDeviceCode::wrongCodes()
{
    QFETCH(QString, code);
    QFETCH(QString, person);
    QFETCH(QString, action);
    const QJsonObject issued = ask(codeFields()).json();
    if (code == u"right")
        code = issued.value("user_code"_L1).toString();
    QCOMPARE(enter(code, person, action).status, 400);
    QCOMPARE(errorOf(poll(issued)), u"authorization_pending"_s);
}

void TestSandboxDeviceCode::worksOnce()
{
    const QJsonObject code = ask(codeFields()).json();
    const QString userCode = code.value("user_code"_L1).toString();
    QVERIFY(m_tenant->enterDeviceCode(userCode));
    QVERIFY(!m_tenant->enterDeviceCode(userCode));
    QCOMPARE(poll(code).status, 200);
    QCOMPARE(errorOf(poll(code)), u"invalid_grant"_s);
    QCOMPARE(errorOf(poll({{u"device_code"_s, u"Finvented"_s}})), u"bad_verification_code"_s);
}

void TestSandboxDeviceCode::earlyPollsAreSlowedDown()
{
    m_tenant->setDeviceCodeSecond(std::chrono::hours(1));
    const QJsonObject code = ask(codeFields()).json();
    QVERIFY(m_tenant->enterDeviceCode(code.value("user_code"_L1).toString()));
    QCOMPARE(errorOf(poll(code)), u"slow_down"_s);
    QCOMPARE(m_tenant->violations().size(), 1);
    m_tenant->setDeviceCodeSecond(std::chrono::milliseconds(0));
    QCOMPARE(poll(code).status, 200);
}

void TestSandboxDeviceCode::faults_data()
{
    QTest::addColumn<QString>("error");
    QTest::newRow("device-slow-down") << u"slow_down"_s;
    QTest::newRow("device-expired") << u"expired_token"_s;
    QTest::newRow("device-bad-code") << u"bad_verification_code"_s;
    QTest::newRow("token-503-retry-after") << u"temporarily_unavailable"_s;
}

void TestSandboxDeviceCode::faults()
{
    const QJsonObject code = ask(codeFields()).json();
    QVERIFY(m_tenant->enterDeviceCode(code.value("user_code"_L1).toString()));
    QVERIFY(m_tenant->setFault(QString::fromLatin1(QTest::currentDataTag())));
    QTEST(errorOf(poll(code)), "error");
    QCOMPARE(m_tenant->violations(), QStringList());
    QCOMPARE(poll(code).status, 200);

    QVERIFY(m_tenant->setFault(u"device-off"_s));
    QCOMPARE(errorOf(ask(codeFields())), u"invalid_client"_s);
    QVERIFY(m_tenant->setFault(u"device-foreign-page"_s));
    QVERIFY(!ask(codeFields())
                 .json()
                 .value("verification_uri"_L1)
                 .toString()
                 .startsWith(m_tenant->authority().toString()));
}

QTEST_GUILESS_MAIN(TestSandboxDeviceCode)
#include "tst_sandbox_device_code.moc"
