// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_server.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace test_support {

namespace answer {

Answer with(const HttpResponse &response)
{
    return [response](const HttpRequest &, const HttpReply &reply) { reply.send(response); };
}

Answer json(int status, const QJsonObject &object, const HttpHeaders &headers)
{
    HttpResponse response = HttpResponse::json(status, object);
    response.headers += headers;
    return with(response);
}

Answer after(std::chrono::milliseconds delay, const HttpResponse &response)
{
    return [delay, response](const HttpRequest &, const HttpReply &reply) {
        reply.sendAfter(delay, response);
    };
}

Answer raw(const QByteArray &bytes, bool thenClose)
{
    return [bytes, thenClose](const HttpRequest &, const HttpReply &reply) {
        reply.sendRaw(bytes, thenClose);
    };
}

Answer truncated(const HttpResponse &response, qsizetype bodyBytes)
{
    return [response, bodyBytes](const HttpRequest &, const HttpReply &reply) {
        reply.sendTruncated(response, bodyBytes);
    };
}

Answer close()
{
    return [](const HttpRequest &, const HttpReply &reply) { reply.close(); };
}

Answer reset()
{
    return [](const HttpRequest &, const HttpReply &reply) { reply.reset(); };
}

Answer never()
{
    return [](const HttpRequest &, const HttpReply &) {};
}

} // namespace answer

ScriptedServer::ScriptedServer(QObject *parent)
    : QObject(parent)
{
    begin();
}

ScriptedServer::ScriptedServer(const QSslConfiguration &tls, QObject *parent)
    : QObject(parent)
    , m_server(tls)
{
    begin();
}

void ScriptedServer::begin()
{
    m_server.setHandler(
        [this](const HttpRequest &request, const HttpReply &reply) { handle(request, reply); });
    if (!m_server.listen())
        qFatal("ScriptedServer: no free port on loopback");
}

ScriptedServer::~ScriptedServer()
{
    const QStringList left = open();
    if (!left.isEmpty() && !QTest::currentTestFailed() && QTest::currentTestFunction()) {
        const QString text = u"expected requests did not come: "_s + left.join(u", "_s);
        QTest::qFail(qPrintable(text), __FILE__, __LINE__);
    }
}

QUrl ScriptedServer::url(const QString &path) const
{
    QUrl url = m_server.url();
    url.setPath(path);
    return url;
}

void ScriptedServer::expect(const QByteArray &method, const QString &path, const Answer &answer,
                            int times)
{
    m_expectations.append({method, path, answer, times});
}

bool ScriptedServer::isUsedUp() const
{
    return open().isEmpty();
}

QStringList ScriptedServer::open() const
{
    QStringList names;
    for (const Expectation &expectation : m_expectations) {
        if (expectation.times > 0)
            names.append(QString::fromLatin1(expectation.method) + u' ' + expectation.path);
    }
    return names;
}

QList<HttpRequest> ScriptedServer::requestsTo(const QString &path) const
{
    QList<HttpRequest> found;
    for (const HttpRequest &request : m_requests) {
        if (request.path() == path)
            found.append(request);
    }
    return found;
}

void ScriptedServer::handle(const HttpRequest &request, const HttpReply &reply)
{
    m_requests.append(request);
    for (Expectation &expectation : m_expectations) {
        if (expectation.times == 0 || expectation.method != request.method
            || expectation.path != request.path())
            continue;
        if (expectation.times > 0)
            --expectation.times;
        // A copy: the answer may script further expectations.
        const Answer answer = expectation.answer;
        answer(request, reply);
        Q_EMIT requestHandled(request);
        return;
    }
    const QString name = QString::fromLatin1(request.method) + u' ' + m_server.url().toString()
        + QString::fromUtf8(request.target);
    m_unscripted.append(name);
    if (!m_tolerant) {
        const QString text = u"unscripted request: "_s + name;
        QTest::qFail(qPrintable(text), __FILE__, __LINE__);
    }
    reply.send(HttpResponse::text(501, "text/plain", "unscripted request\n"));
}

} // namespace test_support
