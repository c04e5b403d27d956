// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/console_link.h"

#include "mcp/link/hello.h"

using namespace std::chrono_literals;

ConsoleLink::Outcome ConsoleLink::open(const valet_link::Locations &locations, std::string &problem)
{
    m_bytes.clear();
    m_hasEnded = false;
    const Outcome outcome = openChannel(locations, problem);
    return outcome == Outcome::Open ? greet(problem) : outcome;
}

ConsoleLink::Outcome ConsoleLink::greet(std::string &problem)
{
    std::string hello = valet_link::helloLine(valet_link::Role::Console);
    hello.pop_back();
    const bool said = send(hello);
    const auto line = said ? nextLine(std::chrono::steady_clock::now() + 10s) : std::nullopt;
    if (!line) {
        // A tray process that is just ending: as good as none.
        if (!said || m_hasEnded)
            return Outcome::NobodyThere;
        problem = "the tray process does not answer";
        return Outcome::Failed;
    }
    const auto parsed = valet_link::parseHello(*line);
    if (const auto *refusal = std::get_if<valet_link::HelloProblem>(&parsed)) {
        problem = refusal->text;
        return Outcome::Failed;
    }
    return Outcome::Open;
}

std::optional<std::string> ConsoleLink::nextLine(Deadline deadline)
{
    while (true) {
        const std::size_t end = m_bytes.find('\n');
        if (end != std::string::npos) {
            std::string line = m_bytes.substr(0, end);
            m_bytes.erase(0, end + 1);
            return line;
        }
        if (m_bytes.size() > lineLimit)
            m_hasEnded = true;
        if (m_hasEnded || !readSome(deadline))
            return std::nullopt;
    }
}
