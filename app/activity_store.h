// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The activity in memory, for a window that shows it: the newest entries of the files, read in
// slices so that nothing else waits, and what happens from now on, calls that still run among them.
// 100,000 entries take about 20 MB; there is no store while nobody looks.

#pragma once

#include "app/activity_log.h"
#include "app/activity_reader.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

class ActivityStore : public QObject
{
    Q_OBJECT
public:
    static constexpr int defaultLimit = 200'000; // entries
    // What one turn of the event loop may take.
    static constexpr std::chrono::milliseconds slice{6};

    // What entries have in common. Few differ in it, so it is kept once.
    struct Common
    {
        std::optional<ActivityEvent::Kind> kind = {};
        ActivityEntry::Outcome outcome = ActivityEntry::Outcome::Unreadable;
        QString event = {};
        QString principal = {};
        QString username = {};
        QString program = {};
        QString clientName = {};
        QString scopes = {};
        QString area = {};
        QString tool = {};
        QString errorKind = {};
        QString cause = {};
        QString code = {};
    };

    // log outlives this; what it has written so far is read, beginning with the next turn of the
    // event loop.
    explicit ActivityStore(ActivityLog *log, int limit = defaultLimit, QObject *parent = nullptr);
    ~ActivityStore() override;

    // Entries have serial numbers; a newer one has a higher one. They are those from first() to
    // last(), both included; none while last() < first().
    qint64 first() const { return m_first; }
    qint64 last() const { return m_first + qint64(m_records.size()) - 1; }
    qint64 size() const { return qint64(m_records.size()); }
    ActivityEntry at(qint64 serial) const;
    // Without making strings of it, for filters.
    const Common &commonOf(qint64 serial) const;
    qsizetype commonIndexOf(qint64 serial) const;
    const std::vector<Common> &commons() const { return m_commons; }
    qint64 beganOf(qint64 serial) const;
    ActivityEntry::Mark markOf(qint64 serial) const { return record(serial).mark; }
    // Words and request id.
    QString textOf(qint64 serial) const;

    bool isLoading() const { return m_reader.has_value(); }
    // Older entries are in the files and not here.
    bool hasMore() const { return m_hasMore; }
    // How many entries are marked by the chain.
    int marked() const { return m_marked; }
    // Newest name that was seen for an account; empty: none.
    QString usernameOf(const QString &principal) const { return m_usernames.value(principal); }
    ActivityLog *log() const { return m_log; }

Q_SIGNALS:
    // What is new: older ones before what was first(), newer ones after what was last().
    void olderAdded(int count);
    void newerAdded(int count);
    // A running call has ended in its place.
    void changed(qint64 serial);
    // first() went up: the limit.
    void oldestDropped();
    void loaded();

private:
    struct Record
    {
        qint64 began = 0;
        qint64 sequence = 0;
        QByteArray text; // words, a zero, request id
        quint32 common = 0;
        quint32 duration = 0;
        quint32 bytes = 0;
        ActivityEntry::Mark mark = ActivityEntry::Mark::None;
    };

    Record recordOf(const ActivityEntry &entry);
    quint32 commonIndex(const ActivityEntry &entry);
    const Record &record(qint64 serial) const { return m_records[size_t(serial - m_first)]; }
    void readSlice();
    void callBegan(const ActivityEvent &event, const QDateTime &time);
    void lineRecorded(const QByteArray &line, quint64 call);
    void append(const Record &record);
    void tellNew();

    ActivityLog *m_log;
    const int m_limit;
    std::optional<ActivityReader> m_reader; // while it is not at the end
    std::deque<Record> m_records; // oldest first
    qint64 m_first = 0;
    std::vector<Common> m_commons;
    QHash<QString, quint32> m_commonIndex;
    QHash<quint64, qint64> m_running; // serial by call
    QHash<QString, QString> m_usernames;
    int m_untold = 0; // newest ones
    QTimer m_tell; // many calls that begin and end together are one change of what is shown
    int m_marked = 0;
    bool m_hasMore = false;
};
