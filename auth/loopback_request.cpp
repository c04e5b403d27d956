// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/loopback_request.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace auth {

namespace {

// RFC 9110, section 5.6.2
bool isToken(const QByteArray &text)
{
    static const QByteArray marks = "!#$%&'*+-.^_`|~"_ba;
    return !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || marks.contains(c);
    });
}

bool isVisible(const QByteArray &text)
{
    return !text.isEmpty()
        && std::all_of(text.cbegin(), text.cend(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool isFieldValue(const QByteArray &text)
{
    return std::all_of(text.cbegin(), text.cend(), [](char c) {
        return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    });
}

// -1 when it is no plain decimal number.
qsizetype decimal(const QByteArray &text)
{
    const bool digits = !text.isEmpty() && text.size() <= 10
        && std::all_of(text.cbegin(), text.cend(), [](char c) { return c >= '0' && c <= '9'; });
    return digits ? qsizetype(text.toLongLong()) : -1;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::optional<QString> decodeField(const QByteArray &encoded)
{
    QByteArray bytes;
    bytes.reserve(encoded.size());
    for (qsizetype i = 0; i < encoded.size(); ++i) {
        const char c = encoded.at(i);
        if (c == '+') {
            bytes += ' ';
        } else if (c != '%') {
            bytes += c;
        } else {
            const int high = i + 2 < encoded.size() ? hexDigit(encoded.at(i + 1)) : -1;
            const int low = i + 2 < encoded.size() ? hexDigit(encoded.at(i + 2)) : -1;
            if (high < 0 || low < 0)
                return {};
            bytes += char(high * 16 + low);
            i += 2;
        }
    }
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(bytes);
    if (utf8.hasError())
        return {};
    return text;
}

} // namespace

LoopbackRequestParser::State LoopbackRequestParser::feed(const QByteArray &bytes)
{
    if (m_state != State::NeedsMore)
        return m_state;
    // Not from the start again: the head may come byte by byte.
    const qsizetype from = std::max(qsizetype(0), m_received.size() - 3);
    m_received += bytes;
    if (m_bodySize < 0) {
        const qsizetype end = m_received.indexOf("\r\n\r\n", from);
        if (end > headLimit || (end < 0 && m_received.size() > headLimit + 3))
            return refuse(431);
        if (end < 0)
            return m_state;
        if (readHead(m_received.left(end)) != State::NeedsMore)
            return m_state;
        m_received.remove(0, end + 4);
    }
    if (m_received.size() < m_bodySize)
        return m_state;
    m_request.body = m_received.left(m_bodySize);
    m_received.clear();
    m_state = State::Complete;
    return m_state;
}

LoopbackRequestParser::State LoopbackRequestParser::refuse(int status)
{
    m_refusal = status;
    m_state = State::Refused;
    m_received.clear();
    return m_state;
}

LoopbackRequestParser::State LoopbackRequestParser::readHead(const QByteArray &head)
{
    QList<QByteArray> lines = head.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        // Every line but the last, which the cut took it from, ends in CR LF.
        if (i + 1 < lines.size()) {
            if (!lines[i].endsWith('\r'))
                return refuse(400);
            lines[i].chop(1);
        }
    }
    const QList<QByteArray> parts = lines.takeFirst().split(' ');
    if (parts.size() != 3 || !isToken(parts[0]) || !isVisible(parts[1]))
        return refuse(400);
    if (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0")
        return refuse(parts[2].startsWith("HTTP/") ? 505 : 400);
    m_request.method = parts[0];
    m_request.target = parts[1];
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(colon).toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (colon < 0 || !isToken(name) || !isFieldValue(value))
            return refuse(400);
        const bool twice = m_request.headers.contains(name);
        if (twice && (name == "host" || name == "content-length" || name == "content-type"))
            return refuse(400);
        m_request.headers[name] = twice ? m_request.headers.value(name) + ", " + value : value;
    }
    if (m_request.headers.contains("transfer-encoding"))
        return refuse(501); // no browser sends a form that way
    const auto length = m_request.headers.constFind("content-length");
    m_bodySize = length == m_request.headers.constEnd() ? 0 : decimal(*length);
    if (m_bodySize < 0)
        return refuse(400);
    if (m_bodySize > bodyLimit)
        return refuse(413);
    return m_state;
}

std::optional<QHash<QString, QString>> decodeForm(const QByteArray &body)
{
    constexpr qsizetype fieldLimit = 64;
    QHash<QString, QString> form;
    const QList<QByteArray> fields = body.split('&');
    for (const QByteArray &field : fields) {
        if (field.isEmpty())
            continue;
        const qsizetype equals = field.indexOf('=');
        const auto name = decodeField(equals < 0 ? field : field.left(equals));
        const auto value = decodeField(equals < 0 ? QByteArray() : field.mid(equals + 1));
        if (!name || !value || form.contains(*name) || form.size() == fieldLimit)
            return {};
        form.insert(*name, *value);
    }
    return form;
}

} // namespace auth
