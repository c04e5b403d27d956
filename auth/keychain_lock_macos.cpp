// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain_lock.h"

#include <QTimer>

namespace auth {

// The keychain of macOS tells a locked one apart by itself (errSecInteractionNotAllowed).
void askKeychainLock(QObject *owner, std::function<void(KeychainLock)> done)
{
    QTimer::singleShot(0, owner, [done = std::move(done)] { done(KeychainLock::NotKnown); });
}

} // namespace auth
