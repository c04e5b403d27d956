// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A new entry goes right below the line of its container, so that comments stay above what they
// speak of. yaml-cpp says what the document means and on which line a name stands; lines of a block
// are told by their indentation. An entry that is there is written anew with its other members:
// YAML has too many ways to write a value to replace one in place.

#include "app/connect/config_format.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <QJsonArray>

#include <algorithm>
#include <sstream>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

using Reason = ConfigProblem::Reason;
using Splices = QList<Splice>;

constexpr int nodeLimit = 100'000; // aliases can make much out of little

ConfigProblem problemAt(const YAML::Mark &mark, Reason reason, const QString &what)
{
    return {.reason = reason, .line = mark.line + 1, .column = mark.column + 1, .what = what};
}

constexpr QChar foreignMark(1);

// What we can compare but not write again.
QString foreign(const QString &text)
{
    return foreignMark + text;
}

QJsonValue plainValue(const QString &text)
{
    static const QStringList words{u"yes"_s,  u"no"_s,    u"on"_s,   u"off"_s,  u"y"_s,    u"n"_s,
                                   u"true"_s, u"false"_s, u".inf"_s, u".nan"_s, u"-.inf"_s};
    if (text == "true"_L1 || text == "false"_L1)
        return text == "true"_L1;
    bool isNumber = false;
    if (const qlonglong number = text.toLongLong(&isNumber);
        isNumber && QString::number(number) == text)
        return number;
    text.toDouble(&isNumber);
    if (isNumber || words.contains(text, Qt::CaseInsensitive) || text.startsWith("0x"_L1)
        || text.startsWith("0o"_L1))
        return foreign(text); // readers disagree about its type
    return text;
}

bool hasForeign(const QJsonValue &value)
{
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        return std::any_of(object.begin(), object.end(), hasForeign);
    }
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::any_of(array.begin(), array.end(), hasForeign);
    }
    return value.toString().startsWith(foreignMark);
}

QJsonValue jsonOf(const YAML::Node &node, int &budget)
{
    if (--budget < 0)
        throw YAML::Exception(node.Mark(), "there are too many values");
    switch (node.Type()) {
    case YAML::NodeType::Map: {
        QJsonObject object;
        for (const auto &one : node) {
            // A name that is no plain text is told apart from one that is.
            const QString name = one.first.IsScalar()
                ? QString::fromStdString(one.first.Scalar())
                : foreign(QString::fromUtf8(jsonText(jsonOf(one.first, budget))));
            if (object.contains(name))
                throw YAML::Exception(one.first.Mark(), "a name is there twice");
            object.insert(name, jsonOf(one.second, budget));
        }
        return object;
    }
    case YAML::NodeType::Sequence: {
        QJsonArray list;
        for (const auto &one : node)
            list.append(jsonOf(one, budget));
        return list;
    }
    case YAML::NodeType::Scalar: {
        // "?" is a plain scalar, whose type its text says; "!" a quoted one.
        const QString text = QString::fromStdString(node.Scalar());
        if (node.Tag() == "!")
            return text;
        if (node.Tag() == "?")
            return plainValue(text);
        return foreign(QString::fromStdString(node.Tag()) + u' ' + text);
    }
    default: return QJsonValue::Null;
    }
}

// yaml-cpp throws; nothing above this file sees that.
template <class Work>
auto guarded(Work work) -> decltype(work())
{
    try {
        return work();
    } catch (const YAML::Exception &exception) {
        const bool isKnown = !exception.mark.is_null();
        return ConfigProblem{.reason = Reason::Broken,
                             .line = isKnown ? exception.mark.line + 1 : 0,
                             .column = isKnown ? exception.mark.column + 1 : 0,
                             .what = QString::fromStdString(exception.msg)};
    }
}

// Only where documents begin.
class DocumentStarts : public YAML::EventHandler
{
public:
    YAML::Mark last;

    void OnDocumentStart(const YAML::Mark &mark) override { last = mark; }
    void OnDocumentEnd() override { }
    void OnNull(const YAML::Mark &, YAML::anchor_t) override { }
    void OnAlias(const YAML::Mark &, YAML::anchor_t) override { }
    void OnScalar(const YAML::Mark &, const std::string &, YAML::anchor_t,
                  const std::string &) override
    {
    }
    void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                         YAML::EmitterStyle::value) override
    {
    }
    void OnSequenceEnd() override { }
    void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                    YAML::EmitterStyle::value) override
    {
    }
    void OnMapEnd() override { }
};

