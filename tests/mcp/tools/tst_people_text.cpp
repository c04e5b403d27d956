// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/people_text.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestPeopleText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void factsThatAreThereStay()
    {
        const QJsonObject known{{u"userPrincipalName"_s, u"A@B.c"_s},
                                {u"jobTitle"_s, u"old"_s},
                                {u"department"_s, u"Retail"_s},
                                {u"displayName"_s, u"Other"_s},
                                {u"phones"_s, QJsonArray{QJsonObject{{u"number"_s, u"1"_s}}}}};
        const QJsonObject user{{u"userPrincipalName"_s, u"a@b.C"_s},
                               {u"displayName"_s, u"Anna"_s},
                               {u"jobTitle"_s, u"new"_s},
                               {u"department"_s, QJsonValue::Null},
                               {u"businessPhones"_s, QJsonArray{u"2"_s}}};
        const QJsonObject whole = completed(user, knownPeople({known}));
        QCOMPARE(whole["jobTitle"_L1].toString(), u"new"_s);
        QCOMPARE(whole["department"_L1].toString(), u"Retail"_s);
        QCOMPARE(whole["displayName"_L1].toString(), u"Anna"_s);
        QCOMPARE(whole["businessPhones"_L1].toArray(), QJsonArray{u"2"_s});
        // Contacts have an empty user name, and so may a user that Graph tells nothing about.
        const QJsonObject contact{{u"userPrincipalName"_s, QString()}, {u"jobTitle"_s, u"x"_s}};
        QCOMPARE(completed({}, knownPeople({contact}))["jobTitle"_L1].toString(), QString());
    }

    void presences_data()
    {
        QTest::addColumn<QString>("availability");
        QTest::addColumn<QString>("activity");
        QTest::addColumn<QString>("text");
        QTest::newRow("alike") << u"Away"_s << u"Away"_s << u"Away"_s;
        QTest::newRow("both") << u"Busy"_s << u"InACall"_s << u"Busy (InACall)"_s;
        QTest::newRow("unknown") << u"PresenceUnknown"_s << u"PresenceUnknown"_s << QString();
        QTest::newRow("no word") << u"call 123 <b>"_s << u"Away"_s << QString();
        QTest::newRow("half") << u"Busy"_s << QString() << u"Busy"_s;
    }
    void presences()
    {
        QFETCH(QString, availability);
        QFETCH(QString, activity);
        QFETCH(QString, text);
        QCOMPARE(presenceText({{u"availability"_s, availability}, {u"activity"_s, activity}}),
                 text);
    }
};

QTEST_GUILESS_MAIN(TestPeopleText)
#include "tst_people_text.moc"
