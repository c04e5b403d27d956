// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a model asks about mail as a request to Graph. Pure.

#pragma once

#include "app/base/result.h"
#include "mcp/graph/graph_client.h"

#include <QJsonObject>

namespace mcp {

constexpr int usualMails = 10; // in one answer

struct MailQuery
{
    GraphRequest request;
    // Graph cannot search and filter at once, so this is left to us.
    bool onlyUnread = false;
};

// Empty: of all folders.
QString mailPath(const QString &folderId);

// arguments: of FindMail, fitting its schema; its folder where it is a well-known one, else the
// mail of all. BadRequest: a date that is none, days that end before they begin, a text without
// words.
Result<MailQuery> mailQueryOf(const QJsonObject &arguments);

// Words as Graph's search takes them (KQL), without anything that has a meaning there.
QStringList searchWords(const QString &text);

} // namespace mcp
