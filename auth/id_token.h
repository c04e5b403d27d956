// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reads who signed in out of an id_token (OpenID Connect Core 1.0, section 3.1.3.7). The signature
// is not checked: the token came from the token endpoint itself over TLS (rule 6 there).

#pragma once

#include "app/base/result.h"
#include "app/base/secret.h"
#include "auth/account.h"
#include "auth/entra_config.h"

#include <QByteArray>
#include <QDateTime>

#include <optional>

namespace auth {

// nonce: of the attempt; nullopt on a refresh, where there is none. Errors: ServiceFault; Denied
// where the account is of a tenant that the configured one leaves out.
Result<Account> accountFromIdToken(const Secret &idToken, const EntraConfig &config,
                                   const std::optional<QByteArray> &nonce, const QDateTime &now);

} // namespace auth
