// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain_service.h"

#include <QTimer>

namespace auth {

namespace {

// The login keychain asks for its password by itself when it is read or written
// (errSecInteractionNotAllowed where it may not), so unlocking is reading again.
class SystemKeychain : public KeychainService
{
public:
    using KeychainService::KeychainService;

    void askLock(QObject *owner, Answer done) override
    {
        QTimer::singleShot(0, owner, [done = std::move(done)] { done(KeychainLock::NotKnown); });
    }
    Async<Done> unlock() override { return readyAsync<Done>(Done()); }
    bool mayAskByItself() const override { return true; }
};

} // namespace

KeychainService *KeychainService::make(QObject *parent)
{
    return new SystemKeychain(parent);
}

} // namespace auth
