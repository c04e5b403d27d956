// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A home folder of its own with clients in it, and a Graph Valet that is installed.

#pragma once

#include "app/connect/client_connections.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QTemporaryDir>

class ClientHome
{
public:
    QString home() const { return m_folder.filePath(QStringLiteral("home")); }
    QString root() const { return m_folder.filePath(QStringLiteral("root")); }
    QString programs() const { return m_folder.filePath(QStringLiteral("opt")); }
#ifdef Q_OS_WIN
    QString program() const
    {
        return programs() + QStringLiteral("/graph-valet.exe");
    }
#else
    QString program() const
    {
        return programs() + QStringLiteral("/graph-valet");
    }
#endif

    ClientHome()
    {
        QDir().mkpath(home());
        QDir().mkpath(root());
        write(program(), "#!/bin/sh\n");
        QFile::setPermissions(program(), QFileDevice::ReadOwner | QFileDevice::ExeOwner);
    }

    client_config::Machine machine() const
    {
        return {.home = home(),
                .variable = [this](const QString &name) { return variables.value(name); },
                .systemRoot = root()};
    }

    client_config::ClientConnections
    connections(const QString &profile = QStringLiteral("default")) const
    {
        return {machine(), programs(), profile};
    }

    static void write(const QString &file, const QByteArray &bytes)
    {
        QDir().mkpath(QFileInfo(file).path());
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(file));
    }

    static QByteArray read(const QString &file)
    {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("cannot be read");
    }

    QMap<QString, QString> variables;

private:
    QTemporaryDir m_folder;
};
