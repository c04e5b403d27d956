// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/token_record.h"

#include "app/base/json_reader.h"
#include "auth/app_roles.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace auth {

namespace {

Error notARecord(const QString &why)
{
    return Error{.kind = Error::Kind::ProtocolFault,
                 .detail = u"the keychain entry is not a record of ours: "_s + why};
}

} // namespace

QByteArray TokenRecord::toJson() const
{
    QJsonObject who{{"tenantId"_L1, account.tenantId},
                    {"objectId"_L1, account.objectId},
                    {"username"_L1, account.username},
                    {"name"_L1, account.name}};
    if (account.roles)
        who.insert("roles"_L1, QJsonArray::fromStringList(*account.roles));
    QJsonObject object{
        {"version"_L1, currentVersion},
        {"profile"_L1, profile},
        {"authority"_L1, authority},
        {"clientId"_L1, clientId},
        {"tenant"_L1, tenant},
        {"account"_L1, who},
        {"refreshToken"_L1, QString::fromUtf8(refreshToken.reveal())},
    };
    if (savedAt.isValid())
        object.insert("savedAt"_L1, savedAt.toUTC().toString(Qt::ISODateWithMs));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

bool TokenRecord::isNewerThan(const TokenRecord &other) const
{
    if (refreshToken.isEmpty() != other.refreshToken.isEmpty())
        return other.refreshToken.isEmpty();
    if (savedAt.isValid() && other.savedAt.isValid())
        return savedAt > other.savedAt;
    return savedAt.isValid();
}

Result<TokenRecord> TokenRecord::fromJson(const QByteArray &json)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (problem.error != QJsonParseError::NoError)
        return notARecord(problem.errorString());
    if (!document.isObject())
        return notARecord(u"it is no JSON object"_s);
    JsonReader reader(document.object());
    const qint64 version = reader.integer("version"_L1);
    if (reader.ok() && version != currentVersion) {
        return notARecord(
            u"version %1 is of another version of Graph Valet, this one knows %2"_s.arg(version)
                .arg(currentVersion));
    }
    TokenRecord record;
    record.profile = reader.string("profile"_L1);
    record.authority = reader.string("authority"_L1);
    record.clientId = reader.string("clientId"_L1);
    record.tenant = reader.string("tenant"_L1);
    record.refreshToken = Secret(reader.string("refreshToken"_L1).toUtf8());
    // What is no time says nothing, and costs nobody their sign-in.
    record.savedAt = QDateTime::fromString(reader.optionalString("savedAt"_L1).value_or(QString()),
                                           Qt::ISODateWithMs);
    const QJsonObject who = reader.object("account"_L1);
    JsonReader account(who, u"account"_s);
    record.account.tenantId = account.string("tenantId"_L1);
    record.account.objectId = account.string("objectId"_L1);
    record.account.username = account.optionalString("username"_L1).value_or(QString());
    record.account.name = account.optionalString("name"_L1).value_or(QString());
    if (account.has("roles"_L1))
        record.account.roles = appRolesIn(who.value("roles"_L1));
    if (!reader.ok())
        return notARecord(reader.problem());
    if (!account.ok())
        return notARecord(account.problem());
    if (record.account.isEmpty() || record.account.tenantId.isEmpty())
        return notARecord(u"it names no account"_s);
    return record;
}

} // namespace auth
