// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

// One spelling for all ways to write an id of JSON-RPC: the tray process may use other escapes than
// the client, or another spelling of the number. rawId: a JSON string or number, of which the
// scanner has seen that it is one. 1 and "1" stay apart. Pure.
std::string canonicalId(std::string_view rawId);
