// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The mark by which the system knows that a file came from the network.

#pragma once

#include <QString>

namespace mcp {

// descriptor: of the open file. source: the https page it is from; may be empty. Where the file
// system keeps no such marks, there is none.
void markAsDownloaded(int descriptor, const QString &source);

} // namespace mcp
