// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/people_text.h"

#include "mcp/graph/graph_error.h"
#include "mcp/tools/mail_text.h"
#include "mcp/tools/outside_text.h"

#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype factLimit = 120;
constexpr qsizetype statusLimit = 300;

struct Fact
{
    QLatin1StringView property;
    QLatin1StringView label;
};
constexpr std::array facts{
    Fact{"jobTitle"_L1, "Job title"_L1},
    Fact{"department"_L1, "Department"_L1},
    Fact{"officeLocation"_L1, "Office"_L1},
};

QString lineOf(const QJsonValue &value)
{
    return outsideLine(value.toString(), factLimit);
}

QString named(const QJsonValue &name, const QString &address)
{
    return mailPerson(
        {{u"emailAddress"_s, QJsonObject{{u"name"_s, name}, {u"address"_s, address}}}});
}

bool isGuest(const QJsonObject &user)
{
    return user.value("userPrincipalName"_L1).toString().contains("#EXT#"_L1);
}

QString factsLine(const QJsonObject &user)
{
    QStringList known;
    for (const Fact &fact : facts) {
        if (const QString text = lineOf(user.value(fact.property)); !text.isEmpty())
            known.append(text);
    }
    return known.isEmpty() ? QString() : u"\n  "_s + known.join(u"; "_s);
}

QString phonesOf(const QJsonObject &user)
{
    QStringList phones;
    for (const auto &number : user.value("businessPhones"_L1).toArray())
        phones.append(lineOf(number));
    phones.append(lineOf(user.value("mobilePhone"_L1)));
    phones.removeAll(QString());
    return phones.mid(0, 5).join(u", "_s);
}

} // namespace

KnownPeople knownPeople(const QJsonArray &people)
{
    KnownPeople known;
    for (const auto &one : people) {
        if (const QString name = one["userPrincipalName"_L1].toString().toLower(); !name.isEmpty())
            known.insert(name, one.toObject());
    }
    return known;
}

QString userName(const QJsonObject &user)
{
    const QString mail = user.value("mail"_L1).toString();
    return named(user.value("displayName"_L1),
                 mail.isEmpty() ? user.value("userPrincipalName"_L1).toString() : mail);
}

QJsonObject completed(const QJsonObject &user, const KnownPeople &known)
{
    QJsonObject whole = user;
    const QJsonObject more = known.value(user.value("userPrincipalName"_L1).toString().toLower());
    for (const Fact &fact : facts) {
        if (whole.value(fact.property).toString().isEmpty() && more.contains(fact.property))
            whole.insert(fact.property, more.value(fact.property));
    }
    if (whole.value("businessPhones"_L1).toArray().isEmpty()) {
        QJsonArray phones;
        for (const auto &phone : more.value("phones"_L1).toArray())
            phones.append(phone["number"_L1]);
        whole.insert(u"businessPhones"_s, phones);
    }
    return whole;
}

QString userRow(const QJsonObject &user)
{
    return userName(user) + (isGuest(user) ? u"  (guest)"_s : QString()) + factsLine(user)
        + u"\n  id: "_s + lineOf(user.value("id"_L1));
}

QString personRow(const QJsonObject &person)
{
    const QString subclass = person["personType"_L1]["subclass"_L1].toString();
    const bool isColleague = subclass == "OrganizationUser"_L1;
    const QString address = person["scoredEmailAddresses"_L1][0]["address"_L1].toString();
    QString row = named(person.value("displayName"_L1), address);
    if (!isColleague)
        row += isGuest(person) ? u"  (guest)"_s : u"  (not in the directory)"_s;
    row += factsLine(person);
    // The id of a contact is none of the directory.
    if (isColleague || isGuest(person))
        row += u"\n  id: "_s + lineOf(person.value("id"_L1));
    return row;
}

QString userFacts(const QJsonObject &user)
{
    QStringList lines{u"Name: "_s + userName(user) + (isGuest(user) ? u" (guest)"_s : QString())};
    const auto add = [&lines](const QString &label, const QString &value) {
        if (!value.isEmpty())
            lines.append(label + u": "_s + value);
    };
    const auto before = lines.size();
    for (const Fact &fact : facts)
        add(fact.label, lineOf(user.value(fact.property)));
    add(u"Phones"_s, phonesOf(user));
    if (lines.size() == before)
        lines.append(u"Job title, department, office, phones: none that these permissions show"_s);
    add(u"Signs in as"_s, lineOf(user.value("userPrincipalName"_L1)));
    add(u"Id"_s, lineOf(user.value("id"_L1)));
    return lines.join(u'\n');
}

QString presenceText(const QJsonObject &presence)
{
    const QString availability = plainCode(presence.value("availability"_L1).toString());
    const QString activity = plainCode(presence.value("activity"_L1).toString());
    if (availability.isEmpty() || availability == "PresenceUnknown"_L1)
        return {};
    QString text = availability;
    if (!activity.isEmpty() && activity != availability)
        text += u" (%1)"_s.arg(activity);
    const QString status = outsideLine(
        presence["statusMessage"_L1]["message"_L1]["content"_L1].toString(), statusLimit);
    return status.isEmpty() ? text : text + u": "_s + status;
}

} // namespace mcp
