// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The person's pause for all AI clients. It lasts across restarts, and no environment variable,
// console word or client begins or ends it.

#pragma once

#include "app/pause_length.h"
#include "app/settings.h"
#include "mcp/access/call_pause.h"

#include <QTimer>

#include <functional>

class PauseSwitch : public QObject
{
    Q_OBJECT
public:
    // settings outlive the switch. now: in UTC.
    explicit PauseSwitch(Settings *settings,
                         std::function<QDateTime()> now = &QDateTime::currentDateTimeUtc,
                         QObject *parent = nullptr);

    // By the clock, so that a computer that slept is not paused for longer.
    std::optional<mcp::CallPause> current() const;
    void pause(PauseLength length);
    void resume();

Q_SIGNALS:
    // current() is another one; also where it has run out.
    void changed();

private:
    void keep(const QString &text);
    void watchEnd();

    Settings *m_settings;
    std::function<QDateTime()> m_now;
    QTimer m_end; // runs only while a pause has one
};
