// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The entry goes to the front of its container: then no other line changes, not even by a comma. It
// takes the container's own style: on lines with its indentation, or within one line.

#include "app/connect/config_format.h"
#include "app/connect/jsonc_text.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

using Reason = ConfigProblem::Reason;
using Splices = QList<Splice>;

bool isOwnLine(const QByteArray &text, qsizetype offset)
{
    const qsizetype start = lineStart(text, offset);
    return indentAt(text, start).size() == offset - start;
}

// "a, b" with blanks behind commas and colons, as people and clients write within a line.
QByteArray inlineText(const QJsonValue &value)
{
    QByteArrayList parts;
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const auto &one : array)
            parts.append(inlineText(one));
        return '[' + parts.join(", ") + ']';
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto one = object.begin(); one != object.end(); ++one)
            parts.append(jsonText(one.key()) + ": " + inlineText(one.value()));
        return '{' + parts.join(", ") + '}';
    }
    return jsonText(value);
}

// How an object is written; indent: of its members, empty for one within a line.
struct Style
{
    QByteArray newline = {};
    QByteArray unit = {};
    QByteArray indent = {};
    bool isInline = false;

    Style inner() const
    {
        return {.newline = newline, .unit = unit, .indent = indent + unit, .isInline = isInline};
    }
};

QByteArray objectText(const EntryMembers &members, const Style &style)
{
    QByteArrayList parts;
    for (const auto &[name, value] : members)
        parts.append(jsonText(name) + ": " + inlineText(value));
    if (style.isInline)
        return '{' + parts.join(", ") + '}';
    const Style inner = style.inner();
    const QByteArray between = style.newline + inner.indent;
    return '{' + between + parts.join(',' + between) + style.newline + style.indent + '}';
}

class Editor
{
public:
    Editor(const JsoncText &document, const EntryPlace &place)
        : m_document(document)
        , m_text(document.bytes())
        , m_place(place)
        , m_newline(newlineOf(m_text))
        , m_unit(indentUnitOf(m_text))
    {
    }

    Checked<Splices> put(const EntryMembers &members) const
    {
        if (!m_document.hasRoot())
            return Splices{wholeDocument(members)};
        const auto found = find();
        if (const auto *problem = problemOf(found))
            return *problem;
        const auto &spot = std::get<Spot>(found);
        if (!spot.missing.isEmpty()) { // containers, the entry, or both
            return Splices{insertion(spot.object, [&](const Style &style) {
                return nested(spot.missing, members, style);
            })};
        }
        if (!m_document.isObjectAt(spot.entry.valueBegin)) {
            return Splices{{.at = spot.entry.valueBegin,
                            .removed = spot.entry.valueEnd - spot.entry.valueBegin,
                            .inserted = objectText(members, styleOf(spot.object))}};
        }
        return update(m_document.objectAt(spot.entry.valueBegin), members);
    }

    Checked<Splices> take() const
    {
        if (!m_document.hasRoot())
            return Splices{};
        const auto found = find();
        if (const auto *problem = problemOf(found))
            return *problem;
        const auto &spot = std::get<Spot>(found);
        return spot.missing.isEmpty() ? removal(spot.object, spot.index) : Splices{};
    }

private:
    struct Spot
    {
        JsonObjectRange object = {}; // the last one on the way that is there
        QStringList missing = {}; // names from there on
        JsonMember entry = {}; // where nothing is missing
        qsizetype index = 0; // of the entry in object
    };

    Checked<Spot> find() const
    {
        const QStringList names = m_place.containers + QStringList{m_place.name};
        JsonObjectRange object = m_document.root();
        for (qsizetype depth = 0; depth < names.size(); ++depth) {
            qsizetype index = -1;
            for (qsizetype i = 0; i < object.members.size(); ++i) {
                const JsonMember &member = object.members.at(i);
                if (member.name != names.at(depth))
                    continue;
                if (index >= 0)
                    return problemAt(member.keyBegin, Reason::Ambiguous, names.at(depth));
                index = i;
            }
            if (index < 0)
                return Spot{.object = object, .missing = names.mid(depth)};
            const JsonMember &member = object.members.at(index);
            if (depth + 1 == names.size())
                return Spot{.object = object, .entry = member, .index = index};
            if (!m_document.isObjectAt(member.valueBegin))
                return problemAt(member.valueBegin, Reason::UnknownShape, names.at(depth));
            object = m_document.objectAt(member.valueBegin);
        }
        return Spot{}; // not reached: there is a name
    }

    ConfigProblem problemAt(qsizetype offset, Reason reason, const QString &what) const
    {
        const TextPlace place = placeOf(m_text, offset);
        return {.reason = reason, .line = place.line, .column = place.column, .what = what};
    }

    QByteArray lineIndent(qsizetype offset) const
    {
        return indentAt(m_text, lineStart(m_text, offset));
    }

    Style styleOf(const JsonObjectRange &object) const
    {
        Style style{.newline = m_newline, .unit = m_unit};
        if (object.members.isEmpty()) {
            style.indent = lineIndent(object.begin) + m_unit;
        } else if (const qsizetype first = object.members.first().keyBegin;
                   isOwnLine(m_text, first)) {
            style.indent = lineIndent(first);
        } else {
            style.isInline = true;
        }
        return style;
    }

    // `"name": value`, with containers around it that are not there yet.
    static QByteArray nested(const QStringList &names, const EntryMembers &members,
                             const Style &style)
    {
        const QByteArray name = jsonText(names.first()) + ": ";
        if (names.size() == 1)
            return name + objectText(members, style);
        const QByteArray inner = nested(names.mid(1), members, style.inner());
        if (style.isInline)
            return name + '{' + inner + '}';
        return name + '{' + style.newline + style.indent + style.unit + inner + style.newline
            + style.indent + '}';
    }

