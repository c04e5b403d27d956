// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/calls_in_flight.h"

#include "mcp/link/flat_json.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>

std::string CallsInFlight::canonical(std::string_view rawId)
{
    if (rawId.starts_with('"')) {
        if (rawId.find('\\') == std::string_view::npos)
            return std::string(rawId);
        std::string object = "{\"i\":";
        object.append(rawId).push_back('}');
        const auto parsed = valet_link::FlatObject::parse(object);
        const auto text = parsed ? parsed->string("i") : std::nullopt;
        return text ? '"' + *text + '"' : std::string(rawId);
    }
    long long number = 0;
    const auto [end, problem] = std::from_chars(rawId.data(), rawId.data() + rawId.size(), number);
    if (problem == std::errc() && end == rawId.data() + rawId.size())
        return std::to_string(number); // -0 is 0
    // What does not fit goes through a double in the tray process.
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", std::strtod(std::string(rawId).c_str(), nullptr));
    return text;
}

void CallsInFlight::add(const std::string &rawId, unsigned batch)
{
    m_calls.push_back({.raw = rawId, .key = canonical(rawId), .batch = batch});
    m_bytes += rawId.size();
    while (m_calls.size() > countLimit || m_bytes > bytesLimit)
        dropFirst();
}

bool CallsInFlight::remove(std::string_view rawId)
{
    const std::string key = canonical(rawId);
    const auto found = std::find_if(m_calls.begin(), m_calls.end(),
                                    [&key](const Call &call) { return call.key == key; });
    if (found == m_calls.end())
        return false;
    m_bytes -= found->raw.size();
    m_calls.erase(found);
    return true;
}

void CallsInFlight::removeFirstBatch()
{
    const auto first = std::find_if(m_calls.begin(), m_calls.end(),
                                    [](const Call &call) { return call.batch != 0; });
    if (first == m_calls.end())
        return;
    const unsigned batch = first->batch;
    auto last = first;
    for (; last != m_calls.end() && last->batch == batch; ++last)
        m_bytes -= last->raw.size();
    m_calls.erase(first, last);
}

bool CallsInFlight::contains(std::string_view rawId) const
{
    const std::string key = canonical(rawId);
    return std::any_of(m_calls.begin(), m_calls.end(),
                       [&key](const Call &call) { return call.key == key; });
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
