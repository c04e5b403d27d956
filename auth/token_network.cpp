// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/token_network.h"

#include "app/base/network/network_fault.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace auth {

namespace {

constexpr char abortProperty[] = "_gv_abort";
constexpr char requestIdHeader[] = "client-request-id";

// A request body that can be read once. When a server closes without an answer, Qt 6.4 to 6.8 send
// the POST again; a body that cannot be rewound is the only way to stop that
// (QHttpNetworkConnectionChannel::resetUploadData), and a second one would redeem a code twice.
class ReadOnce : public QIODevice
{
public:
    explicit ReadOnce(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
        open(ReadOnly | Unbuffered);
    }
    ~ReadOnce() override { m_bytes.fill('\0'); }

    bool isSequential() const override { return false; }
    qint64 size() const override { return m_bytes.size(); }
    bool reset() override { return m_read == 0; }
    bool seek(qint64 position) override { return position == pos(); }

protected:
    qint64 readData(char *data, qint64 wanted) override
    {
        const qint64 count = std::min(wanted, m_bytes.size() - m_read);
        std::copy_n(m_bytes.constData() + m_read, count, data);
        m_read += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_read = 0;
};

void abortBecause(QNetworkReply *reply, TokenNetwork::Abort reason)
{
    reply->setProperty(abortProperty, int(reason));
    reply->abort();
}

} // namespace

TokenNetwork::TokenNetwork(QUrl tokenUrl, QObject *parent)
    : TokenNetwork(std::move(tokenUrl), Limits{}, parent)
{
}

TokenNetwork::TokenNetwork(QUrl tokenUrl, Limits limits, QObject *parent)
    : QNetworkAccessManager(parent)
    , m_tokenUrl(std::move(tokenUrl))
    , m_limits(limits)
{
    setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    const QHostAddress address(m_tokenUrl.host());
    if (m_tokenUrl.host() == u"localhost" || address.isLoopback())
        setProxy(QNetworkProxy::NoProxy);
}

QNetworkReply *TokenNetwork::postForm(const QByteArray &form)
{
    QNetworkRequest request(m_tokenUrl);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    return post(request, form);
}

void TokenNetwork::addField(QByteArray &form, const char *name, const QByteArray &value)
{
    if (!form.isEmpty())
        form += '&';
    form += name;
    form += '=';
    form += QUrl::toPercentEncoding(QString::fromUtf8(value));
}

TokenNetwork::Abort TokenNetwork::abortReason(const QNetworkReply *reply)
{
    return Abort(reply->property(abortProperty).toInt());
}

QString TokenNetwork::requestId(const QNetworkReply *reply)
{
    return QString::fromLatin1(reply->request().rawHeader(requestIdHeader));
}

QNetworkReply *TokenNetwork::createRequest(Operation operation, const QNetworkRequest &original,
                                           QIODevice *outgoingData)
{
    QNetworkRequest request(original);
    // Codes and refresh tokens go nowhere else, whatever a caller does.
    const bool isOurs = operation == PostOperation && original.url() == m_tokenUrl && outgoingData;
    if (!isOurs) {
        request.setUrl(QUrl());
        return QNetworkAccessManager::createRequest(GetOperation, request, nullptr);
    }
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(int(m_limits.time.count()));
    request.setRawHeader("User-Agent", "graph-valet/" GRAPH_VALET_VERSION);
    request.setRawHeader("Accept", "application/json");
    // A kept connection that the server has just closed could not be told from a request lost.
    request.setRawHeader("Connection", "close");
    request.setRawHeader(requestIdHeader,
                         QUuid::createUuid().toString(QUuid::WithoutBraces).toLatin1());

    auto *body = new ReadOnce(outgoingData->readAll());
    QNetworkReply *reply = QNetworkAccessManager::createRequest(operation, request, body);
    body->setParent(reply);
    network::watch(reply);
    connect(reply, &QNetworkReply::readyRead, reply, [reply, limit = m_limits.answer] {
        if (reply->bytesAvailable() > limit && !reply->isFinished())
            abortBecause(reply, Abort::TooLarge);
    });
    auto *limit = new QTimer(reply);
    limit->setSingleShot(true);
    connect(limit, &QTimer::timeout, reply, [reply] {
        if (!reply->isFinished())
            abortBecause(reply, Abort::TimedOut);
    });
    limit->start(m_limits.time);
    return reply;
}

} // namespace auth
