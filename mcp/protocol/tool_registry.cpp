// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/tool_registry.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

Error mistake(const Tool &tool, const QString &what)
{
    return {.kind = Error::Kind::Bug, .detail = u"tool \"%1\": %2"_s.arg(tool.name, what)};
}

} // namespace

ToolRegistry::ToolRegistry(ListRules rules)
    : m_rules(rules)
{
}

ToolRegistry::~ToolRegistry() = default;

Result<Done> ToolRegistry::add(const Tool &tool)
{
    static const QRegularExpression ourNames(u"\\A[A-Z][A-Za-z0-9]{0,31}\\z"_s);
    // MCP 2025-11-25, "Tool Names".
    static const QRegularExpression mcpNames(u"\\A[A-Za-z0-9_.-]{1,128}\\z"_s);
    const bool isOurs = m_rules == ListRules::Ours;
    if (!(isOurs ? ourNames : mcpNames).match(tool.name).hasMatch())
        return mistake(tool,
                       isOurs ? u"the name is not PascalCase of at most 32 characters"_s
                              : u"the name is none that MCP allows"_s);
    if (m_byName.contains(tool.name))
        return mistake(tool, u"the name exists already"_s);
    if (!tool.handler)
        return mistake(tool, u"it has no handler"_s);
    if (isOurs) {
        QString problem = SchemaCheck::schemaProblem(tool.inputSchema);
        if (problem.isEmpty() && !tool.outputSchema.isEmpty())
            problem = SchemaCheck::schemaProblem(tool.outputSchema);
        if (!problem.isEmpty())
            return mistake(tool, problem);
        auto check = SchemaCheck::compile(tool.inputSchema);
        if (!check.ok())
            return mistake(tool, check.error().detail);
        m_checks.insert(tool.name, std::move(check).value());
    }
    m_byName.insert(tool.name, m_tools.size());
    m_tools.append(tool);
    return Done{};
}

const Tool *ToolRegistry::find(const QString &name) const
{
    const auto found = m_byName.constFind(name);
    return found == m_byName.constEnd() ? nullptr : &m_tools.at(*found);
}

QString ToolRegistry::argumentProblem(const Tool &tool, const QJsonObject &arguments) const
{
    const auto check = m_checks.value(tool.name);
    return check ? check->problem(tool.name, arguments) : QString();
}

} // namespace mcp
