// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/token_endpoint.h"

#include "auth/claims_request.h"
#include "auth/entra_flow.h"

#include <QNetworkReply>

namespace auth {

namespace {

void addField(QByteArray &form, const char *name, const QByteArray &value)
{
    if (!form.isEmpty())
        form += '&';
    form += name;
    form += '=';
    form += QUrl::toPercentEncoding(QString::fromUtf8(value));
}

} // namespace

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
    addField(form, "client_id", m_config.clientId.toUtf8());
    addField(form, "grant_type", "refresh_token");
    addField(form, "scope", scopeText(scopes).toUtf8());
    addField(form, "client_info", "1");
    addField(form, "refresh_token", refreshToken.reveal());
    addField(form, "claims", claimsRequest(claims));
    QNetworkReply *reply = m_network.postForm(form);
    Promised<TokenAnswer> promised;
    connect(reply, &QNetworkReply::finished, this, [reply, promised] {
        reply->deleteLater();
        promised.answer(readTokenAnswer(reply));
    });
    return promised.future();
}

} // namespace auth
