// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/console.h"

#include "mcp/shim/console_link.h"
#include "mcp/shim/console_text.h"
#include "mcp/shim/doctor.h"
#include "mcp/shim/launch.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <thread>

using nlohmann::json;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto startLimit = 10s;
constexpr auto answerLimit = 15s; // status takes up to 5 s, a keychain perhaps longer
constexpr auto examinationLimit = 40s; // its parts have 10 s each, and a keychain read before

void say(const std::string &text)
{
    std::fprintf(stderr, "graph-valet: %s\n", plainText(text).c_str());
}

int fail(const std::string &problem)
{
    say(problem);
    return 1;
}

std::string dumped(const json &value)
{
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json parsed(const std::string &line)
{
    return json::parse(line, nullptr, false);
}

// Opens the link, and starts the tray process first where none runs.
bool openOrStart(ConsoleLink &link, const Arguments &arguments,
                 const valet_link::Locations &locations, std::string &problem)
{
    const auto end = Clock::now() + startLimit;
    bool started = false;
    for (auto pause = 5ms;; pause = std::min<std::chrono::milliseconds>(pause * 2, 250ms)) {
        const ConsoleLink::Outcome outcome = link.open(locations, problem);
        if (outcome != ConsoleLink::Outcome::NobodyThere)
            return outcome == ConsoleLink::Outcome::Open;
        if (!started && !launchTray(locations, arguments.profile, StartedBy::Person, problem))
            return false;
        started = true;
        if (Clock::now() >= end) {
            problem = "the tray process did not start within 10 s; start graph-valet-tray by hand "
                      "to see why";
            return false;
        }
        std::this_thread::sleep_for(pause);
    }
}

struct Answer
{
    json result; // discarded where there is none
    std::string problem;

    bool isGood() const { return problem.empty(); }
};

// Calls the method and waits for its answer; notifications on the way go to `notified`.
template <typename Notified>
Answer call(ConsoleLink &link, const char *method, const json &params,
            ConsoleLink::Deadline deadline, Notified notified)
{
    const json request = {{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", params}};
    if (!link.send(dumped(request)))
        return {.result = json(), .problem = "the connection to the tray process is lost"};
    while (const auto line = link.nextLine(deadline)) {
        const json message = parsed(*line);
        if (!message.is_object())
            continue;
        if (message.contains("method")) {
            notified(message);
        } else if (message.value("id", json()) == 1) {
            if (message.contains("result"))
                return {.result = message["result"], .problem = {}};
            const json error = message.value("error", json::object());
            return {.result = json(), .problem = textIn(error, "message", "unknown error")};
        }
    }
    return {.result = json(),
            .problem = link.hasEnded() ? "the tray process ended before it answered"
                                       : "the tray process does not answer"};
}

Answer call(ConsoleLink &link, const char *method, const json &params = json::object())
{
    return call(link, method, params, Clock::now() + answerLimit, [](const json &) {});
}

json statusWithoutTray(const json &error)
{
    return {{"state", "signedOut"},
            {"account", nullptr},
            {"error", error},
            {"clients", json::array()},
            {"version", GRAPH_VALET_VERSION},
            {"pid", nullptr},
            {"tray", false}};
}

int status(const Arguments &arguments, const valet_link::Locations &locations)
{
    ConsoleLink link;
    std::string problem;
    json shown;
    switch (link.open(locations, problem)) {
    case ConsoleLink::Outcome::NobodyThere: shown = statusWithoutTray(nullptr); break;
    case ConsoleLink::Outcome::Failed: shown = statusWithoutTray(problem); break;
    default: {
        const Answer answer = call(link, "status");
        if (answer.isGood() && answer.result.is_object())
            shown = answer.result;
        else
            shown =
                statusWithoutTray(answer.isGood() ? "the answer makes no sense" : answer.problem);
    }
    }
    const std::string text = arguments.json ? dumped(shown) + "\n" : statusText(shown);
    std::fputs(text.c_str(), stdout);
    return textIn(shown, "state", "") == "signedIn" ? 0 : 1;
}

int signIn(const Arguments &arguments, const valet_link::Locations &locations)
{
    ConsoleLink link;
    std::string problem;
    if (!openOrStart(link, arguments, locations, problem))
        return fail(problem);
    const auto pageKnown = [](const json &message) {
        if (textIn(message, "method", "") != "signInPage")
            return;
        const json params = message.value("params", json::object());
        std::fputs(signInPageText(params).c_str(), stderr);
        std::fflush(stderr);
    };
    ConsoleLink::Deadline deadline; // the tray process has its own limit of 5 min
    if (arguments.timeoutSeconds > 0)
        deadline = Clock::now() + std::chrono::seconds(arguments.timeoutSeconds) + answerLimit;
    json wishes = {{"timeoutSeconds", arguments.timeoutSeconds}};
    if (arguments.deviceCode)
        wishes["deviceCode"] = true;
    if (arguments.noBrowser)
        wishes["noBrowser"] = true;
    if (arguments.another)
        wishes["another"] = true;
    const Answer answer = call(link, "signIn", wishes, deadline, pageKnown);
    if (!answer.isGood())
        return fail(answer.problem);
    const json account =
        answer.result.is_object() ? answer.result.value("account", json()) : json();
    std::printf("Signed in as %s.\n", accountText(account).c_str());
    std::fflush(stdout);
    if (const std::string text = notKeptText(answer.result); !text.empty())
        say(text);
    return 0;
}

int signOut(const Arguments &arguments, const valet_link::Locations &locations)
{
    // Also where none runs: the keychain entry has to go, and only the tray process knows it.
    ConsoleLink link;
    std::string problem;
    if (!openOrStart(link, arguments, locations, problem))
        return fail(problem);
    json wishes = json::object();
    if (!arguments.account.empty())
        wishes["username"] = arguments.account;
    const Answer answer = call(link, "signOut", wishes, Clock::now() + 60s,
                               [](const json &) {}); // a locked keychain asks the person
    if (!answer.isGood())
        return fail(answer.problem);
    std::puts("Signed out.");
    return 0;
}

int connectClient(const Arguments &arguments, const valet_link::Locations &locations)
{
    ConsoleLink link;
    std::string problem;
    if (!openOrStart(link, arguments, locations, problem))
        return fail(problem);
    json wishes = json::object();
    if (!arguments.list)
        wishes["client"] = arguments.client;
    if (arguments.remove)
        wishes["remove"] = true;
    if (arguments.dryRun)
        wishes["dryRun"] = true;
    if (arguments.undo)
        wishes["undo"] = true;
    const Answer answer = call(link, "connect", wishes);
    if (!answer.isGood())
        return fail(answer.problem);
    const std::string text =
        arguments.list ? clientListText(answer.result) : connectText(answer.result);
    std::fputs(text.c_str(), stdout);
    return 0;
}

int doctor(const Arguments &arguments, const valet_link::Locations &locations)
{
    ConsoleLink link;
    std::string problem;
    json report;
    switch (link.open(locations, problem)) {
    case ConsoleLink::Outcome::NobodyThere: report = reportWithoutTray(locations, {}); break;
    case ConsoleLink::Outcome::Failed: report = reportWithoutTray(locations, problem); break;
    default: {
        const Answer answer = call(link, "doctor", json::object(), Clock::now() + examinationLimit,
                                   [](const json &) {});
        if (answer.isGood() && answer.result.is_object())
            report = withOwnVersion(answer.result);
        else
            report = reportWithoutTray(
                locations, answer.isGood() ? "its answer makes no sense" : answer.problem);
    }
    }
    const std::string text = arguments.json ? dumped(report) + "\n" : reportText(report);
    std::fputs(text.c_str(), stdout);
    return report.value("ok", json()) == true ? 0 : 1;
}

int quit(const valet_link::Locations &locations)
{
    ConsoleLink link;
    std::string problem;
    switch (link.open(locations, problem)) {
    case ConsoleLink::Outcome::NobodyThere: say("no tray process runs"); return 0;
    case ConsoleLink::Outcome::Failed: return fail(problem);
    default: break;
    }
    const Answer answer = call(link, "quit");
    if (!answer.isGood() && !link.hasEnded())
        return fail(answer.problem);
    // Gone only when it closes the connection: whoever calls quit may replace the program next.
    const auto end = Clock::now() + 10s;
    while (!link.hasEnded() && Clock::now() < end)
        link.nextLine(end);
    return link.hasEnded() ? 0 : fail("the tray process does not end");
}

} // namespace

int runConsoleWord(const Arguments &arguments, const valet_link::Locations &locations)
{
    switch (arguments.word) {
    case Word::Status: return status(arguments, locations);
    case Word::Doctor: return doctor(arguments, locations);
    case Word::SignIn: return signIn(arguments, locations);
    case Word::SignOut: return signOut(arguments, locations);
    case Word::Connect: return connectClient(arguments, locations);
    default: return quit(locations);
    }
}
