// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_log.h"

#include "app/base/log.h"
#include "mcp/link/endpoint.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <optional>
#include <string>

using namespace Qt::StringLiterals;

namespace {

using activity_line::ChainEnd;

const QString suffix = u".jsonl"_s;

// What is left for sign-ins, grants and refusals when calls have taken all of theirs.
constexpr qint64 callLimit = ActivityLog::dayLimit / 4 * 3; // bytes
// One client leaves room for the others.
constexpr qint64 clientLimit = ActivityLog::dayLimit / 2;

std::optional<QDate> dayIn(const QString &fileName)
{
    if (fileName.size() != 10 + suffix.size() || !fileName.endsWith(suffix))
        return {};
    const QDate day = QDate::fromString(fileName.first(10), u"yyyy-MM-dd"_s);
    return day.isValid() ? std::optional(day) : std::nullopt;
}

// Of the newest line that has one; "seq" 0: none has.
ChainEnd chainEndOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    constexpr qint64 tail = 4 * activity_line::longest; // a torn line or two may be the last
    file.seek(std::max(file.size() - tail, qint64(0)));
    const QList<QByteArray> lines = file.read(tail).split('\n');
    for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
        const auto entry = activity_line::read(*line);
        if (entry && entry->sequence > 0)
            return {.sequence = entry->sequence, .hash = activity_line::hashOf(*line)};
    }
    return {};
}

SystemLogEntry::Weight weightOf(QLatin1StringView outcome)
{
    if (outcome == "refused"_L1)
        return SystemLogEntry::Weight::Warning;
    return outcome == "failed"_L1 ? SystemLogEntry::Weight::Notice : SystemLogEntry::Weight::Info;
}

} // namespace

ActivityLog::ActivityLog(QString folder, int days, std::function<QDateTime()> now)
    : m_folder(std::move(folder))
    , m_days(std::max(days, 0))
    , m_now(std::move(now))
    , m_day(m_now().toUTC().date())
{
    removeOld(m_day);
}

QStringList ActivityLog::filesIn(const QString &folder)
{
    const QStringList names =
        QDir(folder).entryList({u'*' + suffix}, QDir::Files | QDir::System, QDir::Name);
    QStringList paths;
    for (const QString &name : names) {
        if (dayIn(name))
            paths.append(folder + u'/' + name);
    }
    return paths;
}

void ActivityLog::setDays(int days)
{
    if (days == m_days)
        return;
    m_days = std::max(days, 0);
    m_file.close();
    removeOld(m_now().toUTC().date());
}

void ActivityLog::callBegan(const ActivityEvent &event)
{
    Q_EMIT began(event, m_now().toUTC());
}

void ActivityLog::record(const ActivityEvent &event)
{
    const QDateTime time = m_now().toUTC();
    if (m_days == 0) {
        Q_EMIT recorded(activity_line::written(event, time, {}), event.call);
        return;
    }
    if (time.date() != m_day) {
        m_day = time.date();
        m_file.close();
        m_bytesOfClient.clear();
        removeOld(m_day);
    }
    // Whoever deletes today's file gets a new one with the next line.
    const QFileInfo file(m_file.fileName());
    if (m_file.isOpen() && !file.exists())
        m_file.close();
    m_size = m_file.isOpen() ? file.size() : 0;
    const bool isOpen = m_file.isOpen() || open(m_day);
    if (!m_chainEnd)
        m_chainEnd = lastChainEnd();
    const QByteArray line = activity_line::written(event, time, *m_chainEnd);
    if (event.kind == ActivityEvent::Kind::ToolCall && !hasRoomFor(event, line.size() + 1)) {
        Q_EMIT recorded(line, event.call);
        return;
    }
    const ChainEnd end{.sequence = m_chainEnd->sequence + 1, .hash = activity_line::hashOf(line)};
    if (m_systemLog) {
        m_systemLog->write({.line = line,
                            .event = QByteArray(activityName(event.kind).data()),
                            .outcome = QByteArray(activityOutcome(event).data()),
                            .hash = end.hash,
                            .sequence = end.sequence,
                            .weight = weightOf(activityOutcome(event))});
    }
    if (isOpen && write(line))
        m_chainEnd = end;
    Q_EMIT recorded(line, event.call);
}

// No client fills the day's file, and all calls together leave room for what else happens.
bool ActivityLog::hasRoomFor(const ActivityEvent &call, qsizetype size)
{
    qint64 &ofClient = m_bytesOfClient[call.client.program];
    const bool isAllTaken = m_size + size > callLimit;
    if (ofClient + size <= clientLimit && !isAllTaken) {
        ofClient += size;
        return true;
    }
    if (ofClient <= clientLimit) { // said once a day
        ofClient = clientLimit + 1;
        record({.kind = ActivityEvent::Kind::CallsLeftOut, .client = call.client});
    }
    return false;
}

// Lines of yesterday are part of the chain.
ChainEnd ActivityLog::lastChainEnd() const
{
    const QStringList files = filesIn(m_folder);
    for (auto path = files.crbegin(); path != files.crend(); ++path) {
        ChainEnd end = chainEndOf(*path);
        if (end.sequence > 0)
            return end;
    }
    return {};
}

QString ActivityLog::pathOf(const QDate &day) const
{
    return m_folder + u'/' + day.toString(u"yyyy-MM-dd"_s) + suffix;
}

void ActivityLog::removeOld(const QDate &today)
{
    const QDir folder(m_folder);
    const QDate oldestKept = today.addDays(1 - m_days);
    const QStringList names = folder.entryList({u'*' + suffix}, QDir::Files | QDir::System);
    for (const QString &name : names) {
        const auto day = dayIn(name);
        // Also those of the future, where nothing is to be kept.
        if (day && (*day < oldestKept || m_days == 0))
            QFile::remove(folder.filePath(name));
    }
}

bool ActivityLog::open(const QDate &day)
{
    std::string problem;
    if (!valet_link::ensurePrivateDirectory(m_folder.toStdString(), problem)) {
        warnOnce(QString::fromStdString(problem));
        return false;
    }
    constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    m_file.setFileName(pathOf(day));
    if (!m_file.open(QIODevice::ReadWrite | QIODevice::Append | QIODevice::Unbuffered,
                     QFileDevice::Permissions(onlyOwner))) {
        warnOnce(m_file.errorString());
        return false;
    }
    m_file.setPermissions(onlyOwner); // one that lay there before
    m_size = m_file.size();
    char last = '\n';
    m_isTorn = m_size > 0 && (!m_file.seek(m_size - 1) || !m_file.getChar(&last) || last != '\n');
    return true;
}

bool ActivityLog::write(const QByteArray &line)
{
    if (m_size + line.size() > dayLimit) {
        warnOnce(u"the day's file is full"_s);
        return false;
    }
    const QByteArray whole = (m_isTorn ? "\n" : "") + line + '\n';
    const qint64 written = m_file.write(whole);
    if (written == whole.size()) {
        m_isTorn = false;
        m_hasWarned = false;
        return true;
    }
    m_isTorn = m_isTorn || written > 0;
    warnOnce(m_file.errorString());
    return false;
}

void ActivityLog::warnOnce(const QString &why)
{
    if (m_hasWarned)
        return;
    m_hasWarned = true;
    qCWarning(lcApp).noquote() << "the activity log is not written:" << why;
}
