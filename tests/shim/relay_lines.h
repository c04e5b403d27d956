// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Lines that clients and tray processes write, and what a relay does with them. Apart from the
// tests, because moc loses its way in raw strings before a class.

#pragma once

#include "mcp/shim/relay.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace relay_test {

using namespace Qt::StringLiterals;

inline const std::string initialize =
    R"({"jsonrpc":"2.0","id":"i","method":"initialize","params":{"x":"Žluťoučký 🦊"}})"
    "\n";
inline const std::string initializeAnswer = R"({"jsonrpc":"2.0","id":"i","result":{}})"
                                            "\n";
inline const std::string initialized = R"({"jsonrpc":"2.0","method":"notifications/initialized"})"
                                       "\n";

inline std::string call(int id)
{
    return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":"tools/call"})" + "\n";
}

inline std::string answer(int id)
{
    return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"result":{}})" + "\n";
}

// All that waits for the tray process, as if it was written.
inline std::string takeToTray(Relay &relay, std::size_t atMost = SIZE_MAX)
{
    std::string taken;
    while (!relay.toTray().empty() && taken.size() < atMost) {
        const std::string_view next = relay.toTray().substr(0, atMost - taken.size());
        const std::size_t count = next.size();
        taken += next;
        relay.sentToTray(count);
    }
    return taken;
}

inline std::string takeToClient(Relay &relay)
{
    std::string taken;
    while (!relay.toClient().empty()) {
        const std::string piece(relay.toClient());
        taken += piece;
        relay.sentToClient(piece.size());
    }
    return taken;
}

inline QList<QJsonObject> objectsIn(const std::string &lines)
{
    QList<QJsonObject> objects;
    for (const QByteArray &line : QByteArray::fromStdString(lines).split('\n')) {
        if (!line.isEmpty())
            objects += QJsonDocument::fromJson(line).object();
    }
    return objects;
}

// "1" for a line that is one answer, "[1,2]" for a batch of them.
inline QStringList idsPerLine(const std::string &lines)
{
    const auto id = [](const QJsonValue &value) {
        return value.toObject().value("id"_L1).toVariant().toString();
    };
    QStringList found;
    for (const QByteArray &line : QByteArray::fromStdString(lines).split('\n')) {
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (document.isObject())
            found += id(document.object());
        if (!document.isArray())
            continue;
        QStringList ids;
        const QJsonArray several = document.array();
        for (const auto &value : several)
            ids += id(value);
        found += u'[' + ids.join(u',') + u']';
    }
    return found;
}

inline QString messageOf(const QJsonObject &object)
{
    return object.value("error"_L1).toObject().value("message"_L1).toString();
}

// The one revision that has batches.
inline const std::string batchesAgreed =
    R"({"id":"i","jsonrpc":"2.0","result":{"protocolVersion":"2025-03-26"}})"
    "\n";
inline void agreeOnBatches(Relay &relay)
{
    relay.connected();
    relay.fromClient(initialize);
    QCOMPARE(takeToTray(relay), initialize);
    QVERIFY(relay.fromTray(batchesAgreed));
    QCOMPARE(takeToClient(relay), batchesAgreed);
}

inline void handshake(Relay &relay)
{
    relay.connected();
    relay.fromClient(initialize);
    QCOMPARE(takeToTray(relay), initialize);
    QVERIFY(relay.fromTray(initializeAnswer));
    QCOMPARE(takeToClient(relay), initializeAnswer);
    relay.fromClient(initialized);
    QCOMPARE(takeToTray(relay), initialized);
    QVERIFY(relay.isIdle());
}

} // namespace relay_test
