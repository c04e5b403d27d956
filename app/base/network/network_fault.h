// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Faults of the way to Microsoft that Microsoft has no part in: a proxy that refuses, a certificate
// that this computer does not trust. No certificate is ever ignored; there is no option for it.

#pragma once

#include "app/base/error.h"

#include <optional>

class QNetworkReply;

namespace network {

// To be called for every reply of ours before the event loop runs: what was wrong with a
// certificate is told by a signal only (QNetworkReply::sslErrors), and a proxy that has led us
// nowhere within the limit is given up (Qt goes round in circles with one that wants NTLM).
void watch(QNetworkReply *reply, std::chrono::milliseconds proxyLimit = std::chrono::seconds(15));

// reply: finished, watched. nullopt: nothing is known of a proxy or certificate. Else an error of
// kind Offline whose cause and intermediary say who is in the way; detail is for the log.
std::optional<Error> faultOf(QNetworkReply *reply);

} // namespace network
