// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_store.h"

#include <QElapsedTimer>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

using Outcome = ActivityEntry::Outcome;

constexpr std::chrono::milliseconds together{40}; // what a person sees as at once

quint32 bounded(qint64 number)
{
    return quint32(std::clamp(number, qint64(0), qint64(std::numeric_limits<quint32>::max())));
}

} // namespace

ActivityStore::ActivityStore(ActivityLog *log, int limit, QObject *parent)
    : QObject(parent)
    , m_log(log)
    , m_limit(limit)
    , m_reader(std::in_place, ActivityLog::filesIn(log->folder()), log->chainEnd())
{
    m_tell.setSingleShot(true);
    m_tell.setInterval(together);
    connect(&m_tell, &QTimer::timeout, this, &ActivityStore::tellNew);
    connect(log, &ActivityLog::began, this, &ActivityStore::callBegan);
    connect(log, &ActivityLog::recorded, this, &ActivityStore::lineRecorded);
    QTimer::singleShot(0, this, &ActivityStore::readSlice);
}

ActivityStore::~ActivityStore() = default;

ActivityEntry ActivityStore::at(qint64 serial) const
{
    const Record &one = record(serial);
    const Common &common = m_commons[one.common];
    const auto zero = one.text.indexOf('\0');
    return {.time = one.began + one.duration,
            .kind = common.kind,
            .outcome = common.outcome,
            .event = common.event,
            .principal = common.principal,
            .username = common.username.isEmpty() ? usernameOf(common.principal) : common.username,
            .program = common.program,
            .clientName = common.clientName,
            .scopes = common.scopes,
            .area = common.area,
            .tool = common.tool,
            .words = QString::fromUtf8(one.text.first(zero)),
            .errorKind = common.errorKind,
            .cause = common.cause,
            .code = common.code,
            .requestId = QString::fromUtf8(one.text.mid(zero + 1)),
            .duration = one.duration,
            .bytes = one.bytes,
            .sequence = one.sequence,
            .mark = one.mark};
}

const ActivityStore::Common &ActivityStore::commonOf(qint64 serial) const
{
    return m_commons[record(serial).common];
}

qsizetype ActivityStore::commonIndexOf(qint64 serial) const
{
    return qsizetype(record(serial).common);
}

qint64 ActivityStore::beganOf(qint64 serial) const
{
    return record(serial).began;
}

QString ActivityStore::textOf(qint64 serial) const
{
    return QString::fromUtf8(record(serial).text);
}

ActivityStore::Record ActivityStore::recordOf(const ActivityEntry &entry)
{
    if (!entry.principal.isEmpty() && !entry.username.isEmpty()
        && !m_usernames.contains(entry.principal))
        m_usernames.insert(entry.principal, entry.username);
    return {.began = entry.began(),
            .sequence = entry.sequence,
            .text = entry.words.toUtf8() + '\0' + entry.requestId.toUtf8(),
            .common = commonIndex(entry),
            .duration = bounded(entry.duration),
            .bytes = bounded(entry.bytes),
            .mark = entry.mark};
}

quint32 ActivityStore::commonIndex(const ActivityEntry &entry)
{
    // The lengths keep the texts apart, whatever is in them.
    QString key = activity_line::outcomeName(entry.outcome);
    for (const QString *text :
         {&entry.event, &entry.principal, &entry.username, &entry.program, &entry.clientName,
          &entry.scopes, &entry.area, &entry.tool, &entry.errorKind, &entry.cause, &entry.code})
        key += u'\n' + QString::number(text->size()) + u':' + *text;
    const auto found = m_commonIndex.constFind(key);
    if (found != m_commonIndex.constEnd())
        return *found;
    const auto index = quint32(m_commons.size());
    m_commons.push_back({.kind = entry.kind,
                         .outcome = entry.outcome,
                         .event = entry.event,
                         .principal = entry.principal,
                         .username = entry.username,
                         .program = entry.program,
                         .clientName = entry.clientName,
                         .scopes = entry.scopes,
                         .area = entry.area,
                         .tool = entry.tool,
                         .errorKind = entry.errorKind,
                         .cause = entry.cause,
                         .code = entry.code});
    m_commonIndex.insert(key, index);
    return index;
}

void ActivityStore::readSlice()
{
    if (!m_reader)
        return;
    QElapsedTimer time;
    time.start();
    int count = 0;
    bool isAtEnd = false;
    while (!isAtEnd && time.elapsed() < slice.count()) {
        if (size() >= m_limit) {
            m_hasMore = m_reader->next().has_value();
            isAtEnd = true;
            break;
        }
        const auto entry = m_reader->next();
        isAtEnd = !entry;
        if (!entry)
            break;
        m_marked += entry->mark == ActivityEntry::Mark::None ? 0 : 1;
        m_records.push_front(recordOf(*entry));
        --m_first;
        ++count;
    }
    if (isAtEnd)
        m_reader.reset();
    if (count > 0)
        Q_EMIT olderAdded(count);
    if (isAtEnd)
        Q_EMIT loaded();
    else
        QTimer::singleShot(0, this, &ActivityStore::readSlice);
}

void ActivityStore::callBegan(const ActivityEvent &event, const QDateTime &time)
{
    // As the line will have it, so that the end changes nothing but what has ended.
    auto entry = activity_line::read(activity_line::written(event, time, {}));
    if (!entry)
        return;
    entry->outcome = Outcome::Running;
    entry->sequence = 0;
    append(recordOf(*entry));
    m_running.insert(event.call, last());
}

void ActivityStore::lineRecorded(const QByteArray &line, quint64 call)
{
    const auto entry = activity_line::read(line);
    if (!entry)
        return;
    const auto running = m_running.constFind(call);
    if (call == 0 || running == m_running.constEnd()) {
        append(recordOf(*entry));
        return;
    }
    const qint64 serial = *running;
    m_running.erase(running);
    if (serial < m_first)
        return; // dropped meanwhile
    Record ended = recordOf(*entry);
    ended.began = record(serial).began; // to the millisecond, as it was shown
    m_records[size_t(serial - m_first)] = ended;
    if (serial <= last() - m_untold)
        Q_EMIT changed(serial);
}

void ActivityStore::append(const Record &record)
{
    m_records.push_back(record);
    ++m_untold;
    if (!m_tell.isActive())
        m_tell.start();
}

void ActivityStore::tellNew()
{
    Q_EMIT newerAdded(std::exchange(m_untold, 0));
    if (size() <= m_limit)
        return;
    // A tenth more at once: what looks at the rows has work with each time.
    const qint64 dropped = std::min(size() - m_limit + m_limit / 10, size());
    m_records.erase(m_records.begin(), m_records.begin() + dropped);
    m_first += dropped;
    m_hasMore = true;
    Q_EMIT oldestDropped();
    // What it would read is older than what was dropped.
    if (std::exchange(m_reader, std::nullopt))
        Q_EMIT loaded();
}
