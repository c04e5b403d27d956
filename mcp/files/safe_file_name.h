// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Names that others gave to files, made fit for a folder of this computer. Pure.

#pragma once

#include <QString>

namespace mcp {

// A name that means the same on Linux, macOS and Windows: no separator, no control or hidden
// character, no name of a device, no dot in front, neither dot nor blank at the end, at most 180
// bytes of UTF-8, so that " (2)" and ".part" have room. Never empty.
QString safeFileName(const QString &name);

// Whether a double click would run it, install it or follow it somewhere. name: a safe one.
bool isProgramName(const QString &name);

// "name (2).ext"; number 1 is the name itself.
QString numberedName(const QString &name, int number);

} // namespace mcp
