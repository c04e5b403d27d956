// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What one connection sends: messages as lines, and the answers to the entries of a batch as one
// line when the last of them is there (JSON-RPC 2.0, 6). Pure.

#pragma once

#include "mcp/protocol/message.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>

#include <functional>
#include <memory>

namespace mcp {

class Outbox
{
public:
    static constexpr qsizetype answerLimit =
        8 * 1024 * 1024; // bytes; SDK clients give up at 10 MiB
    using Send = std::function<void(const QByteArray &)>;

    struct Batch
    {
        int open = 1; // entries without an answer, and one for the reading of the array
        QJsonArray answers;
    };
    using BatchPtr = std::shared_ptr<Batch>; // null: not in a batch

    explicit Outbox(Send send);

    // Outside of any batch. Too large: an error with its id instead.
    void write(const QJsonObject &object);
    void answer(const QJsonObject &object, const BatchPtr &batch);
    void refuse(const QJsonValue &id, int code, const QString &text, const BatchPtr &batch);
    // One entry less to wait for.
    void close(Batch &batch);

private:
    Send m_send;
};

} // namespace mcp
