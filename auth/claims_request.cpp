// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/claims_request.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace auth {

QByteArray claimsRequest(const QByteArray &challenge)
{
    QJsonObject claims = QJsonDocument::fromJson(challenge).object();
    QJsonObject ofAccessToken = claims.value("access_token"_L1).toObject();
    ofAccessToken.insert("xms_cc"_L1, QJsonObject{{u"values"_s, QJsonArray{u"cp1"_s}}});
    claims.insert("access_token"_L1, ofAccessToken);
    return QJsonDocument(claims).toJson(QJsonDocument::Compact);
}

} // namespace auth
