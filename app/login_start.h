// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether the tray program of one profile starts when the person logs in. Off until they choose it.
// The system's own place holds the choice and nothing of ours does, because people change it there
// too (GNOME Tweaks, Login Items, Task Manager): ask again before showing it.
//
//   Linux    ~/.config/autostart/<application id>[-<profile>].desktop
//   macOS    ~/Library/LaunchAgents/<application id>[.<profile>].plist
//   Windows  HKCU\Software\Microsoft\Windows\CurrentVersion\Run, value "Graph Valet[ (<profile>)]"

#pragma once

#include "app/base/result.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

class LoginStart
{
public:
    // program: absolute path of the tray program that shall start.
    explicit LoginStart(QString profile, QString program = QCoreApplication::applicationFilePath());

    // As far as this system tells: an entry that the person has disabled elsewhere, or whose
    // program is gone, counts as off.
    bool isOn() const;

    // From the next login on; starts and ends nothing now. Turning on what is on renews the
    // program's path. StorageFault with what the system said (outside text) where it cannot be
    // kept.
    Result<Done> setOn(bool on);

    // "Graph Valet", or "Graph Valet (work)": what system settings call the entry.
    QString name() const;
    // The program and its words.
    QStringList command() const;

private:
    QString m_profile;
    QString m_program;
};
