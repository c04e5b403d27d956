// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A client of the local socket, as a relay or any program of the same user could be: bytes as they
// are, lines back.

#pragma once

#include <QByteArrayList>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QTest>

class LineClient
{
public:
    bool connectTo(const QString &path)
    {
        socket.connectToServer(path);
        return QTest::qWaitFor([this] { return socket.state() == QLocalSocket::ConnectedState; });
    }
    // Connects and exchanges hellos; false where the answer is a refusal.
    bool greet(const QString &path, const QByteArray &role = "mcp")
    {
        if (!connectTo(path))
            return false;
        send(R"({"link":1,"version":"0.1.0","role":")" + role + "\"}");
        return nextLine().contains("\"role\":\"" + role + '"');
    }
    void send(const QByteArray &line) { write(line + '\n'); }
    void write(const QByteArray &bytes)
    {
        socket.write(bytes);
        socket.flush();
    }
    // The next line without its line feed; null when none comes in time or the peer closes.
    QByteArray nextLine(int timeout = 10'000)
    {
        (void)QTest::qWaitFor(
            [this] {
                received += socket.readAll();
                return received.contains('\n') || socket.state() == QLocalSocket::UnconnectedState;
            },
            timeout);
        const qsizetype end = received.indexOf('\n');
        if (end < 0)
            return {};
        QByteArray line = received.left(end);
        received.remove(0, end + 1);
        return line;
    }
    QJsonObject nextObject(int timeout = 10'000)
    {
        return QJsonDocument::fromJson(nextLine(timeout)).object();
    }
    bool waitForEnd()
    {
        return QTest::qWaitFor([this] {
            received += socket.readAll();
            return socket.state() == QLocalSocket::UnconnectedState;
        });
    }

    QLocalSocket socket;
    QByteArray received;
};
