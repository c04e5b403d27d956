// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect/client_places.h"
#include "app/connect/config_file.h"

#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

// Empty where there is no such file or it cannot be read: then it binds nobody here.
QJsonObject objectIn(const QString &file)
{
    const auto read = readFile(file);
    if (problemOf(read) || !std::get<FileText>(read).exists)
        return {};
    const auto content = jsoncFormat().content(std::get<FileText>(read).bytes);
    return problemOf(content) ? QJsonObject() : std::get<QJsonObject>(content);
}

bool namesServer(const QJsonValue &list, const QString &entryName)
{
    const QJsonArray all = list.toArray();
    return std::any_of(all.begin(), all.end(), [&entryName](const QJsonValue &one) {
        return one.toString() == entryName
            || one.toObject().value("serverName"_L1).toString() == entryName;
    });
}

} // namespace

QJsonValue valueInFile(const QString &file, const QString &name)
{
    return objectIn(file).value(name);
}

// https://code.claude.com/docs/en/managed-mcp
QString claudeCodeRule(const QString &folder, const QString &entryName)
{
    QString exclusive = folder + u"/managed-mcp.json"_s;
    if (QFileInfo::exists(exclusive))
        return exclusive;
    QString file = folder + u"/managed-settings.json"_s;
    const QJsonObject settings = objectIn(file);
    if (namesServer(settings.value("deniedMcpServers"_L1), entryName))
        return file;
    const QJsonValue allowed = settings.value("allowedMcpServers"_L1);
    return allowed.isArray() && !namesServer(allowed, entryName) ? file : QString();
}

// https://google-gemini.github.io/gemini-cli/docs/cli/enterprise.html
QString geminiRule(const QString &file, const QString &entryName)
{
    const QJsonObject mcp = objectIn(file).value("mcp"_L1).toObject();
    const QJsonValue allowed = mcp.value("allowed"_L1);
    const bool forbids = namesServer(mcp.value("excluded"_L1), entryName)
        || (allowed.isArray() && !namesServer(allowed, entryName));
    return forbids ? file : QString();
}

// https://code.visualstudio.com/docs/enterprise/policies
bool vsCodeForbids(const QString &value)
{
    return value == "none"_L1 || value == "registry"_L1;
}

} // namespace client_config
