// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_model.h"

#include "app/activity_text.h"

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <functional>

namespace {

using Outcome = ActivityEntry::Outcome;

ActivityModel::Group groupOf(std::optional<ActivityEvent::Kind> kind)
{
    using Kind = ActivityEvent::Kind;
    if (!kind)
        return ActivityModel::Group::Everything;
    switch (*kind) {
    case Kind::ToolCall:
    case Kind::CallsLeftOut: return ActivityModel::Group::Calls;
    case Kind::ClientAccess:
    case Kind::AreaAccess:
    case Kind::RoleAccess: return ActivityModel::Group::Grants;
    case Kind::SignIn:
    case Kind::Refresh:
    case Kind::StepUp:
    case Kind::SignOut: break;
    }
    return ActivityModel::Group::SignIns;
}

} // namespace

ActivityModel::ActivityModel(ActivityStore *store, QObject *parent)
    : QAbstractTableModel(parent)
    , m_store(store)
{
    for (size_t i = 0; i < m_icons.size(); ++i)
        m_icons[i] = activity_text::icon(Outcome(i));
    connect(store, &ActivityStore::olderAdded, this, [this](int count) {
        // A filter that is under way gets there by itself.
        if (!m_older)
            addOlder(m_store->first(), m_store->first() + count - 1);
    });
    connect(store, &ActivityStore::newerAdded, this, &ActivityModel::takeNewer);
    connect(store, &ActivityStore::changed, this, &ActivityModel::takeChange);
    connect(store, &ActivityStore::oldestDropped, this, &ActivityModel::dropOldest);
    filterAgain();
}

void ActivityModel::setFilter(const Filter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    filterAgain();
}

void ActivityModel::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    takeNewer();
}

int ActivityModel::rowOf(qint64 serial) const
{
    const auto found =
        std::lower_bound(m_rows.begin(), m_rows.end(), serial, std::greater<qint64>());
    return found == m_rows.end() || *found != serial ? -1 : int(found - m_rows.begin());
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ActivityModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    switch (role) {
    case Qt::DisplayRole: return textOf(entryAt(index.row()), index.column());
    case Qt::DecorationRole:
        if (index.column() == Result)
            return m_icons[size_t(m_store->commonOf(serialAt(index.row())).outcome)];
        return {};
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter
                        | (index.column() >= Duration ? Qt::AlignRight : Qt::AlignLeft));
    default: return {};
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (section >= Duration ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Time: return tr("Time");
    case Client: return tr("AI client");
    case Tool: return tr("Tool");
    case What: return tr("What");
    case Result: return tr("Result");
    case Duration: return tr("Duration");
    case Size: return tr("Size");
    }
    return {};
}

QString ActivityModel::textOf(const ActivityEntry &entry, int column) const
{
    switch (Column(column)) {
    case Time: return activity_text::time(entry);
    case Client: return activity_text::client(entry);
    case Tool: return activity_text::tool(entry);
    case What: return activity_text::what(entry);
    case Result: return activity_text::result(entry);
    case Duration: return activity_text::duration(entry);
    case Size: return activity_text::size(entry);
    }
    return {};
}

ActivityModel::Verdict ActivityModel::verdictOf(const ActivityStore::Common &common) const
{
    if (m_filter.group != Group::Everything && groupOf(common.kind) != m_filter.group)
        return Verdict::No;
    if (m_filter.outcome && common.outcome != *m_filter.outcome)
        return Verdict::No;
    if (m_filter.program && common.program != *m_filter.program)
        return Verdict::No;
    if (m_filter.principal && common.principal != *m_filter.principal)
        return Verdict::No;
    if (m_filter.text.isEmpty())
        return Verdict::Yes;
    // What the columns and the details say, words apart.
    const ActivityEntry entry{.kind = common.kind,
                              .outcome = common.outcome,
                              .event = common.event,
                              .principal = common.principal,
                              .username = common.username,
                              .program = common.program,
                              .clientName = common.clientName,
                              .scopes = common.scopes,
                              .area = common.area,
                              .tool = common.tool,
                              .errorKind = common.errorKind,
                              .code = common.code};
    const QStringList texts{activity_text::tool(entry),
                            activity_text::what(entry),
                            activity_text::result(entry),
                            common.program,
                            common.clientName,
                            common.scopes,
                            common.tool,
                            common.code,
                            common.username,
                            m_store->usernameOf(common.principal)};
    const bool isFound = std::any_of(texts.cbegin(), texts.cend(), [this](const QString &text) {
        return text.contains(m_filter.text, Qt::CaseInsensitive);
    });
    return isFound ? Verdict::Yes : Verdict::ByText;
}

