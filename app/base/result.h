// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A value or an Error: the small part of C++23's std::expected that this program needs.

#pragma once

#include "app/base/error.h"

#include <utility>
#include <variant>

// The value of an operation that succeeds without one.
using Done = std::monostate;

template <class T>
class [[nodiscard]] Result
{
public:
    Result(T value) // NOLINT(google-explicit-constructor): `return value;` is the point
        : m_either(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_either(std::in_place_index<1>, std::move(error))
    {
    }

    bool ok() const { return m_either.index() == 0; }
    explicit operator bool() const { return ok(); }

    // Only when ok(); std::get throws otherwise, which is a bug of the caller.
    const T &value() const & { return std::get<0>(m_either); }
    T &value() & { return std::get<0>(m_either); }
    T &&value() && { return std::get<0>(std::move(m_either)); }
    const T *operator->() const { return &value(); }
    const T &operator*() const & { return value(); }

    // Only when not ok().
    const Error &error() const { return std::get<1>(m_either); }

private:
    std::variant<T, Error> m_either;
};
