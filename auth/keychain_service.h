// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The keychain beside qtkeychain: whether it is locked or not there at all, that it came or was
// unlocked, and how to have the system ask for its password. qtkeychain 0.13 to 0.17 tells none of
// it: a locked Secret Service collection looks like "no entry" on read and like success on delete,
// a missing service is a sentence in the person's language. One file per system implements it.

#pragma once

#include "app/base/async.h"

#include <QObject>

#include <functional>
#include <memory>

namespace auth {

enum class KeychainLock {
    NotKnown, // the system cannot be asked
    Unlocked,
    Locked,
    NotMade, // it runs, but holds no collection to write into yet
    Absent, // nobody offers one
};

class KeychainService : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    using Answer = std::function<void(KeychainLock)>;
    // Calls done once, from the event loop, unless owner goes first. Shows nothing to the person.
    virtual void askLock(QObject *owner, Answer done) = 0;
    // Has the system ask the person for the keychain's password, or for a new one where it has not
    // been made. Done where it is open afterwards, or where the next read or write asks by itself;
    // Cancelled where the person said no; StorageFault. A second call joins the first.
    virtual Async<Done> unlock() = 0;
    // Whether reading or writing may ask the person although askLock() did not say "Locked".
    virtual bool mayAskByItself() const = 0;

    // parent owns it.
    static KeychainService *make(QObject *parent);

Q_SIGNALS:
    // It came, was locked or was unlocked.
    void changed();
};

} // namespace auth
