// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls, grants and refusals of AI clients, as events of the activity log. A client that goes on
// calling after a no leaves one refusal a minute, so that it cannot bury others in it.

#pragma once

#include "app/base/activity.h"
#include "mcp/access/access_prompt.h"
#include "mcp/protocol/request_context.h"

#include <QHash>

#include <chrono>
#include <functional>
#include <optional>

namespace mcp {

class AccessActivity
{
public:
    using Time = std::chrono::steady_clock::time_point;

    // recorder outlives this; null: nothing is recorded.
    explicit AccessActivity(ActivityRecorder *recorder,
                            std::function<Time()> now = &std::chrono::steady_clock::now);

    // Whatever is no deliberate no (a deadline, a client that went away) leaves no line.
    // name: of the tool or resource.
    void ended(ActivityEvent::Kind kind, const RequestContext &context, const QString &name,
               Area area, const Error &error);

    // The person said yes to a question.
    void allowed(const AccessRequest &request);

    // A call of a tool or resource, from its beginning to its one end.
    struct Call
    {
        quint64 number = 0;
        QString name = {};
        QString words = {};
        Time since = {};
    };
    // words: made where somebody listens; empty function: none.
    Call began(const RequestContext &context, const QString &name,
               const std::function<QString()> &words);
    // bytes: of what the client got. error: none where it went well.
    void ended(const Call &call, const RequestContext &context, qint64 bytes,
               const std::optional<Error> &error);

private:
    ActivityRecorder *m_recorder;
    std::function<Time()> m_now;
    QHash<QString, Time> m_last; // of the last minute
    quint64 m_lastCall = 0;
};

} // namespace mcp
