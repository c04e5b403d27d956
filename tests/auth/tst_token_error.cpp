// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/token_error.h"

#include "auth/sign_in_attempt.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using auth::classifyAuthorizationError;
using auth::classifyTokenError;
using std::chrono::seconds;

class TestTokenError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // The table of Microsoft's codes, as entra reference-error-codes describes them.
    void codes_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("isDead");
        QTest::addColumn<QString>("step");
        const auto rows = [](const char *kind, bool isDead, const char *step,
                             const QList<int> &codes) {
            for (const int code : codes) {
                QTest::addRow("AADSTS%d", code)
                    << QString::fromLatin1(kind) << isDead << QString::fromLatin1(step);
            }
        };
        rows("SignInNeeded", false, "signIn",
             {50076, 50074, 50078, 50079, 50072, 50158, 50055, 50144, 9002313});
        rows("SignInNeeded", false, "otherAccount", {50058, 16000});
        rows("SignInNeeded", true, "signIn",
             {70008, 700082, 50173, 50089, 70000, 70043, 50132, 50133});
        rows("ConsentNeeded", false, "giveConsent", {65001, 9002341});
        rows("ConsentNeeded", false, "askAdministrator", {90094, 90095});
        rows("Denied", false, "giveConsent", {65004});
        rows("Denied", false, "otherAccount", {50057, 50034, 50020, 50105});
        rows("Denied", false, "askAdministrator",
             {53000, 53001, 53002, 53003, 53011, 530032, 50131});
        rows("Misconfigured", false, "fixRegistration",
             {50011, 700016, 7000218, 700025, 70011, 650057, 90002, 50194, 500112});
        rows("ServiceFault", false, "wait", {90033, 90006, 90024, 90012, 50033, 50087});
        rows("ServiceFault", false, "signIn", {54005, 501481});
        rows("Throttled", false, "wait", {50196, 90055});
    }
    void codes()
    {
        QFETCH(QString, kind);
        QFETCH(bool, isDead);
        QFETCH(QString, step);
        const int code = QByteArray(QTest::currentDataTag()).mid(6).toInt();
        // Whatever the status, the error word and the order of the codes.
        for (const int status : {200, 400, 401, 500}) {
            for (const QString &word : {u"invalid_grant"_s, u"something_new"_s}) {
                const auto failure = classifyTokenError(
                    {{u"error"_s, word}, {u"error_codes"_s, QJsonArray{1234567, code}}}, status,
                    seconds(0));
                QCOMPARE(QString(kindName(failure.error.kind)), kind);
                QCOMPARE(failure.isTokenDead, isDead);
                QCOMPARE(nextStepWord(nextStepFor(failure.error)), step);
                QCOMPARE(failure.error.serviceCode, u"AADSTS%1"_s.arg(code));
            }
        }
    }

    // At the end of a sign-in "sign in" helps where the code was lost, and nowhere else.
    void atTheEndOfASignIn_data()
    {
        QTest::addColumn<Cause>("cause");
        for (const int code : {54005, 501481, 70008, 70000, 9002313})
            QTest::addRow("AADSTS%d", code) << Cause::CodeSpent;
        for (const int code : {50076, 50144, 70043})
            QTest::addRow("AADSTS%d", code) << Cause::None;
        QTest::addRow("AADSTS53003") << Cause::PolicyBlock;
    }
    void atTheEndOfASignIn()
    {
        QFETCH(Cause, cause);
        const int code = QByteArray(QTest::currentDataTag()).mid(6).toInt();
        const auto result =
            auth::signedInWith(classifyTokenError({{u"error"_s, u"invalid_grant"_s},
                                                   {u"error_codes"_s, QJsonArray{code}}},
                                                  400, seconds(0)),
                               {}, {});
        QVERIFY(!result.ok());
        QVERIFY(result.error().kind != Error::Kind::SignInNeeded);
        QCOMPARE(result.error().cause, cause);
        QCOMPARE(nextStepFor(result.error()) == NextStep::SignIn, cause == Cause::CodeSpent);
    }

    void words_data()
    {
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("suberror");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("isDead");
        const auto row = [](const char *name, const char *error, const char *suberror, int status,
                            const char *kind, bool isDead = false) {
            QTest::newRow(name) << QString::fromLatin1(error) << QString::fromLatin1(suberror)
                                << status << QString::fromLatin1(kind) << isDead;
        };
        row("invalid_grant alone", "invalid_grant", "", 400, "SignInNeeded");
        row("invalid_grant with 200", "invalid_grant", "", 200, "SignInNeeded");
        row("invalid_grant with 500", "invalid_grant", "", 500, "SignInNeeded");
        row("interaction_required", "interaction_required", "", 400, "SignInNeeded");
        row("login_required", "login_required", "", 400, "SignInNeeded");
        row("consent_required", "consent_required", "", 400, "ConsentNeeded");
        row("basic_action", "invalid_grant", "basic_action", 400, "SignInNeeded");
        row("additional_action", "invalid_grant", "additional_action", 400, "SignInNeeded");
        row("password expired", "invalid_grant", "user_password_expired", 400, "SignInNeeded");
        row("suberror consent", "invalid_grant", "consent_required", 400, "ConsentNeeded");
        row("message_only", "invalid_grant", "message_only", 400, "Denied");
        row("protection policy", "interaction_required", "protection_policy_required", 400,
            "Denied");
        row("device", "invalid_grant", "device_authentication_failed", 400, "Denied");
        row("client_mismatch", "invalid_grant", "client_mismatch", 400, "Misconfigured");
        row("bad_token", "invalid_grant", "bad_token", 400, "SignInNeeded", true);
        row("token_expired", "invalid_grant", "token_expired", 400, "SignInNeeded", true);
        row("a suberror of tomorrow", "invalid_grant", "tomorrow", 400, "SignInNeeded");
        row("invalid_client", "invalid_client", "", 401, "Misconfigured");
        row("unauthorized_client", "unauthorized_client", "", 400, "Misconfigured");
        row("invalid_scope", "invalid_scope", "", 400, "Misconfigured");
        row("invalid_request", "invalid_request", "", 400, "Misconfigured");
        row("temporarily_unavailable", "temporarily_unavailable", "", 400, "ServiceFault");
        row("temporarily_unavailable, 503", "temporarily_unavailable", "", 503, "Throttled");
        row("server_error", "server_error", "", 500, "ServiceFault");
        row("an error of tomorrow", "tomorrow", "", 400, "ServiceFault");
        row("an error of tomorrow, 429", "tomorrow", "", 429, "Throttled");
    }
    void words()
    {
        QFETCH(QString, error);
        QFETCH(QString, suberror);
        QFETCH(int, status);
        QFETCH(QString, kind);
        QFETCH(bool, isDead);
        QJsonObject object{{u"error"_s, error},
                           // Never looked at.
                           {u"error_description"_s, u"AADSTS53003: blocked"_s}};
        if (!suberror.isEmpty())
            object.insert(u"suberror"_s, suberror);
        const auto failure = classifyTokenError(object, status, seconds(7));
        QCOMPARE(QString(kindName(failure.error.kind)), kind);
        QCOMPARE(failure.isTokenDead, isDead);
        QCOMPARE(failure.error.retryAfter, seconds(7));
        QVERIFY(!failure.error.detail.contains(u"blocked"_s));
    }

    void claims()
    {
        const auto with = [](const QString &claims) {
            return classifyTokenError({{u"error"_s, u"tomorrow"_s}, {u"claims"_s, claims}}, 400,
                                      seconds(0));
        };
        const QString good = uR"({"access_token":{"capolids":{"values":["1"]}}})"_s;
        QCOMPARE(with(good).claims, good.toUtf8());
        QCOMPARE(with(good).error.kind, Error::Kind::SignInNeeded);
        QVERIFY(with(u"no JSON"_s).claims.isEmpty());
        QVERIFY(with(u"[1]"_s).claims.isEmpty());
        QVERIFY(with(u"{\"a\":\""_s + QString(9000, u'x') + u"\"}"_s).claims.isEmpty());
    }

    void aLoopIsGivenAPause()
    {
        const auto failure = classifyTokenError(
            {{u"error"_s, u"invalid_grant"_s}, {u"error_codes"_s, QJsonArray{50196}}}, 400,
            seconds(0));
        QCOMPARE(failure.error.retryAfter, seconds(300));
    }

    void textOfOthersIsNotRepeated()
    {
        const auto failure = classifyTokenError({{u"error"_s, u"a\nb <script>"_s},
                                                 {u"suberror"_s, QString(100, u'x')},
                                                 {u"correlation_id"_s, u"x y"_s}},
                                                400, seconds(0));
        QVERIFY(!failure.error.detail.contains(u"script"_s));
        QVERIFY(!failure.error.detail.contains(u"xxx"_s));
        QVERIFY(!failure.error.serviceCode.contains(u'\n'));
        QCOMPARE(failure.error.requestId, u"(unreadable)"_s);
    }

    void wrongTypesDoNoHarm()
    {
        const auto failure = classifyTokenError({{u"error"_s, u"invalid_grant"_s},
                                                 {u"error_codes"_s, u"700082"_s},
                                                 {u"suberror"_s, 5},
                                                 {u"claims"_s, QJsonArray{}}},
                                                400, seconds(0));
        QCOMPARE(failure.error.kind, Error::Kind::SignInNeeded);
    }

    void onThePage_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("access_denied") << u"Cancelled"_s;
        QTest::newRow("consent_required") << u"ConsentNeeded"_s;
        QTest::newRow("login_required") << u"ServiceFault"_s;
        QTest::newRow("invalid_request") << u"Misconfigured"_s;
        QTest::newRow("unauthorized_client") << u"Misconfigured"_s;
        QTest::newRow("invalid_scope") << u"Misconfigured"_s;
        QTest::newRow("server_error") << u"ServiceFault"_s;
        QTest::newRow("temporarily_unavailable") << u"ServiceFault"_s;
        QTest::newRow("tomorrow") << u"ServiceFault"_s;
    }
    void onThePage()
    {
        QFETCH(QString, kind);
        const QString word = QString::fromLatin1(QTest::currentDataTag());
        const Error error = classifyAuthorizationError(word, u"AADSTS65004: declined"_s);
        QCOMPARE(QString(kindName(error.kind)), kind);
        QCOMPARE(error.serviceCode, u"AADSTS65004"_s);
        if (word == u"access_denied")
            QCOMPARE(error.cause, Cause::None); // the person knows why
        QCOMPARE(classifyAuthorizationError(word, u"text"_s).serviceCode, word);
    }

    void retryAfter_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("expected");
        QTest::newRow("none") << ""_ba << 0;
        QTest::newRow("seconds") << "30"_ba << 30;
        QTest::newRow("with blanks") << " 30 "_ba << 30;
        QTest::newRow("zero") << "0"_ba << 0;
        QTest::newRow("negative") << "-5"_ba << 0;
        QTest::newRow("more than an hour") << "999999"_ba << 3600;
        QTest::newRow("words") << "soon"_ba << 0;
        QTest::newRow("a date") << "Fri, 13 Feb 2009 23:32:30 GMT"_ba << 60;
        QTest::newRow("a date that is past") << "Fri, 13 Feb 2009 23:30:30 GMT"_ba << 0;
    }
    void retryAfter()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, expected);
        QCOMPARE(auth::readRetryAfter(header, 1234567890), seconds(expected));
    }
};

QTEST_GUILESS_MAIN(TestTokenError)
#include "tst_token_error.moc"
