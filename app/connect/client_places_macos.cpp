// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sources: https://code.visualstudio.com/docs/configure/settings,
// https://zed.dev/docs/configuring-zed, https://block.github.io/goose/docs/guides/config-files,
// https://claude.com/docs/third-party/claude-desktop/configuration. Not run yet; the macOS workflow
// compiles and tests it.

#include "app/connect/client_places.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

// Text or boolean; nothing where no profile of the organisation sets it.
QString managedValue(const QString &domain, const QString &name, const Machine &machine)
{
    const QString folder = machine.systemRoot + u"/Library/Managed Preferences/"_s;
    for (const QString &file : {folder + machine.variable(u"USER"_s) + u'/' + domain + u".plist"_s,
                                folder + domain + u".plist"_s}) {
        if (!QFileInfo::exists(file))
            continue;
        const QVariant value = QSettings(file, QSettings::NativeFormat).value(name);
        if (value.isValid())
            return value.toString();
    }
    return {};
}

} // namespace

ClientPlaces systemPlaces(const QString &id, const Machine &machine)
{
    const QString &home = machine.home;
    const QString support = home + u"/Library/Application Support"_s;
    const QString chosen = machine.variable(u"XDG_CONFIG_HOME"_s);
    const QString config = QDir::isAbsolutePath(chosen) ? chosen : home + u"/.config"_s;
    const auto applications = [&](const QString &bundle) {
        return QStringList{machine.systemRoot + u"/Applications/"_s + bundle,
                           home + u"/Applications/"_s + bundle};
    };
    if (id == "claude-desktop"_L1) {
        return {.files = {support + u"/Claude/claude_desktop_config.json"_s},
                .signs = applications(u"Claude.app"_s) + QStringList{support + u"/Claude"_s},
                .programs = {}};
    }
    if (id == "vscode"_L1) {
        return {.files = {support + u"/Code/User/mcp.json"_s},
                .signs =
                    applications(u"Visual Studio Code.app"_s) + QStringList{support + u"/Code"_s},
                .programs = {u"code"_s}};
    }
    if (id == "zed"_L1) {
        return {.files = {config + u"/zed/settings.json"_s},
                .signs = applications(u"Zed.app"_s) + QStringList{config + u"/zed"_s},
                .programs = {u"zed"_s}};
    }
    // Another program is called goose too, so only its folder tells.
    if (id == "goose"_L1) {
        return {.files = {config + u"/goose/config.yaml"_s},
                .signs = applications(u"Goose.app"_s) + QStringList{config + u"/goose"_s},
                .programs = {}};
    }
    if (id == "cursor"_L1)
        return {.files = {}, .signs = applications(u"Cursor.app"_s), .programs = {}};
    if (id == "windsurf"_L1)
        return {.files = {}, .signs = applications(u"Windsurf.app"_s), .programs = {}};
    if (id == "lm-studio"_L1)
        return {.files = {}, .signs = applications(u"LM Studio.app"_s), .programs = {}};
    return {};
}

QStringList usualProgramFolders(const Machine &machine)
{
    return {machine.home + u"/.local/bin"_s, machine.systemRoot + u"/opt/homebrew/bin"_s,
            machine.systemRoot + u"/usr/local/bin"_s};
}

QString managedBy(const QString &id, const QString &entryName, const Machine &machine)
{
    const QString library = machine.systemRoot + u"/Library/Application Support"_s;
    if (id == "claude-code"_L1)
        return claudeCodeRule(library + u"/ClaudeCode"_s, entryName);
    if (id == "gemini"_L1)
        return geminiRule(library + u"/GeminiCli/settings.json"_s, entryName);
    if (id == "vscode"_L1
        && vsCodeForbids(managedValue(u"com.microsoft.VSCode"_s, u"ChatMCP"_s, machine)))
        return u"ChatMCP"_s;
    if (id == "claude-desktop"_L1) {
        const QString value =
            managedValue(u"com.anthropic.claudefordesktop"_s, u"isLocalDevMcpEnabled"_s, machine);
        if (value == "false"_L1 || value == "0"_L1)
            return u"isLocalDevMcpEnabled"_s;
    }
    return {};
}

} // namespace client_config
