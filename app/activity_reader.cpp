// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_reader.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

using activity_line::ChainEnd;

namespace {

constexpr qint64 blockSize = 64 * 1024; // bytes

} // namespace

BackwardLines::BackwardLines(const QString &path, qint64 size)
    : m_file(std::make_unique<QFile>(path))
{
    m_isDone = !m_file->open(QIODevice::ReadOnly);
    m_offset = m_isDone ? 0 : std::min(size, m_file->size());
}

std::optional<QByteArray> BackwardLines::next()
{
    while (!m_isDone) {
        const auto lineBreak = QByteArrayView(m_buffer).first(m_end).lastIndexOf('\n');
        if (lineBreak < 0 && m_offset > 0) {
            readBlock();
            continue;
        }
        m_isDone = lineBreak < 0; // the first line of the file
        QByteArray line = m_buffer.mid(lineBreak + 1, m_end - lineBreak - 1);
        m_end = std::max(lineBreak, qsizetype(0));
        if (std::exchange(m_isTooLong, false))
            return QByteArray("?");
        if (!line.isEmpty())
            return line;
    }
    return {};
}

void BackwardLines::readBlock()
{
    QByteArray rest = m_buffer.first(m_end);
    if (rest.size() > activity_line::longest) {
        m_isTooLong = true;
        rest.clear();
    }
    const qint64 size = std::min(m_offset, blockSize);
    m_offset -= size;
    QByteArray block;
    if (m_file->seek(m_offset))
        block = m_file->read(size);
    if (block.size() != size) { // cut while we read it
        m_isDone = true;
        return;
    }
    m_buffer = block + rest;
    m_end = m_buffer.size();
}

ActivityReader::ActivityReader(const QStringList &paths, const std::optional<ChainEnd> &end)
    : m_expected(end)
{
    m_files.reserve(size_t(paths.size()));
    for (const QString &path : paths)
        m_files.push_back({path, QFileInfo(path).size()});
}

std::optional<QByteArray> ActivityReader::nextLine()
{
    if (m_ahead)
        return std::exchange(m_ahead, std::nullopt);
    while (m_lines || !m_files.empty()) {
        if (!m_lines) {
            m_lines.emplace(m_files.back().path, m_files.back().size);
            m_files.pop_back();
        }
        if (auto line = m_lines->next())
            return line;
        m_lines.reset();
    }
    return {};
}

std::optional<ActivityEntry> ActivityReader::next()
{
    qint64 unreadable = 0;
    while (auto line = nextLine()) {
        auto entry = activity_line::read(*line);
        if (!entry) {
            ++unreadable;
            if (unreadable == mostTogether)
                break;
            continue;
        }
        if (unreadable > 0) {
            m_ahead = std::move(line);
            break;
        }
        check(*entry, *line);
        m_lastTime = entry->time;
        return entry;
    }
    if (unreadable == 0)
        return {};
    return ActivityEntry{.time = m_lastTime, .bytes = unreadable};
}

void ActivityReader::check(ActivityEntry &entry, const QByteArray &line)
{
    if (entry.sequence == 0) {
        if (m_expected && m_expected->sequence > 0)
            entry.mark = ActivityEntry::Mark::Foreign;
        return; // of before there was a chain
    }
    if (m_expected
        && (entry.sequence != m_expected->sequence
            || activity_line::hashOf(line) != m_expected->hash))
        entry.mark = ActivityEntry::Mark::Changed;
    m_expected = ChainEnd{.sequence = entry.sequence - 1, .hash = entry.previous};
}
