// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether the keychain is locked or not there at all, asked beside qtkeychain: a locked Secret
// Service collection looks like "no entry" on read and like success on delete, and a missing
// service is only a sentence in the person's language (qtkeychain 0.13 to 0.17).

#pragma once

#include <QObject>

#include <functional>

namespace auth {

enum class KeychainLock { NotKnown, Unlocked, Locked, Absent };

// Calls done once, from the event loop, unless owner goes first. NotKnown wherever the system has
// no such question.
void askKeychainLock(QObject *owner, std::function<void(KeychainLock)> done);

} // namespace auth
