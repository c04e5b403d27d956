// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The greeting and its small JSON reader: FlatObject takes exactly what another strict parser
// takes, with the same texts and integers, and nothing of a greeting harms a terminal.

#include "mcp/link/flat_json.h"
#include "mcp/link/hello.h"
#include "tests/fuzz/fuzz_target.h"

#include <nlohmann/json.hpp>

#include <QString>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace {

// What of a text FlatObject must know, by nlohmann's parser.
class Reference : public nlohmann::json_sax<nlohmann::json>
{
public:
    std::map<std::string, std::string> strings;
    std::map<std::string, long long> integers;
    bool isRefused = false; // more than 32 deep, or a member twice
    bool isUnknown = false; // a number that nlohmann cannot hold; FlatObject does not look at it

    bool null() override { return value(); }
    bool boolean(bool) override { return value(); }
    bool number_integer(number_integer_t number) override { return integer(number); }
    bool number_unsigned(number_unsigned_t number) override
    {
        return number <= number_unsigned_t(INT64_MAX) ? integer((long long)number) : value();
    }
    bool number_float(number_float_t, const string_t &) override { return value(); }
    bool string(string_t &text) override
    {
        if (m_depth == 1)
            strings[m_key] = text;
        return value();
    }
    bool binary(binary_t &) override { return false; }
    bool start_object(std::size_t) override { return open(); }
    bool key(string_t &key) override
    {
        if (m_depth == 1) {
            m_key = key;
            isRefused = isRefused || !m_keys.emplace(key, true).second;
        }
        return true;
    }
    bool end_object() override { return --m_depth, true; }
    bool start_array(std::size_t) override { return open(); }
    bool end_array() override { return --m_depth, true; }
    bool parse_error(std::size_t, const std::string &, const nlohmann::json::exception &e) override
    {
        isUnknown = e.id == 406; // number overflow
        return false;
    }

private:
    bool value()
    {
        isRefused = isRefused || m_depth > 32 || m_depth == 0;
        return true;
    }
    bool integer(long long number)
    {
        if (m_depth == 1)
            integers[m_key] = number;
        return value();
    }
    bool open()
    {
        if (m_depth > 0)
            value();
        ++m_depth;
        return true;
    }

    std::size_t m_depth = 0;
    std::string m_key;
    std::map<std::string, bool> m_keys;
};

void requireAgreement(std::string_view text)
{
    const auto object = valet_link::FlatObject::parse(text);
    // Two leniencies of the other parser: it ends at a zero byte and passes over a byte order mark.
    if (text.find('\0') != std::string_view::npos || text.substr(0, 3) == "\xef\xbb\xbf") {
        fuzz::require(!object, "a zero byte or byte order mark is taken for JSON");
        return;
    }
    Reference reference;
    const bool isJson = nlohmann::json::sax_parse(text.begin(), text.end(), &reference);
    if (reference.isUnknown)
        return;
    const bool isArray = isJson && text.find_first_not_of(" \t\r\n") != std::string_view::npos
        && text[text.find_first_not_of(" \t\r\n")] != '{';
    const bool isExpected = isJson && !isArray && !reference.isRefused;
    fuzz::require(object.has_value() == isExpected,
                  isExpected ? "an object is refused" : "what is no such object is accepted", text);
    if (!object)
        return;
    for (const auto &[key, value] : reference.strings)
        fuzz::require(object->string(key) == value && !object->integer(key), "another text", key);
    for (const auto &[key, value] : reference.integers)
        fuzz::require(object->integer(key) == value && !object->string(key), "another integer",
                      key);
}

// Goes to a terminal or a log as it is.
void requireTame(const std::string &text)
{
    fuzz::require(QByteArrayView(text.data(), qsizetype(text.size())).isValidUtf8(),
                  "a text of a greeting is not UTF-8", text);
    for (const QChar c : QString::fromUtf8(text.data(), qsizetype(text.size())))
        fuzz::require(c.category() != QChar::Other_Control, "a control character is shown", text);
    fuzz::require(text.size() < 2000, "a text of a greeting is endless");
}

void requireGreeting(std::string_view line)
{
    const auto parsed = valet_link::parseHello(line);
    if (const auto *hello = std::get_if<valet_link::Hello>(&parsed)) {
        fuzz::require(hello->link == valet_link::linkVersion, "another link version is accepted");
        fuzz::require(line.size() <= valet_link::helloLimit, "a greeting above the limit");
        requireTame(hello->version);
    } else {
        const std::string &problem = std::get<valet_link::HelloProblem>(parsed).text;
        requireTame(problem);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    requireAgreement(text);
    requireGreeting(text);

    // Our own refusals arrive whatever they say.
    const std::string refusal = valet_link::helloRefusal(text);
    fuzz::require(refusal.find('\n') == refusal.size() - 1, "a refusal is not one line");
    const std::string_view line = std::string_view(refusal).substr(0, refusal.size() - 1);
    requireGreeting(line);
    const auto object = valet_link::FlatObject::parse(line);
    if (QByteArrayView(text.data(), qsizetype(size)).isValidUtf8())
        fuzz::require(object && object->string("error") == text,
                      "a quoted text comes back changed");
    else
        fuzz::require(!object, "a text that is not UTF-8 is accepted");
    return 0;
}
