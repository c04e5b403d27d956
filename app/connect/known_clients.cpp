// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect/known_clients.h"

#include "app/connect/client_places.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

// Clients whose files lie below HOME on every system. Sources, read in November 2026:
//   https://code.claude.com/docs/en/mcp, https://cursor.com/docs/context/mcp,
//   https://docs.windsurf.com/windsurf/cascade/mcp, https://developers.openai.com/codex/mcp,
//   https://google-gemini.github.io/gemini-cli/docs/get-started/configuration.html,
//   https://docs.github.com/en/copilot/how-tos/copilot-cli, https://lmstudio.ai/docs/app/mcp
ClientPlaces homePlaces(const QString &id, const Machine &machine)
{
    const auto folder = [&](const char *variable, const QString &otherwise) {
        const QString chosen = machine.variable(QString::fromLatin1(variable));
        return QDir::isAbsolutePath(chosen) ? chosen : otherwise;
    };
    const QString &home = machine.home;
    if (id == "claude-code"_L1) {
        return {.files = {folder("CLAUDE_CONFIG_DIR", home) + u"/.claude.json"_s},
                .signs = {home + u"/.claude"_s},
                .programs = {u"claude"_s}};
    }
    if (id == "cursor"_L1) {
        return {.files = {home + u"/.cursor/mcp.json"_s},
                .signs = {home + u"/.cursor"_s},
                .programs = {u"cursor"_s}};
    }
    if (id == "windsurf"_L1) {
        return {.files = {home + u"/.codeium/windsurf/mcp_config.json"_s},
                .signs = {home + u"/.codeium/windsurf"_s},
                .programs = {u"windsurf"_s}};
    }
    if (id == "codex"_L1) {
        const QString own = folder("CODEX_HOME", home + u"/.codex"_s);
        return {.files = {own + u"/config.toml"_s}, .signs = {own}, .programs = {u"codex"_s}};
    }
    // Another program has a ~/.gemini too, so the folder says nothing.
    if (id == "gemini"_L1) {
        return {.files = {folder("GEMINI_CLI_HOME", home) + u"/.gemini/settings.json"_s},
                .signs = {},
                .programs = {u"gemini"_s}};
    }
    if (id == "copilot"_L1) {
        const QString own = folder("COPILOT_HOME", home + u"/.copilot"_s);
        return {.files = {own + u"/mcp-config.json"_s}, .signs = {own}, .programs = {u"copilot"_s}};
    }
    if (id == "lm-studio"_L1) {
        return {.files = {home + u"/.lmstudio/mcp.json"_s, home + u"/.cache/lm-studio/mcp.json"_s},
                .signs = {home + u"/.lmstudio"_s},
                .programs = {u"lms"_s}};
    }
    return {};
}

} // namespace

const QList<KnownClient> &knownClients()
{
    using Shape = EntryShape;
    static const QList<KnownClient> clients{
        {u"claude-desktop"_s, u"Claude Desktop"_s, jsoncFormat, u"mcpServers"_s, Shape::Plain,
         Notices::AtItsStart},
        {u"claude-code"_s, u"Claude Code"_s, jsoncFormat, u"mcpServers"_s, Shape::Stdio,
         Notices::InNewSessions},
        {u"vscode"_s, u"VS Code"_s, jsoncFormat, u"servers"_s, Shape::Stdio, Notices::AtOnce},
        {u"cursor"_s, u"Cursor"_s, jsoncFormat, u"mcpServers"_s, Shape::Plain, Notices::AtOnce},
        {u"windsurf"_s, u"Windsurf"_s, jsoncFormat, u"mcpServers"_s, Shape::Plain,
         Notices::AtItsStart},
        {u"codex"_s, u"Codex"_s, tomlFormat, u"mcp_servers"_s, Shape::Plain,
         Notices::InNewSessions},
        {u"gemini"_s, u"Gemini CLI"_s, jsoncFormat, u"mcpServers"_s, Shape::Plain,
         Notices::InNewSessions},
        {u"copilot"_s, u"Copilot CLI"_s, jsoncFormat, u"mcpServers"_s, Shape::Copilot,
         Notices::InNewSessions},
        {u"zed"_s, u"Zed"_s, jsoncFormat, u"context_servers"_s, Shape::Zed, Notices::AtOnce},
        {u"goose"_s, u"Goose"_s, yamlFormat, u"extensions"_s, Shape::Goose, Notices::InNewSessions},
        {u"lm-studio"_s, u"LM Studio"_s, jsoncFormat, u"mcpServers"_s, Shape::Plain,
         Notices::AtOnce},
    };
    return clients;
}

