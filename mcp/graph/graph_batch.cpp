// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/graph_batch.h"

#include "mcp/graph/graph_error.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <chrono>
#include <limits>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int batchLimit = 20; // requests in one, by Graph's documentation

bool isCountedAtOnce(const GraphRequest &request)
{
    return GraphBudget::placesOf(GraphBudget::laneOf({}, request.path))
        != std::numeric_limits<int>::max();
}

QJsonObject partOf(const GraphRequest &request, const QString &id)
{
    QUrl url;
    url.setPath(request.path.mid(QLatin1StringView("/v1.0").size()));
    url.setQuery(request.query);
    QJsonObject part{
        {u"id"_s, id}, {u"method"_s, u"GET"_s}, {u"url"_s, QString::fromLatin1(url.toEncoded())}};
    QJsonObject headers;
    if (!request.prefer.isEmpty())
        headers.insert(u"Prefer"_s, QString::fromLatin1(request.prefer));
    if (request.isEventual)
        headers.insert(u"ConsistencyLevel"_s, u"eventual"_s);
    if (request.isDirectoryWide)
        headers.insert(u"X-PeopleQuery-QuerySources"_s, u"Mailbox,Directory"_s);
    if (!headers.isEmpty())
        part.insert(u"headers"_s, headers);
    return part;
}

// What another attempt by itself may end otherwise: a token, a challenge, a pause, a fault.
bool isToBeAskedAgain(int status, const QJsonObject &headers)
{
    const bool isChallenge = status == 403 && headers.contains("WWW-Authenticate"_L1);
    return status == 401 || isChallenge || status == 429 || status >= 500;
}

// One getAll() under way; deletes itself when it has ended. Child of the client.
class GraphBatch : public QObject
{
public:
    GraphBatch(GraphClient *client, const QList<GraphRequest> &requests,
               const RequestContextPtr &context)
        : QObject(client)
        , m_client(client)
        , m_requests(requests)
        , m_context(context)
        , m_open(requests.size())
    {
        for (qsizetype i = 0; i < requests.size(); ++i) {
            m_answers.append(Result<QJsonObject>(
                Error{.kind = Error::Kind::ServiceFault,
                      .detail = u"Microsoft Graph left out an answer of a batch"_s}));
        }
    }

    Async<GraphAnswers> start()
    {
        QList<qsizetype> together;
        for (qsizetype i = 0; i < m_requests.size(); ++i) {
            if (m_requests.at(i).body || isCountedAtOnce(m_requests.at(i)))
                askAlone(i);
            else
                together.append(i);
        }
        if (together.size() == 1)
            askAlone(together.takeFirst());
        for (qsizetype from = 0; from < together.size(); from += batchLimit)
            askTogether(together.mid(from, batchLimit));
        if (m_open == 0)
            end();
        return m_promised.future();
    }

private:
    void askAlone(qsizetype index)
    {
        whenDone(m_client->get(m_requests.at(index), m_context), this,
                 [this, index](const Result<QJsonObject> &answer) { take(index, answer); });
    }

    void askTogether(const QList<qsizetype> &indexes)
    {
        QJsonArray parts;
        QStringList scopes;
        for (const qsizetype index : indexes) {
            parts.append(partOf(m_requests.at(index), QString::number(index)));
            for (const QString &scope : m_requests.at(index).scopes) {
                if (!scopes.contains(scope))
                    scopes.append(scope);
            }
        }
        GraphRequest batch{.path = u"/v1.0/$batch"_s,
                           .scopes = scopes,
                           .interaction = m_requests.at(indexes.first()).interaction};
        batch.body = QJsonObject{{u"requests"_s, parts}};
        whenDone(m_client->get(batch, m_context), this,
                 [this, indexes](const Result<QJsonObject> &answer) {
                     if (answer.ok())
                         takeParts(indexes, *answer);
                     else
                         takeForAll(indexes, answer.error());
                 });
    }

    void takeForAll(const QList<qsizetype> &indexes, const Error &error)
    {
        for (const qsizetype index : indexes)
            take(index, error);
    }

    void takeParts(const QList<qsizetype> &indexes, const QJsonObject &answer)
    {
        QHash<QString, QJsonObject> parts;
        for (const auto &part : answer.value("responses"_L1).toArray())
            parts.insert(part["id"_L1].toString(), part.toObject());
        for (const qsizetype index : indexes) {
            const QJsonObject part = parts.value(QString::number(index));
            const int status = part.value("status"_L1).toInt();
            const QJsonObject body = part.value("body"_L1).toObject();
            if (status == 429 || status == 503)
                heed(m_requests.at(index), part["headers"_L1]["Retry-After"_L1]);
            if (isToBeAskedAgain(status, part["headers"_L1].toObject()))
                askAlone(index);
            else if (status >= 200 && status < 300 && part.value("body"_L1).isObject())
                take(index, body);
            else if (status >= 400)
                take(index, errorOf(status, part, body));
            else // left out, or no answer to a GET
                take(index, m_answers.at(index));
        }
    }

    // Else the call by itself would come too early.
    void heed(const GraphRequest &request, const QJsonValue &retryAfter)
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto wait = parseRetryAfter(retryAfter.toVariant().toByteArray(), now);
        m_client->pause(request, *m_context, wait.value_or(std::chrono::seconds(1)));
    }

    static Error errorOf(int status, const QJsonObject &part, const QJsonObject &body)
    {
        return graphError(status, QJsonDocument(body).toJson(QJsonDocument::Compact),
                          part["headers"_L1]["request-id"_L1].toString().toLatin1());
    }

    void take(qsizetype index, const Result<QJsonObject> &answer)
    {
        m_answers[index] = answer;
        if (--m_open == 0)
            end();
    }

    void end()
    {
        m_promised.answer(m_answers);
        deleteLater();
    }

    GraphClient *m_client;
    QList<GraphRequest> m_requests;
    RequestContextPtr m_context;
    Promised<GraphAnswers> m_promised;
    GraphAnswers m_answers;
    qsizetype m_open; // still without an answer
};

} // namespace

Async<GraphAnswers> getAll(GraphClient *client, const QList<GraphRequest> &requests,
                           const RequestContextPtr &context)
{
    return (new GraphBatch(client, requests, context))->start();
}

} // namespace mcp