// Null for an empty document. Not by LoadAll: yaml-cpp 0.7 takes what it cannot read behind the
// first document for endlessly many further ones.
YAML::Node rootOf(const QByteArray &text)
{
    std::istringstream stream(text.toStdString());
    YAML::Parser parser(stream);
    DocumentStarts starts;
    if (!parser.HandleNextDocument(starts))
        return YAML::Node();
    if (parser.HandleNextDocument(starts))
        throw YAML::Exception(starts.last, "this is more than one document");
    YAML::Node root = YAML::Load(text.toStdString());
    if (!root.IsMap() && !root.IsNull())
        throw YAML::Exception(root.Mark(), "this is not a mapping");
    return root;
}

struct Found
{
    YAML::Node key;
    YAML::Node value;
    bool isThere = false;
};

Found find(const YAML::Node &map, const QString &name)
{
    Found found;
    for (const auto &one : map) {
        if (one.first.IsScalar() && one.first.Scalar() == name.toStdString())
            found = {.key = one.first, .value = one.second, .isThere = true};
    }
    return found;
}

qsizetype lineOf(const QByteArray &text, const YAML::Mark &mark)
{
    return offsetOf(text, mark.line + 1, 1);
}

bool isOwnLine(const QByteArray &text, const YAML::Mark &mark)
{
    return indentAt(text, lineOf(text, mark)).size() == mark.column;
}

QByteArray blockOf(const QString &name, const EntryMembers &members, const QByteArray &indent,
                   const QByteArray &unit, const QByteArray &newline)
{
    QByteArray block = indent + name.toUtf8() + ':' + newline;
    for (const auto &[key, value] : members) {
        block += indent + unit + key.toUtf8() + ": ";
        if (const QJsonArray array = value.toArray(); !array.isEmpty()) {
            block.chop(1);
            for (const auto &one : array)
                block += newline + indent + unit + "- " + jsonText(one);
        } else {
            block += jsonText(value);
        }
        block += newline;
    }
    return block;
}

// Where the block that begins on this line ends: behind its last line that is indented deeper.
qsizetype blockEnd(const QByteArray &text, qsizetype start, qsizetype indent)
{
    qsizetype end = nextLine(text, start);
    for (qsizetype at = end; at < text.size(); at = nextLine(text, at)) {
        const qsizetype own = indentAt(text, at).size();
        const QByteArray rest = text.mid(at, nextLine(text, at) - at).trimmed();
        if (rest.isEmpty())
            continue;
        if (own <= indent)
            break;
        end = nextLine(text, at);
    }
    return end;
}

// `extensions:` with nothing, or `{}`, behind it.
struct ContainerLine
{
    qsizetype next = 0; // where the line below begins
    Splices emptied = {}; // takes a `{}` away
    bool isEnded = true; // there is a line feed
};

ContainerLine containerLine(const QByteArray &text, const Found &container)
{
    ContainerLine line;
    const qsizetype start = lineOf(text, container.key.Mark());
    line.next = nextLine(text, start);
    line.isEnded = text.mid(start, line.next - start).endsWith('\n');
    if (container.value.IsMap() && container.value.size() == 0) {
        const qsizetype brace = text.indexOf(" {}", start);
        if (brace >= 0 && brace < line.next)
            line.emptied = {{.at = brace, .removed = 3}};
    }
    return line;
}

