// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/log.h"

#include <QDateTime>
#include <QFile>

#include <cstdio>
#include <memory>

Q_LOGGING_CATEGORY(lcApp, "graphvalet.app", QtInfoMsg)
Q_LOGGING_CATEGORY(lcAuth, "graphvalet.auth", QtInfoMsg)
Q_LOGGING_CATEGORY(lcMcp, "graphvalet.mcp", QtInfoMsg)
Q_LOGGING_CATEGORY(lcLocal, "graphvalet.local", QtInfoMsg)
Q_LOGGING_CATEGORY(lcGraph, "graphvalet.graph", QtInfoMsg)
Q_LOGGING_CATEGORY(lcNetwork, "graphvalet.network", QtInfoMsg)

namespace logging {
namespace {

constexpr qint64 fileLimit = 1024 * 1024; // bytes

std::unique_ptr<QFile> &file()
{
    static std::unique_ptr<QFile> sink;
    return sink;
}

bool open(const QString &path)
{
    auto sink = std::make_unique<QFile>(path);
    if (!sink->open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return false;
    sink->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file() = std::move(sink);
    return true;
}

QLatin1StringView levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg: return QLatin1StringView("debug");
    case QtInfoMsg: return QLatin1StringView("info");
    case QtWarningMsg: return QLatin1StringView("warning");
    case QtCriticalMsg: return QLatin1StringView("error");
    case QtFatalMsg: return QLatin1StringView("fatal");
    }
    return QLatin1StringView("info");
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    QString clean = message;
    // One event is one line, whatever a peer managed to put into it.
    clean.replace(QLatin1Char('\n'), QLatin1Char(' ')).replace(QLatin1Char('\r'), QLatin1Char(' '));
    const QByteArray line = (QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)
                             + QLatin1Char(' ') + levelName(type) + QLatin1Char(' ')
                             + QLatin1StringView(context.category ? context.category : "default")
                             + QLatin1StringView(": ") + clean + QLatin1Char('\n'))
                                .toUtf8();
    std::fwrite(line.constData(), 1, size_t(line.size()), stderr);
    std::fflush(stderr);
    if (!file())
        return;
    file()->write(line);
    if (file()->size() > fileLimit) {
        const QString path = file()->fileName();
        file().reset();
        QFile::remove(path + QLatin1StringView(".1"));
        QFile::rename(path, path + QLatin1StringView(".1"));
        open(path);
    }
}

} // namespace

void install()
{
    qInstallMessageHandler(&writeLine);
}

bool addFile(const QString &path)
{
    return open(path);
}

} // namespace logging
