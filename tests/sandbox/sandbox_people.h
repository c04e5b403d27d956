// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The people of the sample tenant Contoso, as Graph describes them. Names and data are invented
// ones of Microsoft's own samples; telephone numbers are from the range for fiction.

#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace sandbox {

struct Person
{
    QString key; // "adele": element ids, commands
    QJsonObject user; // microsoft.graph.user, the properties /me answers by default
    QJsonObject more; // those that have to be selected
    QJsonObject presence = {}; // microsoft.graph.presence without its id
    QStringList roles = {}; // app roles, until the ledger says otherwise

    QString objectId() const { return user.value(QLatin1StringView("id")).toString(); }
    QString displayName() const { return user.value(QLatin1StringView("displayName")).toString(); }
    QString username() const
    {
        return user.value(QLatin1StringView("userPrincipalName")).toString();
    }
};

const QList<Person> &people();
// nullptr where there is nobody of that key or user name.
const Person *personByKey(const QString &key);
const Person *personByUsername(const QString &username);

} // namespace sandbox
