// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The day files of the activity log read back, newest line first, a piece at a time: what a person
// looks for is mostly at the end. Files may be edited, torn or anybody's; nothing in them makes it
// take much memory. Follows the chain on the way: a line that is not what the line after it says is
// marked.

#pragma once

#include "app/activity_line.h"

#include <QFile>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

// The lines of one file up to a size, last one first.
class BackwardLines
{
public:
    BackwardLines(const QString &path, qint64 size);

    // nullopt: there are no more. Empty lines are left out. One that is longer than
    // activity_line::longest comes as "?".
    std::optional<QByteArray> next();

private:
    void readBlock();

    std::unique_ptr<QFile> m_file;
    qint64 m_offset = 0; // of the buffer in the file
    QByteArray m_buffer;
    qsizetype m_end = 0; // of what is still to be told
    bool m_isDone = false;
    bool m_isTooLong = false; // the line that ends at m_end
};

class ActivityReader
{
public:
    static constexpr qint64 mostTogether = 10'000;

    // paths: oldest first (ActivityLog::filesIn), and read as far as they go now. end: where the
    // chain must end; nullopt: not known.
    ActivityReader(const QStringList &paths, const std::optional<activity_line::ChainEnd> &end);

    // The next older entry; nullopt: there are no more. Lines that cannot be read and follow each
    // other come as one entry with outcome Unreadable, whose `bytes` says how many they are,
    // mostTogether at most.
    std::optional<ActivityEntry> next();

private:
    std::optional<QByteArray> nextLine();
    void check(ActivityEntry &entry, const QByteArray &line);

    struct DayFile
    {
        QString path;
        qint64 size = 0;
    };
    std::vector<DayFile> m_files; // still to be opened, newest last
    std::optional<BackwardLines> m_lines;
    std::optional<QByteArray> m_ahead; // read, and not told yet
    // What the line after the next one says of it.
    std::optional<activity_line::ChainEnd> m_expected;
    qint64 m_lastTime = 0; // of the entry before, for lines that have none
};
