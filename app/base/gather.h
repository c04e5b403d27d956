// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Several operations at once, and one answer when all have ended.

#pragma once

#include "app/base/async.h"

#include <QList>

#include <functional>
#include <optional>
#include <vector>

template <class T>
using Results = std::vector<Result<T>>;

// Starts every job, at most atOnce under way, and answers with what each ended with, in their
// order; errors are among them. If owner dies first the result is Cancelled.
template <class T>
[[nodiscard]] Async<Results<T>>
gather(QObject *owner, const std::vector<std::function<Async<T>()>> &jobs, int atOnce)
{
    struct Gathering
    {
        QObject *owner;
        std::vector<std::function<Async<T>()>> jobs;
        std::vector<std::optional<Result<T>>> ended = {};
        std::size_t started = 0;
        std::size_t open = 0;
        Promised<Results<T>> promised = {};

        static void startNext(const std::shared_ptr<Gathering> &all)
        {
            const std::size_t index = all->started++;
            ++all->open;
            whenDone(all->jobs[index](), all->owner, [all, index](Result<T> result) {
                all->ended[index] = std::move(result);
                --all->open;
                if (all->started < all->jobs.size())
                    startNext(all);
                else if (all->open == 0)
                    all->answer();
            });
        }
        void answer()
        {
            Results<T> results;
            for (std::optional<Result<T>> &one : ended)
                results.push_back(*std::move(one));
            promised.answer(std::move(results));
        }
    };
    const auto all = std::make_shared<Gathering>(Gathering{.owner = owner, .jobs = jobs});
    all->ended.resize(jobs.size());
    if (jobs.empty())
        all->answer();
    while (all->started < jobs.size() && all->started < std::size_t(atOnce))
        Gathering::startNext(all);
    return all->promised.future();
}
