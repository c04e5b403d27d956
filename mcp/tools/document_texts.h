// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Documents as text, fetched and unpacked once for all their pieces: the texts read last are kept
// in memory for minutes.

#pragma once

#include "mcp/documents/document_text.h"
#include "mcp/graph/graph_content.h"

#include <QCache>
#include <QDeadlineTimer>
#include <QTimer>

namespace mcp {

class DocumentTexts : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 fileLimit = 30'000'000; // bytes of one document
    static constexpr int sizeLimit = 4'000'000; // characters of all that are kept

    explicit DocumentTexts(std::shared_ptr<GraphContent> contents,
                           std::chrono::milliseconds lifetime = std::chrono::minutes(5));

    // content: GET of ".../content". version: names what it holds; empty: not known, so nothing is
    // kept. Whoever asks has just shown that they may read the item. Errors: those of GraphContent.
    Async<DocumentText> read(const GraphRequest &content, const QString &version,
                             const RequestContextPtr &context);

private:
    struct Entry
    {
        DocumentText document;
        QDeadlineTimer end;
    };

    void keep(const QString &key, const DocumentText &document);
    void dropOld();

    std::shared_ptr<GraphContent> m_contents;
    std::chrono::milliseconds m_lifetime;
    QCache<QString, Entry> m_entries{sizeLimit};
    QTimer m_sweep; // what nobody asks for again goes too
};

} // namespace mcp
