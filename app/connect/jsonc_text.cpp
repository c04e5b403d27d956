// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect/jsonc_text.h"

#include "app/connect/text_edit.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <optional>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

constexpr int depthLimit = 200;

bool isBlank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

// Finds the ends of things. Forgiving inside of numbers and words: QJsonDocument judges those.
class Scanner
{
public:
    explicit Scanner(const QByteArray &text, QByteArray *plain = nullptr)
        : m_text(text)
        , m_plain(plain)
    {
    }

    qsizetype at = 0;
    QString problem;

    bool isAtEnd() const { return at >= m_text.size(); }
    char next() const { return isAtEnd() ? '\0' : m_text.at(at); }

    bool skipSpace()
    {
        while (!isAtEnd()) {
            if (isBlank(next()))
                ++at;
            else if (next() != '/')
                return true;
            else if (!skipComment())
                return false;
        }
        return true;
    }

    bool skipComment()
    {
        const qsizetype begin = at;
        const char kind = at + 1 < m_text.size() ? m_text.at(at + 1) : '\0';
        if (kind == '/') {
            at = m_text.indexOf('\n', at);
            at = at < 0 ? m_text.size() : at;
        } else if (kind == '*') {
            const qsizetype end = m_text.indexOf("*/", at + 2);
            if (end < 0)
                return fail(u"a comment has no end"_s);
            at = end + 2;
        } else {
            return fail(u"a value is missing"_s);
        }
        blankOut(begin, at);
        return true;
    }

    bool skipString()
    {
        const qsizetype begin = at;
        for (++at; !isAtEnd(); ++at) {
            const char byte = next();
            if (byte == '"') {
                ++at;
                return true;
            }
            if (byte == '\n' || byte == '\r')
                break;
            if (byte == '\\')
                ++at;
        }
        at = begin;
        return fail(u"a text has no end"_s);
    }

    bool skipWord()
    {
        const qsizetype begin = at;
        while (!isAtEnd() && !isBlank(next()) && !QByteArray(",:[]{}\"/").contains(next()))
            ++at;
        return at > begin || fail(u"a value is missing"_s);
    }

    // members: filled where the value is an object.
    bool skipValue(int depth, QList<JsonMember> *members = nullptr)
    {
        if (depth > depthLimit)
            return fail(u"nested too deep"_s);
        switch (next()) {
        case '{':
        case '[': return skipContainer(depth, members);
        case '"': return skipString();
        default: return skipWord();
        }
    }

    bool skipContainer(int depth, QList<JsonMember> *members)
    {
        const qsizetype begin = at;
        const bool isObject = next() == '{';
        const char close = isObject ? '}' : ']';
        qsizetype lastComma = -1;
        for (++at;;) {
            if (!skipSpace())
                return false;
            if (isAtEnd()) {
                at = begin;
                return fail(isObject ? u"a brace is not closed"_s : u"a bracket is not closed"_s);
            }
            if (next() == close) {
                if (lastComma >= 0)
                    blankOut(lastComma, lastComma + 1);
                ++at;
                return true;
            }
            JsonMember member;
            member.keyBegin = at;
            if (isObject && !skipName())
                return false;
            member.valueBegin = at;
            const qsizetype nameEnd = m_nameEnd;
            if (!skipValue(depth + 1))
                return false;
            member.valueEnd = at;
            if (!skipSpace())
                return false;
            if (next() == ',') {
                member.commaAt = lastComma = at++;
            } else if (next() == close) {
                lastComma = -1;
            } else if (!isAtEnd()) {
                return fail(u"a comma is missing"_s);
            }
            if (members) {
                const QByteArray name = m_text.mid(member.keyBegin, nameEnd - member.keyBegin);
                member.name = QJsonDocument::fromJson('[' + name + ']').array().at(0).toString();
                members->append(member);
            }
        }
    }

    bool fail(const QString &text)
    {
        if (problem.isEmpty())
            problem = text;
        return false;
    }

private:
    // A member's name, its colon, and what stands before the value.
    bool skipName()
    {
        if (next() != '"')
            return fail(u"a name in quotation marks is missing"_s);
        if (!skipString())
            return false;
        m_nameEnd = at;
        if (!skipSpace())
            return false;
        if (next() != ':')
            return fail(u"a colon is missing"_s);
        ++at;
        return skipSpace();
    }

    void blankOut(qsizetype begin, qsizetype end)
    {
        for (qsizetype i = begin; m_plain && i < end; ++i) {
            if (!isBlank(m_plain->at(i)))
                (*m_plain)[i] = ' ';
        }
    }

    const QByteArray &m_text;
    QByteArray *m_plain;
    qsizetype m_nameEnd = 0;
};

ConfigProblem brokenAt(const QByteArray &text, qsizetype offset, const QString &what)
{
    const TextPlace place = placeOf(text, offset);
    return {.reason = ConfigProblem::Reason::Broken,
            .line = place.line,
            .column = place.column,
            .what = what};
}

} // namespace

Checked<JsoncText> JsoncText::parse(const QByteArray &text)
{
    JsoncText document;
    document.m_bytes = text;
    document.m_plain = text;
    Scanner scanner(document.m_bytes, &document.m_plain);
    scanner.at = markSize(text);
    document.m_plain.replace(0, scanner.at, QByteArray(scanner.at, ' '));
    if (!scanner.skipSpace())
        return brokenAt(text, scanner.at, scanner.problem);
    if (scanner.isAtEnd())
        return document;
    const qsizetype root = scanner.at;
    if (!scanner.skipValue(0) || !scanner.skipSpace())
        return brokenAt(text, scanner.at, scanner.problem);
    if (!scanner.isAtEnd())
        return brokenAt(text, scanner.at, u"something stands behind the end"_s);

    QJsonParseError mistake{};
    const QJsonDocument parsed = QJsonDocument::fromJson(document.m_plain, &mistake);
    if (mistake.error != QJsonParseError::NoError)
        return brokenAt(text, mistake.offset, mistake.errorString());
    if (!parsed.isObject())
        return brokenAt(text, root, u"this is not an object"_s);
    document.m_root = root;
    document.m_content = parsed.object();
    return document;
}

JsonObjectRange JsoncText::objectAt(qsizetype offset) const
{
    JsonObjectRange object;
    Scanner scanner(m_bytes);
    scanner.at = offset;
    object.begin = offset;
    scanner.skipContainer(0, &object.members);
    object.end = scanner.at;
    return object;
}

QJsonValue JsoncText::valueOf(const JsonMember &member) const
{
    const QByteArray value = m_plain.mid(member.valueBegin, member.valueEnd - member.valueBegin);
    return QJsonDocument::fromJson('[' + value + ']').array().at(0);
}

std::optional<qsizetype> JsoncText::lineBehind(qsizetype offset) const
{
    Scanner scanner(m_bytes);
    scanner.at = offset;
    while (!scanner.isAtEnd()) {
        if (scanner.next() == '\n')
            return scanner.at + 1;
        if (scanner.next() == ' ' || scanner.next() == '\t' || scanner.next() == '\r') {
            ++scanner.at;
            continue;
        }
        const qsizetype begin = scanner.at;
        if (scanner.next() != '/' || !scanner.skipComment()
            || m_bytes.mid(begin, scanner.at - begin).contains('\n'))
            return std::nullopt;
    }
    return std::nullopt;
}

qsizetype JsoncText::skipSpace(qsizetype offset) const
{
    Scanner scanner(m_bytes);
    scanner.at = offset;
    scanner.skipSpace();
    return scanner.at;
}

} // namespace client_config
