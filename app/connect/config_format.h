// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The entry of our server in a configuration document of one format: read, put, take. Every
// function parses the text first, refuses what it does not understand, and answers with the
// smallest splices; config_change proves that they change nothing else. Pure.

#pragma once

#include "app/connect/config_problem.h"
#include "app/connect/text_edit.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace client_config {

// Where the entry lies in the document: containers from the root on, then its name.
struct EntryPlace
{
    QStringList containers; // "mcpServers"
    QString name; // "graph-valet"
};

// In the order in which they are written.
using EntryMembers = QList<std::pair<QString, QJsonValue>>;

class ConfigFormat
{
public:
    virtual ~ConfigFormat() = default;

    // The whole document. What JSON lacks (dates, tags) is written as a text that tells it apart.
    virtual Checked<QJsonObject> content(const QByteArray &text) const = 0;
    // An entry that is there keeps its other members.
    virtual Checked<QList<Splice>> put(const QByteArray &text, const EntryPlace &place,
                                       const EntryMembers &members) const = 0;
    // Containers stay, also empty ones. Nothing where there is no entry.
    virtual Checked<QList<Splice>> take(const QByteArray &text, const EntryPlace &place) const = 0;
};

// JSON with comments and trailing commas.
const ConfigFormat &jsoncFormat();
// TOML: a table of its own below the one container.
const ConfigFormat &tomlFormat();
// YAML: a block below the one container.
const ConfigFormat &yamlFormat();

// The entry in a document's content; nullopt: there is none.
std::optional<QJsonValue> entryIn(const QJsonObject &content, const EntryPlace &place);
// The content without it; empty containers on the way to it count as missing.
QJsonObject withoutEntry(const QJsonObject &content, const EntryPlace &place);

// Compact JSON of one value.
QByteArray jsonText(const QJsonValue &value);

} // namespace client_config
