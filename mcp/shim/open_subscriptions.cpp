// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/open_subscriptions.h"

#include "mcp/shim/calls_in_flight.h"

#include <algorithm>
#include <utility>

bool OpenSubscriptions::add(const std::string &rawId, const std::string &line)
{
    std::string key = CallsInFlight::canonical(rawId);
    const bool isKnown = std::any_of(m_streams.begin(), m_streams.end(),
                                     [&key](const Stream &one) { return one.key == key; });
    if (isKnown || m_streams.size() == countLimit)
        return false;
    m_expected.push_back(key);
    m_streams.push_back(
        {.rawId = rawId, .key = std::move(key), .line = line, .isAcknowledged = false});
    return true;
}

bool OpenSubscriptions::remove(std::string_view rawId)
{
    const std::string key = CallsInFlight::canonical(rawId);
    std::erase(m_expected, key);
    return std::erase_if(m_streams, [&key](const Stream &one) { return one.key == key; }) > 0;
}

std::string OpenSubscriptions::replay()
{
    m_expected.clear();
    std::string lines;
    for (const Stream &one : m_streams) {
        m_expected.push_back(one.key);
        lines += one.line;
    }
    return lines;
}

bool OpenSubscriptions::takeAcknowledgement()
{
    if (m_expected.empty())
        return false;
    const std::string key = m_expected.front();
    m_expected.pop_front();
    for (Stream &one : m_streams) {
        if (one.key == key)
            return std::exchange(one.isAcknowledged, true);
    }
    return false;
}

std::string OpenSubscriptions::endAll()
{
    std::string lines;
    for (const Stream &one : m_streams) {
        lines += "{\"jsonrpc\":\"2.0\",\"id\":" + one.rawId
            + ",\"result\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":" + one.rawId
            + "},\"resultType\":\"complete\"}}\n";
    }
    m_streams.clear();
    m_expected.clear();
    return lines;
}
