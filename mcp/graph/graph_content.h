// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bytes of files. Graph, asked with the token, names a URL that needs none; it is read without any
// header of ours, and goes nowhere else.
//
//   GET .../content with the token ─► 302 ─► GET without it ─┬─ 206, 200 ─► bytes
//     ▲                                        ▲             │
//     └── expired (401, 403, 404, 410), once ──┼─────────────┤
//                                              └─ broke off, the file is still the same

#pragma once

#include "mcp/graph/graph_client.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace mcp {

struct ContentRequest
{
    GraphRequest item; // GET of ".../content"
    qint64 first = 0; // the first byte that is wanted
    std::optional<qint64> most = {}; // bytes from there on; nullopt: to the end
    // Gets them in order; an Error of it ends the transfer.
    std::function<std::optional<Error>(const QByteArray &)> take;
    // After each change: what has been received, and the size of the whole file where it is known.
    std::function<void(qint64 received, std::optional<qint64> size)> progress = {};
};

struct ContentEnd
{
    qint64 received = 0; // bytes
    std::optional<qint64> size; // of the whole file
};

struct ContentBytes
{
    QByteArray bytes;
    std::optional<qint64> size; // of the whole file
};

class GraphContent : public QObject
{
    Q_OBJECT
public:
    // graph outlives it. stallLimit: how long nothing may come before it counts as broken off.
    explicit GraphContent(GraphClient *graph,
                          std::chrono::milliseconds stallLimit = std::chrono::seconds(30));
    ~GraphContent() override;

    // Ends when context->deadline has passed or it is cancelled. Errors: those of
    // GraphClient::locationOf, and NotFound (the link expired twice), Throttled, Timeout, Offline,
    // ServiceFault (also: the file was changed meanwhile), Cancelled, and what `take` says.
    Async<ContentEnd> fetch(const ContentRequest &request, const RequestContextPtr &context);
    // At most `most` bytes from `first` on.
    Async<ContentBytes> read(const GraphRequest &item, qint64 first, qint64 most,
                             const RequestContextPtr &context);

private:
    friend class ContentFetch;

    // Made when the first file is read.
    GraphConnections &connections();

    GraphClient *m_graph;
    std::chrono::milliseconds m_stallLimit;
    std::unique_ptr<GraphConnections> m_connections;
};

} // namespace mcp
