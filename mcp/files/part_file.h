// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A file that is being saved: "name.part", for its owner only, until it is whole. Nothing that was
// there is ever overwritten, and nothing is followed out of the folder.

#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace mcp {

class PartFile
{
public:
    // folder: absolute, without links in it (its canonical path). name: a safe one. StorageFault
    // with Cause::FolderUnusable: it is gone, is not what was granted (any more), or cannot be
    // written.
    static Result<std::unique_ptr<PartFile>> create(const QString &folder, const QString &name);

    virtual ~PartFile() = default; // removes what was not kept
    Q_DISABLE_COPY_MOVE(PartFile)

    // StorageFault; Cause::DiskFull where that is why.
    virtual std::optional<Error> write(const QByteArray &bytes) = 0;
    // On the disk, marked as downloaded, and under the first of "name", "name (2)", ... that is
    // free: that name. source: the https page it is from, no secret; may be empty.
    virtual Result<QString> keep(const QString &source) = 0;

protected:
    PartFile() = default;

    static constexpr int namesLimit = 999;
    static constexpr qint64 syncSize = 16 * 1024 * 1024; // bytes between two flushes to the disk
};

Error folderUnusable(const QString &why);
Error cannotWrite(const QString &why, bool isFull);

} // namespace mcp
