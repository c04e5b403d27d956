// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A document as parts that refer to each other (ECMA-376 part 2), read within limits.

#pragma once

#include "mcp/documents/xml_element.h"
#include "mcp/documents/zip_parts.h"

#include <QHash>
#include <QList>

namespace mcp {

struct DocumentRelation
{
    QString id;
    QString type; // the last word of its name: "hyperlink", "slide"
    QString target; // a part, or an address where it is external
    bool isExternal = false; // never followed
};

class DocumentRelations
{
public:
    explicit DocumentRelations(const QList<DocumentRelation> &all);

    // Empty: none. The address or part that an id names.
    QString address(const QString &id) const;
    QString part(const QString &id) const;
    QString type(const QString &id) const;
    QString firstPart(QLatin1StringView type) const;

private:
    QHash<QString, DocumentRelation> m_byId;
    QHash<QString, QString> m_first; // the first part of each type
};

class DocumentPackage
{
public:
    static constexpr qint64 elementsLimit = 2'000'000; // of all parts that are read

    explicit DocumentPackage(std::unique_ptr<ZipParts> parts);

    bool has(const QString &part) const { return m_parts->has(part); }
    // Nothing where there is no such part.
    void read(const QString &part, XmlHandler &handler);
    // part: empty for those of the package itself.
    DocumentRelations relationsOf(const QString &part);
    // The first trouble that there was.
    DocumentEnd end() const { return m_end; }
    void setEnd(DocumentEnd end);

private:
    std::unique_ptr<ZipParts> m_parts;
    qint64 m_elementsLeft = elementsLimit;
    DocumentEnd m_end = DocumentEnd::Whole;
};

} // namespace mcp
