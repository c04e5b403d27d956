// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One-shot asynchronous operations: QFuture<Result<T>> as the value, a watcher as the delivery.
// QFuture::then is not used: on Qt 6.4 a second then() replaces the first, a finished future runs
// the continuation inside the caller, and a dead context aborts debug builds.
// Everything here runs on the thread of the owner; there is only one.

#pragma once

#include "app/base/result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <memory>
#include <type_traits>
#include <utility>

template <class T>
using Async = QFuture<Result<T>>;

template <class T>
[[nodiscard]] Async<T> readyAsync(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

// What a finished operation ended with; one whose promise was dropped was cancelled.
template <class T>
Result<T> endOf(const QFuture<Result<T>> &finished)
{
    if (finished.resultCount() > 0)
        return finished.result();
    return Error{.kind = Error::Kind::Cancelled, .detail = QStringLiteral("operation dropped")};
}

// Calls done(Result<T>) once, always from the event loop, unless owner dies first. An operation
// whose promise was dropped arrives as Cancelled.
template <class T, class Function>
void whenDone(const QFuture<Result<T>> &future, QObject *owner, Function done)
{
    // Half of what a call goes through has ended by now. One event does then; a watcher is an
    // object with a connection and four events.
    if (future.isFinished()) {
        QMetaObject::invokeMethod(
            owner, [future, done = std::move(done)]() mutable { done(endOf(future)); },
            Qt::QueuedConnection);
        return;
    }
    auto *watcher = new QFutureWatcher<Result<T>>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner,
                     [watcher, done = std::move(done)]() mutable {
                         watcher->deleteLater();
                         done(endOf(watcher->future()));
                     });
    watcher->setFuture(future);
}

// The write end of an Async: resolves once, later answers are ignored; dropping the last copy
// without an answer delivers Cancelled. Copies share one answer, so it fits into std::function.
template <class T>
class Promised
{
public:
    Promised()
        : m_promise(std::make_shared<QPromise<Result<T>>>())
    {
        m_promise->start();
    }

    [[nodiscard]] Async<T> future() const { return m_promise->future(); }
    bool isAnswered() const { return m_promise->future().isFinished(); }
    void answer(Result<T> result) const
    {
        if (isAnswered())
            return;
        m_promise->addResult(std::move(result));
        m_promise->finish();
    }

private:
    std::shared_ptr<QPromise<Result<T>>> m_promise;
};

// next(T) -> Async<U>, run from owner's event loop; an error skips it and is passed on. If owner
// dies first the result is Cancelled.
template <class T, class Next>
[[nodiscard]] auto andThen(const QFuture<Result<T>> &future, QObject *owner, Next next)
    -> std::invoke_result_t<Next, T>
{
    using Future = std::invoke_result_t<Next, T>;
    using U = std::remove_cvref_t<decltype(std::declval<Future>().result().value())>;
    Promised<U> promised;
    whenDone(future, owner, [owner, promised, next = std::move(next)](Result<T> result) mutable {
        if (!result.ok()) {
            promised.answer(result.error());
            return;
        }
        whenDone(next(std::move(result).value()), owner,
                 [promised](Result<U> last) { promised.answer(std::move(last)); });
    });
    return promised.future();
}
