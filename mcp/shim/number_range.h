// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether a JSON number, which comes character by character, has a place among the doubles: the
// tray process refuses a line with one that is too large, or so small that only zero is left of it.
// Pure.

#pragma once

#include <array>
#include <cstddef>

class NumberRange
{
public:
    void reset();
    // A character of a number whose form is right. Inline: long answers are full of numbers.
    void feed(char c)
    {
        if (c < '0' || c > '9')
            return feedMark(c);
        if (m_isInExponent) {
            if (m_exponent < enough)
                m_exponent = m_exponent * 10 + (c - '0');
        } else if (c == '0' && m_digitCount == 0) {
            m_magnitude -= m_isInFraction ? 1 : 0;
        } else {
            m_magnitude += m_isInFraction ? 0 : 1;
            if (m_digitCount < digitLimit)
                m_digits[m_digitCount++] = c;
            else
                m_hasMoreDigits = m_hasMoreDigits || c != '0';
        }
    }
    bool fits() const;

private:
    void feedMark(char c);

    // No two doubles need more digits to be told apart; whether others follow still counts.
    static constexpr std::size_t digitLimit = 800;
    // Above what any line's digits can make up for.
    static constexpr long enough = 100'000'000;

    std::array<char, digitLimit> m_digits{}; // from the first one that is not zero
    std::size_t m_digitCount = 0;
    long m_magnitude = 0; // the number is 0.<digits> times ten to the power of this
    long m_exponent = 0; // as written, without its sign
    bool m_hasMoreDigits = false;
    bool m_isInFraction = false;
    bool m_isInExponent = false;
    bool m_hasNegativeExponent = false;
};
