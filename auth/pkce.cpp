// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/pkce.h"

#include "auth/random_text.h"

#include <QCryptographicHash>

namespace auth {

Pkce Pkce::fresh()
{
    const Secret verifier(randomText());
    return {.verifier = verifier, .challenge = challengeFor(verifier)};
}

QByteArray Pkce::challengeFor(const Secret &verifier)
{
    return base64Url(QCryptographicHash::hash(verifier.reveal(), QCryptographicHash::Sha256));
}

} // namespace auth
