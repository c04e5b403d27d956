// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A request's world: goes with every call, from the session down to Graph. Made by the session,
// kept alive by whoever still works for the request.

#pragma once

#include "app/base/cancellation.h"
#include "mcp/local/client_identity.h"
#include "mcp/protocol/era.h"

#include <QDeadlineTimer>
#include <QJsonObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <memory>

namespace mcp {

struct RequestContext
{
    Era era = Era::modern();
    QJsonObject params; // of the request, as they came
    // What the client said it can do: with the request, in legacy eras with initialize.
    QJsonObject clientCapabilities;
    QString principal; // "<tid>.<oid>" when the request came; empty: nobody was signed in
    ClientIdentity client;
    // Lives as long as the connection the request came on; only its life and identity matter.
    QPointer<const QObject> connection;
    // Where progress goes: English, for the model's client. Never empty; does nothing where the
    // client asked for none, and after the answer.
    std::function<void(const QString &)> progress = [](const QString &) {};
    // A notification that belongs to this request; dropped after its answer.
    std::function<void(const QString &method, const QJsonObject &params)> notify =
        [](const QString &, const QJsonObject &) {};
    // Cancelled when the client withdraws the request, goes away, or time is up.
    std::shared_ptr<Cancellation> cancellation = std::make_shared<Cancellation>();
    // When work must end, so that an answer can still be given in time.
    QDeadlineTimer deadline = QDeadlineTimer::Forever;
};

using RequestContextPtr = std::shared_ptr<const RequestContext>;

} // namespace mcp
