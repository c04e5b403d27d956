// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/account_key.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace auth {

QString accountKey(const QString &profile, int number)
{
    return number == 1 ? profile : profile + u'.' + QString::number(number);
}

int accountNumber(const QString &profile, const QString &key)
{
    if (key == profile)
        return 1;
    const int number = std::max(2, QStringView(key).mid(profile.size() + 1).toInt());
    return key == accountKey(profile, number) ? number : 0; // "02" is none
}

} // namespace auth
