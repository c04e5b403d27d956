// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A small HTTP/1.1 server on loopback for tests and the sandbox, with TLS if wished: keep-alive,
// one request at a time per connection, bodies by Content-Length. The handler answers at once or
// later, rightly or in every wrong way a network knows (HttpReply). Not for use outside tests.

#pragma once

#include "tests/support/http_message.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <functional>
#include <memory>

class QSslConfiguration;
class QTcpServer;
class QTcpSocket;

namespace test_support {

class HttpConnection;

// The way to answer one request: a handle that can be copied and kept. The first answer counts,
// later ones and those after the peer went away are dropped. Letting go of it without an answer
// leaves the peer waiting, which is what tests of time-outs want.
class HttpReply
{
public:
    HttpReply(HttpConnection *connection, quint64 number, bool withBody);

    void send(const HttpResponse &response) const;
    void sendAfter(std::chrono::milliseconds delay, const HttpResponse &response) const;
    // Bytes as they are, nothing added; the connection is closed afterwards or stays open
    // unanswered.
    void sendRaw(const QByteArray &bytes, bool thenClose = true) const;
    // The true Content-Length, but only so many bytes of the body, then an orderly close.
    void sendTruncated(const HttpResponse &response, qsizetype bodyBytes) const;
    void close() const; // orderly, without an answer
    void reset() const; // TCP reset
    bool isOpen() const; // the peer is still there and has no answer yet

private:
    QPointer<HttpConnection> m_connection;
    quint64 m_number = 0;
    bool m_withBody = true;
};

class HttpServer : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<void(const HttpRequest &, const HttpReply &)>;

    explicit HttpServer(QObject *parent = nullptr);
    // https; tls holds the certificate and its key.
    explicit HttpServer(const QSslConfiguration &tls, QObject *parent = nullptr);
    ~HttpServer() override;

    // On 127.0.0.1, or on ::1 where there is no IPv4. port 0: a free one. False where it is taken.
    bool listen(quint16 port = 0);
    // Refuses new connections and resets those that exist: a host that is gone.
    void shutDown();
    bool isListening() const;
    quint16 port() const; // keeps its value after shutDown()
    QUrl url() const; // http://127.0.0.1:<port>, https://localhost:<port>; without a path

    void setHandler(Handler handler);
    int connectionCount() const { return m_accepted; } // accepted since the start

Q_SIGNALS:
    void requestReceived(const test_support::HttpRequest &request);

private:
    HttpServer(QTcpServer *server, QObject *parent);
    void accept();

    QTcpServer *m_server = nullptr;
    Handler m_handler;
    quint16 m_port = 0;
    QHostAddress m_address;
    int m_accepted = 0;
};

} // namespace test_support
