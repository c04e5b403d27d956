// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The connections to Microsoft Graph. Where calls cannot share one (HTTP/1.1), Qt opens six per
// host and QNetworkAccessManager, and whatever is asked beyond waits in line. So there are several
// managers, all set up alike:
//
//   call ─► the first manager with a free connection, else a new one, up to the limit,
//           else the one with the fewest calls
//   a manager that had no call for a while, but for the first one ─► gone, with its connections

#pragma once

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace mcp {

// A host of this computer: the sandbox, or a test.
bool isLoopback(const QUrl &url);

class GraphConnections : public QObject
{
    Q_OBJECT
public:
    static constexpr int managerLimit = 6; // 36 connections with HTTP/1.1

    // idleLimit: how long a manager beyond the first one is kept without a call; twice that at
    // most.
    explicit GraphConnections(std::chrono::milliseconds idleLimit = std::chrono::seconds(30),
                              QObject *parent = nullptr);
    ~GraphConnections() override;

    // For all calls from now on.
    void setProxy(const QNetworkProxy &proxy);
    // Keeps no cookies and follows no redirect. The reply is the caller's while it runs; after that
    // it may go with its manager, at any turn of the event loop.
    QNetworkReply *get(const QNetworkRequest &request);
    QNetworkReply *post(const QNetworkRequest &request, const QByteArray &body);
    int managerCount() const { return int(m_managers.size()); }

private:
    QNetworkReply *send(QNetworkRequest request, const std::optional<QByteArray> &body);

    struct Manager
    {
        int inFlight = 0;
        bool isInUse = true; // had a call since the last look for idle ones
        QNetworkAccessManager network;
    };

    Manager *managerFor();
    Manager *addManager();
    void releaseIdle();

    std::vector<std::unique_ptr<Manager>> m_managers; // never empty
    bool m_isHttp2 = false; // the last answer came so
    QNetworkProxy m_proxy{QNetworkProxy::DefaultProxy};
    QTimer m_idle; // runs only while there is more than one
};

} // namespace mcp
