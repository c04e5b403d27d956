// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What Graph says of Microsoft Teams as lines for a model. Everything but our own labels was
// written by others; it is cleaned, not yet fenced.

#pragma once

#include <QJsonObject>
#include <QString>

namespace mcp {

// Of microsoft.graph.chat with members and lastMessagePreview. ownId: the person's, who is not
// named among the others; empty where it is not known.
QString chatRow(const QJsonObject &chat, const QString &ownId);
QString teamRow(const QJsonObject &team);
QString channelRow(const QJsonObject &channel);

// Of microsoft.graph.chatMessage: time, who, text, what is attached and quoted, reactions.
QString chatMessageRow(const QJsonObject &message);
// The same with its id, of which replies can be asked for.
QString channelMessageRow(const QJsonObject &message);

} // namespace mcp
