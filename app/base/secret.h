// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A token, code, verifier or other secret: bytes that cannot be printed by accident. The bytes are
// overwritten when the last holder lets go (best effort: Qt and TLS make copies of their own).

#pragma once

#include <QByteArray>
#include <QDebug>

#include <memory>

class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray bytes)
        : m_bytes(new QByteArray(std::move(bytes)), &wipe)
    {
    }

    bool isEmpty() const { return !m_bytes || m_bytes->isEmpty(); }
    // The bytes themselves; every call of this is a place to look at in a review.
    QByteArray reveal() const { return m_bytes ? *m_bytes : QByteArray(); }

    friend bool operator==(const Secret &a, const Secret &b) { return a.reveal() == b.reveal(); }
    friend QDebug operator<<(QDebug debug, const Secret &) { return debug << "***"; }

private:
    static void wipe(QByteArray *bytes)
    {
        bytes->fill('\0');
        delete bytes;
    }

    std::shared_ptr<QByteArray> m_bytes;
};
