// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/rendezvous.h"

#include "mcp/link/flat_json.h"

namespace valet_link {

bool isValidProfile(std::string_view profile)
{
    if (profile.empty() || profile.size() > 32)
        return false;
    for (const char c : profile) {
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return false;
    }
    return true;
}

std::string rendezvousText(const Rendezvous &rendezvous)
{
    return "{\"socket\":" + jsonQuoted(rendezvous.socket) + ",\"pid\":"
        + std::to_string(rendezvous.pid) + ",\"version\":" + jsonQuoted(rendezvous.version)
        + ",\"trayProgram\":" + jsonQuoted(rendezvous.trayProgram) + "}\n";
}

std::optional<Rendezvous> parseRendezvous(std::string_view text)
{
    if (text.size() > rendezvousLimit)
        return std::nullopt;
    const std::optional<FlatObject> object = FlatObject::parse(text);
    if (!object)
        return std::nullopt;
    const std::optional<std::string> socket = object->string("socket");
    const std::optional<long long> pid = object->integer("pid");
    // A NUL would cut the path that the operating system sees.
    if (!socket || socket->empty() || socket->find('\0') != std::string::npos || !pid || *pid <= 0)
        return std::nullopt;
    Rendezvous found;
    found.socket = *socket;
    found.pid = *pid;
    found.version = object->string("version").value_or("");
    found.trayProgram = object->string("trayProgram").value_or("");
    if (found.trayProgram.find('\0') != std::string::npos)
        found.trayProgram.clear();
    return found;
}

} // namespace valet_link
