// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The subscriptions/listen requests of the client (MCP 2026-07-28). They live as long as the client
// wants, so a new tray process gets them again, and the client notices nothing. Until it is
// acknowledged such a request is a call like any other:
//
//   sent() ──acknowledged──► open ──replay()──► open, and its next acknowledgement is for nobody
//      └──► lost(), answered(), cancelled(): forgotten
//
// Acknowledgements come in the order of the requests.
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
    static constexpr std::size_t countLimit = 16; // more are calls, and nothing else

    // The tray process has such a request now. line: with its line feed; empty: too long to replay.
    void sent(const std::string &rawId, const std::string &line);
    // The tray process answered a request with this id. wasCall: one that was in flight; else it is
    // an open one that it ends.
    void answered(std::string_view rawId, bool wasCall);
    // The client withdrew it.
    void cancelled(std::string_view rawId);
    // The tray process is gone, with what it owed.
    void lost();
    // The lines of the open ones, for the next tray process.
    std::string replay();

    struct Acknowledgement
    {
        bool isForClient = true; // false: it has it already, or does not want it any more
        std::string rawId; // of the request that is open from now on, and no call any more
    };
    // The tray process acknowledged the oldest request that it has not yet.
    Acknowledgement takeAcknowledgement();

    // The client is going: a result for each open one (MCP 2026-07-28, "Subscriptions").
    std::string endAll();

private:
    struct Stream
    {
        std::string rawId;
        std::string key;
        std::string line;
        bool isOpen = false;
    };
    // An acknowledgement that will come, unless the request is refused.
    struct Expected
    {
        std::string key;
        bool isWanted = true; // by the client
    };
    Stream *find(std::string_view key);

    std::vector<Stream> m_streams;
    std::deque<Expected> m_expected; // in the order in which the requests were sent
};
