// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/doctor/web_probe.h"

#include "app/base/network/network_fault.h"
#include "auth/entra_config.h"

#include <QLocale>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace doctor {
namespace {

// IMF-fixdate, the only form that senders may produce (RFC 9110, section 5.6.7).
QDateTime dateIn(const QByteArray &header)
{
    const QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(header.trimmed()),
                                                   u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    return date.isValid() ? QDateTime(date.date(), date.time(), QTimeZone::utc()) : QDateTime();
}

QString issuerOf(const QNetworkReply *reply)
{
    const QSslCertificate certificate = reply->sslConfiguration().peerCertificate();
    for (const auto field : {QSslCertificate::Organization, QSslCertificate::CommonName}) {
        QString name = certificate.issuerInfo(field).value(0);
        if (!name.isEmpty())
            return name;
    }
    return {};
}

Result<WebAnswer> answerOf(QNetworkReply *reply, const QDateTime &asked)
{
    if (auto fault = network::faultOf(reply))
        return *fault;
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isTimeout = reply->error() == QNetworkReply::OperationCanceledError
        || reply->error() == QNetworkReply::TimeoutError;
    if (status == 0 || isTimeout) {
        return Error{.kind = isTimeout ? Error::Kind::Timeout : Error::Kind::Offline,
                     .detail = reply->errorString()};
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto took = std::chrono::milliseconds(asked.msecsTo(now));
    return WebAnswer{.status = status,
                     .contentType = reply->rawHeader("Content-Type"),
                     .body = reply->read(WebProbe::bodyLimit),
                     .location = reply->rawHeader("Location"),
                     .requestId = reply->rawHeader("request-id"),
                     .date = dateIn(reply->rawHeader("Date")),
                     .heard = asked.addMSecs(took.count() / 2),
                     .took = took,
                     .issuer = issuerOf(reply)};
}

} // namespace

WebProbe::WebProbe(std::chrono::milliseconds limit, QObject *parent)
    : QNetworkAccessManager(parent)
    , m_limit(limit)
{
    setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

Async<WebAnswer> WebProbe::get(const QUrl &url)
{
    QNetworkRequest request(url);
    for (const auto attribute :
         {QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::CookieSaveControlAttribute,
          QNetworkRequest::AuthenticationReuseAttribute})
        request.setAttribute(attribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setRawHeader("User-Agent", "graph-valet/" GRAPH_VALET_VERSION);
    request.setRawHeader("Connection", "close");

    const QDateTime asked = QDateTime::currentDateTimeUtc();
    Promised<WebAnswer> promised;
    QNetworkReply *reply = QNetworkAccessManager::get(request);
    network::watch(reply);
    const auto finish = [reply, promised, asked] {
        promised.answer(answerOf(reply, asked));
        reply->deleteLater();
    };
    connect(reply, &QNetworkReply::finished, this, finish);
    // What there is of a page that is longer suffices.
    connect(reply, &QNetworkReply::readyRead, this, [reply, promised, asked] {
        if (reply->bytesAvailable() < bodyLimit)
            return;
        promised.answer(answerOf(reply, asked));
        reply->abort();
    });
    auto *limit = new QTimer(reply);
    limit->setSingleShot(true);
    connect(limit, &QTimer::timeout, reply, &QNetworkReply::abort);
    limit->start(m_limit);
    return promised.future();
}

} // namespace doctor
