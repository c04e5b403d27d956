// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a model reads when a call fails: what went wrong and what to do about it, in English. The
// one table from Error::Kind to that text. Pure.

#pragma once

#include "app/base/error.h"
#include "mcp/access/tool_gate.h"

#include <QString>

namespace mcp {

// A few plain sentences. Codes and ids of outsiders are named as such; no text of theirs is passed
// on.
QString modelMessage(const Error &error, CallStage stage = CallStage::Work);
// The same about a resource that could not be read.
QString readMessage(const Error &error, CallStage stage = CallStage::Work);

} // namespace mcp
