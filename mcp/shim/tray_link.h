// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// When the relay looks for the tray process, greets it, starts it and gives it up. Decides only:
// the transport of the operating system acts, and whoever calls says what time it is.
//
//   Away ──connected──► Greeting ──hello──► Up ──end, error──► Away
//
// Away, and a call waits: tries to connect for startLimit, starting the tray process once. Away
// after a loss, and nothing waits: looks for a new tray process for lookLimit without starting one,
// because the person may have ended it. Else: waits for the client.

#pragma once

#include "mcp/shim/connect_outcome.h"
#include "mcp/shim/relay.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

// One socket or pipe at a time; open() comes only after close().
class TrayTransport
{
public:
    virtual ~TrayTransport() = default;

    // problem: a sentence where the outcome is NotTrusted.
    virtual ConnectOutcome open(std::string &problem) = 0;
    // The first bytes after open(), for which a new connection has room. False: the connection is
    // lost.
    virtual bool sendHello(std::string_view line) = 0;
    virtual void close() = 0;
    // Starts the tray process; false with a sentence where that cannot work.
    virtual bool launch(std::string &problem) = 0;
    // One line for the log of whoever started us.
    virtual void complain(std::string_view text) = 0;
};

class TrayLink
{
public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::milliseconds firstPause{5};
    static constexpr std::chrono::milliseconds longestPause{250};
    static constexpr std::chrono::seconds lookLimit{10};
    // A connection that lived this long was a good one: its loss is a new story.
    static constexpr std::chrono::seconds steadyAfter{1};

    // Both outlive the link. startLimit: how long a call waits for a tray process that is away, and
    // how long a greeting may take. clientId: for the hello; may be empty.
    TrayLink(Relay &relay, TrayTransport &transport, std::chrono::milliseconds startLimit,
             std::string clientId = {});

    // The first try, so that a running tray process is there when the first call comes.
    void begin(Time now) { tryConnect(now); }
    // To be called after every change of the relay, and at nextTime().
    void tick(Time now);
    std::optional<Time> nextTime() const;
    // tick() would do something now.
    bool isDue() const { return m_state == State::Away && m_relay.needsTray() && !isPatient(); }

    // From the tray process.
    void received(std::string_view bytes, Time now);
    // The connection is gone.
    void lose(Time now);

    bool isAway() const { return m_state == State::Away; }
    bool isGreeting() const { return m_state == State::Greeting; }
    bool isUp() const { return m_state == State::Up; }

private:
    enum class State { Away, Greeting, Up };

    bool isPatient() const { return m_startEnd.has_value(); } // a call waits for the tray process
    void tryConnect(Time now);
    void tryLater(Time now);
    void greet(std::string_view bytes, Time now);
    void close();
    void refuse(const std::string &why);

    Relay &m_relay;
    TrayTransport &m_transport;
    const std::chrono::milliseconds m_startLimit;
    const std::string m_clientId;
    State m_state = State::Away;
    bool m_launched = false;
    std::string m_greeting;
    std::string m_lists; // of the tray process
    std::string m_seen; // by the client, or told it last
    std::chrono::milliseconds m_pause = firstPause;
    Time m_upSince;
    std::optional<Time> m_nextTry;
    std::optional<Time> m_startEnd; // set while a call waits for the tray process
    std::optional<Time> m_greetingEnd;
    std::optional<Time> m_lookEnd;
};
