// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// An answer that holds for a while instead of asking again. Pure.

#pragma once

#include "app/base/error.h"
#include "auth/moment.h"

#include <chrono>
#include <optional>

namespace auth {

class Pause
{
public:
    void hold(const Error &why, const Moment &now, std::chrono::milliseconds time);
    // nullopt: it is over. retryAfter says how long it still holds, rounded up, where waiting is
    // what ends it.
    std::optional<Error> at(const Moment &now) const;

private:
    std::optional<Error> m_error;
    Moment m_since;
    std::chrono::milliseconds m_time{0};
};

// How long to leave the token endpoint alone after so many failures in a row (1: the first):
// doubles from one second up to a minute. Being offline is found out cheaply and ends without
// notice, so it is tried again every few seconds.
std::chrono::milliseconds backOff(Error::Kind kind, int failures);

// What says nothing about the sign-in and passes by itself.
bool isTransient(Error::Kind kind);

} // namespace auth
