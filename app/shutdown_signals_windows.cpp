// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/shutdown_signals.h"

#include <QMetaObject>

#include <windows.h>

namespace {

ShutdownSignals *s_receiver = nullptr;

// Runs on a thread of the system.
BOOL WINAPI handle(DWORD)
{
    if (!s_receiver)
        return FALSE;
    QMetaObject::invokeMethod(s_receiver, &ShutdownSignals::requested, Qt::QueuedConnection);
    return TRUE;
}

} // namespace

ShutdownSignals::ShutdownSignals(QObject *parent)
    : QObject(parent)
{
    s_receiver = this;
    SetConsoleCtrlHandler(&handle, TRUE);
}

ShutdownSignals::~ShutdownSignals()
{
    SetConsoleCtrlHandler(&handle, FALSE);
    s_receiver = nullptr;
}
