// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/files/part_file.h"

using namespace Qt::StringLiterals;

namespace mcp {

Error folderUnusable(const QString &why)
{
    return {.kind = Error::Kind::StorageFault,
            .detail = u"the folder for downloads cannot be used: "_s + why,
            .cause = Cause::FolderUnusable};
}

Error cannotWrite(const QString &why, bool isFull)
{
    if (!isFull)
        return folderUnusable(why);
    return {.kind = Error::Kind::StorageFault,
            .detail = u"a download cannot be written: "_s + why,
            .cause = Cause::DiskFull};
}

} // namespace mcp
