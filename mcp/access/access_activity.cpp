// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/access/access_activity.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr std::chrono::minutes pause{1};

} // namespace

AccessActivity::AccessActivity(ActivityRecorder *recorder, std::function<Time()> now)
    : m_recorder(recorder)
    , m_now(std::move(now))
{
}

void AccessActivity::ended(ActivityEvent::Kind kind, const RequestContext &context,
                           const QString &name, Area area, const Error &error)
{
    if (!m_recorder || error.kind != Error::Kind::Denied)
        return;
    const Time now = m_now();
    m_last.removeIf([now](const auto &entry) { return now - entry.value() >= pause; });
    // Programs that cannot be told are told apart by their connection.
    const QString who = context.client.program.isEmpty()
        ? QString::number(quintptr(context.connection.data()))
        : context.client.program;
    const QString word = kind == ActivityEvent::Kind::AreaAccess ? areaWord(area) : QString();
    const QString key =
        u"%1 %2 %3 %4 %5"_s.arg(QString::number(int(kind)), QString::number(int(error.cause)),
                                context.principal, word, who);
    if (m_last.contains(key))
        return;
    m_last.insert(key, now);
    m_recorder->record({.kind = kind,
                        .principal = context.principal,
                        .client = context.client.forActivity(),
                        .area = word,
                        .tool = name,
                        .error = error});
}

void AccessActivity::allowed(const AccessRequest &request)
{
    if (!m_recorder)
        return;
    ActivityEvent event{.principal = request.principal, .client = request.client.forActivity()};
    if (request.isNewClient) {
        event.kind = ActivityEvent::Kind::ClientAccess;
        m_recorder->record(event);
    }
    if (request.area != Area::Profile) {
        event.kind = ActivityEvent::Kind::AreaAccess;
        event.area = areaWord(request.area);
        m_recorder->record(event);
    }
}

AccessActivity::Call AccessActivity::began(const RequestContext &context, const QString &name,
                                           const std::function<QString()> &words)
{
    if (!m_recorder)
        return {};
    Call call{.number = ++m_lastCall,
              .name = name,
              .words = words ? words() : QString(),
              .since = m_now()};
    m_recorder->callBegan({.kind = ActivityEvent::Kind::ToolCall,
                           .principal = context.principal,
                           .client = context.client.forActivity(),
                           .tool = call.name,
                           .call = call.number,
                           .words = call.words});
    return call;
}

void AccessActivity::ended(const Call &call, const RequestContext &context, qint64 bytes,
                           const std::optional<Error> &error)
{
    if (!m_recorder)
        return;
    const auto duration = std::chrono::round<std::chrono::milliseconds>(m_now() - call.since);
    m_recorder->record({.kind = ActivityEvent::Kind::ToolCall,
                        .principal = context.principal,
                        .client = context.client.forActivity(),
                        .tool = call.name,
                        .error = error,
                        .call = call.number,
                        .words = call.words,
                        .duration = duration,
                        .bytes = bytes});
}

} // namespace mcp
