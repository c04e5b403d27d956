// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A conversation in one revision of MCP in which every line of the server is held against the
// official schema. Apart from the test for the reason of session_world.h.

#pragma once

#include "mcp/local/link_connection.h"
#include "tests/mcp/support/session_world.h"
#include "tests/mcp/support/wire_check.h"

namespace session_test {

inline const QByteArray newestRevision("2026-07-28");

// Requests of one revision, each with an id of its own; every line that comes back is looked at.
class Talk
{
public:
    using Deliver = std::function<void(const QByteArray &)>;

    Talk(const QByteArray &revision, QByteArrayList *sent, Deliver deliver)
        : m_check(revision)
        , m_revision(revision)
        , m_sent(sent)
        , m_deliver(std::move(deliver))
    {
    }
    bool isModern() const { return m_revision == newestRevision; }

    QByteArray line(const QByteArray &method, const QByteArray &params = "")
    {
        const QByteArray id = QByteArray::number(++m_id);
        return isModern() ? modern(id, method, params) : request(id, method, params);
    }
    void ask(const QByteArray &method, const QByteArray &params = "")
    {
        send(line(method, params));
    }
    void send(const QByteArray &line)
    {
        m_check.sending(line);
        m_deliver(line);
    }
    // The newest line that came, all of them having been looked at.
    QJsonObject wait(qsizetype lines = 1)
    {
        if (!QTest::qWaitFor([&] { return m_sent->size() >= lines; }))
            m_problems.append(u"no answer came"_s);
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QJsonObject last;
        for (const QByteArray &line : std::as_const(*m_sent)) {
            const QString problem = m_check.problem(line);
            if (!problem.isEmpty())
                m_problems.append(problem + u"\n  in "_s + QString::fromUtf8(line.left(2000)));
            last = QJsonDocument::fromJson(line).object();
        }
        m_sent->clear();
        return last;
    }
    QString problems() const { return m_problems.join(u'\n'); }
    QStringList seen() const
    {
        QStringList list = m_check.seen().values();
        list.sort();
        return list;
    }

private:
    WireCheck m_check;
    QByteArray m_revision;
    QByteArrayList *m_sent;
    Deliver m_deliver;
    QStringList m_problems;
    int m_id = 0;
};

// A connection that keeps what it is to send.
class MemoryLink : public LinkConnection
{
public:
    valet_link::Role role() const override { return valet_link::Role::Mcp; }
    valet_link::Peer peer() const override { return {}; }
    void send(const QByteArray &line) override { sent.append(line); }
    void close() override { }

    QByteArrayList sent;
};

inline QByteArray named(const QByteArray &tool, const QByteArray &more = "")
{
    return R"("name":")" + tool + '"' + more;
}

inline QByteArray withToken(const QByteArray &token)
{
    return R"("progressToken":)" + token;
}

// _meta with a progressToken, in a request of the revision.
inline QByteArray reporting(QByteArray line, bool isModern, const QByteArray &token)
{
    if (isModern)
        return line.replace("\"_meta\":{", "\"_meta\":{" + withToken(token) + ',');
    return line.replace("\"params\":{", "\"params\":{\"_meta\":{" + withToken(token) + "},");
}

} // namespace session_test
