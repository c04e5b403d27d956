// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The activity log: JSON lines, one file a day, in a folder that only the person can read.
//
//   {"time":"2026-02-17T09:30:00.123Z","event":"refresh","outcome":"ok","account":{...},...}
//
// Days are UTC, as the times in the lines are, so a file is named after what is in it wherever the
// computer travels. What is too old goes at the start and when a line opens a new day; no timer
// runs. Where it cannot be written, one warning is logged and everything else goes on.

#pragma once

#include "app/base/activity.h"

#include <QDate>
#include <QDateTime>
#include <QFile>

#include <functional>

class ActivityLog : public ActivityRecorder
{
public:
    static constexpr int defaultDays = 30;
    // Lines of a day beyond this are dropped, so that no client can fill the disk.
    static constexpr qint64 dayLimit = 64 * 1024 * 1024; // bytes

    // folder: absolute; made when the first line is written, mode 0700. days: see setDays().
    explicit ActivityLog(QString folder, int days = defaultDays,
                         std::function<QDateTime()> now = &QDateTime::currentDateTimeUtc);

    // How many days are kept, today included. 0: nothing is written and nothing is left.
    void setDays(int days);

    // Appends one line with one write. Its strings are cut to a few hundred characters.
    void record(const ActivityEvent &event) override;

private:
    QString pathOf(const QDate &day) const;
    void removeOld(const QDate &today);
    bool open(const QDate &day);
    void write(const QByteArray &line);
    void warnOnce(const QString &why);

    const QString m_folder;
    int m_days;
    const std::function<QDateTime()> m_now;
    QDate m_day; // of the last line, or the start
    QFile m_file;
    bool m_isTorn = false; // the file ends within a line
    bool m_hasWarned = false; // since it last worked
};
