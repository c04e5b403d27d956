// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/known_lists.h"

#include "mcp/protocol/era.h"
#include "mcp/protocol/resource_registry.h"
#include "mcp/protocol/tool_registry.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

namespace mcp {
namespace {

// Tells lists apart; nobody gains anything by two equal ones, so a part of the hash is enough.
QByteArray digestOf(const QJsonArray &list)
{
    const QByteArray text = QJsonDocument(list).toJson(QJsonDocument::Compact);
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().left(16);
}

} // namespace

KnownLists::KnownLists(const ToolRegistry &tools, const ResourceRegistry &resources)
{
    // The modern era shows all there is.
    const Era era = Era::modern();
    QJsonArray toolList;
    for (const Tool &tool : tools.tools())
        toolList.append(era.toolToJson(tool));
    QJsonArray resourceList;
    for (const Resource &resource : resources.resources())
        resourceList.append(era.resourceToJson(resource));
    m_tools = digestOf(toolList);
    m_resources = digestOf(resourceList);
}

QList<ListChange> KnownLists::changedSince(const QByteArray &seen) const
{
    if (seen.isEmpty())
        return {};
    const QList<QByteArray> parts = seen.split('.');
    QList<ListChange> changes;
    if (parts.value(0) != m_tools)
        changes.append({.what = ListChange::What::Tools});
    if (parts.value(1) != m_resources)
        changes.append({.what = ListChange::What::Resources});
    return changes;
}

} // namespace mcp
