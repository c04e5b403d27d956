// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a modern request brings back of an earlier round. Everything in it is the client's to say.

#pragma once

#include "mcp/protocol/request_context.h"
#include "mcp/protocol/tool.h"

#include <optional>

namespace conformance {

class RoundTrip
{
public:
    explicit RoundTrip(const mcp::RequestContext &context);

    // Answers that are no objects.
    std::optional<Error> problem() const;
    // Whether each of these questions has its answer; others are ignored.
    bool hasAll(const QJsonObject &requests) const;
    QJsonObject answer(const QString &key) const;
    QJsonObject content(const QString &key) const;
    bool hasState() const { return !m_state.isUndefined(); }
    QString state() const { return m_state.toString(); }

    static QJsonObject inputRequired(const QJsonObject &requests, const QString &state = {});
    static Async<mcp::ToolResult> ask(const QJsonObject &requests, const QString &state = {});
    static Error foreignState();

private:
    QJsonValue m_responses;
    QJsonValue m_state;
};

} // namespace conformance
