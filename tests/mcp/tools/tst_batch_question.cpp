// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/batch_question.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestBatchQuestion : public QObject
{
    Q_OBJECT

private:
    static Result<BatchQuestion> ask(const QByteArray &requests)
    {
        return batchQuestionOf({{u"path"_s, u"/$batch"_s},
                                {u"body"_s, QString::fromUtf8("{\"requests\":" + requests + '}')}});
    }
    static QByteArray gets(int count)
    {
        QJsonArray all;
        for (int i = 0; i < count; ++i)
            all.append(QJsonObject{{u"id"_s, QString::number(i)}, {u"url"_s, u"/me/events"_s}});
        return QJsonDocument(all).toJson();
    }

private Q_SLOTS:
    void whatOnlyReadsIsAsked()
    {
        const auto batch =
            ask("[{\"id\":\"a\",\"method\":\"GET\",\"url\":\"/me/events?$top=1\"},"
                "{\"id\":\"b\",\"url\":\"me/"
                "calendarView?startDateTime=2026-11-01&endDateTime=2026-11-02\"},"
                "{\"id\":\"c\",\"method\":\"POST\",\"url\":\"/me/calendar/getSchedule\","
                "\"headers\":{\"Content-Type\":\"application/"
                "json\"},\"body\":{\"schedules\":[\"a@b.c\"]}}]");
        QVERIFY2(batch.ok(), batch.ok() ? "" : qPrintable(batch.error().detail));
        QCOMPARE(batch->area, Area::Calendar);
        QCOMPARE(batch->parts.size(), 3);
        QCOMPARE(batch->parts.at(0).id, u"a"_s);
        QCOMPARE(batch->parts.at(0).request.query.queryItemValue(u"$top"_s), u"1"_s);
        QCOMPARE(batch->parts.at(1).request.path, u"/v1.0/me/calendarView"_s);
        QVERIFY(!batch->parts.at(1).request.body);
        QCOMPARE(batch->parts.at(2).request.body->value("schedules"_L1)[0].toString(), u"a@b.c"_s);
        QVERIFY(ask(gets(20)).ok());
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("requests");
        QTest::addColumn<QString>("why");
        const auto row = [](const char *name, const QByteArray &requests, const QString &why) {
            QTest::newRow(name) << requests << why;
        };
        row("none", "[]", u"1 to 20"_s);
        row("too many", gets(21), u"1 to 20"_s);
        row("no list", "{}", u"1 to 20"_s);
        row("no id", "[{\"url\":\"/me\"}]", u"\"id\""_s);
        row("an id with more", "[{\"id\":\"a\\nb\",\"url\":\"/me\"}]", u"\"id\""_s);
        row("an id twice", "[{\"id\":\"a\",\"url\":\"/me\"},{\"id\":\"A\",\"url\":\"/me\"}]",
            u"\"id\""_s);
        row("a write", "[{\"id\":\"a\",\"method\":\"DELETE\",\"url\":\"/me/events/1\"}]",
            u"\"a\" of the batch: this changes something"_s);
        row("a write in other case",
            "[{\"id\":\"a\",\"method\":\"delete\",\"url\":\"/me/events/1\"}]",
            u"changes something"_s);
        row("a POST that writes",
            "[{\"id\":\"a\",\"method\":\"POST\",\"url\":\"/me/sendMail\",\"body\":{}}]",
            u"changes something"_s);
        row("a batch in a batch",
            "[{\"id\":\"a\",\"method\":\"POST\",\"url\":\"/$batch\",\"body\":{}}]",
            u"changes something"_s);
        row("a method that is overridden",
            "[{\"id\":\"a\",\"url\":\"/me\",\"headers\":{\"X-HTTP-Method\":\"DELETE\"}}]",
            u"headers"_s);
        row("access by a header",
            "[{\"id\":\"a\",\"url\":\"/me/"
            "events\",\"headers\":{\"Prefer\":\"redeemSharingLink\"}}]",
            u"headers"_s);
        row("an order", "[{\"id\":\"a\",\"url\":\"/me\",\"dependsOn\":[\"b\"]}]", u"may have"_s);
        row("two parts of the account",
            "[{\"id\":\"a\",\"url\":\"/me/messages\"},{\"id\":\"b\",\"url\":\"/me/events\"}]",
            u"a batch for each"_s);
        row("another host", "[{\"id\":\"a\",\"url\":\"https://evil.example/me\"}]", u"path"_s);
        row("a secret",
            "[{\"id\":\"a\",\"url\":\"/me/authentication/temporaryAccessPassMethods\"}]",
            u"secret"_s);
    }
    void refuses()
    {
        QFETCH(QByteArray, requests);
        QFETCH(QString, why);
        const auto batch = ask(requests);
        QVERIFY(!batch.ok());
        QCOMPARE(batch.error().cause, Cause::ArgumentWrong);
        QVERIFY2(batch.error().detail.contains(why), qPrintable(batch.error().detail));
    }

    void aBatchIsKnownByItsPath()
    {
        QVERIFY(isBatch({{u"path"_s, u"/$batch"_s}}));
        QVERIFY(isBatch({{u"path"_s, u"/v1.0/$batch"_s}}));
        QVERIFY(!isBatch({{u"path"_s, u"/me"_s}}));
        QVERIFY(!isBatch({{u"path"_s, u"/$batch?x"_s}})); // and so no path that Graph has
        QVERIFY(!batchQuestionOf({{u"path"_s, u"/$batch"_s}, {u"body"_s, u"[]"_s}}).ok());
        QVERIFY(!batchQuestionOf(
                     {{u"path"_s, u"/$batch"_s}, {u"body"_s, u"{\"requests\":[],\"more\":1}"_s}})
                     .ok());
    }
};

QTEST_APPLESS_MAIN(TestBatchQuestion)
#include "tst_batch_question.moc"
