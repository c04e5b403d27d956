// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A configuration file of another program on the disk: read with care, written at one stroke.

#pragma once

#include "app/connect/config_problem.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace client_config {

inline constexpr qint64 fileLimit = 16 * 1024 * 1024; // bytes; histories lie beside servers
inline constexpr int backupsKept = 3;

struct FileText
{
    bool exists = false;
    QByteArray bytes = {};
};

// A file that does not exist is an empty one.
Checked<FileText> readFile(const QString &path);

// nullopt: it is so written that a reader sees the old bytes or the new ones. A symbolic link
// stays, its target is written; the permissions stay. A new file is for its owner alone. Folders
// are made.
std::optional<ConfigProblem> writeFile(const QString &path, const QByteArray &bytes);

// Why it could not be written, without trying: read-only.
std::optional<ConfigProblem> writeObstacle(const QString &path);

// Copies what is there to "<path>.<UTC time>.graph-valet-backup" with the same permissions, and
// removes all but the newest copies. Answers with the copy's path; empty where there is no file.
Checked<QString> backUp(const QString &path, const QByteArray &bytes);

} // namespace client_config
