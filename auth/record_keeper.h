// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Makes the keychain hold what the session holds. One store operation at a time, the newest wish
// wins. What failed for no known cause is tried again a few times; what a locked or absent keychain
// refused waits for tryAgain(). A record is tried again at its next use too. Until it worked it
// lives in memory only, and the session says so. Owned by AccountSession.
//
//   keep(r) / forget() ► wish changed ► operation running ─ok─► settled
//                                 ▲             └─failed─► later, tryAgain(), nudge() ─┘

#pragma once

#include "app/base/async.h"
#include "auth/token_store.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace auth {

class RecordKeeper : public QObject
{
    Q_OBJECT
public:
    using Delays = QList<std::chrono::milliseconds>;

    // store outlives it. retries: how long to wait after the first, second, ... failed write.
    RecordKeeper(TokenStore *store, QString key, Delays retries, QObject *parent = nullptr);

    // Answers when this record, or a newer wish that replaced it, has been tried once.
    Async<Done> keep(const TokenRecord &record);
    // Answers when the entry is surely gone, or StorageFault; then it is tried again as keep() is.
    Async<Done> forget();
    // The record is being used: a write that has failed is tried again, unless it was just now, or
    // a prompt would come before the person again.
    void nudge();
    // What has failed may work now.
    void tryAgain();

    // True from keep() until the store holds the record.
    bool isPending() const { return m_wish == Wish::Keep && m_settled != m_version; }
    // True from forget() until the entry is surely gone.
    bool isForgetting() const { return m_wish == Wish::Forget && m_settled != m_version; }
    // Why the last try failed; nullopt while none has.
    std::optional<Error> problem() const { return m_problem; }

Q_SIGNALS:
    // isPending() or problem() changed outside of a call.
    void changed();

private:
    enum class Wish { Nothing, Keep, Forget };

    void work();
    void worked(quint64 version, const Result<Done> &result);

    TokenStore *m_store;
    const QString m_key;
    const Delays m_retries;
    QTimer m_retry;
    qsizetype m_failures = 0;
    QElapsedTimer m_lastTry;
    Wish m_wish = Wish::Nothing;
    TokenRecord m_record;
    quint64 m_version = 0; // of the wish
    quint64 m_settled = 0; // the newest version that worked
    bool m_running = false;
    bool m_isTriedAgain = false; // as soon as the one under way has failed
    std::optional<Error> m_problem;
    QList<Promised<Done>> m_waiting;
};

} // namespace auth
