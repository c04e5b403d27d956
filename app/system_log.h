// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The system's own log (journal, unified log, Event Log), where each line of the activity log goes
// as well: who edits the file does not edit that. It never blocks and never fails for the caller;
// where the system takes nothing, or not so much at once, lines are dropped there.

#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

struct SystemLogEntry
{
    enum class Weight { Info, Notice, Warning };

    QByteArray line; // as it stands in the file, without the line break
    QByteArray event; // words of ours: "toolCall"
    QByteArray outcome; // "refused"
    QByteArray hash; // of the line, hexadecimal
    qint64 sequence = 0;
    Weight weight = Weight::Info;
};

class SystemLog
{
public:
    virtual ~SystemLog() = default;
    virtual void write(const SystemLogEntry &entry) = 0;
};

// Sockets of Linux; other systems have functions. A test has its own.
struct SystemLogPlaces
{
    QString journal = QStringLiteral("/run/systemd/journal/socket");
    QString syslog = QStringLiteral("/dev/log"); // where there is no journal
};

std::unique_ptr<SystemLog> openSystemLog(const SystemLogPlaces &places = {});
