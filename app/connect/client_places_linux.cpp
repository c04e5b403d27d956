// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sources: https://code.visualstudio.com/docs/configure/settings,
// https://zed.dev/docs/configuring-zed, https://block.github.io/goose/docs/guides/config-files

#include "app/connect/client_places.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace client_config {

ClientPlaces systemPlaces(const QString &id, const Machine &machine)
{
    const QString chosen = machine.variable(u"XDG_CONFIG_HOME"_s);
    const QString config = QDir::isAbsolutePath(chosen) ? chosen : machine.home + u"/.config"_s;
    if (id == "claude-desktop"_L1) {
        return {.files = {config + u"/Claude/claude_desktop_config.json"_s},
                .signs = {config + u"/Claude"_s},
                .programs = {u"claude-desktop"_s}};
    }
    if (id == "vscode"_L1) {
        return {.files = {config + u"/Code/User/mcp.json"_s},
                .signs = {config + u"/Code"_s},
                .programs = {u"code"_s}};
    }
    if (id == "zed"_L1) {
        return {.files = {config + u"/zed/settings.json"_s},
                .signs = {config + u"/zed"_s},
                .programs = {u"zed"_s, u"zeditor"_s}};
    }
    // Another program is called goose too, so only its folder tells.
    if (id == "goose"_L1) {
        return {.files = {config + u"/goose/config.yaml"_s},
                .signs = {config + u"/goose"_s},
                .programs = {}};
    }
    return {};
}

QStringList usualProgramFolders(const Machine &machine)
{
    return {machine.home + u"/.local/bin"_s, machine.systemRoot + u"/usr/local/bin"_s,
            machine.systemRoot + u"/snap/bin"_s};
}

QString managedBy(const QString &id, const QString &entryName, const Machine &machine)
{
    const QString etc = machine.systemRoot + u"/etc"_s;
    if (id == "claude-code"_L1)
        return claudeCodeRule(etc + u"/claude-code"_s, entryName);
    if (id == "gemini"_L1)
        return geminiRule(etc + u"/gemini-cli/settings.json"_s, entryName);
    if (QString file = etc + u"/vscode/policy.json"_s;
        id == "vscode"_L1 && vsCodeForbids(valueInFile(file, u"ChatMCP"_s).toString()))
        return file;
    return {};
}

} // namespace client_config
