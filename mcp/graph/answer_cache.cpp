// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/answer_cache.h"

namespace mcp {

AnswerCache::AnswerCache(std::chrono::milliseconds lifetime, QObject *parent)
    : QObject(parent)
    , m_lifetime(lifetime)
{
    m_sweep.setSingleShot(true);
    m_sweep.setInterval(lifetime);
    connect(&m_sweep, &QTimer::timeout, this, &AnswerCache::dropOld);
}

std::optional<KeptAnswer> AnswerCache::find(const QString &key)
{
    const Entry *entry = m_entries.object(key);
    if (!entry || entry->end.hasExpired())
        return std::nullopt;
    return entry->answer;
}

void AnswerCache::keep(const QString &key, const KeptAnswer &answer)
{
    const bool isOfUse = !answer.entityTag.isEmpty() || !answer.freshUntil.hasExpired();
    if (!isOfUse || answer.size > answerLimit) {
        m_entries.remove(key);
        return;
    }
    // Keys are long, and an answer of nothing costs something too.
    const int cost = int(answer.size) + int(key.size()) * 2 + 256;
    m_entries.insert(key, new Entry{.answer = answer, .end = QDeadlineTimer(m_lifetime)}, cost);
    if (!m_sweep.isActive())
        m_sweep.start();
}

void AnswerCache::clear()
{
    m_entries.clear();
    m_sweep.stop();
}

void AnswerCache::dropOld()
{
    for (const QString &key : m_entries.keys()) {
        const Entry *entry = m_entries.object(key);
        if (entry && entry->end.hasExpired())
            m_entries.remove(key);
    }
    if (!m_entries.isEmpty())
        m_sweep.start();
}

} // namespace mcp
