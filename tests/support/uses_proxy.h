// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// While it lives, web requests of this process take this proxy, as if the system had said so. For
// tests that link base_network.

#pragma once

#include "app/base/network/system_proxies.h"

namespace test_support {

class UsesProxy
{
public:
    explicit UsesProxy(const QNetworkProxy &proxy)
    {
        QNetworkProxyFactory::setApplicationProxyFactory(
            new network::SystemProxies([proxy](const QNetworkProxyQuery &) { return QList{proxy}; },
                                       {.wait = std::chrono::seconds(20)}));
    }
    ~UsesProxy() { QNetworkProxyFactory::setApplicationProxyFactory(nullptr); }
    Q_DISABLE_COPY_MOVE(UsesProxy)
};

} // namespace test_support
