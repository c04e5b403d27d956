// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/document_texts.h"

namespace mcp {

DocumentTexts::DocumentTexts(std::shared_ptr<GraphContent> contents,
                             std::chrono::milliseconds lifetime)
    : m_contents(std::move(contents))
    , m_lifetime(lifetime)
{
    m_sweep.setSingleShot(true);
    m_sweep.setInterval(lifetime);
    connect(&m_sweep, &QTimer::timeout, this, &DocumentTexts::dropOld);
}

Async<DocumentText> DocumentTexts::read(const GraphRequest &content, const QString &version,
                                        const RequestContextPtr &context)
{
    const bool canBeKept = !version.isEmpty() && !context->principal.isEmpty();
    const QString key = context->principal + u'\n' + content.path + u'\n' + version;
    const Entry *entry = canBeKept ? m_entries.object(key) : nullptr;
    if (entry && !entry->end.hasExpired())
        return readyAsync<DocumentText>(entry->document);
    return andThen(m_contents->read(content, 0, fileLimit, context), this,
                   [this, canBeKept, key](const ContentBytes &file) {
                       const DocumentText document = documentText(file.bytes);
                       if (canBeKept)
                           keep(key, document);
                       return readyAsync<DocumentText>(document);
                   });
}

void DocumentTexts::keep(const QString &key, const DocumentText &document)
{
    const int cost = int(document.text.size()) + int(key.size()) + 256;
    m_entries.insert(key, new Entry{.document = document, .end = QDeadlineTimer(m_lifetime)}, cost);
    if (!m_sweep.isActive())
        m_sweep.start();
}

void DocumentTexts::dropOld()
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
