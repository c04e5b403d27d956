// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A new entry becomes a table at the end of the file, which is always allowed and changes no other
// line. Places come from toml++, which counts characters; what it cannot place (tables made by
// dotted names) is refused.

#include "app/connect/config_format.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <QJsonArray>

#include <algorithm>
#include <sstream>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

using Reason = ConfigProblem::Reason;
using Splices = QList<Splice>;

QString qtText(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

// Dates, times, infinities: as TOML writes them, marked as what they are.
template <class T>
QJsonValue marked(const toml::value<T> &value)
{
    std::ostringstream text;
    text << value.get();
    return u"\u0001"_s + qtText(text.str());
}

QJsonValue jsonOf(const toml::node &node)
{
    if (const auto *table = node.as_table()) {
        QJsonObject object;
        for (const auto &[key, value] : *table)
            object.insert(qtText(key.str()), jsonOf(value));
        return object;
    }
    if (const auto *array = node.as_array()) {
        QJsonArray list;
        for (const toml::node &one : *array)
            list.append(jsonOf(one));
        return list;
    }
    if (const auto *text = node.as_string())
        return qtText(text->get());
    if (const auto *number = node.as_integer())
        return qint64(number->get());
    if (const auto *yes = node.as_boolean())
        return yes->get();
    if (const auto *number = node.as_floating_point())
        return marked(*number); // 1.0 is not the integer 1
    if (const auto *date = node.as_date())
        return marked(*date);
    if (const auto *time = node.as_time())
        return marked(*time);
    if (const auto *moment = node.as_date_time())
        return marked(*moment);
    return QJsonValue::Undefined;
}

// JSON's texts, numbers and arrays of those are TOML too, but for DEL, which none of ours has.
QByteArray tomlText(const QJsonValue &value)
{
    QByteArrayList parts;
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const auto &one : array)
            parts.append(tomlText(one));
        return '[' + parts.join(", ") + ']';
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto one = object.begin(); one != object.end(); ++one)
            parts.append(jsonText(one.key()) + " = " + tomlText(one.value()));
        return '{' + parts.join(", ") + '}';
    }
    return jsonText(value);
}

struct Document
{
    QByteArray text;
    toml::table root;

    qsizetype offset(const toml::source_position &at) const
    {
        return offsetOf(text, int(at.line), int(at.column));
    }
    qsizetype begin(const toml::node &node) const { return offset(node.source().begin); }
    qsizetype end(const toml::node &node) const { return offset(node.source().end); }
    bool isHeader(const toml::node &node) const
    {
        const qsizetype at = begin(node);
        return node.is_table() && !node.as_table()->is_inline() && at < text.size()
            && text.at(at) == '[';
    }
    ConfigProblem problem(const toml::node &node, Reason reason, const QString &what) const
    {
        const auto &at = node.source().begin;
        return {.reason = reason, .line = int(at.line), .column = int(at.column), .what = what};
    }
};

Checked<Document> parsed(const QByteArray &text)
{
    auto result =
        toml::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    if (!result) {
        const toml::parse_error &error = result.error();
        const auto &at = error.source().begin;
        return ConfigProblem{.reason = Reason::Broken,
                             .line = int(at.line),
                             .column = int(at.column),
                             .what = qtText(error.description())};
    }
    return Document{.text = text, .root = std::move(result).table()};
}

// The place of a table without a header of its own is that of the first one below it.
bool isImplied(const Document &document, const toml::table &table)
{
    const qsizetype begin = document.begin(table);
    return std::any_of(table.begin(), table.end(), [&](const auto &member) {
        return document.isHeader(member.second) && document.begin(member.second) == begin;
    });
}

// The line behind the node, where only blanks and a comment follow it on its own.
std::optional<qsizetype> lineBehind(const QByteArray &text, qsizetype end)
{
    const qsizetype next = nextLine(text, end);
    const QByteArray rest = text.mid(end, next - end).trimmed();
    return rest.isEmpty() || rest.startsWith('#') ? std::optional(next) : std::nullopt;
}

bool isOwnLine(const QByteArray &text, qsizetype offset)
{
    const qsizetype start = lineStart(text, offset);
    return indentAt(text, start).size() == offset - start;
}

Splice appended(const QByteArray &text, const EntryPlace &place, const EntryMembers &members)
{
    const QByteArray newline = newlineOf(text);
    QByteArrayList lines{'[' + place.containers.join(u'.').toUtf8() + '.' + place.name.toUtf8()
                         + ']'};
    for (const auto &[name, value] : members)
        lines.append(name.toUtf8() + " = " + tomlText(value));
    const QByteArray block = lines.join(newline);
    if (text.size() <= markSize(text))
        return {.at = text.size(), .inserted = block + newline};
    // A file that does not end its last line stays one that does not.
    if (!text.endsWith('\n'))
        return {.at = text.size(), .inserted = newline + newline + block};
    return {.at = text.size(), .inserted = newline + block + newline};
}

Checked<Splices> updated(const Document &document, const toml::table &entry,
                         const EntryMembers &members)
{
    const QByteArray &text = document.text;
    Splices splices;
    QByteArrayList missing;
    for (const auto &[name, value] : members) {
        const toml::node *present = entry.get(name.toStdString());
        if (!present) {
            missing.append(name.toUtf8() + " = " + tomlText(value));
        } else if (jsonOf(*present) != value) {
            if (present->is_table() && !present->as_table()->is_inline())
                return document.problem(*present, Reason::UnknownShape, name);
            const qsizetype begin = document.begin(*present);
            splices.append({.at = begin,
                            .removed = document.end(*present) - begin,
                            .inserted = tomlText(value)});
        }
    }
    if (missing.isEmpty())
        return splices;
    const QByteArray newline = newlineOf(text);
    if (entry.is_inline()) {
        splices.append({.at = document.begin(entry) + 1,
                        .inserted = missing.join(", ") + (entry.empty() ? "" : ", ")});
        return splices;
    }
    const qsizetype next = nextLine(text, document.begin(entry));
    const bool isEnded = text.mid(0, next).endsWith('\n');
    splices.append(
        {.at = next,
         .inserted = isEnded ? missing.join(newline) + newline : newline + missing.join(newline)});
    return splices;
}

