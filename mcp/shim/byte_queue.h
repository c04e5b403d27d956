// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bytes in at the end, out at the front. Grows by realloc, which moves large blocks without copying
// them on Linux, and gives a large block back as soon as it is empty: a relay that once passed on
// an answer of 8 MiB must not stay that big.

#pragma once

#include <cstddef>
#include <string_view>

class ByteQueue
{
public:
    ByteQueue() = default;
    ~ByteQueue();
    ByteQueue(const ByteQueue &) = delete;
    ByteQueue &operator=(const ByteQueue &) = delete;

    bool isEmpty() const { return m_begin == m_end; }
    std::size_t size() const { return m_end - m_begin; }
    std::string_view view() const { return {m_bytes + m_begin, size()}; }
    void append(std::string_view bytes);
    void drop(std::size_t count);
    // At the end; count: size() at most.
    void dropBack(std::size_t count);
    void clear() { drop(size()); }

private:
    static constexpr std::size_t smallSize = 64 * 1024;

    char *m_bytes = nullptr;
    std::size_t m_capacity = 0;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};
