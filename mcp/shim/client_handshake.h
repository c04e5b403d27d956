// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The legacy handshake of the client, for the next tray process: the last initialize that was not
// refused, with notifications/initialized, and those whose answer is due. The tray process answers
// them at once and so in their order, whatever their ids are.
//
//   sentInitialize() ──► due ──answered(good)──► agreed on, and replayed to each tray process
//                         ├──answered(error)──► gone
//                         └──lost()──► the newest is sent again, twice at most; others are gone
//
// Pure.

#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

class ClientHandshake
{
public:
    static constexpr std::size_t dueLimit = 4; // more are known by their id only

    // Lines with their line feed; empty: too long to replay.
    void sentInitialize(const std::string &rawId, std::string line);
    void sentInitialized(std::string line);

    // An answer is due that decides about the revision.
    bool isWaiting() const { return !m_due.empty(); }
    // Whether an answer with this id is the next one that is due.
    bool isNext(std::string_view rawId) const;
    // The next one came. answer: the line as far as it is known.
    void answered(bool isError, std::string_view answer);
    // The same for the one that the client has already; one that a new tray process refuses is
    // replayed to the next.
    void replayAnswered(std::string_view answer) { m_agreed.setRevision(answer); }

    // The tray process is gone. The id of the initialize that will be sent again; empty: none.
    std::string lost();
    // Nobody can be had for those that are due.
    void forgetDue() { m_due.clear(); }
    // The client has withdrawn the one to be sent again: it stands, and nobody waits for an answer.
    void withdrawDue();

    // The lines for a new tray process; empty: none. swallow: becomes the id whose answer the
    // client has already, where there is one.
    std::string replay(std::string &swallow);
    // Of the revision that was agreed on: 2025-03-26 alone has batches.
    bool allowsBatches() const { return m_agreed.allowsBatches; }

private:
    struct Lines
    {
        std::string rawId;
        std::string initialize = {}; // empty: too long, or too many
        std::string initialized = {};
        bool allowsBatches = false;

        void setRevision(std::string_view answer);
    };
    Lines m_agreed;
    std::deque<Lines> m_due; // oldest first
    int m_repeats = 0;
};
