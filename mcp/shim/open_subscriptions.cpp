// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/open_subscriptions.h"

#include "mcp/shim/canonical_id.h"

#include <algorithm>
#include <iterator>
#include <utility>

void OpenSubscriptions::sent(const std::string &rawId, const std::string &line)
{
    std::string key = canonicalId(rawId);
    m_expected.push_back({.key = key, .isWanted = true});
    if (!line.empty() && !find(key) && m_streams.size() < countLimit)
        m_streams.push_back({.rawId = rawId, .key = std::move(key), .line = line, .isOpen = false});
}

void OpenSubscriptions::answered(std::string_view rawId, bool wasCall)
{
    const std::string key = canonicalId(rawId);
    // The newest one: an id that is in use is what the tray process refuses.
    const auto expected = std::find_if(m_expected.rbegin(), m_expected.rend(),
                                       [&key](const Expected &one) { return one.key == key; });
    if (expected != m_expected.rend())
        m_expected.erase(std::next(expected).base());
    std::erase_if(m_streams,
                  [&](const Stream &one) { return one.key == key && one.isOpen != wasCall; });
}

void OpenSubscriptions::cancelled(std::string_view rawId)
{
    const std::string key = canonicalId(rawId);
    // What the tray process has is acknowledged before it hears of this.
    for (Expected &one : m_expected)
        one.isWanted = one.isWanted && one.key != key;
    std::erase_if(m_streams, [&key](const Stream &one) { return one.key == key; });
}

void OpenSubscriptions::lost()
{
    m_expected.clear();
    std::erase_if(m_streams, [](const Stream &one) { return !one.isOpen; });
}

std::string OpenSubscriptions::replay()
{
    std::string lines;
    for (const Stream &one : m_streams) {
        m_expected.push_back({.key = one.key, .isWanted = false});
        lines += one.line;
    }
    return lines;
}

OpenSubscriptions::Acknowledgement OpenSubscriptions::takeAcknowledgement()
{
    if (m_expected.empty())
        return {};
    const Expected expected = m_expected.front();
    m_expected.pop_front();
    Stream *stream = find(expected.key);
    if (!expected.isWanted || !stream)
        return {.isForClient = expected.isWanted, .rawId = {}};
    stream->isOpen = true;
    return {.isForClient = true, .rawId = stream->rawId};
}

std::string OpenSubscriptions::endAll()
{
    std::string lines;
    for (const Stream &one : m_streams) {
        if (!one.isOpen)
            continue;
        lines += "{\"jsonrpc\":\"2.0\",\"id\":" + one.rawId
            + ",\"result\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":" + one.rawId
            + "},\"resultType\":\"complete\"}}\n";
    }
    std::erase_if(m_streams, [](const Stream &one) { return one.isOpen; });
    return lines;
}

OpenSubscriptions::Stream *OpenSubscriptions::find(std::string_view key)
{
    const auto found = std::find_if(m_streams.begin(), m_streams.end(),
                                    [key](const Stream &one) { return one.key == key; });
    return found == m_streams.end() ? nullptr : &*found;
}
