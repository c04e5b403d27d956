// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One transfer of a GraphContent, with what is asked again of it. Private to graph/. Child of the
// GraphContent; deletes itself when it has ended.

#pragma once

#include "mcp/graph/content_location.h"
#include "mcp/graph/graph_content.h"

#include <QPointer>
#include <QTimer>

class QNetworkReply;

namespace mcp {

class ContentFetch : public QObject
{
    Q_OBJECT
public:
    ContentFetch(GraphContent *content, const ContentRequest &request,
                 const RequestContextPtr &context);
    ~ContentFetch() override;

    Async<ContentEnd> start();

private:
    void askForLocation();
    void send();
    void read();
    // Whether the answer that has begun holds what was asked for; ends or repeats it otherwise.
    bool accept();
    bool acceptPart();
    bool acceptWhole();
    void replied();
    void refused(int status);
    void brokenOff(const Error &error);
    void fail(const Error &error);
    void fault(const QString &detail);
    void succeed();
    void end();
    void dropReply();

    qint64 wantedFirst() const { return m_request.first + m_received; }

    GraphContent *m_content;
    ContentRequest m_request;
    RequestContextPtr m_context;
    Promised<ContentEnd> m_promised;
    QUrl m_url; // a secret
    QPointer<QNetworkReply> m_reply;
    QTimer m_deadline;
    QTimer m_stall;
    bool m_isAccepted = false; // the answer that is being read
    qint64 m_skip = 0; // bytes of it before those that are wanted
    std::optional<qint64> m_expected; // bytes that it has left
    qint64 m_received = 0;
    std::optional<qint64> m_size;
    QByteArray m_eTag;
    int m_resumed = 0;
    bool m_askedAnew = false; // since the last byte came
};

} // namespace mcp
