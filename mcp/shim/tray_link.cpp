// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/tray_link.h"

#include "mcp/link/hello.h"

#include <algorithm>
#include <utility>
#include <variant>

TrayLink::TrayLink(Relay &relay, TrayTransport &transport, std::chrono::milliseconds startLimit,
                   std::string clientId)
    : m_relay(relay)
    , m_transport(transport)
    , m_startLimit(startLimit)
    , m_clientId(std::move(clientId))
{
}

std::optional<TrayLink::Time> TrayLink::nextTime() const
{
    std::optional<Time> first;
    for (const auto &time : {m_nextTry, m_startEnd, m_greetingEnd}) {
        if (time && (!first || *time < *first))
            first = time;
    }
    return first;
}

void TrayLink::tick(Time now)
{
    if (isDue()) {
        m_startEnd = now + m_startLimit;
        m_pause = firstPause;
        m_launched = false;
        tryConnect(now);
    }
    if (m_state == State::Away && m_nextTry && now >= *m_nextTry)
        tryConnect(now);
    if (m_greetingEnd && now >= *m_greetingEnd) {
        close();
        refuse("the tray process does not answer; quit it and start Graph Valet again");
    }
    if (m_startEnd && now >= *m_startEnd) {
        close();
        refuse("the tray process did not start in time; start Graph Valet (graph-valet-tray) by "
               "hand and call again");
    }
}

void TrayLink::tryConnect(Time now)
{
    m_nextTry.reset();
    std::string problem;
    const ConnectOutcome outcome = m_transport.open(problem);
    if (outcome == ConnectOutcome::NotTrusted) {
        if (isPatient())
            refuse(problem);
        return;
    }
    if (outcome == ConnectOutcome::Connected) {
        m_greeting.clear();
        m_state = State::Greeting;
        m_greetingEnd = now + m_startLimit;
        if (!m_transport.sendHello(valet_link::helloOfRelay(m_seen, m_clientId)))
            lose(now);
        return;
    }
    if (isPatient() && outcome == ConnectOutcome::NobodyThere && !m_launched) {
        m_launched = true;
        if (!m_transport.launch(problem))
            return refuse(problem);
    }
    if (isPatient() || (m_lookEnd && now < *m_lookEnd))
        tryLater(now);
}

void TrayLink::tryLater(Time now)
{
    m_nextTry = now + m_pause;
    m_pause = std::min(m_pause * 2, longestPause);
}

void TrayLink::received(std::string_view bytes, Time now)
{
    if (m_state == State::Greeting)
        greet(bytes, now);
    else if (m_state == State::Up && !m_relay.fromTray(bytes))
        lose(now);
}

void TrayLink::greet(std::string_view bytes, Time now)
{
    const std::size_t end = bytes.find('\n');
    m_greeting.append(bytes.substr(0, end));
    if (end == std::string_view::npos && m_greeting.size() <= valet_link::helloLimit)
        return;
    const auto hello = valet_link::parseHello(m_greeting);
    if (const auto *problem = std::get_if<valet_link::HelloProblem>(&hello)) {
        close();
        return refuse(problem->text);
    }
    // A release that does not name its lists is known by its version.
    const auto &good = std::get<valet_link::Hello>(hello);
    m_lists = good.lists.empty() ? good.version : good.lists;
    if (m_lists.size() > valet_link::listsLimit)
        m_lists = "unknown";
    if (m_seen.empty())
        m_seen = m_lists;
    m_state = State::Up;
    m_upSince = now;
    m_greetingEnd.reset();
    m_startEnd.reset();
    m_relay.connected();
    received(bytes.substr(end + 1), now);
}

void TrayLink::lose(Time now)
{
    const bool wasUp = m_state == State::Up;
    const bool wasSteady = wasUp && now - m_upSince >= steadyAfter;
    close();
    // Who was not told may be told by the next one.
    if (wasUp && m_relay.hasToldOfChanges())
        m_seen = m_lists;
    if (wasUp)
        m_relay.lost();
    if (wasSteady || !m_lookEnd) {
        m_lookEnd = now + lookLimit;
        m_pause = firstPause;
    }
    if (isPatient() || now < *m_lookEnd)
        tryLater(now);
}

void TrayLink::close()
{
    m_transport.close();
    m_state = State::Away;
    m_greetingEnd.reset();
}

void TrayLink::refuse(const std::string &why)
{
    if (m_relay.needsTray())
        m_transport.complain(why);
    m_startEnd.reset();
    m_nextTry.reset();
    m_relay.refuse("Graph Valet: " + why);
}
