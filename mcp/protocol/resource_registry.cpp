// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/resource_registry.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

Error mistake(const Resource &resource, const QString &what)
{
    return {.kind = Error::Kind::Bug, .detail = u"resource \"%1\": %2"_s.arg(resource.uri, what)};
}

} // namespace

Result<Done> ResourceRegistry::add(const Resource &resource)
{
    // MCP, "Common URI Schemes": https is for what a client fetches without the server.
    static const QRegularExpression uriRule(u"\\Agraph://[a-z0-9._~/-]{1,100}\\z"_s);
    if (m_rules == ListRules::Ours && !uriRule.match(resource.uri).hasMatch())
        return mistake(resource, u"the URI is not graph:// and a path of small letters"_s);
    if (m_byUri.contains(resource.uri))
        return mistake(resource, u"the URI exists already"_s);
    if (resource.name.isEmpty() || resource.title.isEmpty())
        return mistake(resource, u"it has no name or no title"_s);
    if (!resource.read)
        return mistake(resource, u"nothing reads it"_s);
    m_byUri.insert(resource.uri, m_resources.size());
    m_resources.append(resource);
    return Done{};
}

const Resource *ResourceRegistry::find(const QString &uri) const
{
    const auto found = m_byUri.constFind(uri);
    return found == m_byUri.constEnd() ? nullptr : &m_resources.at(*found);
}

} // namespace mcp
