// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Receives Entra's answer to a sign-in on http://localhost:<port>, for
// QOAuth2AuthorizationCodeFlow. Everything that is not the one right answer is refused and changes
// nothing: other programs and web pages can reach this port too. One object serves one attempt.
//
//   listen() ► waiting ──right answer──► answered (listener closed, the browser's connection held)
//                 │ wrong request: 4xx             └── showSignedIn() / showFailed() ► page written

#pragma once

#include "app/base/error.h"
#include "auth/loopback_request.h"

#include <QAbstractOAuthReplyHandler>
#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTimer>

#include <chrono>
#include <optional>

namespace auth {

class LoopbackConnection;

class LoopbackReplyHandler : public QAbstractOAuthReplyHandler
{
    Q_OBJECT
public:
    static constexpr int connectionLimit = 16;

    struct Patience
    {
        std::chrono::milliseconds request = std::chrono::seconds(10); // to send a whole request
        std::chrono::milliseconds result = std::chrono::seconds(60); // to show how it ended
    };

    explicit LoopbackReplyHandler(QByteArray state, QObject *parent = nullptr);
    LoopbackReplyHandler(QByteArray state, Patience patience, QObject *parent = nullptr);
    ~LoopbackReplyHandler() override;

    // On 127.0.0.1 and ::1, on the same port. nullopt: it listens.
    std::optional<Error> listen();
    bool isListening() const { return m_v4.isListening() || m_v6.isListening(); }
    quint16 port() const { return m_port; }

    // "http://localhost:<port>": Entra ignores the port only for that name, and a registered
    // address without a path has no slash.
    // https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions
    QString callback() const override;

    // How the attempt ended, for the person who looks at the browser. No effect while nobody waits.
    void showSignedIn(const QString &account);
    void showFailed(const QString &title, const QString &message, const QString &action);

public Q_SLOTS:
    void networkReplyFinished(QNetworkReply *reply) override;

Q_SIGNALS:
    // Entra says that there will be no code. Fields as in RFC 6749, section 4.1.2.1, decoded.
    void refused(const QString &error, const QString &description, const QString &subcode);
    // The token endpoint's answer to the code, whatever its status.
    void tokenReplyFinished(QNetworkReply *reply);

private:
    void accept(QTcpServer &server);
    void makeRoom();
    void judge(LoopbackConnection *connection, const LoopbackRequest &request);
    void take(LoopbackConnection *connection, const QHash<QString, QString> &form);
    void showResult(const QByteArray &response);

    const QByteArray m_state;
    const Patience m_patience;
    QTcpServer m_v4;
    QTcpServer m_v6;
    quint16 m_port = 0;
    QList<LoopbackConnection *> m_connections; // oldest first, not answered
    QPointer<LoopbackConnection> m_answering;
    QTimer m_resultLimit;
    bool m_answered = false;
};

} // namespace auth
