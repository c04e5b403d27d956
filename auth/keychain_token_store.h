// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The OS keychain through qtkeychain; keychain_token_store.cpp is the only file that includes it.
//
// Beside the entry lies a small file without secrets, the marker: that there is an entry (so that
// another or emptied keychain is not taken for "signed out"), and that one has to be deleted (so
// that a sign-out which a locked keychain refused holds after a restart).

#pragma once

#include "auth/token_store.h"

#include <QObject>

#include <chrono>
#include <functional>

namespace auth {

// StorageFault's serviceCode says why: "locked", "absent" (no keychain on this system, and none was
// used before), "unavailable" (the same, but there was one), "lost" (it has no entry any more),
// "damaged", "timeout", "failed".
class KeychainTokenStore : public QObject, public TokenStore
{
    Q_OBJECT
public:
    // folder: of the profile's state; exists. service: first part of the entry's name.
    explicit KeychainTokenStore(QString folder, QString service = QStringLiteral("graph-valet"),
                                QObject *parent = nullptr);

    QStringList keys(const QString &profile) const override;
    Async<std::optional<TokenRecord>> read(const QString &key) override;
    Async<Done> write(const QString &key, const TokenRecord &record) override;
    Async<Done> remove(const QString &key) override;

    // For tests.
    void setJobLimit(std::chrono::milliseconds limit) { m_jobLimit = limit; }

private:
    struct Marker
    {
        bool isStored = false;
        bool isToBeDeleted = false;
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
    QString entryName(const QString &key) const;

    template <class Job>
    void run(Job *job, const QString &key, const Next &next);
    void explain(const Outcome &outcome, const Next &next);
    void fetch(const QString &key, const Next &next);
    void store(const QString &key, const QByteArray &data, const Next &next);
    void erase(const QString &key, const Next &next);

    const QString m_folder;
    const QString m_service;
    // Above all prompts: longer than a person takes for a password. A job that hangs is left alone:
    // qtkeychain crashes when one is deleted before its answer.
    std::chrono::milliseconds m_jobLimit = std::chrono::seconds(60);
};

} // namespace auth
