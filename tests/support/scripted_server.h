// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A server that answers what the test has scripted and nothing else: a request without an
// expectation fails the running test with its URL. Expectations of one method and path are used up
// in the order they were given.

#pragma once

#include "tests/support/http_server.h"

#include <QList>

#include <optional>

namespace test_support {

// What happens to one request.
using Answer = HttpServer::Handler;

// The usual answers. For anything else write a lambda, or keep its HttpReply and answer later.
namespace answer {
Answer json(int status, const QJsonObject &object, const HttpHeaders &headers = {});
Answer with(const HttpResponse &response);
Answer after(std::chrono::milliseconds delay, const HttpResponse &response);
Answer raw(const QByteArray &bytes, bool thenClose = true);
Answer truncated(const HttpResponse &response, qsizetype bodyBytes);
Answer close();
Answer reset();
Answer never();
} // namespace answer

class ScriptedServer : public QObject
{
    Q_OBJECT
public:
    static constexpr int always = -1;

    // Listens at once on a free port.
    explicit ScriptedServer(QObject *parent = nullptr);
    // https://localhost
    explicit ScriptedServer(const QSslConfiguration &tls, QObject *parent = nullptr);
    // Fails the running test if an expectation (other than `always`) was not used up.
    ~ScriptedServer() override;

    QUrl url(const QString &path = {}) const; // of the server, with this path
    quint16 port() const { return m_server.port(); }
    HttpServer &server() { return m_server; }

    // path: without the query. times: how often the answer is given, or `always`.
    void expect(const QByteArray &method, const QString &path, const Answer &answer, int times = 1);
    // For tests that end before everything scripted has happened.
    void forgetExpectations() { m_expectations.clear(); }
    bool isUsedUp() const;
    QStringList open() const; // expectations not used up, "GET /path"

    const QList<HttpRequest> &requests() const { return m_requests; }
    QList<HttpRequest> requestsTo(const QString &path) const;
    // Requests nobody expected, "GET /path?query"; each has failed the test already.
    const QStringList &unscripted() const { return m_unscripted; }
    // For the server's own test: unscripted requests are recorded and fail nothing.
    void tolerateUnscripted() { m_tolerant = true; }

Q_SIGNALS:
    // After the answer was given.
    void requestHandled(const test_support::HttpRequest &request);

private:
    struct Expectation
    {
        QByteArray method;
        QString path;
        Answer answer;
        int times = 1;
    };

    void begin();
    void handle(const HttpRequest &request, const HttpReply &reply);

    HttpServer m_server;
    QList<Expectation> m_expectations;
    QList<HttpRequest> m_requests;
    QStringList m_unscripted;
    bool m_tolerant = false;
};

} // namespace test_support
