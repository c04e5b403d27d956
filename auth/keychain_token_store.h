// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The OS keychain through qtkeychain; keychain_token_store.cpp is the only file that includes it.
//
// Beside the entry lies a small file without secrets, the marker: that there is an entry (so that
// another or emptied keychain is not taken for "signed out"), that one has to be deleted (so that a
// sign-out which a locked keychain refused holds after a restart), and that a first write has begun
// (as further accounts are known by their markers alone).

#pragma once

#include "auth/keychain_service.h"
#include "auth/token_store.h"

#include <chrono>
#include <functional>

namespace QKeychain {
class Job;
}

namespace auth {

// StorageFault's serviceCode says why: "locked" (or not made yet), "absent" (no keychain on this
// system, and none was used before), "unavailable" (the same, but there was one), "lost" (it has no
// entry any more), "damaged", "timeout", "tooLarge", "failed". All but the last two have a cause.
//
// Nothing but unlock() brings a prompt before the person where the system can be asked whether the
// keychain is locked: what would need one answers "locked" instead. One object serves all keys.
class KeychainTokenStore : public TokenStore
{
    Q_OBJECT
public:
    // folder: of the profile's state; exists. service: part of the entry's name.
    explicit KeychainTokenStore(QString folder, QString service = QStringLiteral("graph-valet"),
                                QObject *parent = nullptr);

    QStringList keys(const QString &profile) const override;
    Async<std::optional<TokenRecord>> read(const QString &key) override;
    Async<Done> write(const QString &key, const TokenRecord &record) override;
    Async<Done> remove(const QString &key) override;
    bool isToBeRemoved(const QString &key) const override;
    Async<Done> unlock() override;
    bool mayAskByItself() const override { return m_system->mayAskByItself(); }

    // For tests.
    void setJobLimit(std::chrono::milliseconds limit) { m_jobLimit = limit; }

private:
    struct Marker
    {
        bool isStored = false;
        bool isToBeDeleted = false;
        bool isBegun = false; // a first write is under way, or was when the process ended
    };
    // What one qtkeychain job came to. problem: set unless it worked or found nothing.
    struct Outcome
    {
        bool isFound = true;
        QByteArray data = {};
        std::optional<Error> problem = {};
    };
    using Next = std::function<void(const Outcome &)>;

    Marker marker(const QString &key) const;
    bool setMarker(const QString &key, Marker marker) const;
    QString markerPath(const QString &key) const;
    // The problem as it is for this key: where there was a keychain, it is not just absent.
    Error told(const QString &key, Error problem) const;

    enum class Access { Read, Change };
    using MakeJob = std::function<QKeychain::Job *()>;
    void run(Access access, const QString &key, const MakeJob &makeJob, const Next &next);
    void abandon(QKeychain::Job *job);
    void explain(const Outcome &outcome, const Next &next);
    void fetch(const QString &key, const Next &next);
    void store(const QString &key, const QByteArray &data, const Next &next);
    void erase(const QString &key, const Next &next);

    const QString m_folder;
    const QString m_service;
    KeychainService *const m_system;
    // Above all prompts: longer than a person takes for a password. A job that hangs is left alone:
    // qtkeychain crashes when one is deleted before its answer. As it runs one job at a time, none
    // is queued behind it.
    std::chrono::milliseconds m_jobLimit = std::chrono::seconds(60);
    int m_abandonedJobs = 0;
};

} // namespace auth
