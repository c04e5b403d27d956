// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/drive_search.h"

using namespace Qt::StringLiterals;

namespace sandbox {

// A hit tells less than the item itself: nothing of "file" or "folder", no path.
QJsonObject driveHit(const QJsonObject &item, const QString &summary)
{
    QJsonObject resource{{u"@odata.type"_s, u"#microsoft.graph.driveItem"_s}};
    for (const QString &name :
         {u"id"_s, u"name"_s, u"size"_s, u"fileSystemInfo"_s, u"createdBy"_s, u"createdDateTime"_s,
          u"lastModifiedBy"_s, u"lastModifiedDateTime"_s, u"webUrl"_s})
        resource.insert(name, item.value(name));
    if (item.contains("folder"_L1))
        resource.remove(u"size"_s);
    QJsonObject parent;
    for (const QString &name : {u"driveId"_s, u"id"_s, u"siteId"_s})
        parent.insert(name, item["parentReference"_L1][name]);
    resource.insert(u"parentReference"_s, parent);
    return {{u"hitId"_s, item["id"_L1]},
            {u"rank"_s, 1},
            {u"summary"_s, summary},
            {u"resource"_s, resource}};
}

} // namespace sandbox
