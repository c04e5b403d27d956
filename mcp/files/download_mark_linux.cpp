// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/files/download_mark_posix.h"

#include <QByteArray>

#include <sys/xattr.h>

namespace mcp {

// https://www.freedesktop.org/wiki/CommonExtendedAttributes/
void markAsDownloaded(int descriptor, const QString &source)
{
    const QByteArray url = source.toUtf8();
    if (!url.isEmpty())
        (void)::fsetxattr(descriptor, "user.xdg.origin.url", url.constData(), size_t(url.size()),
                          0);
}

} // namespace mcp
