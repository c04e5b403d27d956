// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/pause.h"

#include <algorithm>

using Kind = Error::Kind;

namespace auth {

void Pause::hold(const Error &why, const Moment &now, std::chrono::milliseconds time)
{
    m_error = why;
    m_since = now;
    m_time = time;
}

std::optional<Error> Pause::at(const Moment &now) const
{
    if (!m_error)
        return {};
    const auto left = m_time - now.since(m_since);
    if (left <= std::chrono::milliseconds(0))
        return {};
    Error held = *m_error;
    if (isTransient(held.kind))
        held.retryAfter = std::chrono::ceil<std::chrono::seconds>(left);
    return held;
}

std::chrono::milliseconds backOff(Error::Kind kind, int failures)
{
    constexpr int mostDoublings = 6;
    const std::chrono::seconds time(1 << std::clamp(failures - 1, 0, mostDoublings));
    const std::chrono::seconds longest(kind == Kind::Offline ? 5 : 60);
    return std::min(time, longest);
}

bool isTransient(Error::Kind kind)
{
    return kind == Kind::Offline || kind == Kind::Timeout || kind == Kind::Throttled
        || kind == Kind::ServiceFault;
}

} // namespace auth
