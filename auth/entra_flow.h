// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// QOAuth2AuthorizationCodeFlow as Entra needs it, for one attempt: every parameter of every request
// is ours (QtNetworkAuth 6.4 has no PKCE, a predictable state, and sends an empty client_secret).
// Its own signals granted, error and requestFailed mean different things in different versions and
// are not used; the answer comes by LoopbackReplyHandler::tokenReplyFinished.

#pragma once

#include "auth/entra_config.h"
#include "auth/pkce.h"

#include <QOAuth2AuthorizationCodeFlow>
#include <QUrl>

namespace auth {

class LoopbackReplyHandler;
class TokenNetwork;

class EntraFlow : public QOAuth2AuthorizationCodeFlow
{
    Q_OBJECT
public:
    struct Wishes
    {
        QByteArray state = {};
        QByteArray nonce = {};
        QString loginHint = {}; // empty: the person picks an account
        QByteArray claims = {};
    };

    // handler and network outlive the flow.
    EntraFlow(EntraConfig config, Wishes wishes, LoopbackReplyHandler *handler,
              TokenNetwork *network, QObject *parent = nullptr);

    // The page to open.
    QUrl pageUrl();

private:
    void giveTokenUrl();
    void switchOffOwnProtections();
    void setParameters(Stage stage, QMultiMap<QString, QVariant> *parameters) const;

    const EntraConfig m_config;
    const Wishes m_wishes;
    const Pkce m_pkce;
    Secret m_code;
    QUrl m_pageUrl; // between grant() and the end of pageUrl() only
};

// What is asked for: the scopes and those of OpenID Connect that bring id_token and refresh token.
QString scopeText(const QStringList &scopes);

} // namespace auth
