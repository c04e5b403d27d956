// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect/server_program.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

// With .exe on Windows, where a name alone is no program.
QString programIn(const QString &folder)
{
    for (const QString &name : {u"graph-valet"_s, u"graph-valet.exe"_s}) {
        const QFileInfo info(folder + u'/' + name);
        if (info.isFile() && info.isExecutable())
            return QDir::cleanPath(info.absoluteFilePath());
    }
    return {};
}

} // namespace

Checked<QString> serverProgram(const QString &trayFolder, const QStringList &folders)
{
    QString program = programIn(trayFolder);
    // A bundle may stand beside it, as in a build folder.
    if (const qsizetype bundle = trayFolder.indexOf(".app/Contents/MacOS"_L1);
        program.isEmpty() && bundle >= 0)
        program = programIn(QFileInfo(trayFolder.left(bundle + 4)).path());
    if (program.isEmpty())
        return ConfigProblem{.reason = ConfigProblem::Reason::NoProgram, .what = trayFolder};

    const QString file = QFileInfo(program).canonicalFilePath();
    for (const QString &folder : folders) {
        const QString other = programIn(folder);
        const QFileInfo info(other);
        if (!other.isEmpty() && info.isSymLink() && info.canonicalFilePath() == file)
            return other;
    }
    if (program.contains("/.mount_"_L1) || program.contains("/AppTranslocation/"_L1))
        return ConfigProblem{.reason = ConfigProblem::Reason::FleetingProgram, .what = program};
    return program;
}

} // namespace client_config
