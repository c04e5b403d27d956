// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The legacy handshake of the client, for the next tray process: its last initialize that was not
// refused, and notifications/initialized.
//
//   sentInitialize() ──answered(good)──► known ──replay()──► known, and the next answer is for
//   nobody
//         ├──answered(error)──► the one before it
//         └──lost()──► sent again behind the one before it, twice at most; then forgotten
//
// Pure.

#pragma once

#include <string>
#include <string_view>

class ClientHandshake
{
public:
    // Lines with their line feed.
    void sentInitialize(const std::string &rawId, std::string line);
    void sentInitialized(std::string line) { m_now.initialized = std::move(line); }

    // Its answer is due; a client may use the id again, so the id alone does not tell.
    bool isWaiting() const { return m_isWaiting; }
    bool isWaitingFor(std::string_view rawId) const;
    // Nobody waits any longer: withdrawn, or answered by the relay itself.
    void stopWaiting() { m_isWaiting = false; }
    // By the tray process. answer: the line as far as it is known.
    void answered(bool isError, std::string_view answer);
    // The same where the client has the answer already.
    void replayAnswered(std::string_view answer);

    // The tray process is gone. True: the handshake is on its way and will be sent again.
    bool lost();
    // Nobody can be had for it.
    void forget();

    // The lines for a new tray process; empty: none. swallow: becomes the id whose answer the
    // client has already, where that is so.
    std::string replay(std::string &swallow);
    const std::string &rawId() const { return m_now.rawId; }
    // Of the revision that was agreed on: 2025-03-26 alone has batches.
    bool allowsBatches() const { return m_now.allowsBatches; }

private:
    struct Lines
    {
        std::string rawId;
        std::string initialize;
        std::string initialized;
        bool allowsBatches = false; // known with the answer
    };
    Lines m_now;
    Lines m_before; // of an initialize that may be refused yet
    bool m_isWaiting = false;
    int m_repeats = 0;
};
