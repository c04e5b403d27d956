// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// GET of one address with a bare QNetworkAccessManager: what any Qt program would need for it.

#pragma once

#include "tests/bench/load.h"

#include <QNetworkAccessManager>
#include <QUrl>

namespace bench {

class BareNetwork
{
public:
    explicit BareNetwork(const QUrl &origin);

    // total GETs of path, so many in flight at a time.
    Load drive(const QString &path, int inFlight, int total);
    // The answer's text.
    QByteArray get(const QString &path);

private:
    QNetworkReply *ask(const QString &path);

    QUrl m_origin;
    QNetworkAccessManager m_network;
};

} // namespace bench
