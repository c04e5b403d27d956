// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the relay knows and decides, without any input or output: bytes of the AI client go in and
// come out for the tray process, and the other way round. The loops of the operating systems
// (stdio_loop_*.cpp) move the bytes. Pure, but for long answers that wait (AnswerQueue); one
// thread.
//
//            fromClient ──► [queue] ──► toTray        (lines are noted when they were sent)
//            toClient   ◄── [lines] ◄── fromTray      (whole lines only)
//
//            away ──connected()──► up ──lost()──► away      refuse(): answers what waits

#pragma once

#include "mcp/shim/answer_queue.h"
#include "mcp/shim/byte_queue.h"
#include "mcp/shim/calls_in_flight.h"
#include "mcp/shim/client_handshake.h"
#include "mcp/shim/message_scanner.h"
#include "mcp/shim/open_subscriptions.h"

#include <string>
#include <string_view>

class Relay
{
public:
    static constexpr std::size_t clientQueueLimit = 64 * 1024;
    static constexpr std::size_t answerQueueLimit = 256 * 1024; // then reading pauses
    static constexpr std::size_t answerLimit = 16 * 1024 * 1024; // of one line of the tray process
    static constexpr std::size_t rememberLimit = 64 * 1024; // of a line to replay
    static constexpr std::size_t lineLimit = 4 * 1024 * 1024; // the tray process drops longer ones

    // From the client. room: how many bytes may come now; 0 is back pressure.
    std::size_t roomForClient() const;
    void fromClient(std::string_view bytes);
    void clientEnded();

    // To the tray process; nothing while it is away.
    std::string_view toTray() const;
    void sentToTray(std::size_t count);

    // From the tray process. False: it sends what no Graph Valet sends; the connection must end.
    bool roomForTray() const
    {
        return m_answers.size() < answerQueueLimit && !m_answers.isBacklogged();
    }
    [[nodiscard]] bool fromTray(std::string_view bytes);

    // To the client.
    bool hasAnswers() const { return !m_answers.isEmpty(); }
    std::string_view toClient() { return m_answers.view(); } // not all at once
    void sentToClient(std::size_t count) { m_answers.drop(count); }

    // The hello is done: replays the handshake and the subscriptions of the client, if there are
    // any.
    void connected();
    // The connection is gone: answers the calls in flight and forgets half an answer.
    void lost();
    // The tray process cannot be had: answers every call that waits for it.
    void refuse(std::string_view why);
    // The client is gone and the time is over: answers what is still in flight.
    void giveUp();

    bool isUp() const { return m_isUp; }
    // The client was told that a list changed, since the tray process was found.
    bool hasToldOfChanges() const { return m_toldOfChanges; }
    // While away: something that only the tray process can do, so it must be found or started.
    bool needsTray() const;
    // Nothing is on its way in either direction, and no answer is due.
    bool isIdle() const
    {
        return m_queue.isEmpty() && m_calls.isEmpty() && m_answers.isEmpty() && m_refusalsDue == 0;
    }
    std::size_t callsInFlight() const { return m_calls.count(); }

private:
    enum class Fate { Sent, Lost, Refused };

    void takeQueue(std::size_t count, Fate fate);
    void takeLine(Fate fate);
    void remember();
    bool drawsAnswerWithoutId(const std::vector<ScannedMessage> &messages, std::size_t size) const;
    bool isRefusedBatch() const;
    void dropWhatNeedsNoTray();
    void answerCalls(std::string_view why);
    void takeAnswer();
    void takeHandshake(bool isError);
    bool takeAcknowledgement();

    ByteQueue m_queue; // of the client, not sent yet
    MessageScanner m_clientScanner;
    Fate m_fate = Fate::Sent; // of the line that the client is in the middle of
    std::string m_refusal;
    std::string m_captured; // the line so far, while it may be one to remember
    bool m_capturing = true;

    ClientHandshake m_handshake;
    unsigned m_firstUnsureBatch = 1; // that was sent behind a handshake which is due
    std::string m_trayLine; // its beginning, while the answer to a handshake is due

    bool m_isUp = false;
    std::string m_replay; // not sent yet
    std::size_t m_replaySent = 0;
    std::string m_swallow; // id of the one answer that the client has already

    OpenSubscriptions m_subscriptions;
    bool m_hasClientEnded = false;
    bool m_hasGivenUp = false;
    bool m_toldOfChanges = false; // a list_changed went to the client on this connection
    // What the tray process refuses with an answer that names no id, as far as the scanner can
    // tell. Only the end of the client waits for it.
    std::size_t m_refusalsDue = 0;

    CallsInFlight m_calls;
    unsigned m_batches = 0; // sent so far; the number of the last one
    AnswerQueue m_answers;
    MessageScanner m_trayScanner;
};
