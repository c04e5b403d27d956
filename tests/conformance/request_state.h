// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The requestState of a call that goes on in another round (MCP 2026-07-28, "Multi Round-Trip
// Requests"): it comes back from a client that may have changed it, on whatever connection.

#pragma once

#include <QByteArray>
#include <QString>

namespace conformance {

class RequestState
{
public:
    RequestState(); // with a key of its own; one for all connections

    // text: what to remember.
    QString seal(const QString &text) const;
    // Whether a client brings back what seal() gave out for this text.
    bool isSealed(const QString &state, const QString &text) const;

private:
    QByteArray m_key;
};

} // namespace conformance
