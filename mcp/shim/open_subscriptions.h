// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The subscriptions/listen requests that the client has open (MCP 2026-07-28). They live as long as
// the client wants, so a new tray process gets them again, and the client notices nothing:
//
//   add() ──► [expected acknowledgement] ──► acknowledged ──replay()──► [expected, for nobody]
//
// Pure.

#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

class OpenSubscriptions
{
public:
    static constexpr std::size_t countLimit = 16; // more are calls like any other

    // line: with its line feed. False: too many, or one with this id is open.
    bool add(const std::string &rawId, const std::string &line);
    // It was answered or withdrawn. False where no such one is open.
    bool remove(std::string_view rawId);
    bool isEmpty() const { return m_streams.empty(); }

    // The lines to send to a new tray process. What the last one owed is forgotten.
    std::string replay();
    // The tray process acknowledged the oldest one that it has not yet. True: the client knows
    // already.
    bool takeAcknowledgement();
    // The client is going: one result for each (MCP 2026-07-28, "Subscriptions"), and none is open.
    std::string endAll();

private:
    struct Stream
    {
        std::string rawId;
        std::string key;
        std::string line;
        bool isAcknowledged = false;
    };
    std::vector<Stream> m_streams;
    std::deque<std::string> m_expected; // keys, in the order in which they were sent
};
