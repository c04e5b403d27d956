// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Progress of one request, for a client that sent a progressToken: strictly increasing, at most a
// few a second (the newest text wins), nothing after the answer. Owned by the session's call.

#pragma once

#include "mcp/protocol/era.h"

#include <QElapsedTimer>
#include <QJsonValue>
#include <QObject>
#include <QTimer>

#include <functional>

namespace mcp {

class ProgressReporter : public QObject
{
    Q_OBJECT
public:
    using Send = std::function<void(const QJsonObject &)>;

    ProgressReporter(const Era &era, const QJsonValue &token, Send send);

    // MCP, "Progress": a token is a string or an integer.
    static bool isUsableToken(const QJsonValue &token);

    void report(const QString &message);

private:
    void sendNow();

    Era m_era;
    QJsonValue m_token;
    Send m_send;
    QString m_message;
    QElapsedTimer m_sinceLast;
    QTimer m_later; // runs only while a text waits for its turn
    int m_step = 0;
};

} // namespace mcp
