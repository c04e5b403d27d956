// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The caller's wish to stop, handed down with a request. Whoever started the operation owns it and
// keeps it alive until the operation has ended; those below connect to cancelled().

#pragma once

#include <QObject>

class Cancellation : public QObject
{
    Q_OBJECT
public:
    explicit Cancellation(QObject *parent = nullptr);

    bool isCancelled() const { return m_cancelled; }
    // Emits cancelled() the first time; later calls do nothing.
    void cancel();

Q_SIGNALS:
    void cancelled();

private:
    bool m_cancelled = false;
};
