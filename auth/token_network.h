// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The network for one endpoint of the authority alone: the token endpoint (QtNetworkAuth's code
// exchange, our own refresh, the polls of a device code) or the one that gives device codes. POST
// to that URL, no cookies, no cache, no redirect followed, HTTP/1.1, bounded in time and size, and
// a request that may have been read is never sent a second time.

#pragma once

#include <QNetworkAccessManager>
#include <QUrl>

#include <chrono>

namespace auth {

class TokenNetwork : public QNetworkAccessManager
{
    Q_OBJECT
public:
    struct Limits
    {
        std::chrono::milliseconds time = std::chrono::seconds(30); // for the whole exchange
        qint64 answer = 1024 * 1024; // bytes
    };
    enum class Abort { No, TimedOut, TooLarge };

    explicit TokenNetwork(QUrl tokenUrl, QObject *parent = nullptr);
    TokenNetwork(QUrl tokenUrl, Limits limits, QObject *parent = nullptr);

    // application/x-www-form-urlencoded
    QNetworkReply *postForm(const QByteArray &form);
    // Appends name=value to such a form. value: UTF-8, not yet encoded.
    static void addField(QByteArray &form, const char *name, const QByteArray &value);

    // Why we ended the reply ourselves.
    static Abort abortReason(const QNetworkReply *reply);
    // What we sent as client-request-id, for the log.
    static QString requestId(const QNetworkReply *reply);

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &original,
                                 QIODevice *outgoingData) override;

private:
    const QUrl m_tokenUrl;
    const Limits m_limits;
};

} // namespace auth
