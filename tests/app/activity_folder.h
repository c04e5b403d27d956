// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// An activity log in a folder of its own, written by the real one, whose clock the test sets.

#pragma once

#include "app/activity_log.h"

#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>
#include <QTimeZone>

#include <memory>

class ActivityFolder
{
public:
    ActivityFolder() { restart(); }

    // Another process goes on.
    void restart(int days = ActivityLog::defaultDays)
    {
        log.reset();
        log = std::make_unique<ActivityLog>(path(), days, [this] { return now; });
    }
    QString path() const { return m_place.filePath(QStringLiteral("activity")); }
    QString today() const
    {
        return path() + now.toString(QStringLiteral("/yyyy-MM-dd")) + QStringLiteral(".jsonl");
    }

    static ActivityEvent call(const QString &words, const QString &program = claude(),
                              const std::optional<Error> &error = {})
    {
        return {.kind = ActivityEvent::Kind::ToolCall,
                .principal = QStringLiteral("tid.adele"),
                .client = {.program = program, .name = QStringLiteral("Claude Code")},
                .tool = QStringLiteral("FindMail"),
                .error = error,
                .words = words,
                .duration = std::chrono::milliseconds(340),
                .bytes = 2048};
    }
    static QString claude() { return QStringLiteral("/opt/claude/claude"); }
    static QString codex() { return QStringLiteral("/opt/codex/codex"); }
    // One a second.
    void record(const ActivityEvent &event)
    {
        now = now.addSecs(1);
        log->record(event);
    }
    QByteArray content(const QString &file) const
    {
        QFile opened(file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    void replace(const QString &file, const QByteArray &content) const
    {
        QFile opened(file);
        if (!opened.open(QIODevice::WriteOnly | QIODevice::Truncate)
            || opened.write(content) != content.size())
            qFatal("cannot write");
    }

    QDateTime now = QDateTime(QDate(2026, 2, 17), QTime(9, 30), QTimeZone::utc());
    std::unique_ptr<ActivityLog> log;

private:
    QTemporaryDir m_place;
};
