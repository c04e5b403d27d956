// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The text of the rendezvous file, for the endpoint files of this folder only.

#pragma once

#include "mcp/link/endpoint.h"

namespace valet_link {

inline constexpr std::size_t rendezvousLimit = 4096; // bytes

std::string rendezvousText(const Rendezvous &rendezvous);
std::optional<Rendezvous> parseRendezvous(std::string_view text);

} // namespace valet_link
