// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One GET without a token, a cookie or a redirect followed, bounded in time and size: what answers
// at an address, if anybody.

#pragma once

#include "app/base/async.h"

#include <QByteArray>
#include <QDateTime>
#include <QNetworkAccessManager>
#include <QUrl>

#include <chrono>

namespace doctor {

struct WebAnswer
{
    int status = 0;
    QByteArray contentType = {};
    QByteArray body = {}; // at most WebProbe::bodyLimit
    QByteArray location = {}; // of a redirect, as sent
    QByteArray requestId = {}; // of Graph
    QDateTime date = {}; // the server's clock, UTC; invalid: it did not say
    QDateTime heard = {}; // ours, in the middle between question and answer
    std::chrono::milliseconds took{0};
    QString issuer = {}; // of the server's certificate; empty: plain http
};

class WebProbe : public QNetworkAccessManager
{
    Q_OBJECT
public:
    static constexpr qint64 bodyLimit = 1024 * 1024; // bytes

    explicit WebProbe(std::chrono::milliseconds limit, QObject *parent = nullptr);

    // Any HTTP answer is one. Else Offline, with a cause where a proxy or a certificate is in the
    // way; Timeout.
    Async<WebAnswer> get(const QUrl &url);

private:
    const std::chrono::milliseconds m_limit;
};

} // namespace doctor
