// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Graph's messages as lines for a model. Everything but our own labels was written by others.
// https://learn.microsoft.com/graph/api/resources/message

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace mcp {

// "Megan Bowen <MeganB@contoso.com>" of a recipient.
QString mailPerson(const QJsonObject &recipient);
// A few lines for one message of a list.
QString mailRow(const QJsonObject &message);
// Subject, people, time and attachments of one message, then its body: the property of that name,
// as text.
QString mailText(const QJsonObject &message, QLatin1StringView body);

} // namespace mcp
