// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A tool gate over fakes: two tools that only count, "Probe" about the profile and "ReadCalendar"
// about the calendar.

#pragma once

#include "mcp/access/tool_gate.h"
#include "mcp/tools/model_messages.h"
#include "tests/mcp/support/fakes.h"

#include <QCoreApplication>

#include <memory>

class GateWorld
{
public:
    // What became of one call.
    struct Outcome
    {
        bool ended = false;
        mcp::ToolResult result;
    };

    explicit GateWorld(mcp::ApprovalMode mode = mcp::ApprovalMode::Ask,
                       std::chrono::milliseconds grace = std::chrono::seconds(5))
        : approvals(&prompt, &store, mode)
        , activity(&kept, [this] { return now; })
        , gate({.tools = &tools,
                .approvals = &approvals,
                .activity = &activity,
                .tokens = &tokens,
                .pause = [this] { return pause; },
                .wording = &mcp::modelMessage,
                .readWording = &mcp::readMessage,
                .grace = grace})
    {
        add(QStringLiteral("Probe"), mcp::Area::Profile);
        add(QStringLiteral("ReadCalendar"), mcp::Area::Calendar);
        add(QStringLiteral("ReadMail"), mcp::Area::Mail);
    }

    static std::shared_ptr<mcp::RequestContext>
    context(const QString &program, const QObject *connection,
            QDeadlineTimer deadline = QDeadlineTimer::Forever)
    {
        auto made = std::make_shared<mcp::RequestContext>();
        made->client.program = program;
        made->connection = connection;
        made->deadline = deadline;
        return made;
    }
    std::shared_ptr<Outcome> call(const std::shared_ptr<mcp::RequestContext> &context,
                                  const QJsonObject &arguments = {})
    {
        return call(QStringLiteral("Probe"), context, arguments);
    }
    std::shared_ptr<Outcome> call(const QString &tool,
                                  const std::shared_ptr<mcp::RequestContext> &context,
                                  const QJsonObject &arguments = {})
    {
        auto outcome = std::make_shared<Outcome>();
        whenDone(gate.call(*tools.find(tool), arguments, context), &owner,
                 [outcome](const Result<mcp::ToolResult> &result) {
                     outcome->ended = true;
                     if (result.ok())
                         outcome->result = *result;
                 });
        return outcome;
    }
    // What became of one reading.
    struct Reading
    {
        std::optional<Result<QString>> text;
    };
    // A resource about the calendar.
    std::shared_ptr<Reading> read(const std::shared_ptr<mcp::RequestContext> &context)
    {
        const mcp::Resource resource{.uri = QStringLiteral("graph://calendar"),
                                     .name = QStringLiteral("calendar"),
                                     .title = QStringLiteral("Calendar"),
                                     .description = {},
                                     .area = mcp::Area::Calendar,
                                     .read = [this](const mcp::RequestContextPtr &bound) {
                                         ++runs;
                                         readFor.append(bound->principal);
                                         return readAnswer;
                                     }};
        auto reading = std::make_shared<Reading>();
        whenDone(gate.read(resource, context), &owner,
                 [reading](const Result<QString> &result) { reading->text = result; });
        return reading;
    }
    // Everything that is due has run.
    static void settle()
    {
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents();
    }

    mcp::ToolRegistry tools;
    FakePrompt prompt;
    MemoryApprovals store;
    mcp::Approvals approvals;
    KeptActivity kept;
    FakeTokenSource tokens;
    mcp::AccessActivity::Time now;
    mcp::AccessActivity activity;
    mcp::ToolGate gate;
    std::optional<mcp::CallPause> pause;
    QObject owner;
    Promised<mcp::ToolResult> hanging;
    Async<QString> readAnswer = readyAsync<QString>(QStringLiteral("read"));
    QStringList readFor; // principals
    int runs = 0;
    bool hang = false;

private:
    void add(const QString &name, mcp::Area area)
    {
        const mcp::Tool tool{
            .name = name,
            .title = name,
            .description = QStringLiteral("Text."),
            .inputSchema = {{QStringLiteral("type"), QStringLiteral("object")},
                            {QStringLiteral("properties"), QJsonObject{}},
                            {QStringLiteral("additionalProperties"), false}},
            .area = area,
            .handler = [this](const QJsonObject &, const mcp::RequestContextPtr &) {
                ++runs;
                if (hang)
                    return hanging.future();
                return readyAsync<mcp::ToolResult>(mcp::ToolResult{.text = QStringLiteral("done")});
            }};
        if (!tools.add(tool).ok())
            qFatal("the tool breaks the rules");
    }
};