    Splice wholeDocument(const EntryMembers &members) const
    {
        const Style style{.newline = m_newline, .unit = m_unit, .indent = m_unit};
        const QByteArray body =
            nested(m_place.containers + QStringList{m_place.name}, members, style);
        const bool isOnOwnLine = m_text.size() <= markSize(m_text) || m_text.endsWith('\n');
        return {.at = m_text.size(),
                .inserted = (isOnOwnLine ? QByteArray() : m_newline) + '{' + m_newline + m_unit
                    + body + m_newline + '}' + m_newline};
    }

    // written: what goes to the front of the object, without a comma.
    template <class Write>
    Splice insertion(const JsonObjectRange &object, Write written) const
    {
        const Style style = styleOf(object);
        const QByteArray text = written(style);
        const bool isEmpty = object.members.isEmpty();
        if (style.isInline)
            return {.at = object.members.first().keyBegin, .inserted = text + ", "};
        if (const auto line = m_document.lineBehind(object.begin + 1)) {
            return {.at = *line,
                    .inserted = style.indent + text + (isEmpty ? "" : ",") + m_newline};
        }
        QByteArray inserted = m_newline + style.indent + text;
        if (!isEmpty)
            inserted += ','
                + (isOwnLine(m_text, object.members.first().keyBegin) ? QByteArray()
                                                                      : m_newline + style.indent);
        else
            inserted += m_newline + lineIndent(object.begin);
        return {.at = object.begin + 1, .inserted = inserted};
    }

    Checked<Splices> update(const JsonObjectRange &entry, const EntryMembers &members) const
    {
        Splices splices;
        EntryMembers missing;
        for (const auto &[name, value] : members) {
            const JsonMember *present = nullptr;
            for (const JsonMember &member : entry.members) {
                if (member.name != name)
                    continue;
                if (present)
                    return problemAt(member.keyBegin, Reason::Ambiguous, name);
                present = &member;
            }
            if (!present) {
                missing.append({name, value});
            } else if (m_document.valueOf(*present) != value) {
                splices.append({.at = present->valueBegin,
                                .removed = present->valueEnd - present->valueBegin,
                                .inserted = inlineText(value)});
            }
        }
        if (!missing.isEmpty()) {
            splices.append(insertion(entry, [&](const Style &style) {
                QByteArrayList parts;
                for (const auto &[name, value] : std::as_const(missing))
                    parts.append(jsonText(name) + ": " + inlineText(value));
                return parts.join(style.isInline ? QByteArray(", ")
                                                 : ',' + style.newline + style.indent);
            }));
        }
        return splices;
    }

    Splices removal(const JsonObjectRange &object, qsizetype index) const
    {
        const QList<JsonMember> &all = object.members;
        const JsonMember &entry = all.at(index);
        const qsizetype end = entry.commaAt >= 0 ? entry.commaAt + 1 : entry.valueEnd;
        const auto isBlankText = [this](qsizetype from, qsizetype to) {
            return m_text.mid(from, to - from).trimmed().isEmpty();
        };
        if (all.size() == 1 && isBlankText(object.begin + 1, entry.keyBegin)
            && isBlankText(end, object.end - 1)) {
            return {{.at = object.begin + 1, .removed = object.end - object.begin - 2}};
        }
        Splices splices;
        const bool isLast = index + 1 == all.size();
        if (isLast && index > 0 && entry.commaAt < 0) {
            // The comma before it would be one too many.
            const qsizetype comma = all.at(index - 1).commaAt;
            if (!isOwnLine(m_text, entry.keyBegin) && isBlankText(comma + 1, entry.keyBegin))
                return {{.at = comma, .removed = entry.valueEnd - comma}};
            splices.append({.at = comma, .removed = 1});
        }
        const auto line = m_document.lineBehind(end);
        if (isOwnLine(m_text, entry.keyBegin) && line) {
            const qsizetype start = lineStart(m_text, entry.keyBegin);
            splices.append({.at = start, .removed = *line - start});
        } else {
            const qsizetype blanks = indentAt(m_text, end).size();
            splices.append({.at = entry.keyBegin, .removed = end + blanks - entry.keyBegin});
        }
        return splices;
    }

    const JsoncText &m_document;
    const QByteArray &m_text;
    const EntryPlace &m_place;
    QByteArray m_newline;
    QByteArray m_unit;
};

class JsoncFormat : public ConfigFormat
{
public:
    Checked<QJsonObject> content(const QByteArray &text) const override
    {
        const auto document = JsoncText::parse(text);
        if (const auto *problem = problemOf(document))
            return *problem;
        return std::get<JsoncText>(document).content();
    }

    Checked<QList<Splice>> put(const QByteArray &text, const EntryPlace &place,
                               const EntryMembers &members) const override
    {
        const auto document = JsoncText::parse(text);
        if (const auto *problem = problemOf(document))
            return *problem;
        return Editor(std::get<JsoncText>(document), place).put(members);
    }

    Checked<QList<Splice>> take(const QByteArray &text, const EntryPlace &place) const override
    {
        const auto document = JsoncText::parse(text);
        if (const auto *problem = problemOf(document))
            return *problem;
        return Editor(std::get<JsoncText>(document), place).take();
    }
};

} // namespace

const ConfigFormat &jsoncFormat()
{
    static const JsoncFormat format;
    return format;
}

} // namespace client_config
