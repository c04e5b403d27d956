// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// getSchedule of the sandbox: it answers and refuses as Graph's documentation says.

#include "tests/sandbox/sandbox_client.h"
#include "tests/sandbox/schedule.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace sandbox;

class TestSandboxSchedule : public QObject
{
    Q_OBJECT

private:
    static QJsonObject time(const QString &text)
    {
        return {{u"dateTime"_s, text}, {u"timeZone"_s, u"UTC"_s}};
    }
    static QJsonObject question(const QStringList &addresses)
    {
        return {{u"schedules"_s, QJsonArray::fromStringList(addresses)},
                {u"startTime"_s, time(u"2026-11-26T23:00:00"_s)},
                {u"endTime"_s, time(u"2026-11-27T23:00:00"_s)},
                {u"availabilityViewInterval"_s, 30}};
    }
    SandboxClient::Answer ask(const QJsonObject &body,
                              const QStringList &scopes = {u"Calendars.ReadBasic"_s},
                              const QByteArray &method = "POST")
    {
        return m_client->send(
            method, QUrl(m_tenant->graphUrl().toString() + u"/v1.0/me/calendar/getSchedule"_s),
            QJsonDocument(body).toJson(),
            {{"Content-Type", "application/json"},
             {"Authorization", "Bearer " + m_tenant->issueAccessToken(u"adele"_s, scopes)}});
    }

    std::unique_ptr<SandboxTenant> m_tenant;
    std::unique_ptr<SandboxClient> m_client;

private Q_SLOTS:
    void init()
    {
        m_tenant = std::make_unique<SandboxTenant>();
        QVERIFY(m_tenant->listen());
        m_client = std::make_unique<SandboxClient>(m_tenant.get());
    }

    void isReadByPostWithItsScope()
    {
        const QJsonObject body = question({u"AdeleV@contoso.com"_s});
        QCOMPARE(ask(body).status, 200);
        QCOMPARE(ask(body, {u"User.Read"_s}).status, 403);
        QCOMPARE(ask({}, {u"Calendars.ReadBasic"_s}, "GET").status, 405);
    }

    void itemsOfACalendar()
    {
        const auto answer = ask(question({u"AdeleV@contoso.com"_s}));
        const QJsonValue adele = answer.json()["value"_L1][0];
        QStringList items;
        for (const auto &item : adele["scheduleItems"_L1].toArray()) {
            items.append(item["status"_L1].toString() + u' '
                         + item["start"_L1]["dateTime"_L1].toString().left(16));
        }
        // The all-day event is a day of the mailbox, not of UTC.
        QCOMPARE(items,
                 (QStringList{u"oof 2026-11-25T23:00"_s, u"busy 2026-11-26T22:30"_s,
                              u"busy 2026-11-27T09:00"_s, u"busy 2026-11-27T15:15"_s}));
        QCOMPARE(adele["availabilityView"_L1].toString(), QString(48, u'3'));
        QCOMPARE(adele["workingHours"_L1]["timeZone"_L1]["name"_L1].toString(),
                 u"W. Europe Standard Time"_s);
    }

    void viewsOfHabits()
    {
        const auto answer = ask(question({u"LidiaH@contoso.com"_s, u"PradeepG@contoso.com"_s}));
        // Stand-up and mail in San Diego at nine, which is 17:00 UTC.
        QCOMPARE(answer.json()["value"_L1][0]["availabilityView"_L1].toString(),
                 QString(36, u'0') + u"22"_s + QString(10, u'0'));
        QCOMPARE(answer.json()["value"_L1][1]["availabilityView"_L1].toString(),
                 QString(18, u'0') + u"22011"_s + QString(25, u'0'));
    }

    void subjectsOfPrivateItemsStayPrivate()
    {
        QJsonObject body = question({u"PradeepG@contoso.com"_s});
        body.insert(u"startTime"_s, time(u"2026-11-26T00:00:00"_s));
        const auto answer = ask(body);
        QVERIFY(answer.body.contains("Lunch"));
        QVERIFY(!answer.body.contains("Hospital"));
    }

    void whoIsNotReadIsToldApart()
    {
        const auto answer = ask(question({u"nobody@contoso.com"_s, u"JacobC@tailspintoys.com"_s,
                                          u"DiegoS@contoso.com"_s, u"Adams@contoso.com"_s}));
        QCOMPARE(answer.status, 200);
        QStringList codes;
        for (const auto &one : answer.json()["value"_L1].toArray())
            codes.append(one["error"_L1]["responseCode"_L1].toString());
        QCOMPARE(codes,
                 (QStringList{u"ErrorMailRecipientNotFound"_s, u"ErrorMailRecipientNotFound"_s,
                              u"ErrorNoFreeBusyAccess"_s, QString()}));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QJsonValue>("value");
        QStringList many;
        for (int i = 0; i < 21; ++i)
            many.append(u"till%1@contoso.com"_s.arg(i));
        QTest::newRow("nobody") << u"schedules"_s << QJsonValue(QJsonArray());
        QTest::newRow("too many") << u"schedules"_s << QJsonValue(QJsonArray::fromStringList(many));
        QTest::newRow("too long") << u"endTime"_s << QJsonValue(time(u"2027-02-01T00:00:00"_s));
        QTest::newRow("backwards") << u"endTime"_s << QJsonValue(time(u"2026-11-01T00:00:00"_s));
        QTest::newRow("slots") << u"availabilityViewInterval"_s << QJsonValue(4);
        QTest::newRow("parameter it does not know") << u"timeZone"_s << QJsonValue(u"UTC"_s);
    }
    void refuses()
    {
        QFETCH(QString, name);
        QFETCH(QJsonValue, value);
        QJsonObject body = question({u"AdeleV@contoso.com"_s});
        body.insert(name, value);
        QCOMPARE(ask(body).status, 400);
    }
};

QTEST_GUILESS_MAIN(TestSandboxSchedule)
#include "tst_sandbox_schedule.moc"
