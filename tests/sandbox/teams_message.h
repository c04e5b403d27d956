// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What people of the sample tenant wrote in Teams, from data/teams.json, as Graph shapes it.
// https://learn.microsoft.com/graph/api/resources/chatmessage

#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace sandbox {

// "messages" of a chat or channel, newest first; those of channels have "replies".
QList<QJsonObject> teamsMessages(const QJsonObject &where);

// Of a person's key, or [name, address, id] of an outsider: microsoft.graph.teamworkUserIdentity.
QJsonObject teamsUser(const QJsonValue &person);
QString teamsAddress(const QJsonValue &person);

} // namespace sandbox
