// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/doctor.h"

#include "mcp/shim/console_text.h"
#include "mcp/shim/launch.h"

#include <nlohmann/json.hpp>

#include <algorithm>

using nlohmann::json;

namespace {

json checkOf(const char *id, const char *title, const char *outcome, const std::string &finding,
             const std::string &whatToDo, const json &facts)
{
    return {{"id", id},
            {"title", title},
            {"outcome", outcome},
            {"finding", finding},
            {"whatToDo", whatToDo.empty() ? json() : json(whatToDo)},
            {"facts", facts}};
}

json programCheck(const valet_link::Locations &locations)
{
    const std::string program = findTrayProgram(locations);
    json facts = {{"version", GRAPH_VALET_VERSION}};
    if (program.empty())
        return checkOf("program", "Programs", "failed",
                       "The program graph-valet-tray was not found.",
                       "Install Graph Valet again, completely; the two programs belong into one "
                       "folder.",
                       facts);
    facts["tray program"] = program;
    return checkOf("program", "Programs", "ok", "The program graph-valet-tray was found.", "",
                   facts);
}

json trayCheck(const valet_link::Locations &locations, const std::string &problem)
{
    json facts = json::object();
    const auto rendezvous = valet_link::readRendezvous(locations);
    if (rendezvous) {
        facts["socket"] = rendezvous->socket;
        facts["process"] = rendezvous->pid;
        facts["version"] = rendezvous->version;
    }
    if (!problem.empty()) {
        facts["problem"] = problem;
        return checkOf("tray-process", "Graph Valet", "failed",
                       "Graph Valet runs, but cannot be asked: " + problem,
                       "Run graph-valet quit and start graph-valet-tray again.", facts);
    }
    return checkOf("tray-process", "Graph Valet", "failed",
                   rendezvous ? "Graph Valet does not run; it ended without saying so."
                              : "Graph Valet does not run, so nothing else could be checked.",
                   "Start graph-valet-tray, then run graph-valet doctor again. AI clients and "
                   "graph-valet sign-in start it, too.",
                   facts);
}

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

bool hasFailed(const json &checks)
{
    for (const json &check : checks) {
        if (textIn(check, "outcome", "failed") == "failed")
            return true;
    }
    return false;
}

} // namespace

json reportWithoutTray(const valet_link::Locations &locations, const std::string &problem)
{
    const json checks = {programCheck(locations), trayCheck(locations, problem)};
    return {{"ok", !hasFailed(checks)},
            {"version", GRAPH_VALET_VERSION},
            {"tray", false},
            {"checks", checks}};
}

json withOwnVersion(json report)
{
    const std::string version = textIn(report, "version", "");
    if (version == GRAPH_VALET_VERSION || !report["checks"].is_array())
        return report;
    report["checks"].push_back(checkOf(
        "console", "This program", "warning",
        "This graph-valet has version " GRAPH_VALET_VERSION ", and Graph Valet runs as version "
            + version + ".",
        "Run graph-valet quit, and start graph-valet-tray again. If that does not help, "
        "there are two installations; remove the older one.",
        json::object()));
    return report;
}

std::string reportText(const json &report)
{
    std::string text = "Graph Valet " + plainText(textIn(report, "version", "?")) + "\n";
    const json checks = report.value("checks", json::array());
    std::size_t width = 0;
    for (const json &check : checks.is_array() ? checks : json::array())
        width = std::max(width, textIn(check, "outcome", "").size() + 2);
    for (const json &check : checks.is_array() ? checks : json::array()) {
        // Not "[" + ...: GCC 12 warns of that wrongly (its bug 105651).
        std::string mark("[");
        mark.append(plainText(textIn(check, "outcome", "?"))).append("]");
        text += padded(mark, width) + " " + plainText(textIn(check, "title", "?")) + ": "
            + plainText(textIn(check, "finding", "")) + "\n";
        if (const std::string toDo = textIn(check, "whatToDo", ""); !toDo.empty())
            text += std::string(width + 1, ' ') + plainText(toDo) + "\n";
    }
    return text;
}
