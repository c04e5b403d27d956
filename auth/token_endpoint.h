// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Our own small client of the token endpoint for silent refresh (RFC 6749, section 6): public
// client, no secret, no redirect_uri. One POST per call; single-flight is the caller's.

#pragma once

#include "app/base/async.h"
#include "auth/entra_config.h"
#include "auth/token_answer.h"
#include "auth/token_network.h"

#include <QObject>

namespace auth {

class TokenEndpoint : public QObject
{
    Q_OBJECT
public:
    explicit TokenEndpoint(EntraConfig config, QObject *parent = nullptr);
    TokenEndpoint(EntraConfig config, TokenNetwork::Limits limits, QObject *parent = nullptr);

    // claims: of a challenge, JSON; empty: none. The future always holds a value unless this object
    // goes first.
    Async<TokenAnswer> refresh(const Secret &refreshToken, const QStringList &scopes,
                               const QByteArray &claims);

private:
    const EntraConfig m_config;
    TokenNetwork m_network;
};

} // namespace auth
