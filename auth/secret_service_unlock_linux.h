// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One unlocking of the default collection: the service shows its own window, in which the person
// types the password. Where there is no default collection yet, the window is for making one.
//
//   Unlock / CreateCollection ─► "/" (nothing to ask) ─► done
//                             └► prompt ─► Prompt() ─► Completed(dismissed) ─► done, cancelled

#pragma once

#include "app/base/async.h"

#include <QDBusMessage>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QObject>

namespace auth {

class SecretServiceUnlock : public QObject
{
    Q_OBJECT
public:
    // Begins at once and deletes itself after its end.
    explicit SecretServiceUnlock(QObject *parent);

    // Cancelled where the person closed the window, or none could be shown; StorageFault where the
    // service is not there or went away meanwhile. No time limit: the person may take theirs.
    Async<Done> result() const { return m_result.future(); }

private Q_SLOTS:
    void completed(bool dismissed, const QDBusVariant &value);

private:
    void begin(const QDBusMessage &alias);
    void showPrompt(const QString &path);
    void end(const Result<Done> &result);

    Promised<Done> m_result;
    QDBusServiceWatcher m_watcher;
};

} // namespace auth
