// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/client_handshake.h"

#include "mcp/shim/calls_in_flight.h"

#include <utility>

namespace {

// A tray process that dies of this client's initialize must not be started for ever.
constexpr int repeatLimit = 2;

// As the tray process writes it, compact and escaped nowhere.
constexpr std::string_view versionWithBatches = "\"protocolVersion\":\"2025-03-26\"";

bool namesBatches(std::string_view answer)
{
    return answer.find(versionWithBatches) != std::string_view::npos;
}

} // namespace

void ClientHandshake::sentInitialize(const std::string &rawId, std::string line)
{
    if (!m_isWaiting)
        m_before = std::move(m_now);
    m_now = {
        .rawId = rawId, .initialize = std::move(line), .initialized = {}, .allowsBatches = false};
    m_isWaiting = true;
    m_repeats = 0;
}

bool ClientHandshake::isWaitingFor(std::string_view rawId) const
{
    return m_isWaiting && CallsInFlight::canonical(rawId) == CallsInFlight::canonical(m_now.rawId);
}

void ClientHandshake::answered(bool isError, std::string_view answer)
{
    m_isWaiting = false;
    if (isError)
        m_now = std::move(m_before);
    else
        m_now.allowsBatches = namesBatches(answer);
    m_before = {};
}

void ClientHandshake::replayAnswered(std::string_view answer)
{
    (m_isWaiting ? m_before : m_now).allowsBatches = namesBatches(answer);
}

bool ClientHandshake::lost()
{
    if (!m_isWaiting)
        return false;
    if (m_repeats < repeatLimit)
        return true;
    forget();
    return false;
}

void ClientHandshake::forget()
{
    if (std::exchange(m_isWaiting, false))
        m_now = std::exchange(m_before, {});
}

std::string ClientHandshake::replay(std::string &swallow)
{
    // Unanswered yet: then its answer is for the client.
    const Lines &known = m_isWaiting ? m_before : m_now;
    std::string lines;
    if (!known.initialize.empty()) {
        swallow = known.rawId;
        lines = known.initialize + known.initialized;
    }
    if (!m_isWaiting)
        return lines;
    ++m_repeats;
    return lines + m_now.initialize + m_now.initialized;
}