const KnownClient *findClient(const QString &id)
{
    const auto &all = knownClients();
    const auto found = std::find_if(all.cbegin(), all.cend(),
                                    [&id](const KnownClient &one) { return one.id == id; });
    return found == all.cend() ? nullptr : &*found;
}

ClientPlaces placesOf(const QString &id, const Machine &machine)
{
    ClientPlaces places = homePlaces(id, machine);
    const ClientPlaces ofSystem = systemPlaces(id, machine);
    places.files += ofSystem.files;
    places.signs += ofSystem.signs;
    places.programs += ofSystem.programs;
    return places;
}

QString configFileOf(const QString &id, const Machine &machine)
{
    const ClientPlaces places = placesOf(id, machine);
    const auto isThere = [](const QString &path) {
        const QFileInfo info(path);
        return info.exists() || info.isSymLink(); // also one whose target is gone
    };
    for (const QString &file : places.files) {
        if (isThere(file))
            return file;
    }
    const QStringList folders = programFolders(machine);
    const bool isInstalled = std::any_of(places.signs.cbegin(), places.signs.cend(), isThere)
        || std::any_of(places.programs.cbegin(), places.programs.cend(), [&](const QString &one) {
                                 return !QStandardPaths::findExecutable(one, folders).isEmpty();
                             });
    return isInstalled ? places.files.value(0) : QString();
}

QString entryName(const QString &profile)
{
    return profile == "default"_L1 ? u"graph-valet"_s : u"graph-valet-"_s + profile;
}

EntryMembers entryMembers(const KnownClient &client, const QString &program,
                          const QString &clientId, const QString &profile)
{
    QJsonArray words;
    if (profile != "default"_L1)
        words = {u"--profile"_s, profile};
    words.append(u"stdio"_s);
    words.append(u"--client"_s);
    words.append(clientId);
    EntryMembers start{{u"command"_s, program}, {u"args"_s, words}};
    switch (client.shape) {
    case EntryShape::Plain: return start;
    case EntryShape::Stdio: return EntryMembers{{u"type"_s, u"stdio"_s}} + start;
    case EntryShape::Zed: return EntryMembers{{u"source"_s, u"custom"_s}} + start;
    case EntryShape::Copilot:
        return EntryMembers{{u"type"_s, u"local"_s}} + start
            + EntryMembers{{u"tools"_s, QJsonArray{u"*"_s}}};
    case EntryShape::Goose:
        return {{u"type"_s, u"stdio"_s},
                {u"name"_s, entryName(profile)},
                {u"description"_s, u"Microsoft 365 through Graph Valet"_s},
                {u"cmd"_s, program},
                {u"args"_s, words},
                {u"enabled"_s, true},
                {u"timeout"_s, 300}};
    }
    return start;
}

EntryStart startOf(const QJsonObject &entry)
{
    const QJsonValue command = entry.value("command"_L1);
    const QJsonArray words = entry.value("args"_L1).toArray();
    EntryStart start{.program =
                         command.isString() ? command.toString() : entry.value("cmd"_L1).toString(),
                     .clientId = {}};
    for (qsizetype i = 0; i + 1 < words.size(); ++i) {
        if (words.at(i) == "--client"_L1)
            start.clientId = words.at(i + 1).toString();
    }
    return start;
}

QStringList programFolders(const Machine &machine)
{
    QStringList folders;
    const QStringList path =
        machine.variable(u"PATH"_s).split(QDir::listSeparator(), Qt::SkipEmptyParts);
    for (const QString &one : path) {
        if (QDir::isAbsolutePath(one))
            folders.append(one);
    }
    folders += usualProgramFolders(machine);
    folders.removeDuplicates();
    return folders;
}

} // namespace client_config
