// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Random text for state, nonce and verifier. Only the system's generator: Qt's own helpers of
// QtNetworkAuth 6.4 can be predicted (CVE-2024-36048).

#pragma once

#include <QByteArray>

namespace auth {

// base64url without padding (RFC 4648, section 5); needs no percent-encoding anywhere.
QByteArray base64Url(const QByteArray &bytes);
// count random bytes as base64url: 32 give 43 characters.
QByteArray randomText(int count = 32);
// Takes the same time wherever the two differ; a differing length may be seen.
bool equalInConstantTime(const QByteArray &a, const QByteArray &b);

} // namespace auth
