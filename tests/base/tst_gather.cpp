// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/gather.h"

#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;

class TestGather : public QObject
{
    Q_OBJECT

private:
    using Jobs = std::vector<std::function<Async<int>()>>;

    template <class T>
    static std::optional<Result<Results<T>>> waitFor(const Async<Results<T>> &future)
    {
        std::optional<Result<Results<T>>> result;
        QObject owner;
        whenDone(future, &owner, [&](Result<Results<T>> got) { result = std::move(got); });
        (void)QTest::qWaitFor([&] { return result.has_value(); });
        return result;
    }

private Q_SLOTS:
    void nothingToDoIsDone()
    {
        const auto result = waitFor(gather<int>(this, Jobs{}, 4));
        QVERIFY(result && result->ok());
        QVERIFY((*result)->empty());
    }

    // The later a job is started, the earlier it ends.
    void inTheirOrderAndNeverTooManyAtOnce()
    {
        int running = 0;
        int most = 0;
        Jobs jobs;
        for (int i = 0; i < 9; ++i) {
            jobs.emplace_back([&, i] {
                most = qMax(most, ++running);
                const Promised<int> promised;
                QTimer::singleShot(20 - i, this, [&, promised, i] {
                    --running;
                    promised.answer(i);
                });
                return promised.future();
            });
        }
        const auto result = waitFor(gather<int>(this, jobs, 3));
        QVERIFY(result && result->ok());
        QCOMPARE((*result)->size(), std::size_t(9));
        for (int i = 0; i < 9; ++i)
            QCOMPARE((*result)->at(std::size_t(i)).value(), i);
        QCOMPARE(most, 3);
    }

    void anErrorIsOneOfTheAnswers()
    {
        const Jobs jobs{[] { return readyAsync<int>(1); },
                        [] { return readyAsync<int>(Error{.kind = Error::Kind::NotFound}); },
                        [] { return readyAsync<int>(3); }};
        const auto result = waitFor(gather<int>(this, jobs, 1));
        QVERIFY(result && result->ok());
        QCOMPARE((*result)->at(0).value(), 1);
        QCOMPARE((*result)->at(1).error().kind, Error::Kind::NotFound);
        QCOMPARE((*result)->at(2).value(), 3);
    }

    void cancelledWhereItsOwnerDies()
    {
        auto owner = std::make_unique<QObject>();
        const Promised<int> never;
        const auto future = gather<int>(owner.get(), Jobs{[&never] { return never.future(); }}, 4);
        owner.reset();
        const auto result = waitFor(future);
        QVERIFY(result && !result->ok());
        QCOMPARE(result->error().kind, Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestGather)
#include "tst_gather.moc"
