// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Everybody in the directory of the sample tenant: those who can sign in (sandbox_people), those of
// data/people.json who cannot, and the tills of a shop, which are many.

#pragma once

#include "tests/sandbox/sandbox_people.h"

#include <QJsonArray>

namespace sandbox {

struct DirectoryPerson
{
    Person person;
    QString managerKey; // empty: nobody's report
};

const QList<DirectoryPerson> &directoryPeople();
// nullptr: nobody.
const DirectoryPerson *directoryPerson(const QString &key);
// By object id or user name, as Graph's paths have them.
const DirectoryPerson *directoryPersonOf(const QString &idOrName);
const DirectoryPerson *directoryPersonByMail(const QString &address);

// Who is relevant to a person, the most relevant first: a key, or an object with "name", "address"
// and, where it is no person, "class" and "subclass".
QJsonArray relevantTo(const QString &key);
// What data/people.json has about calendars under "schedules" for that key.
QJsonObject scheduleData(const QString &key);
// Why the calendar of that person cannot be read, as Graph codes it; empty: it can.
QString scheduleProblem(const QString &key);

} // namespace sandbox
