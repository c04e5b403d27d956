// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/byte_queue.h"

#include <cstdlib>
#include <cstring>
#include <new>

ByteQueue::~ByteQueue()
{
    std::free(m_bytes);
}

void ByteQueue::append(std::string_view bytes)
{
    if (bytes.empty())
        return;
    if (m_begin > 0 && m_end + bytes.size() > m_capacity) {
        std::memmove(m_bytes, m_bytes + m_begin, size());
        m_end -= m_begin;
        m_begin = 0;
    }
    if (m_end + bytes.size() > m_capacity) {
        std::size_t capacity = m_capacity > 0 ? m_capacity : 4096;
        while (capacity < m_end + bytes.size())
            capacity += capacity / 2;
        void *grown = std::realloc(m_bytes, capacity);
        if (!grown)
            throw std::bad_alloc();
        m_bytes = static_cast<char *>(grown);
        m_capacity = capacity;
    }
    std::memcpy(m_bytes + m_end, bytes.data(), bytes.size());
    m_end += bytes.size();
}

void ByteQueue::dropBack(std::size_t count)
{
    m_end -= count;
    drop(0);
}

void ByteQueue::drop(std::size_t count)
{
    m_begin += count;
    if (m_begin < m_end)
        return;
    m_begin = 0;
    m_end = 0;
    if (m_capacity > smallSize) {
        std::free(m_bytes);
        m_bytes = nullptr;
        m_capacity = 0;
    }
}