bool ActivityModel::fits(qint64 serial)
{
    if (m_store->beganOf(serial) < m_filter.since)
        return false;
    if (m_filter.onlyMarked && m_store->markOf(serial) == ActivityEntry::Mark::None)
        return false;
    const auto index = size_t(m_store->commonIndexOf(serial));
    if (index >= m_verdicts.size())
        m_verdicts.resize(m_store->commons().size(), Verdict::Unknown);
    Verdict &verdict = m_verdicts[index];
    if (verdict == Verdict::Unknown)
        verdict = verdictOf(m_store->commons()[index]);
    return verdict == Verdict::Yes
        || (verdict == Verdict::ByText
            && m_store->textOf(serial).contains(m_filter.text, Qt::CaseInsensitive));
}

void ActivityModel::filterAgain()
{
    beginResetModel();
    m_rows.clear();
    m_verdicts.clear();
    endResetModel();
    if (!m_isPaused)
        m_newest = m_store->last();
    const bool isUnderWay = m_older.has_value();
    m_older = m_newest;
    filterSlice();
    if (m_older && !isUnderWay)
        QMetaObject::invokeMethod(this, &ActivityModel::filterOn, Qt::QueuedConnection);
}

// The first slice is shown at once, the rest as the event loop has time for it.
void ActivityModel::filterOn()
{
    if (!m_older)
        return;
    filterSlice();
    if (m_older)
        QTimer::singleShot(0, this, &ActivityModel::filterOn);
}

void ActivityModel::filterSlice()
{
    QElapsedTimer time;
    time.start();
    constexpr qint64 atOnce = 256; // entries between two looks at the clock
    while (*m_older >= m_store->first() && time.elapsed() < ActivityStore::slice.count()) {
        const qint64 to = *m_older;
        const qint64 from = std::max(to - atOnce + 1, m_store->first());
        m_older = from - 1;
        addOlder(from, to);
    }
    if (*m_older >= m_store->first())
        return;
    m_older.reset();
    Q_EMIT filtered();
}

void ActivityModel::addOlder(qint64 from, qint64 to)
{
    std::vector<qint64> found;
    for (qint64 serial = to; serial >= from; --serial) {
        if (fits(serial))
            found.push_back(serial);
    }
    if (found.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + int(found.size()) - 1);
    m_rows.insert(m_rows.end(), found.begin(), found.end());
    endInsertRows();
}

void ActivityModel::takeNewer()
{
    if (m_isPaused)
        return;
    std::vector<qint64> found;
    for (qint64 serial = m_store->last(); serial > std::max(m_newest, m_store->first() - 1);
         --serial) {
        if (fits(serial))
            found.push_back(serial);
    }
    m_newest = m_store->last();
    if (found.empty())
        return;
    beginInsertRows({}, 0, int(found.size()) - 1);
    m_rows.insert(m_rows.begin(), found.begin(), found.end());
    endInsertRows();
}

void ActivityModel::takeChange(qint64 serial)
{
    if (serial > m_newest || (m_older && serial <= *m_older))
        return; // not looked at yet
    const bool isFitting = fits(serial);
    const int row = rowOf(serial);
    if (row >= 0 && isFitting) {
        Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
    } else if (row >= 0) {
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    } else if (isFitting) {
        const auto place =
            std::lower_bound(m_rows.begin(), m_rows.end(), serial, std::greater<qint64>());
        const int at = int(place - m_rows.begin());
        beginInsertRows({}, at, at);
        m_rows.insert(place, serial);
        endInsertRows();
    }
}

void ActivityModel::dropOldest()
{
    const auto kept = std::lower_bound(m_rows.begin(), m_rows.end(), m_store->first() - 1,
                                       std::greater<qint64>());
    const int row = int(kept - m_rows.begin());
    if (row >= rowCount())
        return;
    beginRemoveRows({}, row, rowCount() - 1);
    m_rows.erase(kept, m_rows.end());
    endRemoveRows();
}
