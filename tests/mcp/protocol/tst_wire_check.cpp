// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The check that tst_schemas relies on: it sees what is wrong.

#include "tests/mcp/support/checked_talk.h"

using namespace Qt::StringLiterals;
using namespace mcp;
using namespace session_test;

class TestWireCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void faultsOfResultsAreSeen_data()
    {
        QTest::addColumn<QByteArray>("revision");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QJsonObject>("result");
        const QJsonArray text{QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, u"x"_s}}};
        const QJsonObject full{{u"resultType"_s, u"complete"_s},
                               {u"ttlMs"_s, 0},
                               {u"cacheScope"_s, u"private"_s},
                               {u"tools"_s, QJsonArray{}}};
        const auto without = [&full](const QString &key) {
            QJsonObject object = full;
            object.remove(key);
            return object;
        };
        const auto with = [&full](const QString &key, const QJsonValue &value) {
            QJsonObject object = full;
            object.insert(key, value);
            return object;
        };
        const auto tool = [](const QString &key, const QJsonValue &value) {
            QJsonObject object{{u"name"_s, u"T"_s},
                               {u"inputSchema"_s, QJsonObject{{u"type"_s, u"object"_s}}}};
            object.insert(key, value);
            return QJsonArray{object};
        };
        for (const char *key : {"resultType", "ttlMs", "cacheScope", "tools"})
            QTest::addRow("no %s", key)
                << newestRevision << QByteArray("tools/list") << without(QString::fromLatin1(key));
        QTest::newRow("a scope that there is not")
            << newestRevision << QByteArray("tools/list") << with(u"cacheScope"_s, u"secret"_s);
        QTest::newRow("a negative time")
            << newestRevision << QByteArray("tools/list") << with(u"ttlMs"_s, -1);
        QTest::newRow("a fraction of a millisecond")
            << newestRevision << QByteArray("tools/list") << with(u"ttlMs"_s, 0.5);
        QTest::newRow("a field of our own")
            << newestRevision << QByteArray("tools/list") << with(u"extra"_s, 1);
        QTest::newRow("a tool without a name")
            << newestRevision << QByteArray("tools/list")
            << with(u"tools"_s, QJsonArray{QJsonObject{{u"inputSchema"_s, QJsonObject{}}}});
        QTest::newRow("isError is a text")
            << QByteArray("2024-11-05") << QByteArray("tools/call")
            << QJsonObject{{u"content"_s, text}, {u"isError"_s, u"true"_s}};
        QTest::newRow("content is no list") << QByteArray("2025-06-18") << QByteArray("tools/call")
                                            << QJsonObject{{u"content"_s, text.first()}};
        QTest::newRow("content of an unknown type")
            << QByteArray("2025-11-25") << QByteArray("tools/call")
            << QJsonObject{{u"content"_s, QJsonArray{QJsonObject{{u"type"_s, u"html"_s}}}}};
        QTest::newRow("structure before its revision")
            << QByteArray("2025-03-26") << QByteArray("tools/call")
            << QJsonObject{{u"content"_s, text}, {u"structuredContent"_s, QJsonObject{}}};
        QTest::newRow("title before its revision")
            << QByteArray("2025-03-26") << QByteArray("tools/list")
            << QJsonObject{{u"tools"_s, tool(u"title"_s, u"T"_s)}};
        QTest::newRow("annotations before their revision")
            << QByteArray("2024-11-05") << QByteArray("tools/list")
            << QJsonObject{{u"tools"_s, tool(u"annotations"_s, QJsonObject{})}};
        QTest::newRow("resultType in a legacy one")
            << QByteArray("2025-11-25") << QByteArray("tools/list")
            << QJsonObject{{u"tools"_s, QJsonArray{}}, {u"resultType"_s, u"complete"_s}};
        QTest::newRow("contents without a uri")
            << QByteArray("2025-06-18") << QByteArray("resources/read")
            << QJsonObject{{u"contents"_s, QJsonArray{QJsonObject{{u"text"_s, u"x"_s}}}}};
        QTest::newRow("a uri that is none")
            << QByteArray("2025-06-18") << QByteArray("resources/read")
            << QJsonObject{
                   {u"contents"_s,
                    QJsonArray{QJsonObject{{u"uri"_s, u"my profile"_s}, {u"text"_s, u"x"_s}}}}};
        QTest::newRow("a pong with something in it")
            << QByteArray("2025-06-18") << QByteArray("ping") << QJsonObject{{u"x"_s, 1}};
        QTest::newRow("another revision than was asked for")
            << QByteArray("2025-06-18") << QByteArray("initialize")
            << QJsonObject{
                   {u"protocolVersion"_s, u"2025-11-25"_s},
                   {u"capabilities"_s, QJsonObject{}},
                   {u"serverInfo"_s, QJsonObject{{u"name"_s, u"x"_s}, {u"version"_s, u"1"_s}}}};
    }
    void faultsOfResultsAreSeen()
    {
        QFETCH(QByteArray, revision);
        QFETCH(QByteArray, method);
        QFETCH(QJsonObject, result);
        WireCheck check(revision);
        check.sending(request("1", method));
        QVERIFY(!check.problem(QJsonDocument(resultMessage(1, result)).toJson()).isEmpty());
    }

    void faultsOfMessagesAreSeen_data()
    {
        QTest::addColumn<QByteArray>("revision");
        QTest::addColumn<QByteArray>("line");
        const auto error = [](int code, const QJsonObject &data = {}) {
            return QJsonDocument(errorMessage(1, {.code = code, .message = u"x"_s, .data = data}))
                .toJson();
        };
        const auto progress = [](const QJsonObject &params) {
            return QJsonDocument(notificationMessage(u"notifications/progress"_s, params)).toJson();
        };
        QTest::newRow("an answer to nothing")
            << newestRevision << QJsonDocument(resultMessage(2, {})).toJson();
        QTest::newRow("a request") << newestRevision << request("1", "ping");
        QTest::newRow("an unknown notification")
            << newestRevision << notification("notifications/x", "");
        QTest::newRow("not found as it was before") << newestRevision << error(-32002);
        QTest::newRow("a modern code in a legacy revision")
            << QByteArray("2025-11-25") << error(-32022);
        QTest::newRow("an unsupported version that says nothing")
            << newestRevision << error(-32022);
        QTest::newRow("a reserved code") << QByteArray("2025-06-18") << error(-32001);
        QTest::newRow("null for an id")
            << QByteArray("2025-11-25")
            << QJsonDocument(errorMessage(QJsonValue::Null, {.message = u"x"_s})).toJson();
        QTest::newRow("no id where there was one")
            << QByteArray("2025-06-18")
            << QJsonDocument(errorMessage(QJsonValue::Undefined, {.message = u"x"_s})).toJson();
        QTest::newRow("a batch where there are none")
            << QByteArray("2025-06-18") << '[' + error(-32601) + ']';
        QTest::newRow("progress without a number")
            << QByteArray("2024-11-05") << progress({{u"progressToken"_s, 1}});
        QTest::newRow("progress without a token")
            << QByteArray("2025-11-25") << progress({{u"progress"_s, 1}});
        QTest::newRow("a message before its revision")
            << QByteArray("2024-11-05")
            << progress({{u"progressToken"_s, 1}, {u"progress"_s, 1}, {u"message"_s, u"x"_s}});
    }
    void faultsOfMessagesAreSeen()
    {
        QFETCH(QByteArray, revision);
        QFETCH(QByteArray, line);
        WireCheck check(revision);
        check.sending(request("1", "tools/list"));
        QVERIFY(!check.problem(line).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWireCheck)
#include "tst_wire_check.moc"
