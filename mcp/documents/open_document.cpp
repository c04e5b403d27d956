// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/open_document.h"

#include "mcp/documents/open_story.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

class ManifestHandler final : public XmlHandler
{
public:
    bool begin(const XmlElement &element) override
    {
        isEncrypted = isEncrypted || element.is(XmlSpace::Manifest, "encryption-data");
        return true;
    }
    bool isDone() const override { return isEncrypted; }

    bool isEncrypted = false;
};

void addList(const QString &title, const QStringList &list, DocumentLines &lines)
{
    if (list.isEmpty())
        return;
    lines.add(QString());
    lines.add(title);
    lines.add(list);
}

} // namespace

bool readOpenDocument(DocumentPackage &package, DocumentLines &lines)
{
    const QString content = u"content.xml"_s;
    if (!package.has(content))
        return false;
    ManifestHandler manifest;
    package.read(u"META-INF/manifest.xml"_s, manifest);
    if (manifest.isEncrypted) {
        package.setEnd(DocumentEnd::Protected);
        return true;
    }
    OpenStyles styles;
    package.read(u"styles.xml"_s, styles);
    OpenStory story(styles, lines);
    package.read(content, story);
    addList(u"Notes:"_s, story.notes(), lines);
    addList(u"Comments:"_s, story.comments(), lines);
    if (!story.hasText())
        return true;
    DocumentLines margins;
    OpenStory master(styles, margins);
    package.read(u"styles.xml"_s, master);
    QStringList said = margins.text().split(u'\n', Qt::SkipEmptyParts);
    said.removeDuplicates(); // pages of several kinds often have the same
    addList(u"Headers and footers:"_s, said, lines);
    return true;
}

} // namespace mcp
