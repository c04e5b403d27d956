// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/answer_queue.h"

#include <algorithm>
#include <new>
#include <utility>

std::string_view AnswerQueue::view()
{
    if (m_memory.isEmpty() && m_whole > 0)
        refill();
    return m_memory.view().substr(0, m_whole);
}

void AnswerQueue::drop(std::size_t count)
{
    m_memory.drop(count);
    m_size -= count;
    m_whole -= count;
}

void AnswerQueue::append(std::string_view bytes)
{
    const bool fits = m_memory.size() + bytes.size() <= memoryLimit;
    if (spilled() == 0 && (fits || !m_file.write(0, bytes))) {
        m_memory.append(bytes);
    } else if (spilled() > 0 && !m_file.write(m_fileEnd, bytes)) {
        throw std::bad_alloc(); // order forbids to go on in memory
    } else {
        m_fileEnd += bytes.size();
    }
    m_size += bytes.size();
}

void AnswerQueue::endLine()
{
    m_whole = m_size;
    if (!m_waiting.empty())
        appendLines(std::exchange(m_waiting, {}));
}

void AnswerQueue::dropUnfinished()
{
    const std::size_t unfinished = unfinishedSize();
    const std::size_t inFile = std::min(unfinished, spilled());
    m_fileEnd -= inFile;
    m_memory.dropBack(unfinished - inFile);
    if (spilled() == 0)
        m_fileBegin = m_fileEnd = 0;
    if (m_fileEnd == 0)
        m_file.clear();
    m_size = m_whole;
    endLine();
}

void AnswerQueue::appendLines(std::string_view lines)
{
    if (unfinishedSize() > 0) {
        m_waiting.append(lines);
        return;
    }
    append(lines);
    m_whole = m_size;
}

void AnswerQueue::refill()
{
    char piece[pieceSize];
    const std::size_t count = m_file.read(m_fileBegin, piece, std::min(sizeof piece, spilled()));
    if (count == 0)
        throw std::bad_alloc();
    m_memory.append({piece, count});
    m_fileBegin += count;
    if (spilled() > 0)
        return;
    m_fileBegin = m_fileEnd = 0;
    m_file.clear();
}
