// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/client_handshake.h"

#include "mcp/shim/canonical_id.h"

#include <utility>

namespace {

// A tray process that dies of this client's initialize must not be started for ever.
constexpr int repeatLimit = 2;

// As the tray process writes it, compact and escaped nowhere.
constexpr std::string_view versionWithBatches = "\"protocolVersion\":\"2025-03-26\"";

} // namespace

void ClientHandshake::Lines::setRevision(std::string_view answer)
{
    allowsBatches = answer.find(versionWithBatches) != std::string_view::npos;
}

void ClientHandshake::sentInitialize(const std::string &rawId, std::string line)
{
    if (m_due.size() >= dueLimit)
        line.clear();
    m_due.push_back({.rawId = rawId, .initialize = std::move(line)});
    m_repeats = 0;
}

void ClientHandshake::sentInitialized(std::string line)
{
    (m_due.empty() ? m_agreed : m_due.back()).initialized = std::move(line);
}

bool ClientHandshake::isNext(std::string_view rawId) const
{
    return !m_due.empty() && canonicalId(rawId) == canonicalId(m_due.front().rawId);
}

void ClientHandshake::answered(bool isError, std::string_view answer)
{
    if (!isError) {
        m_agreed = std::move(m_due.front());
        m_agreed.setRevision(answer);
    }
    m_due.pop_front();
}

std::string ClientHandshake::lost()
{
    if (m_due.empty() || m_due.back().initialize.empty() || m_repeats == repeatLimit) {
        m_due.clear();
        return {};
    }
    m_due.erase(m_due.begin(), std::prev(m_due.end()));
    return m_due.front().rawId;
}

void ClientHandshake::withdrawDue()
{
    if (m_due.empty())
        return;
    m_agreed = std::move(m_due.back());
    m_due.clear();
}

std::string ClientHandshake::replay(std::string &swallow)
{
    std::string lines;
    if (!m_agreed.initialize.empty()) {
        swallow = m_agreed.rawId;
        lines = m_agreed.initialize + m_agreed.initialized;
    }
    for (const Lines &due : m_due)
        lines += due.initialize + due.initialized;
    m_repeats += m_due.empty() ? 0 : 1;
    return lines;
}
