// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/number_range.h"

#include <cstdlib>
#include <string>

void NumberRange::reset()
{
    m_digitCount = 0;
    m_magnitude = 0;
    m_exponent = 0;
    m_hasMoreDigits = false;
    m_isInFraction = false;
    m_isInExponent = false;
    m_hasNegativeExponent = false;
}

void NumberRange::feedMark(char c)
{
    if (c == '.')
        m_isInFraction = true;
    else if (c == 'e' || c == 'E')
        m_isInExponent = true;
    else
        m_hasNegativeExponent = m_isInExponent && c == '-';
}

bool NumberRange::fits() const
{
    if (m_digitCount == 0)
        return true; // zero
    const long magnitude = m_magnitude + (m_hasNegativeExponent ? -m_exponent : m_exponent);
    constexpr long certain = 300; // doubles go from about 1e-324 to 1e308
    if (magnitude > -certain && magnitude < certain)
        return true;
    constexpr long impossible = 400;
    if (magnitude < -impossible || magnitude > impossible)
        return false;
    // Without a point, which a locale could want to be a comma.
    const std::string digits =
        std::string(m_digits.data(), m_digitCount) + (m_hasMoreDigits ? "1" : "");
    const std::string text =
        digits + 'e' + std::to_string(magnitude - static_cast<long>(digits.size()));
    const double value = std::strtod(text.c_str(), nullptr);
    return value != 0 && value - value == 0; // finite
}
