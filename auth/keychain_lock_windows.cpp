// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain_lock.h"

#include <QTimer>

namespace auth {

// The credentials of Windows are open while their person is logged on.
void askKeychainLock(QObject *owner, std::function<void(KeychainLock)> done)
{
    QTimer::singleShot(0, owner, [done = std::move(done)] { done(KeychainLock::NotKnown); });
}

} // namespace auth
