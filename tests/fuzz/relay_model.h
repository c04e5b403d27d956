// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The two ends of a relay: what an honest tray process makes of the bytes that it gets, and what
// the client is owed for the lines that it wrote.

#pragma once

#include "mcp/protocol/line_framer.h"
#include "mcp/protocol/message.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QSet>
#include <QStringList>

#include <string>
#include <string_view>

// Answers what it cannot do and the handshake at once, as the real one does, and calls when told.
class FakeTray
{
public:
    void receive(std::string_view bytes);
    // Its nth call that waits; nothing where there is none.
    void answer(std::size_t n);
    // A new process: nothing of the old one is left.
    void restart();

    // Written and not yet read by the relay.
    std::string_view written() const { return m_written; }
    void wasRead(std::size_t count) { m_written.erase(0, count); }
    void say(std::string_view line) { m_written.append(line).push_back('\n'); }
    // Streams that are open; nobody answers them.
    std::size_t streams() const { return std::size_t(m_streams.size()); }
    bool isIdle() const { return m_calls.isEmpty() && m_written.empty(); }
    // Every line since the last restart; not those of the handshake, which may come again.
    QList<QByteArray> takeLines() { return std::exchange(m_lines, {}); }

private:
    struct Call
    {
        QList<QJsonValue> ids;
        bool isBatch = false;
    };

    void receiveLine(const QByteArray &line);
    bool isInFlight(const QJsonValue &id) const;
    void open(const QJsonValue &id);
    QJsonObject agree(const mcp::Request &request, bool isBatch);
    void cancel(const QJsonValue &id);
    void write(const QJsonObject &answer);

    mcp::LineFramer m_framer;
    QList<Call> m_calls;
    QStringList m_streams; // by idKey
    bool m_allowsBatches = false;
    QList<QByteArray> m_lines;
    std::string m_written;
};

// Counts by id; a client may use one twice.
class ClientLedger
{
public:
    void hasWritten(std::string_view bytes);
    // Whole lines that the client got.
    void hasRead(std::string_view lines);
    // The tray process got this line: not more often than it was written.
    void wasDelivered(const QByteArray &line);

    // Whether each id of a handshake is used for nothing else. Else nobody can tell whose answer
    // decides about batches.
    bool areHandshakesClear() const;
    // Calls that neither got their answer nor were cancelled.
    bool isOwed() const;

private:
    struct Count
    {
        int owed = 0; // answers to calls
        int possible = 0; // answers to what is no call, and has an id
        int cancelled = 0;
        int answered = 0;
        int handshakes = 0; // of those that are owed
        int greeted = 0; // of those that were answered
    };

    void takeLine(const QByteArray &line);
    void takeEntry(const QJsonObject &entry, const mcp::Message &message, bool isBatch);
    void takeAnswer(const QJsonObject &answer, bool isBatch);
    void takeAcknowledgement(const QJsonObject &notification);

    mcp::LineFramer m_framer;
    QHash<QString, int> m_unacknowledged; // streams that the client opened, by idKey
    // Batches may be refused, unless the client has read that its only handshake agreed on the
    // revision that has them.
    bool m_hasBatches = false;
    int m_handshakes = 0;
    QHash<QString, int> m_uses; // of ids, by idKey
    QSet<QString> m_handshakeKeys;
    // What came in a batch is answered in one, and the other way round.
    QHash<std::pair<QString, bool>, Count> m_counts; // by idKey, and whether in a batch
    QHash<QByteArray, int> m_undelivered; // lines
};
