// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Resources over the wire, per revision.

#include "tests/mcp/support/session_world.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace mcp;
using namespace session_test;

class TestSessionResources : public QObject
{
    Q_OBJECT

private:
    static void addRevisions()
    {
        QTest::addColumn<QByteArray>("version"); // empty: modern
        for (const char *version : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
            QTest::newRow(version) << QByteArray(version);
        QTest::newRow("2026-07-28") << QByteArray();
    }
    // A request of the revision, after the handshake where it has one.
    static void ask(World &world, const QByteArray &version, const QByteArray &method,
                    const QByteArray &params = "")
    {
        if (version.isEmpty()) {
            world.receive(modern("1", method, params));
            return;
        }
        world.receive(initialize(version));
        world.answer();
        world.receive(request("1", method, params));
    }
    static QStringList modernKeys(const QString &own)
    {
        return {u"_meta"_s, u"cacheScope"_s, own, u"resultType"_s, u"ttlMs"_s};
    }

private Q_SLOTS:
    void resourcesAreListedWithTheFieldsOfTheRevision_data() { addRevisions(); }
    void resourcesAreListedWithTheFieldsOfTheRevision()
    {
        QFETCH(QByteArray, version);
        World world;
        ask(world, version, "resources/list");
        const QJsonObject result = world.answerObject()["result"_L1].toObject();
        if (version.isEmpty()) {
            QStringList expected = modernKeys(u"resources"_s);
            expected.sort();
            QCOMPARE(keys(result), expected);
            QCOMPARE(result["cacheScope"_L1].toString(), u"private"_s);
            QVERIFY(result["ttlMs"_L1].toInt() > 0);
        } else {
            QCOMPARE(keys(result), QStringList{u"resources"_s});
        }
        QJsonObject expected{{u"uri"_s, u"graph://slow"_s},
                             {u"name"_s, u"slow"_s},
                             {u"description"_s, u"Something to read."_s},
                             {u"mimeType"_s, u"application/json"_s}};
        if (version.isEmpty() || version >= "2025-06-18")
            expected.insert(u"title"_s, u"Slow title"_s);
        QCOMPARE(result["resources"_L1].toArray(), QJsonArray{expected});
    }

    void thereAreNoTemplates_data() { addRevisions(); }
    void thereAreNoTemplates()
    {
        QFETCH(QByteArray, version);
        World world;
        ask(world, version, "resources/templates/list");
        const QJsonObject result = world.answerObject()["result"_L1].toObject();
        QCOMPARE(result["resourceTemplates"_L1], QJsonValue(QJsonArray{}));
        QCOMPARE(keys(result),
                 version.isEmpty() ? modernKeys(u"resourceTemplates"_s)
                                   : QStringList{u"resourceTemplates"_s});
    }

    void aResourceIsReadAndNeverCached_data() { addRevisions(); }
    void aResourceIsReadAndNeverCached()
    {
        QFETCH(QByteArray, version);
        World world;
        ask(world, version, "resources/read", slowUri);
        QTRY_COMPARE(world.reading.size(), 1);
        QCOMPARE(world.session->inFlight(), 1);
        world.reading.first().answer(u"{\"a\":\"ž\"}"_s);
        const QJsonObject result = world.answerObject()["result"_L1].toObject();
        QCOMPARE(result["contents"_L1].toArray(),
                 (QJsonArray{QJsonObject{{u"uri"_s, u"graph://slow"_s},
                                         {u"mimeType"_s, u"application/json"_s},
                                         {u"text"_s, u"{\"a\":\"ž\"}"_s}}}));
        if (version.isEmpty()) {
            QStringList expected = modernKeys(u"contents"_s);
            expected.sort();
            QCOMPARE(keys(result), expected);
            QCOMPARE(result["ttlMs"_L1].toInt(-1), 0);
            QCOMPARE(result["cacheScope"_L1].toString(), u"private"_s);
            QCOMPARE(result["resultType"_L1].toString(), u"complete"_s);
        } else {
            QCOMPARE(keys(result), QStringList{u"contents"_s});
        }
        QCOMPARE(world.session->inFlight(), 0);
    }

    void anUnknownResourceIsToldWithItsUri_data() { addRevisions(); }
    void anUnknownResourceIsToldWithItsUri()
    {
        QFETCH(QByteArray, version);
        for (const QByteArray &uri : {QByteArray("graph://Slow"), QByteArray("graph://slow/"),
                                      QByteArray("file:///etc/passwd"), QByteArray()}) {
            World world;
            ask(world, version, "resources/read", uriOf(uri));
            const QJsonObject error = world.answerObject()["error"_L1].toObject();
            QCOMPARE(error["code"_L1].toInt(), version.isEmpty() ? -32602 : -32002);
            QCOMPARE(error["data"_L1].toObject(),
                     (QJsonObject{{u"uri"_s, QString::fromUtf8(uri)}}));
            QVERIFY(world.reading.isEmpty());
        }
    }

    void readingsThatAreMalformed_data()
    {
        QTest::addColumn<QByteArray>("params");
        QTest::newRow("no uri") << QByteArray(R"("name":"slow")");
        QTest::newRow("a number") << QByteArray(R"("uri":1)");
        QTest::newRow("null") << QByteArray(R"("uri":null)");
        QTest::newRow("a list") << QByteArray(R"("uri":["x"])");
    }
    void readingsThatAreMalformed()
    {
        QFETCH(QByteArray, params);
        for (const QByteArray &version : {QByteArray(), QByteArray("2025-06-18")}) {
            World world;
            ask(world, version, "resources/read", params);
            const QJsonObject error = world.answerObject()["error"_L1].toObject();
            QCOMPARE(error["code"_L1].toInt(), -32602);
            QVERIFY(!error.contains("data"_L1));
            QCOMPARE(world.session->inFlight(), 0);
        }
    }

    void cursorsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("cursor");
        QTest::newRow("made up") << QByteArray(R"("abc")");
        QTest::newRow("an empty one is one too") << QByteArray(R"("")");
        QTest::newRow("a number") << QByteArray("3");
    }
    void cursorsAreRefused()
    {
        QFETCH(QByteArray, cursor);
        for (const char *method : {"resources/list", "resources/templates/list"}) {
            for (const QByteArray &version : {QByteArray(), QByteArray("2024-11-05")}) {
                World world;
                ask(world, version, method, R"("cursor":)" + cursor);
                QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32602);
                World fine;
                ask(fine, version, method, R"("cursor":null)");
                QVERIFY(fine.answerObject().contains("result"_L1));
            }
        }
    }

    void aFailedReadingIsAnErrorWithTheCodeOfItsKind_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("code");
        QTest::newRow("refused") << int(Error::Kind::Denied) << 1003;
        QTest::newRow("nobody signed in") << int(Error::Kind::SignInNeeded) << 1003;
        QTest::newRow("offline") << int(Error::Kind::Offline) << 1004;
        QTest::newRow("throttled") << int(Error::Kind::Throttled) << 1001;
        QTest::newRow("our mistake") << int(Error::Kind::Bug) << -32603;
    }
    void aFailedReadingIsAnErrorWithTheCodeOfItsKind()
    {
        QFETCH(int, kind);
        QFETCH(int, code);
        World world;
        world.receive(modern("\"r\"", "resources/read", slowUri));
        QTRY_COMPARE(world.reading.size(), 1);
        world.reading.first().answer(Error{.kind = Error::Kind(kind), .detail = u"What to do."_s});
        const QJsonObject answer = world.answerObject();
        QCOMPARE(answer["id"_L1].toString(), u"r"_s);
        QCOMPARE(answer["error"_L1]["code"_L1].toInt(), code);
        QCOMPARE(answer["error"_L1]["message"_L1].toString(), u"What to do."_s);
    }

    void aReadingIsARequestLikeACall()
    {
        World world;
        QSignalSpy used(world.session.get(), &Session::accountUsed);
        world.receive(initialize("2025-06-18"));
        world.answer();
        world.receive(
            request("1", "resources/read", slowUri + R"(,"_meta":{"progressToken":"p"})"));
        QTRY_COMPARE(world.reading.size(), 1);
        QCOMPARE(used.size(), 1);
        const auto context = world.contexts.first();
        QCOMPARE(context->principal, u"tenant.person"_s);
        QCOMPARE(context->client.claimedName, u"legacy"_s);
        QVERIFY(!context->deadline.isForever());
        context->progress(u"Waiting"_s);
        const QJsonObject progress = world.answerObject();
        QCOMPARE(progress["method"_L1].toString(), u"notifications/progress"_s);
        QCOMPARE(progress["params"_L1]["progressToken"_L1].toString(), u"p"_s);
        world.receive(request("1", "tools/list"));
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32600); // id in flight

        world.receive(notification("notifications/cancelled", R"("requestId":1)"));
        QVERIFY(context->cancellation->isCancelled());
        world.reading.first().answer(u"late"_s);
        QVERIFY(world.isSilent());
    }

    void aBatchMayRead()
    {
        World world;
        world.receive(initialize("2025-03-26"));
        world.answer();
        world.receive('[' + request("1", "resources/read", slowUri) + ','
                      + request("2", "resources/list") + ']');
        QVERIFY(world.isSilent());
        world.reading.first().answer(u"text"_s);
        const QByteArray line = world.answer();
        QCOMPARE(QJsonDocument::fromJson(line).array().size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestSessionResources)
#include "tst_session_resources.moc"
