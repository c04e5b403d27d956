// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/console_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

using nlohmann::json;

namespace {

// Bytes of the hidden character at the front, 0 where it can be seen.
std::size_t hiddenSize(std::string_view text)
{
    const auto byte = [text](std::size_t at) {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
    };
    if (byte(0) < 0x20 || byte(0) == 0x7f)
        return 1;
    if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) <= 0x9f)
        return 2; // U+0080 to U+009F
    if (byte(0) == 0xd8 && byte(1) == 0x9c)
        return 2; // U+061C
    if (byte(0) == 0xe2 && byte(1) == 0x80
        && ((byte(2) >= 0x8b && byte(2) <= 0x8f) || (byte(2) >= 0xa8 && byte(2) <= 0xae)))
        return 3; // U+200B to U+200F, U+2028 to U+202E
    if (byte(0) == 0xe2 && byte(1) == 0x81 && byte(2) >= 0xa0 && byte(2) <= 0xaf)
        return 3; // U+2060 to U+206F
    if (byte(0) == 0xef && byte(1) == 0xbb && byte(2) == 0xbf)
        return 3; // U+FEFF
    if (byte(0) == 0xf3 && byte(1) == 0xa0 && (byte(2) == 0x80 || byte(2) == 0x81))
        return 4; // U+E0000 to U+E007F
    return 0;
}

std::string sentenceOf(const std::string &state)
{
    if (state == "signedIn")
        return "signed in";
    if (state == "signingIn")
        return "sign-in under way";
    if (state == "interactionRequired")
        return "a new sign-in is needed (graph-valet sign-in)";
    if (state == "error")
        return "error";
    return "signed out";
}

// One of several.
std::string accountLine(const json &account)
{
    std::string line = accountText(account);
    if (account.is_object() && account.value("default", json()) == true)
        line += ", the default";
    const std::string state = textIn(account, "state", "signedIn");
    if (state != "signedIn")
        line += ": " + sentenceOf(state);
    return line;
}

// What is the matter with the keychain, in a few words; empty where nothing is.
std::string keychainText(const std::string &keychain)
{
    if (keychain.empty() || keychain == "ok")
        return {};
    if (keychain == "locked")
        return "locked";
    if (keychain == "absent")
        return "there is none";
    if (keychain == "unavailable")
        return "not running";
    if (keychain == "lost")
        return "another one than before, or emptied";
    if (keychain == "damaged")
        return "holds a damaged entry";
    if (keychain == "timeout")
        return "does not answer";
    if (keychain == "memoryOnly")
        return "has not stored the sign-in yet";
    return "does not work (" + plainText(keychain) + ")";
}

// Several lines, each plain.
std::string linesText(const std::string &text)
{
    std::string lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines += plainText(std::string_view(text).substr(at, end - at)) + "\n";
        at = end + 1;
    }
    return lines;
}

} // namespace

std::string notKeptText(const json &result)
{
    if (!result.is_object() || result.value("memoryOnly", json()) != true)
        return {};
    const std::string keychain = keychainText(textIn(result, "keychain", ""));
    return "this sign-in lasts only as long as Graph Valet runs"
        + (keychain.empty() ? "" : " (keychain: " + keychain + ")");
}

std::string plainText(std::string_view text)
{
    std::string plain;
    while (!text.empty()) {
        const std::size_t hidden = hiddenSize(text);
        if (hidden == 0)
            plain.push_back(text.front());
        else if (text.front() == '\n' || text.front() == '\t')
            plain.push_back(' ');
        text.remove_prefix(std::min(std::max<std::size_t>(hidden, 1), text.size()));
    }
    return plain;
}

