// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/document_package.h"

#include "mcp/documents/xml_reader.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype relationsLimit = 100'000;

// A target as it stands in the relations of `part`, as the name of a part.
QString partAt(const QString &part, const QString &target)
{
    QStringList path;
    if (!target.startsWith(u'/'))
        path = part.split(u'/').mid(0, part.count(u'/'));
    for (const QString &step : target.section(u'#', 0, 0).split(u'/')) {
        if (step == ".."_L1) {
            if (!path.isEmpty())
                path.removeLast();
        } else if (!step.isEmpty() && step != "."_L1) {
            path.append(step);
        }
    }
    return path.join(u'/');
}

class RelationsHandler final : public XmlHandler
{
public:
    explicit RelationsHandler(QString part)
        : m_part(std::move(part))
    {
    }

    bool begin(const XmlElement &element) override
    {
        if (!element.is(XmlSpace::Relations, "Relationship"))
            return true;
        DocumentRelation relation{.id = element.value("Id"),
                                  .type = element.value("Type").section(u'/', -1),
                                  .target = element.value("Target"),
                                  .isExternal = element.value("TargetMode") == "External"_L1};
        if (!relation.isExternal)
            relation.target = partAt(m_part, relation.target);
        relations.append(relation);
        return true;
    }
    bool isDone() const override { return relations.size() >= relationsLimit; }

    QList<DocumentRelation> relations;

private:
    QString m_part;
};

} // namespace

DocumentRelations::DocumentRelations(const QList<DocumentRelation> &all)
{
    for (const DocumentRelation &relation : all) {
        if (!m_byId.contains(relation.id))
            m_byId.insert(relation.id, relation);
        if (!relation.isExternal && !m_first.contains(relation.type))
            m_first.insert(relation.type, relation.target);
    }
}

QString DocumentRelations::address(const QString &id) const
{
    const auto found = m_byId.constFind(id);
    return found != m_byId.constEnd() && found->isExternal ? found->target : QString();
}

QString DocumentRelations::part(const QString &id) const
{
    const auto found = m_byId.constFind(id);
    return found != m_byId.constEnd() && !found->isExternal ? found->target : QString();
}

QString DocumentRelations::type(const QString &id) const
{
    const auto found = m_byId.constFind(id);
    return found != m_byId.constEnd() ? found->type : QString();
}

QString DocumentRelations::firstPart(QLatin1StringView type) const
{
    return m_first.value(type);
}

DocumentPackage::DocumentPackage(std::unique_ptr<ZipParts> parts)
    : m_parts(std::move(parts))
{
}

void DocumentPackage::setEnd(DocumentEnd end)
{
    if (m_end == DocumentEnd::Whole)
        m_end = end;
}

void DocumentPackage::read(const QString &part, XmlHandler &handler)
{
    if (part.isEmpty())
        return;
    QString name = part;
    if (!m_parts->has(name))
        name = QUrl::fromPercentEncoding(part.toUtf8());
    if (!m_parts->has(name))
        return;
    XmlReader reader(handler, m_elementsLeft);
    const DocumentEnd unpacked =
        m_parts->read(name, [&reader](QByteArrayView bytes) { return reader.add(bytes); });
    // What did not unpack ends somewhere.
    const DocumentEnd parsed = reader.finish();
    setEnd(unpacked == DocumentEnd::Whole ? parsed : unpacked);
}

DocumentRelations DocumentPackage::relationsOf(const QString &part)
{
    const qsizetype name = part.lastIndexOf(u'/') + 1;
    RelationsHandler handler(part);
    read(part.left(name) + u"_rels/"_s + part.mid(name) + u".rels"_s, handler);
    return DocumentRelations(handler.relations);
}

} // namespace mcp
