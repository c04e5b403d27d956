// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One tray process per user and profile. The lock file decides; a second process tells the first
// one to show itself, or takes its place where it has a display and the first one has none.
//
//   lock free ───────────────────────────────────────────────► acquired
//   lock taken ─ nobody answers (it starts, or ends) ─ again
//              ├ background ─────────────────────────────────► elsewhere
//              └ by hand ─ display ─ takeOver ─ yields ─ lock free ─► acquired(records)
//                        │                    └ does not ─┐
//                        └ no display ────────────────────┴ show ─► elsewhere

#pragma once

#include "app/console_client.h"
#include "auth/token_store.h"
#include "mcp/link/endpoint.h"

#include <QDeadlineTimer>
#include <QLockFile>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

class SingleInstance : public QObject
{
    Q_OBJECT
public:
    enum class Start {
        Background, // by a relay or at login: leaves the running one alone
        ByHand, // without a display
        ByHandWithDisplay,
    };

    SingleInstance(valet_link::Locations locations, Start start, QObject *parent = nullptr);
    ~SingleInstance() override;

    // The state folder exists. One of the signals follows, at latest after about 15 s.
    void begin();
    // At the end of the process, after the socket is gone.
    void release();

Q_SIGNALS:
    // This process is the one. records: what the process before had in memory only.
    void acquired(const QList<auth::KeyedRecord> &records);
    // Another process is the one. shown: it has brought its window to the front.
    void elsewhere(bool shown);
    // reason: English, a sentence.
    void failed(const QString &reason);

private:
    void attempt();
    void attemptLater();
    void ask();
    void askToTakeOver();
    void askToShow();
    void settle();
    QString socket() const;

    valet_link::Locations m_locations;
    Start m_start;
    QLockFile m_lock;
    QDeadlineTimer m_deadline;
    std::unique_ptr<ConsoleClient> m_client;
    QList<auth::KeyedRecord> m_records;
    QTimer m_pause;
    bool m_isWaitingForLock = false; // the other one has said that it goes
    bool m_isSettled = false;
};
