// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sources: https://code.visualstudio.com/docs/configure/settings,
// https://zed.dev/docs/configuring-zed, https://block.github.io/goose/docs/guides/config-files,
// https://claude.com/docs/third-party/claude-desktop/configuration. Claude Desktop from the Store
// (MSIX) sees another Roaming folder than everybody else: what lies in the package's LocalCache.
// Not run yet; the Windows workflow compiles and tests it.

#include "app/connect/client_places.h"

#include <QDir>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

QString folderOf(const Machine &machine, const QString &variable, const QString &otherwise)
{
    const QString chosen = QDir::fromNativeSeparators(machine.variable(variable));
    return QDir::isAbsolutePath(chosen) ? chosen : machine.home + otherwise;
}

QString roaming(const Machine &machine)
{
    return folderOf(machine, u"APPDATA"_s, u"/AppData/Roaming"_s);
}

QString local(const Machine &machine)
{
    return folderOf(machine, u"LOCALAPPDATA"_s, u"/AppData/Local"_s);
}

QString policyValue(const QString &key, const QString &name)
{
    for (const auto *root : {"HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER"}) {
        const QSettings policies(QString::fromLatin1(root) + u"\\SOFTWARE\\Policies\\"_s + key,
                                 QSettings::NativeFormat);
        const QVariant value = policies.value(name);
        if (value.isValid())
            return value.toString();
    }
    return {};
}

} // namespace

ClientPlaces systemPlaces(const QString &id, const Machine &machine)
{
    if (id == "claude-desktop"_L1) {
        ClientPlaces places;
        const QDir packages(local(machine) + u"/Packages"_s);
        const QStringList names = packages.entryList({u"Claude_*"_s}, QDir::Dirs);
        for (const QString &name : names) {
            const QString package = packages.filePath(name);
            places.files.append(package
                                + u"/LocalCache/Roaming/Claude/claude_desktop_config.json"_s);
            places.signs.append(package);
        }
        // What an older version left behind says nothing where the package is there.
        if (names.isEmpty()) {
            places.files.append(roaming(machine) + u"/Claude/claude_desktop_config.json"_s);
            places.signs.append(roaming(machine) + u"/Claude"_s);
        }
        return places;
    }
    if (id == "vscode"_L1) {
        return {.files = {roaming(machine) + u"/Code/User/mcp.json"_s},
                .signs = {roaming(machine) + u"/Code"_s,
                          local(machine) + u"/Programs/Microsoft VS Code"_s},
                .programs = {u"code"_s}};
    }
    if (id == "zed"_L1) {
        return {.files = {roaming(machine) + u"/Zed/settings.json"_s},
                .signs = {roaming(machine) + u"/Zed"_s, local(machine) + u"/Programs/Zed"_s},
                .programs = {u"zed"_s}};
    }
    // Another program is called goose too, so only its folder tells.
    if (id == "goose"_L1) {
        return {.files = {roaming(machine) + u"/Block/goose/config/config.yaml"_s},
                .signs = {roaming(machine) + u"/Block/goose"_s},
                .programs = {}};
    }
    if (id == "cursor"_L1)
        return {.files = {}, .signs = {local(machine) + u"/Programs/cursor"_s}, .programs = {}};
    if (id == "windsurf"_L1)
        return {.files = {}, .signs = {local(machine) + u"/Programs/Windsurf"_s}, .programs = {}};
    if (id == "lm-studio"_L1)
        return {.files = {}, .signs = {local(machine) + u"/Programs/LM Studio"_s}, .programs = {}};
    return {};
}

QStringList usualProgramFolders(const Machine &machine)
{
    return {machine.home + u"/.local/bin"_s, roaming(machine) + u"/npm"_s,
            local(machine) + u"/Microsoft/WinGet/Links"_s};
}

QString managedBy(const QString &id, const QString &entryName, const Machine &machine)
{
    if (id == "claude-code"_L1) {
        const QString programs = folderOf(machine, u"ProgramFiles"_s, u"/../../Program Files"_s);
        return claudeCodeRule(programs + u"/ClaudeCode"_s, entryName);
    }
    if (id == "gemini"_L1) {
        const QString data = folderOf(machine, u"ProgramData"_s, u"/../../ProgramData"_s);
        return geminiRule(data + u"/gemini-cli/settings.json"_s, entryName);
    }
    if (id == "vscode"_L1 && vsCodeForbids(policyValue(u"Microsoft\\VSCode"_s, u"ChatMCP"_s)))
        return u"ChatMCP"_s;
    if (id == "claude-desktop"_L1) {
        const QString value = policyValue(u"Claude"_s, u"isLocalDevMcpEnabled"_s);
        if (value == "false"_L1 || value == "0"_L1)
            return u"isLocalDevMcpEnabled"_s;
    }
    return {};
}

} // namespace client_config
