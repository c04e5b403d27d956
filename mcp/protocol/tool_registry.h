// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// All tools of the program, in the order in which they are listed. Refuses a tool that clients
// would drop or misread, at start, so that a mistake shows in the first test. Pure.

#pragma once

#include "app/base/result.h"
#include "mcp/protocol/list_rules.h"
#include "mcp/protocol/schema_check.h"
#include "mcp/protocol/tool.h"

#include <QHash>
#include <QList>

#include <memory>

namespace mcp {

class ToolRegistry
{
public:
    explicit ToolRegistry(ListRules rules = ListRules::Ours);
    ~ToolRegistry();

    // Bug: name (1 to 32 letters or digits, PascalCase) or schema breaks a rule, or exists already.
    // Without our rules any name of MCP and any schema will do, and arguments are not checked.
    Result<Done> add(const Tool &tool);

    const QList<Tool> &tools() const { return m_tools; }
    // Null: no such tool. Valid until the next add().
    const Tool *find(const QString &name) const;
    // One sentence about what is wrong with the arguments; empty: they fit.
    QString argumentProblem(const Tool &tool, const QJsonObject &arguments) const;

private:
    ListRules m_rules;
    QList<Tool> m_tools;
    QHash<QString, qsizetype> m_byName;
    QHash<QString, std::shared_ptr<SchemaCheck>> m_checks;
};

} // namespace mcp
