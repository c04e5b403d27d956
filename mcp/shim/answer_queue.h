// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What waits for the client: whole lines, and behind them the line that is still coming in, which
// nobody sees before its end. Little of it is in memory:
//
//      view() ◄── [memory] ◄── [spill file] ◄── append()
//                  small        all the rest, while there is any
//
// One thread; throws std::bad_alloc.

#pragma once

#include "mcp/shim/byte_queue.h"
#include "mcp/shim/spill_file.h"

#include <cstddef>
#include <string>
#include <string_view>

class AnswerQueue
{
public:
    static constexpr std::size_t memoryLimit = 512 * 1024;

    // Of whole lines: the next bytes; empty only where there are none.
    std::string_view view();
    void drop(std::size_t count);
    bool isEmpty() const { return m_whole == 0; }
    std::size_t size() const { return m_whole; }
    // Some of them are outside of memory: whoever adds more now makes the file grow for ever.
    bool isBacklogged() const { return spilled() > unfinishedSize(); }

    // A piece of the line that is coming in.
    void append(std::string_view bytes);
    // It is whole; the last piece had its line feed.
    void endLine();
    // It will never be whole.
    void dropUnfinished();
    std::size_t unfinishedSize() const { return m_size - m_whole; }

    // Whole lines; they go behind the one that is coming in, if any is.
    void appendLines(std::string_view lines);

private:
    static constexpr std::size_t pieceSize = 64 * 1024;

    std::size_t spilled() const { return m_fileEnd - m_fileBegin; }
    void refill();

    ByteQueue m_memory;
    SpillFile m_file;
    std::size_t m_fileBegin = 0;
    std::size_t m_fileEnd = 0;
    std::size_t m_size = 0; // of everything
    std::size_t m_whole = 0; // of whole lines
    std::string m_waiting; // lines of our own, for the end of the unfinished one
};
