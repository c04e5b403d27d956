// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a session owes its client, counted from the lines alone: which answers must come, in which
// batch, and when. Knows the tools of fuzz_session ("Now", "Fail", "Wait", "Obey", "graph://wait").

#pragma once

#include "mcp/protocol/era.h"
#include "mcp/protocol/message.h"

#include <QByteArray>
#include <QJsonObject>

#include <deque>
#include <list>
#include <optional>

class SessionModel
{
public:
    // Before the session gets the line.
    void willReceive(const QByteArray &line);
    // Before it refuses a line that nobody has read.
    void willRefuse();
    // Which call the session begins now, in the order of the lines; its number.
    quint64 takeAccepted();
    // Its work ends; the answer is due when what is due has run.
    void willEnd(quint64 number);
    void willSpin();
    // The list of tools is another one from now on.
    void willChange() { m_hasChanged = true; }

    // A line of the session.
    void hasWritten(const QByteArray &line);
    // Whatever can be answered has been.
    void requireNothingOverdue() const;
    void requireAllAnswered() const;

    int inFlight() const;
    int openStreams() const;
    // Neither answered nor cancelled.
    bool isOpen(quint64 number) const;

private:
    enum class State {
        InFlight,
        Ending, // its work is over, and nobody has seen it yet
        Answerable // in a batch: when the others are
    };
    struct Due
    {
        quint64 number;
        QString key; // of its id; empty: the answer has none
        State state;
        quint64 batch; // 0: in none
        bool isStream;
        QJsonValue token; // for its progress
        bool wantsTools; // a stream that is to hear of them
    };

    void take(const mcp::Message &message, quint64 batch);
    void takeRequest(const mcp::Request &request, quint64 batch);
    void cancel(const QJsonValue &id);
    bool begins(const mcp::Request &request, quint64 batch);
    void owe(const QString &key, quint64 batch);
    void takeNotification(const QJsonObject &notification);
    void takeAnswer(const QJsonObject &answer);
    void takeAnswers(const QJsonArray &answers);
    bool isBatchOpen(quint64 batch) const;
    bool isInFlight(const QString &key) const;

    std::list<Due> m_dues; // oldest first
    std::deque<quint64> m_accepted;
    std::optional<mcp::Era> m_legacy;
    quint64 m_numbers = 0;
    quint64 m_batches = 0;
    bool m_hasChanged = false;
};
