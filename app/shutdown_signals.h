// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The system's polite wishes that the process may end: SIGTERM, SIGINT and SIGHUP; on Windows the
// end of a console session. They arrive as a Qt signal in the event loop.

#pragma once

#include <QObject>

class ShutdownSignals : public QObject
{
    Q_OBJECT
public:
    // One per process.
    explicit ShutdownSignals(QObject *parent = nullptr);
    ~ShutdownSignals() override;

Q_SIGNALS:
    void requested();
};
