// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The connecting side of the console protocol: what a second tray process says to the first one.

#pragma once

#include "app/base/async.h"

#include <QHash>
#include <QJsonObject>
#include <QLocalSocket>
#include <QObject>

#include <chrono>

class ConsoleClient : public QObject
{
    Q_OBJECT
public:
    explicit ConsoleClient(QObject *parent = nullptr);
    ~ConsoleClient() override;

    // Connects, checks that the other side is the same user's, exchanges hellos. Offline where
    // nobody listens; ProtocolFault or Timeout where somebody does and does not speak with us.
    Async<Done> open(const QString &socket, std::chrono::milliseconds patience);
    // After open(). The result object; an error answer arrives as ProtocolFault with its text.
    Async<QJsonObject> call(const QString &method, std::chrono::milliseconds patience);

Q_SIGNALS:
    void disconnected();

private:
    void read();
    void handle(const QByteArray &line);
    void fail(const Error &error);

    QLocalSocket m_socket;
    QByteArray m_buffer;
    Promised<Done> m_opened;
    bool m_isOpen = false;
    int m_lastId = 0;
    QHash<int, Promised<QJsonObject>> m_calls;
};
