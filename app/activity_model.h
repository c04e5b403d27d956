// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The activity as rows of a table, newest first, and the filter over it. Made for 100,000 rows: a
// cell's text is made when it is painted, and a filter goes over the entries in slices.

#pragma once

#include "app/activity_store.h"

#include <QAbstractTableModel>
#include <QIcon>

#include <array>
#include <deque>
#include <optional>
#include <vector>

class ActivityModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Time, Client, Tool, What, Result, Duration, Size };
    static constexpr int columns = Size + 1;

    enum class Group {
        Everything,
        Calls,
        Grants, // what AI clients were allowed or refused
        SignIns, // what happens to accounts
    };
    struct Filter
    {
        QString text = {}; // in any column, whatever the case
        Group group = Group::Everything;
        std::optional<ActivityEntry::Outcome> outcome = {};
        std::optional<QString> program = {};
        std::optional<QString> principal = {};
        bool onlyMarked = false; // by the chain
        qint64 since = 0; // milliseconds since 1970, UTC

        friend bool operator==(const Filter &, const Filter &) = default;
    };

    // store outlives the model.
    explicit ActivityModel(ActivityStore *store, QObject *parent = nullptr);

    void setFilter(const Filter &filter);
    const Filter &filter() const { return m_filter; }
    // Rows stay where they are; newer entries wait. What runs still ends in its row.
    void setPaused(bool isPaused);
    // How many entries wait, whether or not they fit the filter.
    qint64 waiting() const { return m_store->last() - m_newest; }
    bool isFiltering() const { return m_older.has_value(); }

    ActivityEntry entryAt(int row) const { return m_store->at(serialAt(row)); }
    qint64 serialAt(int row) const { return m_rows[size_t(row)]; }
    // -1: it is not shown.
    int rowOf(qint64 serial) const;
    // Of what is shown, newest first.
    std::vector<qint64> serials() const { return {m_rows.begin(), m_rows.end()}; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    // A filter has gone over everything that is loaded.
    void filtered();

private:
    bool fits(qint64 serial);
    // Whether an entry with these things in common can fit, and whether its text still decides.
    enum class Verdict : quint8 { Unknown, No, Yes, ByText };
    Verdict verdictOf(const ActivityStore::Common &common) const;
    void filterAgain();
    void filterOn();
    void filterSlice();
    void addOlder(qint64 from, qint64 to);
    void takeNewer();
    void takeChange(qint64 serial);
    void dropOldest();
    QString textOf(const ActivityEntry &entry, int column) const;

    ActivityStore *m_store;
    Filter m_filter;
    std::vector<Verdict> m_verdicts; // by common
    std::deque<qint64> m_rows; // newest first
    qint64 m_newest = -1; // of what has been looked at
    std::optional<qint64> m_older; // where filtering goes on, towards older ones
    bool m_isPaused = false;
    std::array<QIcon, size_t(ActivityEntry::Outcome::Unreadable) + 1> m_icons;
};
