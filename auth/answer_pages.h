// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the browser is shown by our loopback port, as whole HTTP responses. Nothing external, no
// script, values escaped; never stored, never framed.

#pragma once

#include <QByteArray>
#include <QString>

namespace auth::pages {

QByteArray signedIn(const QString &account);
// title and message: what happened; action: what to do now. Plain text.
QByteArray failed(int status, const QString &title, const QString &message, const QString &action);
// For requests that no honest browser sends. withBody: false for HEAD.
QByteArray refusal(int status, bool withBody = true);

} // namespace auth::pages
