// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/arguments.h"

#include "mcp/link/endpoint.h"
#include "mcp/link/hello.h"

#include <charconv>
#include <optional>

namespace {

constexpr int longestTimeout = 24 * 60 * 60;

std::optional<Word> wordNamed(std::string_view name)
{
    static constexpr struct
    {
        std::string_view name;
        Word word;
    } words[] = {
        {"stdio", Word::Stdio},      {"status", Word::Status},    {"sign-in", Word::SignIn},
        {"sign-out", Word::SignOut}, {"quit", Word::Quit},        {"connect", Word::Connect},
        {"doctor", Word::Doctor},    {"help", Word::Help},        {"--help", Word::Help},
        {"-h", Word::Help},          {"--version", Word::Version}};
    for (const auto &known : words) {
        if (known.name == name)
            return known.word;
    }
    return std::nullopt;
}

std::optional<int> secondsIn(std::string_view text)
{
    int seconds = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (problem != std::errc() || end != text.data() + text.size() || seconds < 1
        || seconds > longestTimeout)
        return std::nullopt;
    return seconds;
}

class Parser
{
public:
    Parser(const std::vector<std::string> &words, Arguments &result)
        : m_words(words)
        , m_result(result)
    {
    }

    void run()
    {
        std::optional<Word> word;
        for (; m_at < m_words.size(); ++m_at) {
            const std::string_view text = m_words[m_at];
            std::string value;
            if (takesValue("--profile", value)) {
                m_result.profile = value;
            } else if (takesValue("--timeout", value)) {
                const auto seconds = secondsIn(value);
                if (!seconds)
                    complain("--timeout takes whole seconds, 1 to 86400");
                m_hasTimeout = true;
                m_result.timeoutSeconds = seconds.value_or(0);
            } else if (text == "--json") {
                m_result.json = true;
            } else if (text == "--device-code") {
                m_result.deviceCode = true;
            } else if (text == "--no-browser") {
                m_result.noBrowser = true;
            } else if (text == "--another") {
                m_result.another = true;
            } else if (text == "--list") {
                m_result.list = true;
            } else if (text == "--remove") {
                m_result.remove = true;
            } else if (text == "--dry-run") {
                m_result.dryRun = true;
            } else if (text == "--undo") {
                m_result.undo = true;
            } else if (takesValue("--client", value)) {
                m_hasClientId = true;
                m_result.client = value;
            } else if (takesValue("--account", value)) {
                m_hasAccount = true;
                m_result.account = value;
            } else if (const auto found = wordNamed(text);
                       found && (!word || *found == Word::Help || *found == Word::Version)) {
                word = found;
            } else if (word == Word::Connect && !m_hasClient && !text.starts_with('-')) {
                m_hasClient = true;
                m_result.client = text;
            } else {
                complain(text.starts_with('-') ? "unknown option: " : "unknown word: ", text);
            }
            if (!m_result.problem.empty())
                return;
        }
        if (!word)
            return complain("say what to do");
        m_result.word = *word;
        if (m_result.json && *word != Word::Status && *word != Word::Doctor)
            complain("--json belongs to status and doctor");
        if (m_hasTimeout && *word != Word::SignIn)
            complain("--timeout belongs to sign-in");
        if ((m_result.deviceCode || m_result.noBrowser) && *word != Word::SignIn)
            complain("--device-code and --no-browser belong to sign-in");
        if (m_result.another && *word != Word::SignIn)
            complain("--another belongs to sign-in");
        if (m_hasAccount && *word != Word::SignOut)
            complain("--account belongs to sign-out");
        if (m_hasAccount && m_result.account.empty())
            complain("--account takes the name of an account");
        if (m_result.deviceCode && m_result.noBrowser)
            complain("--device-code and --no-browser exclude each other");
        checkClient();
    }

private:
    void checkClient()
    {
        const bool isConnect = m_result.word == Word::Connect;
        if (m_hasClientId && m_result.word != Word::Stdio)
            complain("--client belongs to stdio");
        if (m_hasClientId && !valet_link::isValidClientId(m_result.client))
            complain("--client takes 1 to 64 of a-z, 0-9 and -");
        if (!isConnect && (m_result.list || m_result.remove || m_result.dryRun || m_result.undo))
            complain("--list, --remove, --dry-run and --undo belong to connect");
        if (!isConnect)
            return;
        if (m_result.list ? m_hasClient || m_result.remove || m_result.dryRun || m_result.undo
                          : m_result.undo && (m_result.remove || m_result.dryRun))
            complain("these options exclude each other");
        if (!m_result.list && !m_hasClient)
            complain("say which client; graph-valet connect --list names them");
    }

    // `--name VALUE` and `--name=VALUE`
    bool takesValue(std::string_view name, std::string &value)
    {
        const std::string_view text = m_words[m_at];
        if (text == name) {
            if (m_at + 1 == m_words.size())
                complain("a value is missing after ", name);
            else
                value = m_words[++m_at];
            return true;
        }
        if (!text.starts_with(name) || text.size() == name.size() || text[name.size()] != '=')
            return false;
        value = text.substr(name.size() + 1);
        return true;
    }

    void complain(std::string_view what, std::string_view about = {})
    {
        if (m_result.problem.empty())
            m_result.problem.append(what).append(about);
    }

    const std::vector<std::string> &m_words;
    Arguments &m_result;
    std::size_t m_at = 0;
    bool m_hasTimeout = false;
    bool m_hasAccount = false;
    bool m_hasClientId = false;
    bool m_hasClient = false;
};

} // namespace

Arguments parseArguments(const std::vector<std::string> &words, const char *profileVariable)
{
    Arguments result;
    result.profile = profileVariable && *profileVariable ? profileVariable : "default";
    Parser(words, result).run();
    if (result.problem.empty() && !valet_link::isValidProfile(result.profile))
        result.problem =
            "not a profile name (1 to 32 of a-z, 0-9 and -): " + result.profile.substr(0, 64);
    return result;
}

std::string_view usage()
{
    return "Usage: graph-valet [--profile NAME] WORD\n"
           "\n"
           "  stdio [--client ID]    be the MCP server of an AI client, on stdin and stdout\n"
           "  connect CLIENT         put Graph Valet into the configuration of an AI client\n"
           "    --list               which clients there are, instead of CLIENT\n"
           "    --remove             take it out again\n"
           "    --dry-run            only show what would change\n"
           "    --undo               undo the last change of it, as long as Graph Valet runs\n"
           "  status [--json]        who is signed in, and which AI clients are connected\n"
           "  doctor [--json]        look for problems, and say what to do about them\n"
           "  sign-in [--timeout S]  sign in with the browser and wait for it\n"
           "    --no-browser         open none, only print the link\n"
           "    --device-code        print a code to enter in a browser on any device; off unless\n"
           "                         the setting allowDeviceCode is 1\n"
           "    --another            one more account beside those that are signed in\n"
           "  sign-out               forget all accounts, also in the keychain\n"
           "    --account NAME       only this one, for example anna@contoso.com\n"
           "  quit                   stop Graph Valet\n"
           "\n"
           "  --profile NAME         separate settings and account (GRAPH_VALET_PROFILE)\n"
           "  --help, --version\n";
}
