// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The claims challenge in a WWW-Authenticate header: Graph wants a token with more behind it, or
// one that was issued after something happened (continuous access evaluation). Pure.
// https://learn.microsoft.com/entra/identity-platform/claims-challenge

#pragma once

#include <QByteArray>

#include <optional>

namespace mcp {

// header: the field's value, several fields joined by commas (RFC 9110, section 11.6.1). The claims
// of the first Bearer challenge that has any, decoded: a JSON object of at most 8 KiB. nullopt: no
// challenge, or one that cannot be read, which is a plain 401 then.
std::optional<QByteArray> claimsChallenge(const QByteArray &header);

} // namespace mcp
