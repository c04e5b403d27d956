// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/claims_request.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

class TestClaimsRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requests_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        QTest::addColumn<QByteArray>("request");
        const QByteArray plain = R"({"access_token":{"xms_cc":{"values":["cp1"]}}})";
        QTest::newRow("no challenge") << QByteArray() << plain;
        QTest::newRow("not JSON") << QByteArray("{") << plain;
        QTest::newRow("an array") << QByteArray("[1]") << plain;
        QTest::newRow("a challenge")
            << QByteArray(R"({"access_token":{"nbf":{"essential":true,"value":"1"}}})")
            << QByteArray(
                   R"({"access_token":{"nbf":{"essential":true,"value":"1"},"xms_cc":{"values":["cp1"]}}})");
        QTest::newRow("of another token too")
            << QByteArray(R"({"id_token":{"auth_time":null}})")
            << QByteArray(
                   R"({"access_token":{"xms_cc":{"values":["cp1"]}},"id_token":{"auth_time":null}})");
        QTest::newRow("an access_token of the wrong type")
            << QByteArray(R"({"access_token":7})") << plain;
    }
    void requests()
    {
        QFETCH(QByteArray, challenge);
        QFETCH(QByteArray, request);
        QCOMPARE(QJsonDocument::fromJson(auth::claimsRequest(challenge)),
                 QJsonDocument::fromJson(request));
    }
};

QTEST_GUILESS_MAIN(TestClaimsRequest)
#include "tst_claims_request.moc"
