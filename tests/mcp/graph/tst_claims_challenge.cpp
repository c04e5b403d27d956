// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/claims_challenge.h"

#include <QTest>

using namespace Qt::StringLiterals;
using mcp::claimsChallenge;

namespace {

// With characters that differ between the two alphabets of base64.
const QByteArray claims = R"({"access_token":{"nbf":{"essential":true,"value":"~~~???>>>"}}})";
const QByteArray encoded = claims.toBase64();

QByteArray bearer(const QByteArray &value)
{
    return "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"" + value + '"';
}

} // namespace

class TestClaimsChallenge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void challenges_data()
    {
        QTest::addColumn<QByteArray>("header");
        const auto urlSafe = QByteArray::Base64UrlEncoding;
        QTest::newRow("as Graph sends it") << bearer(encoded);
        QTest::newRow("no padding") << bearer(claims.toBase64(QByteArray::OmitTrailingEquals));
        QTest::newRow("url alphabet") << bearer(claims.toBase64(urlSafe));
        QTest::newRow("url alphabet, no padding")
            << bearer(claims.toBase64(urlSafe | QByteArray::OmitTrailingEquals));
        QTest::newRow("unquoted") << "Bearer claims="_ba + encoded;
        QTest::newRow("other case") << "bEARER CLAIMS=\""_ba + encoded + '"';
        QTest::newRow("blanks around") << "  Bearer  claims = \""_ba + encoded + "\"  ";
        QTest::newRow("claims first") << "Bearer claims=\""_ba + encoded + "\", error=\"x\"";
        QTest::newRow("second field")
            << "Bearer realm=\"\", client_id=\"1\", "_ba + bearer(encoded);
        QTest::newRow("after another scheme") << "Negotiate abc=, "_ba + bearer(encoded);
        QTest::newRow("after claims of another scheme")
            << "PoP claims=\"e30\", "_ba + bearer(encoded);
        QTest::newRow("after claims that cannot be read") << bearer("%%%") + ", " + bearer(encoded);
        QTest::newRow("a quotation with commas and equals signs")
            << "Bearer realm=\"a, claims=\\\"e30=\\\" b\", claims=\""_ba + encoded + '"';
        QTest::newRow("empty elements") << ", ,"_ba + bearer(encoded) + ",,";
    }
    void challenges()
    {
        QFETCH(QByteArray, header);
        QCOMPARE(claimsChallenge(header).value_or("none"), claims);
    }

    void noChallenges_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no claims") << "Bearer realm=\"\", error=\"invalid_token\""_ba;
        QTest::newRow("another scheme") << "PoP claims=\""_ba + encoded + '"';
        QTest::newRow("no scheme") << "claims=\""_ba + encoded + '"';
        QTest::newRow("within a quotation") << "Bearer realm=\"claims=e30=\""_ba;
        QTest::newRow("quotation without end") << "Bearer claims=\""_ba + encoded;
        QTest::newRow("ends in a backslash") << "Bearer claims=\""_ba + encoded + '\\';
        QTest::newRow("not base64") << bearer("%%%");
        QTest::newRow("no JSON") << bearer(QByteArray("hello").toBase64());
        QTest::newRow("JSON, no object") << bearer(QByteArray("[1]").toBase64());
        QTest::newRow("empty") << bearer({});
        QTest::newRow("larger than 8 KiB")
            << bearer(("{\"a\":\"" + QByteArray(9000, 'x') + "\"}").toBase64());
        QTest::newRow("a header larger than 32 KiB")
            << "Bearer realm=\""_ba + QByteArray(40'000, 'x') + "\", " + bearer(encoded);
        QTest::newRow("bytes that are no text") << "\xff\x00\x01 Bearer"_ba;
        QTest::newRow("only commas") << QByteArray(1000, ',');
    }
    void noChallenges()
    {
        QFETCH(QByteArray, header);
        QVERIFY(!claimsChallenge(header));
    }
};

QTEST_APPLESS_MAIN(TestClaimsChallenge)
#include "tst_claims_challenge.moc"
