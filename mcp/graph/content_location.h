// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where Graph says that the bytes of a file are. Pure.

#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QUrl>

#include <optional>

namespace mcp {

// header: "Location" of Graph's redirect. An https URL of any host, because Microsoft has many for
// files; plain http only from loopback to loopback, for the sandbox. ServiceFault: anything else.
// The URL is a secret: whoever has it can read the file for a while.
Result<QUrl> contentLocation(const QByteArray &header, const QUrl &graphUrl);

struct ContentRange
{
    qint64 first = 0;
    qint64 last = 0; // inclusive
    std::optional<qint64> size; // of the whole file
};

// Of an answer with status 206 (RFC 9110, 14.4); nullopt: it is none, or contradicts itself.
std::optional<ContentRange> contentRange(const QByteArray &header);

} // namespace mcp
