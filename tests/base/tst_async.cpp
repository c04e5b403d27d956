// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/async.h"
#include "app/base/cancellation.h"

#include <QTest>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

class TestAsync : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finishedFutureIsDeliveredFromTheEventLoop()
    {
        bool called = false;
        whenDone(readyAsync<int>(7), this, [&](const Result<int> &result) {
            called = true;
            QCOMPARE(result.value(), 7);
        });
        QVERIFY(!called);
        QTRY_VERIFY(called);
    }

    void finishedFutureOfADeadOwnerIsNotDelivered()
    {
        bool called = false;
        auto owner = std::make_unique<QObject>();
        whenDone(readyAsync<int>(7), owner.get(), [&](const Result<int> &) { called = true; });
        owner.reset();
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void droppedPromiseIsCancelledForWhoComesLater()
    {
        auto promised = std::make_unique<Promised<int>>();
        const auto future = promised->future();
        promised.reset();
        QVERIFY(future.isFinished());
        std::optional<Error::Kind> kind;
        whenDone(future, this, [&](const Result<int> &result) { kind = result.error().kind; });
        QTRY_VERIFY(kind.has_value());
        QCOMPARE(*kind, Error::Kind::Cancelled);
    }

    void listenersHearItInTheirOrder()
    {
        QList<int> heard;
        Promised<int> promised;
        whenDone(readyAsync<int>(1), this, [&](const Result<int> &r) { heard.append(*r); });
        whenDone(promised.future(), this, [&](const Result<int> &r) { heard.append(*r); });
        promised.answer(2);
        whenDone(promised.future(), this, [&](const Result<int> &r) { heard.append(*r + 1); });
        QTRY_COMPARE(heard.size(), 3);
        QCOMPARE(heard, (QList<int>{1, 2, 3}));
    }

    void everyListenerHearsIt()
    {
        Promised<int> promised;
        int sum = 0;
        for (int i = 0; i < 3; ++i)
            whenDone(promised.future(), this,
                     [&](const Result<int> &result) { sum += result.value(); });
        promised.answer(5);
        promised.answer(100);
        QTRY_COMPARE(sum, 15);
    }

    void droppedPromiseIsCancelled()
    {
        auto promised = std::make_unique<Promised<int>>();
        Error::Kind kind = Error::Kind::Bug;
        bool called = false;
        whenDone(promised->future(), this, [&](const Result<int> &result) {
            called = true;
            kind = result.error().kind;
        });
        promised.reset();
        QTRY_VERIFY(called);
        QCOMPARE(kind, Error::Kind::Cancelled);
    }

    void deadOwnerIsNeverCalled()
    {
        Promised<int> promised;
        bool called = false;
        auto owner = std::make_unique<QObject>();
        whenDone(promised.future(), owner.get(), [&](const Result<int> &) { called = true; });
        promised.answer(1);
        owner.reset();
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void chainPassesValuesAndSkipsOnError()
    {
        int steps = 0;
        QString text;
        const auto half = [&](int value) -> Async<QString> {
            ++steps;
            return readyAsync<QString>(QString::number(value / 2));
        };
        whenDone(andThen(readyAsync<int>(8), this, half), this,
                 [&](const Result<QString> &result) { text = result.value(); });
        QTRY_COMPARE(text, u"4"_s);

        Error::Kind kind = Error::Kind::Bug;
        whenDone(andThen(readyAsync<int>(Error{.kind = Error::Kind::Offline}), this, half), this,
                 [&](const Result<QString> &result) { kind = result.error().kind; });
        QTRY_COMPARE(kind, Error::Kind::Offline);
        QCOMPARE(steps, 1);
    }

    void ownerOfAChainDyingCancelsIt()
    {
        Promised<int> promised;
        auto owner = std::make_unique<QObject>();
        Error::Kind kind = Error::Kind::Bug;
        whenDone(andThen(promised.future(), owner.get(), [](int v) { return readyAsync<int>(v); }),
                 this, [&](const Result<int> &result) { kind = result.error().kind; });
        owner.reset();
        promised.answer(1);
        QTRY_COMPARE(kind, Error::Kind::Cancelled);
    }

    void cancellationFiresOnce()
    {
        Cancellation cancellation;
        int count = 0;
        connect(&cancellation, &Cancellation::cancelled, this, [&] { ++count; });
        QVERIFY(!cancellation.isCancelled());
        cancellation.cancel();
        cancellation.cancel();
        QVERIFY(cancellation.isCancelled());
        QCOMPARE(count, 1);
    }
};

QTEST_GUILESS_MAIN(TestAsync)
#include "tst_async.moc"
