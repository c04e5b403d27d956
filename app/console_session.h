// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One console client (`graph-valet status`, `sign-in`, ..., or a second tray process) on its
// connection: JSON-RPC 2.0, one object a line. The words are listed in app/README.md. Belongs to
// its connection and dies with it.

#pragma once

#include "app/base/cancellation.h"
#include "app/valet.h"
#include "mcp/local/link_connection.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QObject>

#include <chrono>
#include <functional>

class ConsoleSession : public QObject
{
    Q_OBJECT
public:
    // How long `status` and `signIn` wait for the first keychain read.
    static constexpr std::chrono::seconds loadPatience{5};

    // valet outlives the session; ownProgram: this process's program file as peer.h tells it.
    ConsoleSession(mcp::LinkConnection *connection, Valet *valet, QString ownProgram);

private:
    void handle(const QByteArray &line);
    void run(const QString &method, const QJsonObject &params, const QJsonValue &id);
    void status(const QJsonValue &id);
    void signIn(const QJsonObject &params, const QJsonValue &id);
    void signOut(const QJsonObject &params, const QJsonValue &id);
    void connectClient(const QJsonObject &params, const QJsonValue &id);
    void doctor(const QJsonValue &id);
    // Runs next after the first keychain read, or after loadPatience; at once where it was read.
    void whenLoaded(std::function<void()> next);
    void tellSignInPage();
    // Where the console that shows the code goes away nobody can finish it.
    void endDeviceCode();
    void takeOver(const QJsonValue &id);
    // After the answer has been written.
    void quitWhenClosed();

    void answer(const QJsonValue &id, const QJsonObject &result);
    void refuse(const QJsonValue &id, int code, const QString &message);
    void refuse(const QJsonValue &id, const Error &error);
    void refuse(const QJsonValue &id, const Error &error, const QString &sentence);
    void send(const QJsonObject &message);

    mcp::LinkConnection *m_connection;
    Valet *m_valet;
    QString m_ownProgram;
    int m_signInsWaiting = 0;
    bool m_wantsDeviceCode = false; // asked for one and waits
    Cancellation m_gone; // the console's end
    QUrl m_toldUrl;
    QString m_toldCode;
};
