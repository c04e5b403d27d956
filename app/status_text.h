// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sentences that menu, tool tip and status window share. Safe to show in widgets with plain
// text (display_text::shown); menus and tool tips pass them on through forMenu and forToolTip.

#pragma once

#include "app/valet.h"

#include <QString>

namespace status_text {

// "Adele Vance (adele@contoso.example)", "Not signed in", ...
QString account(const Status &status);
// "Signed in", "Keychain locked", ...
QString state(const Status &status);
// That the sign-in ends with the program, and why, in a few words.
QString memoryOnly(const Status &status);
// "Paused until 15:30"; empty where they are not.
QString pause(const Status &status);
// "2 AI clients"
QString clientCount(const Status &status);
// What the person should know or do beside the state; empty where all is well.
QString hint(const Status &status);
QString sandbox();
// As it can be pasted into a browser; empty while there is none.
QString signInLink(const Status &status);
// Why there is no sign-in with a device code, and which setting to change.
QString deviceCodeIsOff(const DeviceCodeRule &rule);
// The page to send to an administrator, for the clipboard; empty where none is needed.
QString adminLink(const Status &status);

QString name(const auth::Account &account);
// The same for each of several; with the organisation's id where two have the same name.
QStringList names(const QList<AccountStatus> &accounts);
// For whoever named an account that is not signed in.
QString notSignedIn(const QString &username);
// The same where it could be several. ids: what tells them apart.
QString severalAccounts(const QString &username, const QStringList &ids);
// A sign-in or a step-up is under way, which can be cancelled.
bool isPageOpen(const Status &status);
bool canSignIn(const Status &status);
bool canSignOut(const Status &status);
bool canUnlock(const Status &status);

} // namespace status_text
