// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The activity log: JSON lines, one file a day, in a folder that only the person can read.
//
//   {"time":"2026-02-17T09:30:00.123Z","event":"refresh","outcome":"ok",...,"seq":7,"previous":"..."}
//
// Days are UTC, as the times in the lines are, so a file is named after what is in it wherever the
// computer travels. What is too old goes at the start and when a line opens a new day; no timer
// runs. Where it cannot be written, one warning is logged and everything else goes on. What a line
// holds is activity_line's; each goes to the system's log as well.

#pragma once

#include "app/activity_line.h"
#include "app/system_log.h"

#include <QDate>
#include <QDateTime>
#include <QFile>
#include <QHash>
#include <QObject>
#include <QStringList>

#include <functional>
#include <optional>

class ActivityLog : public QObject, public ActivityRecorder
{
    Q_OBJECT
public:
    static constexpr int defaultDays = 30;
    // Lines of a day beyond this are dropped, so that no client can fill the disk.
    static constexpr qint64 dayLimit = 64 * 1024 * 1024; // bytes

    // folder: absolute; made when the first line is written, mode 0700. days: see setDays().
    explicit ActivityLog(QString folder, int days = defaultDays,
                         std::function<QDateTime()> now = &QDateTime::currentDateTimeUtc);

    // The day files of a folder, oldest first.
    static QStringList filesIn(const QString &folder);
    const QString &folder() const { return m_folder; }

    // Where each line that is written goes as well; outlives this.
    void setSystemLog(SystemLog *log) { m_systemLog = log; }
    // How many days are kept, today included. 0: nothing is written and nothing is left.
    void setDays(int days);
    int days() const { return m_days; }
    // Of what this process has written; nullopt: nothing yet.
    const std::optional<activity_line::ChainEnd> &chainEnd() const { return m_chainEnd; }

    // Appends one line with one write. Its strings are cut to a few hundred characters.
    void record(const ActivityEvent &event) override;
    void callBegan(const ActivityEvent &event) override;

Q_SIGNALS:
    // For those who look on. line: also where it was not written. call: as in ActivityEvent.
    void recorded(const QByteArray &line, quint64 call);
    void began(const ActivityEvent &event, const QDateTime &time);

private:
    bool hasRoomFor(const ActivityEvent &call, qsizetype size);
    activity_line::ChainEnd lastChainEnd() const;
    QString pathOf(const QDate &day) const;
    void removeOld(const QDate &today);
    bool open(const QDate &day);
    bool write(const QByteArray &line);
    void warnOnce(const QString &why);

    const QString m_folder;
    int m_days;
    const std::function<QDateTime()> m_now;
    QDate m_day; // of the last line, or the start
    QFile m_file;
    qint64 m_size = 0; // of the file, when it was last looked at
    SystemLog *m_systemLog = nullptr;
    std::optional<activity_line::ChainEnd> m_chainEnd; // once it was looked for
    QHash<QString, qint64> m_bytesOfClient; // of its calls today, by program
    bool m_isTorn = false; // the file ends within a line
    bool m_hasWarned = false; // since it last worked
};
