// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// People as a model reads them: users of the directory
// (https://learn.microsoft.com/graph/api/resources/user), and what Outlook knows of them
// (https://learn.microsoft.com/graph/api/resources/person). Names and titles were written by
// others; they are cleaned, not yet fenced.

#pragma once

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace mcp {

// What /me/people tells, by user name in small letters.
using KnownPeople = QHash<QString, QJsonObject>;
KnownPeople knownPeople(const QJsonArray &people);

// "Megan Bowen <MeganB@contoso.com>" of a user.
QString userName(const QJsonObject &user);
// user with those facts of known that it lacks itself.
QJsonObject completed(const QJsonObject &user, const KnownPeople &known);

// Two or three lines each.
QString userRow(const QJsonObject &user);
QString personRow(const QJsonObject &person);

// Name, address, title, department, office, phones, id: a line for each that there is.
QString userFacts(const QJsonObject &user);
// "Busy (InAMeeting): Stocktaking until noon"; empty: it says nothing.
QString presenceText(const QJsonObject &presence);

} // namespace mcp
