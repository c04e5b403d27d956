// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the accounts of a profile are called in the token store: "<profile>" the first, then
// "<profile>.2", "<profile>.3", ...

#pragma once

#include <QString>

namespace auth {

// number: from 1.
QString accountKey(const QString &profile, int number);
// The number; 0 where this is no key of this profile.
int accountNumber(const QString &profile, const QString &key);

} // namespace auth
