// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/account_key.h"

#include <QTest>

using namespace Qt::StringLiterals;
using auth::accountKey;
using auth::accountNumber;

class TestAccountKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNumberAndBack()
    {
        QCOMPARE(accountKey(u"work"_s, 1), u"work"_s);
        QCOMPARE(accountKey(u"work"_s, 2), u"work.2"_s);
        for (const int number : {1, 2, 9, 10, 123})
            QCOMPARE(accountNumber(u"work"_s, accountKey(u"work"_s, number)), number);
    }

    void whatIsNoKeyOfTheProfile_data()
    {
        QTest::addColumn<QString>("key");
        for (const QString &key :
             {u""_s, u"wor"_s, u"works"_s, u"work."_s, u"work.0"_s, u"work.1"_s, u"work.-2"_s,
              u"work.02"_s, u"work.+2"_s, u"work. 2"_s, u"work.2 "_s, u"work.2.2"_s, u"work.two"_s,
              u"work-2"_s, u"home.2"_s, u"work.99999999999"_s})
            QTest::newRow(qPrintable(u'<' + key + u'>')) << key;
    }
    void whatIsNoKeyOfTheProfile()
    {
        QFETCH(QString, key);
        QCOMPARE(accountNumber(u"work"_s, key), 0);
    }
};

QTEST_GUILESS_MAIN(TestAccountKey)
#include "tst_account_key.moc"
