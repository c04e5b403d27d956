// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/graph_connections.h"

#include <QHostAddress>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QNetworkReply>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// Graph needs no cookies, and a jar shared by accounts would mix them up.
class NoCookies : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
};

// HTTP/2 is allowed from Qt 6.8 on: 6.4's has known holes and no flow control to speak of.
bool mayUseHttp2(const QUrl &url)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    return url.scheme() == "https"_L1;
#else
    Q_UNUSED(url)
    return false;
#endif
}

// What one manager sends without letting anything wait: all of it over one connection of HTTP/2,
// else as much as Qt has connections for one host (QNetworkAccessManager, "6 requests in
// parallel").
constexpr int callsWithHttp1 = 6;

} // namespace

bool isLoopback(const QUrl &url)
{
    return url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
}

GraphConnections::GraphConnections(std::chrono::milliseconds idleLimit, QObject *parent)
    : QObject(parent)
{
    m_idle.setSingleShot(true);
    m_idle.setInterval(idleLimit);
    connect(&m_idle, &QTimer::timeout, this, &GraphConnections::releaseIdle);
    addManager();
}

GraphConnections::~GraphConnections() = default;

void GraphConnections::setProxy(const QNetworkProxy &proxy)
{
    m_proxy = proxy;
    for (const auto &manager : m_managers)
        manager->network.setProxy(proxy);
}

QNetworkReply *GraphConnections::get(const QNetworkRequest &request)
{
    return send(request, std::nullopt);
}

QNetworkReply *GraphConnections::post(const QNetworkRequest &request, const QByteArray &body)
{
    return send(request, body);
}

QNetworkReply *GraphConnections::send(QNetworkRequest request,
                                      const std::optional<QByteArray> &body)
{
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, mayUseHttp2(request.url()));
    Manager *manager = managerFor();
    QNetworkReply *reply =
        body ? manager->network.post(request, *body) : manager->network.get(request);
    manager->isInUse = true;
    ++manager->inFlight;
    // A reply that is aborted finishes too.
    connect(reply, &QNetworkReply::finished, &manager->network, [this, manager, reply] {
        --manager->inFlight;
        manager->isInUse = true; // idle from now on, however long it took
        // A proxy that looks into TLS may speak HTTP/1.1 only.
        if (reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid())
            m_isHttp2 = reply->attribute(QNetworkRequest::Http2WasUsedAttribute).toBool();
    });
    return reply;
}

// The first ones are filled first, so that the others become idle when there is less to do.
GraphConnections::Manager *GraphConnections::managerFor()
{
    const int most = m_isHttp2 ? std::numeric_limits<int>::max() : callsWithHttp1;
    const auto isFree = [most](const auto &manager) { return manager->inFlight < most; };
    const auto free = std::find_if(m_managers.cbegin(), m_managers.cend(), isFree);
    if (free != m_managers.cend())
        return free->get();
    if (managerCount() < managerLimit)
        return addManager();
    return std::min_element(
               m_managers.cbegin(), m_managers.cend(),
               [](const auto &one, const auto &other) { return one->inFlight < other->inFlight; })
        ->get();
}

GraphConnections::Manager *GraphConnections::addManager()
{
    auto manager = std::make_unique<Manager>();
    QNetworkAccessManager &network = manager->network;
    network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    network.setCookieJar(new NoCookies(&network));
    network.setProxy(m_proxy);
    m_managers.push_back(std::move(manager));
    if (managerCount() > 1 && !m_idle.isActive())
        m_idle.start();
    return m_managers.back().get();
}

void GraphConnections::releaseIdle()
{
    const auto isIdle = [](const auto &manager) {
        return manager->inFlight == 0 && !manager->isInUse;
    };
    m_managers.erase(std::remove_if(m_managers.begin() + 1, m_managers.end(), isIdle),
                     m_managers.end());
    for (const auto &manager : m_managers)
        manager->isInUse = false;
    if (managerCount() > 1)
        m_idle.start();
}

} // namespace mcp