// The lines of a table: its header and what belongs to it, up to the next header.
struct Lines
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

void collect(const Document &document, const toml::table &table, QList<Lines> &all)
{
    const qsizetype begin = lineStart(document.text, document.begin(table));
    qsizetype end = nextLine(document.text, document.begin(table));
    for (const auto &[key, value] : table) {
        const toml::table *inner = value.as_table();
        if (inner && !inner->is_inline()) { // with a header, or made by dotted names
            collect(document, *inner, all);
            continue;
        }
        end = std::max(end, nextLine(document.text, document.end(value)));
    }
    all.append({.begin = begin, .end = end});
}

Splices withoutLines(const Document &document, const toml::table &entry)
{
    const QByteArray &text = document.text;
    QList<Lines> all;
    collect(document, entry, all);
    std::sort(all.begin(), all.end(),
              [](const Lines &a, const Lines &b) { return a.begin < b.begin; });
    QList<Lines> merged;
    for (const Lines &one : std::as_const(all)) {
        const bool touches = !merged.isEmpty()
            && (one.begin <= merged.last().end
                || text.mid(merged.last().end, one.begin - merged.last().end).trimmed().isEmpty());
        if (touches)
            merged.last().end = std::max(merged.last().end, one.end);
        else
            merged.append(one);
    }
    Splices splices;
    for (Lines one : std::as_const(merged)) {
        // The empty line before it goes too, where none is needed any more.
        const bool isAtEnd = one.end >= text.size();
        const bool blankFollows = !isAtEnd && text.mid(one.end, 2).trimmed().size() < 2
            && text.mid(one.end, nextLine(text, one.end) - one.end).trimmed().isEmpty();
        if (one.begin > markSize(text) && (isAtEnd || blankFollows)) {
            const qsizetype before = lineStart(text, one.begin - 1);
            if (text.mid(before, one.begin - before).trimmed().isEmpty())
                one.begin = before;
            if (isAtEnd && !text.endsWith('\n') && one.begin > markSize(text)) {
                --one.begin;
                if (one.begin > 0 && text.at(one.begin - 1) == '\r')
                    --one.begin;
            }
        } else if (one.begin <= markSize(text) && blankFollows)
            one.end = nextLine(text, one.end);
        splices.append({.at = one.begin, .removed = one.end - one.begin});
    }
    return splices;
}

class TomlFormat : public ConfigFormat
{
public:
    Checked<QJsonObject> content(const QByteArray &text) const override
    {
        const auto document = parsed(text);
        if (const auto *problem = problemOf(document))
            return *problem;
        return jsonOf(std::get<Document>(document).root).toObject();
    }

    Checked<Splices> put(const QByteArray &text, const EntryPlace &place,
                         const EntryMembers &members) const override
    {
        const auto document = parsed(text);
        if (const auto *problem = problemOf(document))
            return *problem;
        const auto &good = std::get<Document>(document);
        const toml::node *container = good.root.get(place.containers.first().toStdString());
        if (!container)
            return Splices{appended(text, place, members)};
        if (!container->is_table() || container->as_table()->is_inline())
            return good.problem(*container, Reason::UnknownShape, place.containers.first());
        const toml::node *entry = container->as_table()->get(place.name.toStdString());
        if (!entry)
            return Splices{appended(text, place, members)};
        if (!entry->is_table() || !(entry->as_table()->is_inline() || good.isHeader(*entry)))
            return good.problem(*entry, Reason::UnknownShape, place.name);
        // Only tables below it have a header: its own may still come.
        if (isImplied(good, *entry->as_table()))
            return Splices{appended(text, place, members)};
        return updated(good, *entry->as_table(), members);
    }

    Checked<Splices> take(const QByteArray &text, const EntryPlace &place) const override
    {
        const auto document = parsed(text);
        if (const auto *problem = problemOf(document))
            return *problem;
        const auto &good = std::get<Document>(document);
        const toml::table *container =
            good.root.get_as<toml::table>(place.containers.first().toStdString());
        const toml::node *entry = container ? container->get(place.name.toStdString()) : nullptr;
        if (!entry)
            return Splices{};
        if (good.isHeader(*entry))
            return withoutLines(good, *entry->as_table());
        // `graph-valet = {...}` on lines of its own.
        const toml::key *key = nullptr;
        for (const auto &[name, value] : *container) {
            if (&value == entry)
                key = &name;
        }
        const qsizetype begin = key ? good.offset(key->source().begin) : 0;
        const auto line = lineBehind(text, good.end(*entry));
        const bool isInline = entry->is_table() && entry->as_table()->is_inline();
        if (!key || !isInline || container->is_inline() || !isOwnLine(text, begin) || !line)
            return good.problem(*entry, Reason::UnknownShape, place.name);
        const qsizetype start = lineStart(text, begin);
        return Splices{{.at = start, .removed = *line - start}};
    }
};

} // namespace

const ConfigFormat &tomlFormat()
{
    static const TomlFormat format;
    return format;
}

} // namespace client_config
