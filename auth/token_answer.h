// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// An answer of the token endpoint, read: tokens, or why there are none. The body is bounded and may
// be anything: a proxy's page, half a JSON, nothing.

#pragma once

#include "app/base/secret.h"
#include "auth/token_error.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <variant>

class QNetworkReply;

namespace auth {

struct TokenSet
{
    Secret accessToken = {};
    Secret refreshToken = {}; // empty: none came
    Secret idToken = {}; // empty: none came
    QStringList scopes = {}; // as granted; empty: as asked for
    std::chrono::seconds lifetime{0};
    // When Entra wants it replaced ahead of its end (refresh_in); 0: not said.
    std::chrono::seconds refreshIn{0};
    QString requestId = {}; // what we sent as client-request-id: Entra's correlation id
};

using TokenAnswer = std::variant<TokenSet, TokenFailure>;

// reply: finished, of a TokenNetwork.
TokenAnswer readTokenAnswer(QNetworkReply *reply);

} // namespace auth
