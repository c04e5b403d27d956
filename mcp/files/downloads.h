// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files on their way into the folder that the person granted. A call waits for its file as long as
// it may; the transfer goes on without it, and the same call made again joins it.
//
//   call ─► transfer of this item for this client and account? ─┬─ none: begin one
//                                                                └─ running or just ended: join it
//   whole in time ─► where it lies      time is up ─► how far it is

#pragma once

#include "mcp/graph/graph_content.h"
#include "mcp/protocol/request_context.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>

namespace mcp {

struct Download
{
    QString id; // of the item, as a model names it
    QString version; // of its content
    QString name; // a safe one
    QString source; // the item's page, no secret
    qint64 size = 0; // bytes, as the item says
    GraphRequest content; // GET of ".../content"
};

struct DownloadState
{
    bool isDone = false;
    QString folder;
    QString name; // in the folder, when done
    qint64 received = 0; // bytes
    qint64 size = 0;
};

class Downloads : public QObject
{
    Q_OBJECT
public:
    static constexpr int transferLimit = 4; // at once

    // contents outlive it. waitingMargin: how long before its deadline a call is answered.
    explicit Downloads(GraphContent *contents,
                       std::chrono::milliseconds waitingMargin = std::chrono::seconds(1));
    ~Downloads() override;

    // folder: as PartFile::create() wants it. Errors: those of GraphContent and PartFile, and Busy
    // (too many at once). A call that is withdrawn ends its transfer, unless others wait for it.
    Async<DownloadState> save(const Download &what, const QString &folder,
                              const RequestContextPtr &context);

private:
    class Transfer;

    Async<DownloadState> wait(Transfer *transfer, const RequestContextPtr &context);
    void forget(Transfer *transfer);

    GraphContent *m_contents;
    std::chrono::milliseconds m_waitingMargin;
    QHash<QString, Transfer *> m_transfers; // children
};

} // namespace mcp
