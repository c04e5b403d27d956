// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/calls_in_flight.h"

#include "mcp/shim/canonical_id.h"

#include <algorithm>

void CallsInFlight::add(const std::string &rawId, unsigned batch)
{
    m_calls.push_back({.raw = rawId, .key = canonicalId(rawId), .batch = batch});
    m_bytes += rawId.size();
}

bool CallsInFlight::remove(std::string_view rawId, bool inBatch)
{
    const std::string key = canonicalId(rawId);
    const auto found = std::find_if(m_calls.begin(), m_calls.end(), [&](const Call &call) {
        return call.key == key && (call.batch != 0) == inBatch;
    });
    if (found == m_calls.end())
        return false;
    m_bytes -= found->raw.size();
    m_calls.erase(found);
    return true;
}

std::size_t CallsInFlight::removeBatches(unsigned first)
{
    std::size_t batches = 0;
    unsigned last = 0;
    std::erase_if(m_calls, [&](const Call &call) {
        if (call.batch == 0 || call.batch < first)
            return false;
        batches += call.batch != last ? 1 : 0;
        last = call.batch;
        m_bytes -= call.raw.size();
        return true;
    });
    return batches;
}

void CallsInFlight::dropFirst()
{
    m_bytes -= m_calls.front().raw.size();
    m_calls.pop_front();
}

CallsInFlight::Due CallsInFlight::takeFirst()
{
    const unsigned batch = m_calls.front().batch;
    Due due{.rawIds = {}, .isBatch = batch != 0};
    // A batch was added in one go, so its calls stand together.
    do {
        due.rawIds.push_back(m_calls.front().raw);
        dropFirst();
    } while (batch != 0 && !m_calls.empty() && m_calls.front().batch == batch);
    return due;
}