Checked<Splices> putInto(const QByteArray &text, const EntryPlace &place,
                         const EntryMembers &members)
{
    const QByteArray newline = newlineOf(text);
    const QByteArray unit = "  ";
    const QString &name = place.containers.first();
    const YAML::Node root = rootOf(text);
    const Found container = find(root, name);
    if (!container.isThere) {
        if (root.IsMap() && root.size() > 0 && root.Style() == YAML::EmitterStyle::Flow)
            return problemAt(root.Mark(), Reason::UnknownShape, name);
        const bool isEnded = text.size() <= markSize(text) || text.endsWith('\n');
        return Splices{{.at = text.size(),
                        .inserted = (isEnded ? QByteArray() : newline) + name.toUtf8() + ':'
                            + newline + blockOf(place.name, members, unit, unit, newline)}};
    }
    const bool isEmpty =
        container.value.IsNull() || (container.value.IsMap() && container.value.size() == 0);
    if (!isOwnLine(text, container.key.Mark())
        || !(isEmpty
             || (container.value.IsMap() && container.value.Style() != YAML::EmitterStyle::Flow)))
        return problemAt(container.key.Mark(), Reason::UnknownShape, name);
    const ContainerLine line = containerLine(text, container);
    if (isEmpty) {
        const QByteArray indent = indentAt(text, lineOf(text, container.key.Mark())) + unit;
        const QByteArray block = blockOf(place.name, members, indent, unit, newline);
        return line.emptied
            + Splices{{.at = line.next, .inserted = line.isEnded ? block : newline + block}};
    }
    const YAML::Mark first = container.value.begin()->first.Mark();
    const QByteArray indent = indentAt(text, lineOf(text, first));
    const Found entry = find(container.value, place.name);
    if (!entry.isThere) {
        return Splices{
            {.at = line.next, .inserted = blockOf(place.name, members, indent, unit, newline)}};
    }
    if (!isOwnLine(text, entry.key.Mark()) || !entry.value.IsMap()
        || entry.value.Style() == YAML::EmitterStyle::Flow)
        return problemAt(entry.key.Mark(), Reason::UnknownShape, place.name);
    int budget = nodeLimit;
    const QJsonObject present = jsonOf(entry.value, budget).toObject();
    EntryMembers all = members;
    bool isDifferent = false;
    for (const auto &[key, value] : members)
        isDifferent = isDifferent || present.value(key) != value;
    if (!isDifferent)
        return Splices{};
    for (const auto &one : entry.value) {
        const QString key = QString::fromStdString(one.first.Scalar());
        const auto isOurs = [&key](const auto &member) { return member.first == key; };
        if (std::any_of(members.cbegin(), members.cend(), isOurs))
            continue;
        if (hasForeign(present.value(key)))
            return problemAt(one.first.Mark(), Reason::UnknownShape, key);
        all.append({key, present.value(key)});
    }
    const qsizetype start = lineOf(text, entry.key.Mark());
    const qsizetype end = blockEnd(text, start, entry.key.Mark().column);
    return Splices{{.at = start,
                    .removed = end - start,
                    .inserted = blockOf(place.name, all, indent, unit, newline)}};
}

Checked<Splices> takeFrom(const QByteArray &text, const EntryPlace &place)
{
    const Found container = find(rootOf(text), place.containers.first());
    if (!container.isThere || !container.value.IsMap())
        return Splices{};
    const Found entry = find(container.value, place.name);
    if (!entry.isThere)
        return Splices{};
    if (!isOwnLine(text, entry.key.Mark()) || container.value.Style() == YAML::EmitterStyle::Flow)
        return problemAt(entry.key.Mark(), Reason::UnknownShape, place.name);
    const qsizetype start = lineOf(text, entry.key.Mark());
    const qsizetype end = blockEnd(text, start, entry.key.Mark().column);
    Splices splices{{.at = start, .removed = end - start}};
    if (container.value.size() == 1) {
        // A container without anything would be null, which is not an empty one.
        const qsizetype colon = text.indexOf(':', lineOf(text, container.key.Mark()));
        splices.prepend({.at = colon + 1, .inserted = " {}"});
    }
    return splices;
}

class YamlFormat : public ConfigFormat
{
public:
    Checked<QJsonObject> content(const QByteArray &text) const override
    {
        return guarded([&]() -> Checked<QJsonObject> {
            int budget = nodeLimit;
            return jsonOf(rootOf(text), budget).toObject();
        });
    }

    Checked<Splices> put(const QByteArray &text, const EntryPlace &place,
                         const EntryMembers &members) const override
    {
        return guarded([&] { return putInto(text, place, members); });
    }

    Checked<Splices> take(const QByteArray &text, const EntryPlace &place) const override
    {
        return guarded([&] { return takeFrom(text, place); });
    }
};

} // namespace

const ConfigFormat &yamlFormat()
{
    static const YamlFormat format;
    return format;
}

} // namespace client_config
