// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tools against the sample tenant: its Graph in-process, and tokens as a sign-in would give them.

#pragma once

#include "mcp/tools/all_tools.h"
#include "tests/mcp/support/fakes.h"
#include "tests/sandbox/sandbox_tenant.h"

#include <QDir>
#include <QTest>

class ContosoWorld
{
public:
    explicit ContosoWorld(const QString &person = QStringLiteral("adele"))
        : graph(&tokens)
        , tools(mcp::allTools(&graph, [this] { return downloadFolder; }))
    {
        tokens.principal = QStringLiteral("contoso.") + person;
        tokens.issue = [this, person](const auth::TokenRequest &request) {
            return Secret(tenant.issueAccessToken(person, request.scopes));
        };
        if (tenant.listen())
            graph.setGraphUrl(tenant.graphUrl());
    }

    static mcp::RequestContextPtr contextOf(const QString &principal, const QString &program)
    {
        auto context = std::make_shared<mcp::RequestContext>();
        context->principal = principal;
        context->client.program = program;
        return context;
    }

    mcp::Tool tool(const QString &name) const
    {
        for (const mcp::Tool &one : tools) {
            if (one.name == name)
                return one;
        }
        return {};
    }

    Result<mcp::ToolResult> call(const QString &name, const QJsonObject &arguments = {})
    {
        return call(name, arguments, contextOf(tokens.defaultPrincipal(), QStringLiteral("/a")));
    }
    Result<mcp::ToolResult> call(const QString &name, const QJsonObject &arguments,
                                 const mcp::RequestContextPtr &context)
    {
        std::optional<Result<mcp::ToolResult>> result;
        QObject owner;
        whenDone(tool(name).handler(arguments, context), &owner,
                 [&](const Result<mcp::ToolResult> &got) { result = got; });
        (void)QTest::qWaitFor([&] { return result.has_value(); }, 30000);
        return result ? *result
                      : Result<mcp::ToolResult>(
                          Error{.kind = Error::Kind::Bug, .detail = QStringLiteral("no answer")});
    }

    // The cursor that an answer ends with; empty where it ends the list.
    static QString cursorIn(const QString &answer)
    {
        const QString before = QStringLiteral("{\"cursor\":\"");
        const auto start = answer.lastIndexOf(before);
        return start < 0 ? QString()
                         : answer.mid(start + before.size()).section(QLatin1Char('"'), 0, 0);
    }

    QString downloadFolder = QDir::rootPath() + QStringLiteral("none"); // granted, and not there
    sandbox::SandboxTenant tenant;
    FakeTokenSource tokens;
    mcp::GraphClient graph;
    QList<mcp::Tool> tools;
};
