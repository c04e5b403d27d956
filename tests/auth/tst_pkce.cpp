// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/pkce.h"

#include "auth/random_text.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using auth::Pkce;

class TestPkce : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // RFC 7636, appendix B, both steps.
    void vectorOfTheStandard()
    {
        const unsigned char octets[] = {116, 24,  223, 180, 151, 153, 224, 37,  79,  250, 96,
                                        125, 216, 173, 187, 186, 22,  212, 37,  77,  105, 214,
                                        191, 240, 91,  88,  5,   88,  83,  132, 141, 121};
        const QByteArray verifier = auth::base64Url(
            QByteArray(reinterpret_cast<const char *>(octets), qsizetype(sizeof octets)));
        QCOMPARE(verifier, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"_ba);
        QCOMPARE(Pkce::challengeFor(Secret(verifier)),
                 "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_ba);
    }

    void everyAttemptHasItsOwn()
    {
        static const QRegularExpression form(u"\\A[A-Za-z0-9_-]{43}\\z"_s);
        QSet<QByteArray> seen;
        for (int i = 0; i < 1000; ++i) {
            const Pkce pkce = Pkce::fresh();
            QVERIFY(form.match(QString::fromLatin1(pkce.verifier.reveal())).hasMatch());
            QCOMPARE(pkce.challenge, Pkce::challengeFor(pkce.verifier));
            seen += pkce.verifier.reveal();
        }
        QCOMPARE(seen.size(), 1000);
    }

    void randomTextUsesAllItsBits()
    {
        QByteArray all;
        QByteArray none(32, '\xff');
        all.fill('\0', 32);
        for (int i = 0; i < 200; ++i) {
            const QByteArray bytes =
                QByteArray::fromBase64(auth::randomText(32), QByteArray::Base64UrlEncoding);
            QCOMPARE(bytes.size(), 32);
            for (qsizetype j = 0; j < 32; ++j) {
                all[j] = char(all[j] | bytes[j]);
                none[j] = char(none[j] & bytes[j]);
            }
        }
        QCOMPARE(all, QByteArray(32, '\xff'));
        QCOMPARE(none, QByteArray(32, '\0'));
    }

    void comparison()
    {
        QVERIFY(auth::equalInConstantTime("abc", "abc"));
        QVERIFY(!auth::equalInConstantTime("abc", "abd"));
        QVERIFY(!auth::equalInConstantTime("abc", "xbc"));
        QVERIFY(!auth::equalInConstantTime("abc", "ab"));
        QVERIFY(!auth::equalInConstantTime("abc", ""));
        QVERIFY(auth::equalInConstantTime("", ""));
    }
};

QTEST_GUILESS_MAIN(TestPkce)
#include "tst_pkce.moc"
