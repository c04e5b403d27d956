// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/subscriptions.h"

#include "mcp/protocol/message.h"

#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// Members of ServerCapabilities and of SubscriptionFilter, MCP 2026-07-28 schema.
struct Row
{
    ListChange::What what;
    QLatin1StringView capability;
    QLatin1StringView option;
    QLatin1StringView filter;
};
constexpr std::array rows{
    Row{ListChange::What::Tools, "tools"_L1, "listChanged"_L1, "toolsListChanged"_L1},
    Row{ListChange::What::Resources, "resources"_L1, "listChanged"_L1, "resourcesListChanged"_L1},
    Row{ListChange::What::Prompts, "prompts"_L1, "listChanged"_L1, "promptsListChanged"_L1},
    Row{ListChange::What::Contents, "resources"_L1, "subscribe"_L1, "resourceSubscriptions"_L1},
};

const Row &rowOf(ListChange::What what)
{
    for (const Row &row : rows) {
        if (row.what == what)
            return row;
    }
    return rows.front();
}

// A client may name many; each is looked at for every change.
constexpr qsizetype uriLimit = 256;

QJsonArray urisOf(const QJsonValue &wanted)
{
    QJsonArray uris;
    for (const auto &uri : wanted.toArray()) {
        if (uri.isString() && uris.size() < uriLimit)
            uris.append(uri);
    }
    return uris;
}

} // namespace

Subscriptions::Subscriptions(QJsonObject capabilities)
    : m_capabilities(std::move(capabilities))
{
}

bool Subscriptions::isOffered(ListChange::What what) const
{
    const Row &row = rowOf(what);
    return m_capabilities.value(row.capability).toObject().value(row.option).toBool();
}

QJsonObject Subscriptions::open(const QJsonValue &requestId, const QJsonObject &wanted)
{
    QJsonObject filter;
    for (const Row &row : rows) {
        const QJsonValue value = wanted.value(row.filter);
        if (!isOffered(row.what))
            continue;
        if (row.what == ListChange::What::Contents) {
            const QJsonArray uris = urisOf(value);
            if (!uris.isEmpty())
                filter.insert(row.filter, uris);
        } else if (value.toBool()) {
            filter.insert(row.filter, true);
        }
    }
    m_streams.insert(idKey(requestId), {.id = requestId, .filter = filter});
    return filter;
}

void Subscriptions::close(const QJsonValue &requestId)
{
    m_streams.remove(idKey(requestId));
}

QList<QJsonValue> Subscriptions::interestedIn(const ListChange &change) const
{
    QList<QJsonValue> ids;
    for (const Stream &stream : m_streams) {
        const QJsonValue asked = stream.filter.value(rowOf(change.what).filter);
        if (change.what == ListChange::What::Contents ? asked.toArray().contains(change.uri)
                                                      : asked.toBool())
            ids.append(stream.id);
    }
    return ids;
}

} // namespace mcp
