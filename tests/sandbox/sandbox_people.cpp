// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/sandbox_people.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace sandbox {

namespace {

QJsonObject presenceOf(const QString &availability, const QString &activity,
                       const QString &statusMessage)
{
    QJsonObject presence{{u"availability"_s, availability},
                         {u"activity"_s, activity},
                         {u"statusMessage"_s, QJsonValue::Null},
                         {u"sequenceNumber"_s, u"A0138569705"_s}};
    if (!statusMessage.isEmpty()) {
        const QJsonObject message{{u"content"_s, statusMessage}, {u"contentType"_s, u"text"_s}};
        presence.insert(u"statusMessage"_s, QJsonObject{{u"message"_s, message}});
    }
    return presence;
}

} // namespace

const QList<Person> &people()
{
    static const QList<Person> all{
        {u"adele"_s,
         QJsonObject{
             {u"businessPhones"_s, QJsonArray{u"+1 425 555 0109"_s}},
             {u"displayName"_s, u"Adele Vance"_s},
             {u"givenName"_s, u"Adele"_s},
             {u"jobTitle"_s, u"Retail Manager"_s},
             {u"mail"_s, u"AdeleV@contoso.com"_s},
             {u"mobilePhone"_s, QJsonValue::Null},
             {u"officeLocation"_s, u"18/2111"_s},
             {u"preferredLanguage"_s, u"en-US"_s},
             {u"surname"_s, u"Vance"_s},
             {u"userPrincipalName"_s, u"AdeleV@contoso.onmicrosoft.com"_s},
             {u"id"_s, u"87d349ed-44d7-43e1-9a83-5f2406dee5bd"_s},
         },
         QJsonObject{
             {u"accountEnabled"_s, true},
             {u"city"_s, u"Bellevue"_s},
             {u"companyName"_s, u"Contoso"_s},
             {u"country"_s, u"United States"_s},
             {u"department"_s, u"Retail"_s},
             {u"userType"_s, u"Member"_s},
         },
         presenceOf(u"Busy"_s, u"InAMeeting"_s, u"Stocktaking until noon"_s)},
        {u"alex"_s,
         QJsonObject{
             {u"businessPhones"_s, QJsonArray{u"+1 858 555 0110"_s, u"+41 43 555 01 10"_s}},
             {u"displayName"_s, u"Alex Wilber"_s},
             {u"givenName"_s, u"Alex"_s},
             {u"jobTitle"_s, u"Marketing Assistant"_s},
             {u"mail"_s, u"AlexW@contoso.com"_s},
             {u"mobilePhone"_s, u"+1 858 555 0111"_s},
             {u"officeLocation"_s, u"Zürich 131/1104"_s},
             {u"preferredLanguage"_s, u"de-CH"_s},
             {u"surname"_s, u"Wilber"_s},
             {u"userPrincipalName"_s, u"AlexW@contoso.onmicrosoft.com"_s},
             {u"id"_s, u"4782e723-f4f4-4af3-a76e-25e3bab0d896"_s},
         },
         QJsonObject{
             {u"accountEnabled"_s, true},
             {u"city"_s, u"Zürich"_s},
             {u"companyName"_s, u"Contoso"_s},
             {u"country"_s, u"Switzerland"_s},
             {u"department"_s, QJsonValue::Null},
             {u"userType"_s, u"Member"_s},
         },
         presenceOf(u"Available"_s, u"Available"_s, {})},
        {u"megan"_s,
         QJsonObject{
             {u"businessPhones"_s, QJsonArray{u"+1 412 555 0109"_s}},
             {u"displayName"_s, u"Megan Bowen"_s},
             {u"givenName"_s, u"Megan"_s},
             {u"jobTitle"_s, u"Marketing Manager"_s},
             {u"mail"_s, u"MeganB@contoso.com"_s},
             {u"mobilePhone"_s, QJsonValue::Null},
             {u"officeLocation"_s, u"12/1110"_s},
             {u"preferredLanguage"_s, u"en-US"_s},
             {u"surname"_s, u"Bowen"_s},
             {u"userPrincipalName"_s, u"MeganB@contoso.onmicrosoft.com"_s},
             {u"id"_s, u"48d31887-5fad-4d73-a9f5-3c356e68a038"_s},
         },
         QJsonObject{
             {u"accountEnabled"_s, true},
             {u"city"_s, u"Pittsburgh"_s},
             {u"companyName"_s, u"Contoso"_s},
             {u"country"_s, u"United States"_s},
             {u"department"_s, u"Marketing"_s},
             {u"userType"_s, u"Member"_s},
         },
         presenceOf(u"Away"_s, u"Away"_s, {}), QStringList{u"GraphValet.Reader"_s}},
        {u"nestor"_s,
         QJsonObject{
             {u"businessPhones"_s, QJsonArray{u"+1 206 555 0109"_s}},
             {u"displayName"_s, u"Nestor Wilke"_s},
             {u"givenName"_s, u"Nestor"_s},
             {u"jobTitle"_s, u"Director"_s},
             {u"mail"_s, u"NestorW@contoso.com"_s},
             {u"mobilePhone"_s, QJsonValue::Null},
             {u"officeLocation"_s, u"36/2121"_s},
             {u"preferredLanguage"_s, u"en-US"_s},
             {u"surname"_s, u"Wilke"_s},
             {u"userPrincipalName"_s, u"NestorW@contoso.onmicrosoft.com"_s},
             {u"id"_s, u"089a6bb8-e8cb-492c-aa41-c078aa0b5120"_s},
         },
         QJsonObject{
             {u"accountEnabled"_s, true},
             {u"city"_s, u"Seattle"_s},
             {u"companyName"_s, u"Contoso"_s},
             {u"country"_s, u"United States"_s},
             {u"department"_s, u"Operations"_s},
             {u"userType"_s, u"Member"_s},
         },
         presenceOf(u"DoNotDisturb"_s, u"Presenting"_s, {}),
         QStringList{u"GraphValet.Writer"_s, u"Task.Approver"_s}},
    };
    return all;
}

const Person *personByKey(const QString &key)
{
    for (const Person &person : people()) {
        if (person.key == key)
            return &person;
    }
    return nullptr;
}

const Person *personByUsername(const QString &username)
{
    for (const Person &person : people()) {
        if (person.username().compare(username, Qt::CaseInsensitive) == 0)
            return &person;
    }
    return nullptr;
}

} // namespace sandbox