std::string textIn(const json &object, const char *key, const char *otherwise)
{
    if (!object.is_object())
        return otherwise;
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

std::string accountText(const json &account)
{
    const std::string name = plainText(textIn(account, "name", ""));
    const std::string username = plainText(textIn(account, "username", ""));
    if (name.empty() || username.empty())
        return name.empty() && username.empty() ? "an account without a name" : name + username;
    return name + " (" + username + ")";
}

std::string signInPageText(const json &params)
{
    const std::string page = plainText(textIn(params, "url", "")) + "\n";
    if (const std::string code = plainText(textIn(params, "userCode", "")); !code.empty())
        return "To sign in, open this page in a browser on any device:\n" + page
            + "and enter this code:\n" + code + "\n";
    const bool opened = params.is_object() && params.value("opened", json()) == true;
    return (opened ? "The browser shows the sign-in page. If it does not, open:\n"
                   : "Open this page to sign in:\n")
        + page;
}

std::string connectText(const json &result)
{
    const std::string name = plainText(textIn(result, "name", "?"));
    const std::string action = textIn(result, "action", "");
    const auto isTrue = [&result](const char *key) {
        return result.is_object() && result.value(key, json()) == true;
    };
    if (!isTrue("changes")) {
        return action == "remove" ? name + " is not connected; there is nothing to remove.\n"
                                  : name + " is connected already.\n";
    }
    std::string text = linesText(textIn(result, "diff", ""));
    if (!isTrue("done"))
        return text + "Nothing was written (--dry-run).\n";
    if (action == "undo")
        text += plainText(textIn(result, "file", "")) + " is as it was before.\n";
    else
        text += name + (action == "remove" ? " is disconnected.\n" : " is connected.\n");
    if (const std::string step = plainText(textIn(result, "nextStep", "")); !step.empty())
        text += step + "\n";
    if (const std::string backup = plainText(textIn(result, "backup", "")); !backup.empty())
        text += "The file as it was: " + backup + "\n";
    return text;
}

std::string clientListText(const json &result)
{
    const json clients = result.is_object() ? result.value("clients", json::array()) : json();
    std::size_t width = 0;
    for (const json &client : clients)
        width = std::max(width, textIn(client, "client", "").size());
    std::string text;
    for (const json &client : clients) {
        const std::string id = plainText(textIn(client, "client", ""));
        text += id + std::string(width + 2 - std::min(width, id.size()), ' ')
            + plainText(textIn(client, "text", "")) + "\n";
    }
    return text;
}

std::string statusText(const json &status)
{
    const bool runs = status.value("tray", json()) == true;
    const std::string error = textIn(status, "error", "");
    std::string text = "Graph Valet " + plainText(textIn(status, "version", "?"))
        + (runs || !error.empty() ? "" : ", no tray process runs") + "\n";
    std::string state = sentenceOf(textIn(status, "state", ""));
    if (!runs) {
        // With an error there is one that cannot be talked to.
        state = error.empty() ? "not running; graph-valet sign-in and AI clients start it"
                              : "not known";
    }
    const std::string keychain = textIn(status, "keychain", "");
    if (runs && state == "error" && keychain == "locked")
        state = "keychain locked";
    text += "State:   " + state + "\n";
    const json accounts = status.value("accounts", json::array());
    if (accounts.is_array() && accounts.size() > 1) {
        for (const json &account : accounts)
            text += "Account: " + accountLine(account) + "\n";
    } else if (const json account = status.value("account", json()); account.is_object()) {
        text += "Account: " + accountText(account) + "\n";
    }
    if (status.value("paused", json()) == true) {
        const std::string until = plainText(textIn(status, "pausedUntil", ""));
        text += "Paused:  " + (until.empty() ? "until you resume (tray menu)" : "until " + until)
            + "\n";
    }
    if (const std::string words = keychainText(keychain); !words.empty())
        text += "Keychain: " + words + "\n";
    if (!error.empty())
        text += "Problem: " + plainText(error) + "\n";
    if (const std::string link = textIn(status, "adminConsentUrl", ""); !link.empty())
        text += "Link for the administrator: " + plainText(link) + "\n";
    const json clients = status.value("clients", json::array());
    for (const json &client : clients.is_array() ? clients : json::array()) {
        const std::string name = textIn(client, "name", "");
        text += "Client:  " + (name.empty() ? "(has not said its name)" : plainText(name));
        if (const std::string program = textIn(client, "program", ""); !program.empty())
            text += ", " + plainText(program);
        text += "\n";
    }
    return text;
}
