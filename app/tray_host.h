// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tells when it makes sense to create the tray icon.

#pragma once

#include <QObject>

// Emits ready() once, from the event loop. On Linux that is when the session's
// StatusNotifierWatcher has a host, or 10 s have passed without one (then XEmbed is tried): Qt 6.4
// remembers the first look for a watcher for the whole life of the process, so looking too early
// means no icon at all (seen on Plasma and GNOME at login).
class TrayHost : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    void start();

Q_SIGNALS:
    void ready();

private:
    void finish();
    Q_SLOT void look(); // a slot, because D-Bus signals know no other way
    bool m_isFinished = false;
};
