// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// All resources of the program, in the order in which they are listed. Pure.

#pragma once

#include "app/base/result.h"
#include "mcp/protocol/list_rules.h"
#include "mcp/protocol/resource.h"

#include <QHash>
#include <QList>

namespace mcp {

class ResourceRegistry
{
public:
    explicit ResourceRegistry(ListRules rules = ListRules::Ours)
        : m_rules(rules)
    {
    }

    // Bug: the URI is none of the scheme graph (by our rules), or exists already; a name or the
    // reader is missing.
    Result<Done> add(const Resource &resource);

    const QList<Resource> &resources() const { return m_resources; }
    // By the URI as it is listed, letter by letter. Null: no such resource. Valid until the next
    // add().
    const Resource *find(const QString &uri) const;

private:
    ListRules m_rules;
    QList<Resource> m_resources;
    QHash<QString, qsizetype> m_byUri;
};

} // namespace mcp
