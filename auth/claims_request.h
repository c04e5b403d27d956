// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The `claims` parameter of every request for a token (OpenID Connect Core 1.0, section 5.5).
// Pure.

#pragma once

#include <QByteArray>

namespace auth {

// What a challenge asks for, if anything, and that this client understands challenges: with cp1
// Entra issues tokens that live for a day and are refused at once when something happens
// (continuous access evaluation).
// https://learn.microsoft.com/entra/identity-platform/claims-challenge
// challenge: a JSON object; empty: none.
QByteArray claimsRequest(const QByteArray &challenge);

} // namespace auth
