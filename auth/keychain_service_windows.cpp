// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain_service.h"

#include <QTimer>

namespace auth {

namespace {

// The credentials of Windows are open while their person is logged on.
class SystemKeychain : public KeychainService
{
public:
    using KeychainService::KeychainService;

    void askLock(QObject *owner, Answer done) override
    {
        QTimer::singleShot(0, owner, [done = std::move(done)] { done(KeychainLock::NotKnown); });
    }
    Async<Done> unlock() override { return readyAsync<Done>(Done()); }
    bool mayAskByItself() const override { return false; }
};

} // namespace

KeychainService *KeychainService::make(QObject *parent)
{
    return new SystemKeychain(parent);
}

} // namespace auth
