// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The ids of the calls that wait for an answer of the tray process, oldest first. Pure.

#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

class CallsInFlight
{
public:
    // Then nothing more is to be sent: the tray process takes 256 at a time of one client, so most
    // of these lie unread before it, and none may be forgotten.
    static constexpr std::size_t countLimit = 1024;
    static constexpr std::size_t bytesLimit = 512 * 1024; // of their ids
    bool isFull() const { return m_calls.size() >= countLimit || m_bytes >= bytesLimit; }

    // rawId: as the client wrote it. batch: the same number for all calls of one batch, which get
    // one answer together; 0: a call of its own.
    void add(const std::string &rawId, unsigned batch = 0);
    // rawId: as the tray process writes it, perhaps with other escapes or another spelling of the
    // number. inBatch: its answer is part of one, as its call was. False where no such call is
    // known.
    bool remove(std::string_view rawId, bool inBatch = false);
    // The tray process refuses this batch and the later ones. How many they are.
    std::size_t removeBatches(unsigned first);
    bool isEmpty() const { return m_calls.empty(); }
    std::size_t count() const { return m_calls.size(); }
    // What one line answers: the oldest call, or what still waits of its batch. Forgotten by this.
    struct Due
    {
        std::vector<std::string> rawIds;
        bool isBatch = false;
    };
    // isEmpty() must be false.
    Due takeFirst();

private:
    struct Call
    {
        std::string raw;
        std::string key;
        unsigned batch;
    };
    void dropFirst();

    std::deque<Call> m_calls;
    std::size_t m_bytes = 0;
};
