// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Cuts one HTTP/1.1 request out of bytes that come in pieces (RFC 9112, the part a browser's form
// needs) and decodes its form. Pure: no socket, no clock. Strict: what is not plainly right is
// refused, because on this door everybody on the machine may knock.

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace auth {

struct LoopbackRequest
{
    QByteArray method = {};
    QByteArray target = {}; // as sent, with the query
    QHash<QByteArray, QByteArray> headers = {}; // names in lower case
    QByteArray body = {};
};

class LoopbackRequestParser
{
public:
    static constexpr qsizetype headLimit = 64 * 1024;
    static constexpr qsizetype bodyLimit = 64 * 1024;

    enum class State { NeedsMore, Complete, Refused };

    // Bytes after the request's end are dropped: the connection carries one request.
    State feed(const QByteArray &bytes);
    State state() const { return m_state; }

    // Only when Complete.
    const LoopbackRequest &request() const { return m_request; }
    // Only when Refused: an HTTP status code.
    int refusal() const { return m_refusal; }

private:
    State refuse(int status);
    State readHead(const QByteArray &head);

    State m_state = State::NeedsMore;
    int m_refusal = 0;
    QByteArray m_received;
    qsizetype m_bodySize = -1; // -1: the head is not complete
    LoopbackRequest m_request;
};

// application/x-www-form-urlencoded (URL Standard, section 5.1). nullopt: broken percent-encoding,
// bytes that are no UTF-8, a name that comes twice, more than 64 fields.
std::optional<QHash<QString, QString>> decodeForm(const QByteArray &body);

} // namespace auth
