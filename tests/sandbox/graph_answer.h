// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a part of the sample tenant's Graph answers, before it is HTTP.

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace sandbox {

// What a download URL leads to.
struct FileContent
{
    QByteArray bytes = {};
    QByteArray mimeType = {};
    QByteArray eTag = {}; // with its quotes
};

struct GraphAnswer
{
    int status = 200;
    QJsonObject body = {}; // of a success
    QString code = {}; // of an error
    QString message = {};
    QByteArray html = {}; // instead of a body
    // Instead of a body: 302 to a URL of another origin that needs no token (ContentHost).
    std::optional<FileContent> content = {};
};

} // namespace sandbox
