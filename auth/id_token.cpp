// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/id_token.h"

#include "app/base/json_reader.h"
#include "auth/app_roles.h"
#include "auth/random_text.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace auth {

namespace {

constexpr qint64 skewSeconds = 300;
constexpr qsizetype sizeLimit = 64 * 1024;
// All personal accounts live in this one.
// https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
constexpr auto consumersTenant = "9188040d-6c67-4c5b-b112-36a304b66dad"_L1;

Error unusable(const QString &why)
{
    return Error{.kind = Error::Kind::ServiceFault, .detail = u"the id_token is refused: "_s + why};
}

bool isGuid(const QString &text)
{
    static const QRegularExpression guid(
        u"\\A[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\z"_s);
    return guid.match(text).hasMatch();
}

std::optional<QJsonObject> jsonPart(const QByteArray &part)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        part,
        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
            | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return {};
    const QJsonDocument document = QJsonDocument::fromJson(*decoded);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

bool isForUs(const QJsonValue &audience, const QString &clientId)
{
    const QJsonArray several = audience.toArray();
    const QJsonValue only = several.size() == 1 ? several.first() : audience;
    return only.isString() && only.toString().compare(clientId, Qt::CaseInsensitive) == 0;
}

bool isTenantAllowed(const QString &tenant, const QString &tid)
{
    if (tenant == u"organizations")
        return tid != consumersTenant;
    if (tenant == u"consumers")
        return tid == consumersTenant;
    if (tenant == u"common")
        return true;
    // A domain says no id: the issuer is the authority's word for it, and it is no personal one.
    return isGuid(tenant) ? tid == tenant : tid != consumersTenant;
}

} // namespace

Result<Account> accountFromIdToken(const Secret &idToken, const EntraConfig &config,
                                   const std::optional<QByteArray> &nonce, const QDateTime &now)
{
    const QByteArray text = idToken.reveal();
    if (text.isEmpty())
        return unusable(u"there is none"_s);
    const QList<QByteArray> parts = text.split('.');
    if (text.size() > sizeLimit || parts.size() != 3)
        return unusable(u"it has not three parts"_s);
    const auto header = jsonPart(parts[0]);
    const auto payload = jsonPart(parts[1]);
    if (!header || !header->value("alg"_L1).isString() || !payload)
        return unusable(u"it cannot be read"_s);

    JsonReader claims(*payload, u"id_token"_s);
    const QString issuer = claims.string("iss"_L1);
    const QString tid = claims.string("tid"_L1).toLower();
    const QString oid = claims.string("oid"_L1).toLower();
    const qint64 expires = claims.integer("exp"_L1);
    const auto notBefore = claims.optionalInteger("nbf"_L1);
    const auto version = claims.optionalString("ver"_L1);
    const auto received = claims.optionalString("nonce"_L1);
    const auto username = claims.optionalString("preferred_username"_L1);
    const auto name = claims.optionalString("name"_L1);
    const auto roles = appRolesIn(payload->value("roles"_L1));
    if (!claims.ok())
        return unusable(claims.problem());
    // Not "none": that could be more than the account may do.
    if (!roles)
        return unusable(u"its roles are no list"_s);
    if (!isForUs(payload->value("aud"_L1), config.clientId))
        return unusable(u"it is for another app (aud)"_s);
    if (!isGuid(tid) || !isGuid(oid))
        return unusable(u"it names no account (tid, oid)"_s);
    if (issuer.toLower() != config.authorityText() + u'/' + tid + u"/v2.0"_s
        || version.value_or(u"2.0"_s) != u"2.0")
        return unusable(u"it is of another issuer (iss)"_s);
    if (!isTenantAllowed(config.tenant, tid)) {
        return Error{.kind = Error::Kind::Denied,
                     .detail = u"the id_token is refused: the account is of another tenant (tid)"_s,
                     .cause = Cause::AccountUnknown};
    }
    const qint64 seconds = now.toSecsSinceEpoch();
    if (expires <= seconds - skewSeconds)
        return unusable(u"it has expired (exp); is this computer's clock right?"_s);
    if (notBefore.value_or(0) > seconds + skewSeconds)
        return unusable(u"it is not valid yet (nbf); is this computer's clock right?"_s);
    if (nonce && !equalInConstantTime(received.value_or(QString()).toUtf8(), *nonce))
        return unusable(u"it belongs to another attempt (nonce)"_s);
    return Account{.tenantId = tid,
                   .objectId = oid,
                   .username = username.value_or(QString()),
                   .name = name.value_or(QString()),
                   .roles = roles};
}

} // namespace auth
