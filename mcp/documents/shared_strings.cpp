// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/shared_strings.h"

namespace mcp {
namespace {

constexpr qsizetype cellLimit = 200'000; // bytes; Excel has 32,767 characters

} // namespace

bool SharedStrings::begin(const XmlElement &element)
{
    if (element.is(XmlSpace::Sheet, "t"))
        m_takesText = true;
    // How a word is spoken is no part of it.
    return !element.is(XmlSpace::Sheet, "rPh");
}

void SharedStrings::end(const XmlElement &element)
{
    if (element.is(XmlSpace::Sheet, "t"))
        m_takesText = false;
    else if (element.is(XmlSpace::Sheet, "si"))
        m_ends.append(quint32(m_bytes.size()));
}

void SharedStrings::text(const QString &text)
{
    if (m_takesText && m_bytes.size() < bytesLimit)
        m_bytes += text.toUtf8();
}

bool SharedStrings::isDone() const
{
    return m_bytes.size() >= bytesLimit || m_ends.size() >= countLimit;
}

QString SharedStrings::at(qsizetype index) const
{
    if (index < 0 || index >= m_ends.size())
        return {};
    const qsizetype start = index == 0 ? 0 : m_ends.at(index - 1);
    return QString::fromUtf8(m_bytes.constData() + start,
                             qMin(cellLimit, m_ends.at(index) - start));
}

} // namespace mcp
