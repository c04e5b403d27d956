// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/claims_challenge.h"

#include <QJsonDocument>

#include <cstring>

namespace mcp {
namespace {

constexpr qsizetype sizeLimit = 8 * 1024;

// RFC 9110, section 5.6.2
bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || (c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr);
}

class Reader
{
public:
    explicit Reader(const QByteArray &text)
        : m_text(text)
    {
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text.at(m_at); }
    void skip(const char *characters)
    {
        while (!atEnd() && std::strchr(characters, peek()))
            ++m_at;
    }
    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    QByteArray token()
    {
        const qsizetype start = m_at;
        while (isTokenCharacter(peek()))
            ++m_at;
        return m_text.mid(start, m_at - start);
    }
    // nullopt: the quotation does not end.
    std::optional<QByteArray> value()
    {
        if (!take('"')) {
            const qsizetype start = m_at;
            while (!atEnd() && !std::strchr(", \t", peek()))
                ++m_at;
            return m_text.mid(start, m_at - start);
        }
        QByteArray text;
        while (!atEnd() && peek() != '"') {
            if (peek() == '\\')
                ++m_at;
            if (!atEnd())
                text += m_text.at(m_at++);
        }
        return take('"') ? std::optional(text) : std::nullopt;
    }

private:
    const QByteArray m_text;
    qsizetype m_at = 0;
};

std::optional<QByteArray> decoded(QByteArray text)
{
    // Both alphabets are seen, with and without padding.
    text.replace('-', '+').replace('_', '/');
    if (const auto result = QByteArray::fromBase64Encoding(
            text, QByteArray::OmitTrailingEquals | QByteArray::AbortOnBase64DecodingErrors))
        return *result;
    return {};
}

} // namespace

std::optional<QByteArray> claimsChallenge(const QByteArray &header)
{
    if (header.size() > 4 * sizeLimit)
        return {};
    Reader reader(header);
    bool isBearer = false;
    while (true) {
        reader.skip(", \t");
        if (reader.atEnd())
            return {};
        const QByteArray name = reader.token();
        if (name.isEmpty())
            return {};
        reader.skip(" \t");
        if (!reader.take('=')) {
            isBearer = name.compare("bearer", Qt::CaseInsensitive) == 0;
            continue;
        }
        reader.skip(" \t");
        const auto value = reader.value();
        if (!value)
            return {};
        if (!isBearer || name.compare("claims", Qt::CaseInsensitive) != 0)
            continue;
        auto claims = decoded(*value);
        if (claims && claims->size() <= sizeLimit && QJsonDocument::fromJson(*claims).isObject())
            return claims;
    }
}

} // namespace mcp
