// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The activity taken along: as a plain text to paste into a message, as CSV for a spreadsheet, as
// JSON lines for a program.

#pragma once

#include "app/activity_store.h"
#include "app/base/result.h"

#include <QObject>
#include <QSaveFile>

#include <vector>

namespace activity_report {

constexpr qsizetype mostInReport = 1000; // entries

// serials: newest first; those beyond mostInReport are counted.
QString text(const ActivityStore &store, const std::vector<qint64> &serials);

// One line each, without a line break. A cell that a spreadsheet would take for a formula begins
// with an apostrophe.
QByteArray csvHeader();
QByteArray csvLine(const ActivityEntry &entry);
QByteArray jsonLine(const ActivityEntry &entry);

} // namespace activity_report

// Writes a file in slices; what was there before is kept until all is written. Deletes itself.
class ActivityExport : public QObject
{
    Q_OBJECT
public:
    enum class Format { Csv, JsonLines };

    // By the name's end; CSV where it has none of ours.
    static Format formatOf(const QString &path);

    // store outlives it. serials: newest first; written oldest first.
    ActivityExport(const ActivityStore *store, std::vector<qint64> serials, const QString &path,
                   QObject *parent);

    void start();

Q_SIGNALS:
    // Always, once, from the event loop. StorageFault: it was not written, detail says why.
    void ended(const Result<int> &entries);

private:
    void writeSlice();
    void end(const Result<int> &entries);

    const ActivityStore *m_store;
    std::vector<qint64> m_serials; // still to be written; the last one next
    QSaveFile m_file;
    const Format m_format;
    int m_written = 0;
};
