// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/directory_people.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sandbox {
namespace {

constexpr int tills = 60;

const QJsonObject &data()
{
    static const QJsonObject all = [] {
        QFile file(u":/sandbox/people.json"_s);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    }();
    return all;
}

QJsonObject presenceOf(const QJsonObject &presence)
{
    QJsonObject whole{{u"availability"_s, u"PresenceUnknown"_s},
                      {u"activity"_s, u"PresenceUnknown"_s},
                      {u"statusMessage"_s, QJsonValue::Null}};
    for (auto it = presence.begin(); it != presence.end(); ++it)
        whole.insert(it.key(), it.value());
    if (const QJsonValue status = presence.value("statusMessage"_L1); status.isString()) {
        const QJsonObject message{{u"content"_s, status}, {u"contentType"_s, u"text"_s}};
        whole.insert(u"statusMessage"_s, QJsonObject{{u"message"_s, message}});
    }
    return whole;
}

DirectoryPerson till(int number)
{
    const QString digits = QString::number(number).rightJustified(3, u'0');
    const QString mail = u"till%1@contoso.com"_s.arg(digits);
    Person person;
    person.key = u"till"_s + digits;
    person.user = {
        {u"businessPhones"_s, QJsonArray()},
        {u"displayName"_s, u"Till "_s + digits},
        {u"givenName"_s, QJsonValue::Null},
        {u"jobTitle"_s, QJsonValue::Null},
        {u"mail"_s, mail},
        {u"mobilePhone"_s, QJsonValue::Null},
        {u"officeLocation"_s, u"Berlin"_s},
        {u"preferredLanguage"_s, QJsonValue::Null},
        {u"surname"_s, QJsonValue::Null},
        {u"userPrincipalName"_s, u"till%1@contoso.onmicrosoft.com"_s.arg(digits)},
        {u"id"_s, u"0e11aa00-0000-4000-8000-000000000%1"_s.arg(digits)},
    };
    person.more = {{u"department"_s, u"Retail"_s}};
    person.presence = presenceOf({});
    return {person, u"henrietta"_s};
}

template <class Fits>
const DirectoryPerson *firstWhere(Fits fits)
{
    const QList<DirectoryPerson> &all = directoryPeople();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto &one) { return fits(one.person); });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

const QList<DirectoryPerson> &directoryPeople()
{
    static const QList<DirectoryPerson> all = [] {
        QList<DirectoryPerson> list;
        const QJsonObject managers = data().value("managers"_L1).toObject();
        for (const Person &person : people())
            list.append({person, managers.value(person.key).toString()});
        for (const auto &one : data().value("people"_L1).toArray()) {
            Person person;
            person.key = one["key"_L1].toString();
            person.user = one["user"_L1].toObject();
            person.more = one["more"_L1].toObject();
            person.presence = presenceOf(one["presence"_L1].toObject());
            list.append({person, one["manager"_L1].toString()});
        }
        for (int number = 1; number <= tills; ++number)
            list.append(till(number));
        return list;
    }();
    return all;
}

const DirectoryPerson *directoryPerson(const QString &key)
{
    return firstWhere([&](const Person &person) { return person.key == key; });
}

const DirectoryPerson *directoryPersonOf(const QString &idOrName)
{
    return firstWhere([&](const Person &person) {
        return person.objectId() == idOrName
            || person.username().compare(idOrName, Qt::CaseInsensitive) == 0;
    });
}

const DirectoryPerson *directoryPersonByMail(const QString &address)
{
    return firstWhere([&](const Person &person) {
        return person.user["mail"_L1].toString().compare(address, Qt::CaseInsensitive) == 0;
    });
}

QJsonArray relevantTo(const QString &key)
{
    return data()["relevant"_L1][key].toArray();
}

QJsonObject scheduleData(const QString &key)
{
    const QString whose = key.startsWith(u"till"_s) ? u"till"_s : key; // they are all alike
    return data()["schedules"_L1][whose].toObject();
}

QString scheduleProblem(const QString &key)
{
    return data()["unreadable"_L1][key].toString();
}

} // namespace sandbox
