// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which proxy a web request of this process takes: what the system says (settings of the desktop,
// PAC and WPAD where Qt offers them, http_proxy, https_proxy and no_proxy on Linux), and none for
// this computer itself. Asking the system may take seconds (a PAC script is fetched and run), so it
// is asked in a thread of its own:
//
//   no answer yet ──asks, waits──► fresh ──► older: serves, asks ──► stale ──asks, waits──► fresh
//                       └─ takes longer: the answer before, or none, until it is there
//
// For QNetworkProxyFactory::setApplicationProxyFactory(), which takes it over.

#pragma once

#include <QNetworkProxyFactory>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace network {

class SystemProxies : public QNetworkProxyFactory
{
public:
    using Lookup = std::function<QList<QNetworkProxy>(const QNetworkProxyQuery &)>;
    struct Patience
    {
        std::chrono::milliseconds fresh = std::chrono::seconds(10);
        // Until then an older answer serves while the system is asked anew.
        std::chrono::milliseconds serves = std::chrono::minutes(5);
        std::chrono::milliseconds wait = std::chrono::seconds(1); // for one lookup, once
    };

    SystemProxies();
    // lookup: called in other threads, one at a time, and maybe after the factory is gone.
    SystemProxies(Lookup lookup, Patience patience);
    ~SystemProxies() override;

    // Asks ahead of the first request, without waiting.
    void prepare(const QUrl &url);

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;

private:
    struct State;

    std::shared_ptr<State> m_state; // shared with lookups that are under way
};

} // namespace network
