// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/document_lines.h"

#include "mcp/protocol/plain_text.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// Hidden characters gone, tabs kept.
QString cleanLine(const QString &line)
{
    QString clean;
    if (line.contains(u'\t')) {
        QStringList cells;
        for (const QString &cell : line.split(u'\t'))
            cells.append(withoutHiddenCharacters(cell, true));
        clean = cells.join(u'\t');
    } else {
        clean = withoutHiddenCharacters(line, true);
    }
    while (!clean.isEmpty() && clean.back().isSpace())
        clean.chop(1);
    return clean;
}

} // namespace

void DocumentLines::add(const QString &line)
{
    if (m_isFull)
        return;
    QString clean = cleanLine(line);
    if (clean.isEmpty()) {
        m_hasGap = !m_text.isEmpty();
        return;
    }
    if (!m_text.isEmpty())
        m_text += m_hasGap ? u"\n\n"_s : u"\n"_s;
    m_hasGap = false;
    const qsizetype left = documentTextLimit - m_text.size();
    if (clean.size() > left) {
        m_isFull = true;
        clean.truncate(qMax(qsizetype(0), left));
        if (!clean.isEmpty() && clean.back().isHighSurrogate())
            clean.chop(1);
    }
    m_text += clean;
}

void DocumentLines::add(const QStringList &lines)
{
    for (const QString &line : lines)
        add(line);
}

QString documentCell(const QStringList &lines)
{
    QStringList filled;
    qsizetype size = 0;
    for (const QString &line : lines) {
        const QString words = withoutHiddenCharacters(line, true).trimmed();
        if (words.isEmpty())
            continue;
        size += words.size();
        if (size > documentTextLimit)
            break;
        filled.append(words);
    }
    return filled.join(u" / "_s);
}

} // namespace mcp
