// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Questions of a server to its legacy client (sampling, elicitation), and their answers.

#pragma once

#include "mcp/protocol/session.h"

namespace conformance {

class ClientRequests : public QObject
{
    Q_OBJECT
public:
    // A child of the session.
    explicit ClientRequests(mcp::Session *session);

    // The client's result; an Error where it answers with one or goes away.
    Async<QJsonObject> ask(const QString &method, const QJsonObject &params);

private:
    void take(const mcp::Response &response);

    mcp::Session *m_session;
    QHash<QString, Promised<QJsonObject>> m_open; // by idKey
    int m_lastId = 0;
};

} // namespace conformance
