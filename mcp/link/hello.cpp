// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/hello.h"

#include "mcp/link/flat_json.h"

namespace valet_link {

namespace {

constexpr std::size_t textLimit = 1000; // bytes

// Foreign text goes to a terminal: one line, no control characters, not endless. It is UTF-8, and
// stays so: a C1 control is two bytes, and nothing is cut inside a character.
std::string tamed(std::string_view text)
{
    const auto at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isC1 = at(i) == 0xc2 && i + 1 < text.size() && at(i + 1) < 0xa0;
        out.push_back(isC1 || at(i) < 0x20 || at(i) == 0x7f ? ' ' : text[i]);
        i += isC1 ? 1 : 0;
    }
    if (out.size() > textLimit) {
        std::size_t end = textLimit;
        while ((static_cast<unsigned char>(out[end]) & 0xc0) == 0x80)
            --end;
        out.resize(end);
    }
    return out;
}

std::string head()
{
    return "{\"link\":" + std::to_string(linkVersion)
        + ",\"version\":" + jsonQuoted(GRAPH_VALET_VERSION);
}

std::string member(std::string_view name, std::string_view text)
{
    if (text.empty())
        return {};
    std::string written(",");
    return written.append(jsonQuoted(name)).append(":").append(jsonQuoted(text));
}

std::string clientId(const FlatObject &object)
{
    std::string id = object.string("client").value_or("");
    return isValidClientId(id) ? id : std::string();
}

std::string shortText(const FlatObject &object, std::string_view name)
{
    std::string text = object.string(name).value_or("");
    return text.size() <= listsLimit ? text : std::string();
}

} // namespace

bool isValidClientId(std::string_view id)
{
    constexpr std::size_t longest = 64;
    if (id.empty() || id.size() > longest)
        return false;
    return id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

std::string helloLine(Role role, std::string_view lists)
{
    return head() + member("role", role == Role::Mcp ? "mcp" : "console") + member("lists", lists)
        + "}\n";
}

std::string helloOfRelay(std::string_view seen, std::string_view client)
{
    return head() + member("role", "mcp") + member("seen", seen) + member("client", client) + "}\n";
}

std::string helloRefusal(std::string_view problem)
{
    return head() + ",\"error\":" + jsonQuoted(problem) + "}\n";
}

std::variant<Hello, HelloProblem> parseHello(std::string_view line)
{
    if (line.size() > helloLimit)
        return HelloProblem{"The first line is longer than 4096 bytes; that is not Graph Valet."};
    const std::optional<FlatObject> object = FlatObject::parse(line);
    const std::optional<long long> link = object ? object->integer("link") : std::nullopt;
    if (!link)
        return HelloProblem{"The first line is no Graph Valet greeting."};
    const std::string version = tamed(object->string("version").value_or("unknown"));
    if (const std::optional<std::string> refusal = object->string("error"))
        return HelloProblem{tamed(*refusal)};
    if (*link != linkVersion) {
        return HelloProblem{"This Graph Valet program (" GRAPH_VALET_VERSION
                            ") speaks link version "
                            + std::to_string(linkVersion) + ", the other one (" + version
                            + ") speaks link version " + std::to_string(*link)
                            + ". Install both programs from the same release, then quit and start "
                              "Graph Valet again."};
    }
    const std::optional<std::string> role = object->string("role");
    if (role == "mcp" || role == "console") {
        return Hello{.link = linkVersion,
                     .version = version,
                     .role = role == "mcp" ? Role::Mcp : Role::Console,
                     .lists = shortText(*object, "lists"),
                     .seen = shortText(*object, "seen"),
                     .client = clientId(*object)};
    }
    return HelloProblem{"The greeting names no role that this version knows (mcp or console)."};
}

} // namespace valet_link
