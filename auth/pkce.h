// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Proof Key for Code Exchange, method S256 (RFC 7636): whoever redeems the code shows that they
// asked for it. Our own, because QtNetworkAuth 6.4 has none.

#pragma once

#include "app/base/secret.h"

#include <QByteArray>

namespace auth {

struct Pkce
{
    Secret verifier; // 43 characters, RFC 7636, section 4.1
    QByteArray challenge; // section 4.2

    static Pkce fresh();
    static QByteArray challengeFor(const Secret &verifier);
};

} // namespace auth
