// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/files/download_mark_posix.h"

#include <QByteArray>
#include <QDateTime>

#include <sys/xattr.h>

namespace mcp {

// Flags (downloaded, not approved yet), seconds in hexadecimal, who downloaded it, no entry in the
// person's list of downloads. Gatekeeper looks at it.
void markAsDownloaded(int descriptor, const QString &)
{
    const QByteArray mark =
        "0083;" + QByteArray::number(QDateTime::currentSecsSinceEpoch(), 16) + ";Graph Valet;";
    (void)::fsetxattr(descriptor, "com.apple.quarantine", mark.constData(), size_t(mark.size()), 0,
                      0);
}

} // namespace mcp
