// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// xdg-open by ourselves: QDesktopServices needs a QGuiApplication, refuses on the offscreen
// platform, and hands our standard streams to the browser.
#include "app/base/log.h"
#include "app/desktop_url_opener.h"

#include <QProcess>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace {

bool startDetached(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProgram(program);
    process.setArguments(arguments);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.setWorkingDirectory(u"/"_s);
    return process.startDetached();
}

} // namespace

bool DesktopUrlOpener::start(const QUrl &url)
{
    const QString address = QString::fromLatin1(url.toEncoded());
    const QString browsers = qEnvironmentVariable("BROWSER");
    const bool hasDisplay =
        !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    // Without both, xdg-open would start a text browser that nobody sees.
    if (!hasDisplay && browsers.isEmpty())
        return false;

    const QString xdgOpen = QStandardPaths::findExecutable(u"xdg-open"_s);
    if (!xdgOpen.isEmpty())
        return startDetached(xdgOpen, {address});

    // The convention of xdg-open: a list with colons, each a command with %s or without.
    for (const QString &browser : browsers.split(u':', Qt::SkipEmptyParts)) {
        QStringList words = QProcess::splitCommand(browser);
        if (words.isEmpty())
            continue;
        const QString program = words.takeFirst();
        if (words.filter(u"%s"_s).isEmpty())
            words.append(u"%s"_s);
        words.replaceInStrings(u"%s"_s, address);
        if (startDetached(program, words))
            return true;
    }
    qCInfo(lcApp) << "no browser could be started; neither xdg-open nor BROWSER is there";
    return false;
}
