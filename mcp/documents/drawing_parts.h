// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Text of what Office keeps in parts of its own: diagrams (SmartArt) and charts (ECMA-376 part 1,
// 21.4 and 21.2).

#pragma once

#include "mcp/documents/document_lines.h"
#include "mcp/documents/document_package.h"

namespace mcp {

class DiagramText final : public XmlHandler
{
public:
    bool begin(const XmlElement &element) override;
    void end(const XmlElement &element) override;
    void text(const QString &text) override;
    bool isDone() const override;

    const QStringList &lines() const { return m_lines; }

private:
    QStringList m_lines;
    QString m_text;
    qsizetype m_size = 0;
    bool m_takesText = false;
};

// Its title, and a table of what it shows, as far as the document keeps a copy.
class ChartText final : public XmlHandler
{
public:
    bool begin(const XmlElement &element) override;
    void end(const XmlElement &element) override;
    void text(const QString &text) override;
    bool isDone() const override;

    QStringList lines() const;

private:
    struct Series
    {
        QString name;
        QStringList categories, values;
    };

    QList<Series> m_series;
    QString m_title, m_word;
    qsizetype m_size = 0;
    QStringList *m_list = nullptr; // where a point goes
    int m_titles = 0; // open ones; those of axes are left out
    bool m_isInAxis = false;
    bool m_isName = false;
    bool m_takesText = false;
};

// What diagrams and charts show; ids are those of relations.
void readDrawingParts(DocumentPackage &package, const DocumentRelations &relations,
                      const QStringList &diagrams, const QStringList &charts, DocumentLines &lines);

} // namespace mcp
