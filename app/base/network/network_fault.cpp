// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/network/network_fault.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace network {

namespace {

constexpr auto watchName = "_gv_watch"_L1;

// Type NoProxy: none.
QNetworkProxy proxyOf(QNetworkReply *reply)
{
    QNetworkProxy proxy = reply->manager() ? reply->manager()->proxy() : QNetworkProxy();
    if (proxy.type() == QNetworkProxy::DefaultProxy) {
        const auto proxies =
            QNetworkProxyFactory::proxyForQuery(QNetworkProxyQuery(reply->request().url()));
        proxy = proxies.value(0, QNetworkProxy(QNetworkProxy::NoProxy));
    }
    return proxy.type() == QNetworkProxy::DefaultProxy ? QNetworkProxy(QNetworkProxy::NoProxy)
                                                       : proxy;
}

// Never its user name or password.
QString nameOf(const QNetworkProxy &proxy)
{
    return proxy.hostName().isEmpty() ? QString()
                                      : u"%1:%2"_s.arg(proxy.hostName()).arg(proxy.port());
}

Cause proxyCause(QNetworkReply::NetworkError error, bool hasProxy)
{
    switch (error) {
    case QNetworkReply::ProxyAuthenticationRequiredError: return Cause::ProxyPassword;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError: return Cause::Proxy;
    // Through a proxy these are its answers 503, 404 and all others: Qt tells them apart from a
    // fault of ours by the text alone.
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::UnknownNetworkError: return hasProxy ? Cause::Proxy : Cause::None;
    default: return Cause::None;
    }
}

Cause causeOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
    case QSslError::CertificateRejected: return Cause::IssuerNotTrusted;
    case QSslError::HostNameMismatch: return Cause::CertificateOfAnother;
    case QSslError::CertificateNotYetValid:
    case QSslError::CertificateExpired: return Cause::CertificateDate;
    default: return Cause::NoSafeConnection;
    }
}

// Several are usual: what nobody vouches for may say anything about dates and names.
int rank(Cause cause)
{
    switch (cause) {
    case Cause::IssuerNotTrusted: return 0;
    case Cause::CertificateOfAnother: return 1;
    case Cause::CertificateDate: return 2;
    default: return 3;
    }
}

QString issuerOf(const QSslCertificate &certificate)
{
    for (const auto field : {QSslCertificate::CommonName, QSslCertificate::Organization,
                             QSslCertificate::OrganizationalUnitName}) {
        QString name = certificate.issuerInfo(field).value(0);
        if (!name.isEmpty())
            return name;
    }
    return {};
}

// What a reply does not remember itself; its child.
class Watch : public QObject
{
public:
    Watch(QNetworkReply *reply, std::chrono::milliseconds proxyLimit)
        : QObject(reply)
        , m_reply(reply)
    {
        setObjectName(watchName);
        connect(reply, &QNetworkReply::sslErrors, this, &Watch::note);
        m_limit.setSingleShot(true);
        m_limit.setInterval(proxyLimit);
        connect(reply, &QNetworkReply::socketStartedConnecting, &m_limit,
                qOverload<>(&QTimer::start));
        connect(reply, &QNetworkReply::encrypted, &m_limit, &QTimer::stop);
        connect(reply, &QNetworkReply::requestSent, &m_limit, &QTimer::stop);
        connect(reply, &QNetworkReply::finished, &m_limit, &QTimer::stop);
        connect(&m_limit, &QTimer::timeout, this, &Watch::giveUpProxy);
    }

    std::optional<QSslError> certificateError;
    QString issuer; // as it names itself
    bool isProxyGivenUp = false;

private:
    void note(const QList<QSslError> &errors)
    {
        if (errors.isEmpty())
            return;
        certificateError = *std::min_element(
            errors.begin(), errors.end(), [](const QSslError &one, const QSslError &other) {
                return rank(causeOf(one.error())) < rank(causeOf(other.error()));
            });
        // The last one of the chain says who would have to be trusted.
        const auto chain = m_reply->sslConfiguration().peerCertificateChain();
        issuer = issuerOf(chain.isEmpty() ? certificateError->certificate() : chain.last());
    }

    void giveUpProxy()
    {
        if (proxyOf(m_reply).type() == QNetworkProxy::NoProxy)
            return;
        isProxyGivenUp = true;
        m_reply->abort();
    }

    QNetworkReply *m_reply;
    QTimer m_limit;
};

} // namespace

void watch(QNetworkReply *reply, std::chrono::milliseconds proxyLimit)
{
    new Watch(reply, proxyLimit);
}

std::optional<Error> faultOf(QNetworkReply *reply)
{
    const QNetworkReply::NetworkError code = reply->error();
    if (code == QNetworkReply::NoError)
        return {};
    const auto *watch = static_cast<const Watch *>(
        reply->findChild<QObject *>(watchName, Qt::FindDirectChildrenOnly));
    Error error{.kind = Error::Kind::Offline, .detail = reply->errorString()};
    if (watch && watch->certificateError) {
        error.cause = causeOf(watch->certificateError->error());
        error.intermediary = watch->issuer;
        error.detail =
            u"%1 (issuer: %2)"_s.arg(watch->certificateError->errorString(), watch->issuer);
        return error;
    }
    if (code == QNetworkReply::SslHandshakeFailedError) {
        error.cause = Cause::NoSafeConnection;
        return error;
    }
    const QNetworkProxy proxy = proxyOf(reply);
    error.cause = watch && watch->isProxyGivenUp
        ? Cause::Proxy
        : proxyCause(code, proxy.type() != QNetworkProxy::NoProxy);
    if (error.cause == Cause::None)
        return {};
    error.intermediary = nameOf(proxy);
    error.detail = u"proxy %1: %2"_s.arg(error.intermediary, error.detail);
    return error;
}

} // namespace network
