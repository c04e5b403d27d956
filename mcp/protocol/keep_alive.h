// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Keeps what an operation was given by pointer (a Cancellation) until the operation has ended, also
// when whoever started it has gone meanwhile.

#pragma once

#include "app/base/async.h"

#include <memory>

namespace mcp {

template <class T, class Kept>
void keepUntilDone(const QFuture<Result<T>> &future, std::shared_ptr<Kept> kept)
{
    if (future.isFinished())
        return;
    // Nobody's child: it ends with the operation alone, and a dropped promise ends that too.
    auto *keeper = new QObject;
    whenDone(future, keeper,
             [keeper, kept = std::move(kept)](const Result<T> &) { keeper->deleteLater(); });
}

} // namespace mcp
