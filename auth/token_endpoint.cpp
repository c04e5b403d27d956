// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/token_endpoint.h"

#include "auth/claims_request.h"
#include "auth/entra_flow.h"

#include <QNetworkReply>

namespace auth {

TokenEndpoint::TokenEndpoint(EntraConfig config, QObject *parent)
    : TokenEndpoint(std::move(config), TokenNetwork::Limits{}, parent)
{
}

TokenEndpoint::TokenEndpoint(EntraConfig config, TokenNetwork::Limits limits, QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_network(m_config.tokenUrl(), limits)
{
}

Async<TokenAnswer> TokenEndpoint::refresh(const Secret &refreshToken, const QStringList &scopes,
                                          const QByteArray &claims)
{
    QByteArray form;
    TokenNetwork::addField(form, "client_id", m_config.clientId.toUtf8());
    TokenNetwork::addField(form, "grant_type", "refresh_token");
    TokenNetwork::addField(form, "scope", scopeText(scopes).toUtf8());
    TokenNetwork::addField(form, "client_info", "1");
    TokenNetwork::addField(form, "refresh_token", refreshToken.reveal());
    TokenNetwork::addField(form, "claims", claimsRequest(claims));
    QNetworkReply *reply = m_network.postForm(form);
    Promised<TokenAnswer> promised;
    connect(reply, &QNetworkReply::finished, this, [reply, promised] {
        reply->deleteLater();
        promised.answer(readTokenAnswer(reply));
    });
    return promised.future();
}

} // namespace auth
