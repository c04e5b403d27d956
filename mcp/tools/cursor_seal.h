// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Cursors of tools: where a long answer goes on. A model carries them, so they are sealed: one that
// was changed, or given out to another client, for another account or by another tool, is refused.
// They end with the process.

#pragma once

#include "app/base/result.h"
#include "mcp/protocol/request_context.h"

#include <QByteArray>
#include <QJsonObject>

namespace mcp {

class CursorSeal
{
public:
    CursorSeal(); // with a key of its own

    QString seal(const QString &tool, const RequestContext &context,
                 const QJsonObject &state) const;
    // What tells a model how to go on, as the last line of an answer.
    QString goOn(const QString &tool, const RequestContext &context,
                 const QJsonObject &state) const;
    // What "cursor" of the arguments was sealed with. BadRequest: it is none of ours for this
    // request, or other arguments come with it.
    Result<QJsonObject> open(const QJsonObject &arguments, const QString &tool,
                             const RequestContext &context) const;

    // What a cursor says, whoever made it: only to prepare for open().
    QJsonObject peek(const QJsonObject &arguments) const;

private:
    QByteArray macOf(const QByteArray &state, const QString &tool,
                     const RequestContext &context) const;

    QByteArray m_key;
};

} // namespace mcp
