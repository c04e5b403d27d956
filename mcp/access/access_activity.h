// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Refusals of AI clients, as events of the activity log. A client that goes on calling after a no
// leaves one line a minute for it, so that it can neither fill the log nor bury others in it.

#pragma once

#include "app/base/activity.h"
#include "mcp/protocol/area.h"
#include "mcp/protocol/request_context.h"

#include <QHash>

#include <chrono>
#include <functional>

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

private:
    ActivityRecorder *m_recorder;
    std::function<Time()> m_now;
    QHash<QString, Time> m_last; // of the last minute
};

} // namespace mcp
