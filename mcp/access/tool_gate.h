// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The path of one tool call, or of one resource that is read, under one deadline:
//
//   arguments fit? ─► client and area allowed? ─► role allows? ─► handler ─► result
//        └─ no            ├─ no                       ├─ no            └─ Error
//           ▼             ▼                           ▼                    ▼
//        isError       isError                     isError              isError, worded by the room
//                                                                       that knows how
//
// An area that is switched off is nobody's, and nobody is asked about it. A resource has no
// arguments, always only reads, and fails as an Error instead of isError.
//
// Whatever hangs, the call ends shortly after its deadline.

#pragma once

#include "auth/token_source.h"
#include "mcp/access/access_activity.h"
#include "mcp/access/approvals.h"
#include "mcp/access/call_pause.h"
#include "mcp/protocol/resource.h"
#include "mcp/protocol/tool_registry.h"

#include <QObject>

#include <chrono>
#include <functional>

namespace mcp {

// Where a call failed; the same kind of error needs other words.
enum class CallStage { Approval, Work };

class ToolGate : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        const ToolRegistry *tools = nullptr;
        Approvals *approvals = nullptr;
        AccessActivity *activity = nullptr;
        auth::TokenSource *tokens = nullptr;
        // The person's pause; empty function or nullopt: none.
        std::function<std::optional<CallPause>()> pause = {};
        // What the model reads about a failure.
        std::function<QString(const Error &, CallStage)> wording;
        // The same where it was a resource that could not be read.
        std::function<QString(const Error &, CallStage)> readWording;
        // What a call may take beyond its context's deadline until it is cut off: the time that
        // those below need to say why they ended.
        std::chrono::milliseconds grace{1000};
    };
    // All parts outlive the gate.
    explicit ToolGate(Parts parts, QObject *parent = nullptr);

    // Whether an account without any app role of ours may be used at all.
    void setRoleRequired(bool isRequired) { m_isRoleRequired = isRequired; }
    bool isRoleRequired() const { return m_isRoleRequired; }

    // The parts of the account that AI clients may use, if the person grants them.
    void setAreas(const AreaSet &areas) { m_areas = areas; }
    const AreaSet &areas() const { return m_areas; }

    // Why nothing may be done now; nullopt: there is no pause.
    std::optional<Error> pauseProblem() const;
    // Ends the calls that are under way where there is a pause now.
    void heedPause();

    // Never an Error: what goes wrong is told to the model.
    Async<ToolResult> call(const Tool &tool, const QJsonObject &arguments,
                           const RequestContextPtr &context);
    // The resource's text, or an Error whose detail is for the model.
    Async<QString> read(const Resource &resource, const RequestContextPtr &context);

Q_SIGNALS:
    void paused(const Error &why);

private:
    Parts m_parts;
    bool m_isRoleRequired = false;
    AreaSet m_areas = AreaSet::all();
};

} // namespace mcp
