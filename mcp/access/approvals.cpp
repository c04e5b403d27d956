// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/access/approvals.h"

#include "app/base/log.h"
#include "mcp/protocol/keep_alive.h"

#include <QTimer>

#include <algorithm>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// Unknown programs are different programs: each connection has its own question.
QString keyOf(const RequestContext &context)
{
    if (!context.client.program.isEmpty())
        return u"program "_s + context.client.program;
    return u"connection %1"_s.arg(quintptr(context.connection.data()));
}

Error withdrawn()
{
    return {.kind = Error::Kind::Cancelled, .detail = u"the call was withdrawn"_s};
}

} // namespace

struct Approvals::Waiter
{
    RequestContextPtr context;
    Promised<AccessDecision> promised;
    QTimer deadline;
};

struct Approvals::Question
{
    std::shared_ptr<Cancellation> withdrawn = std::make_shared<Cancellation>();
    std::vector<std::shared_ptr<Waiter>> waiters;
    QSet<const QObject *> interested; // connections whose calls wait, or waited up to a deadline
};

Approvals::Approvals(AccessPrompt *prompt, ApprovalStore *store, ApprovalMode mode, QObject *parent)
    : QObject(parent)
    , m_prompt(prompt)
    , m_store(store)
    , m_mode(mode)
{
}

Approvals::~Approvals()
{
    const auto questions = std::exchange(m_questions, {});
    for (const QuestionPtr &question : questions)
        question->withdrawn->cancel();
}

void Approvals::setMode(ApprovalMode mode)
{
    m_mode = mode;
    if (mode == ApprovalMode::Ask)
        return;
    const AccessDecision decision =
        mode == ApprovalMode::Allow ? AccessDecision::Allowed : AccessDecision::Denied;
    const auto questions = std::exchange(m_questions, {});
    for (const QuestionPtr &question : questions) {
        question->withdrawn->cancel();
        for (const auto &waiter : std::exchange(question->waiters, {}))
            waiter->promised.answer(decision);
    }
}

Async<AccessDecision> Approvals::decide(const RequestContextPtr &context)
{
    if (context->cancellation->isCancelled() || !context->connection)
        return readyAsync<AccessDecision>(withdrawn());
    switch (verdictFor(m_mode, remembered(*context))) {
    case Verdict::Allow: return readyAsync<AccessDecision>(AccessDecision::Allowed);
    case Verdict::Deny: return readyAsync<AccessDecision>(AccessDecision::Denied);
    case Verdict::Ask: break;
    }

    const QString key = keyOf(*context);
    QuestionPtr question = m_questions.value(key);
    if (!question)
        question = open(key, *context);
    question->interested.insert(context->connection);
    watch(context->connection);

    const auto waiter = std::make_shared<Waiter>();
    waiter->context = context;
    question->waiters.push_back(waiter);
    // Raw: the question owns the waiter, and its timer dies with it.
    const auto stop = [this, key, question = std::weak_ptr(question),
                       raw = waiter.get()](const Error &error) {
        if (const QuestionPtr alive = question.lock())
            stopWaiting(key, alive, raw, error);
    };
    connect(context->cancellation.get(), &Cancellation::cancelled, &waiter->deadline,
            [stop] { stop(withdrawn()); });
    waiter->deadline.setSingleShot(true);
    waiter->deadline.setTimerType(Qt::PreciseTimer);
    connect(&waiter->deadline, &QTimer::timeout, &waiter->deadline, [stop] {
        stop({.kind = Error::Kind::NoAnswer, .detail = u"the person has not answered yet"_s});
    });
    if (!context->deadline.isForever())
        waiter->deadline.start(int(context->deadline.remainingTime()));
    context->progress(
        u"Waiting for the person to allow this client in a dialog on their computer."_s);
    return waiter->promised.future();
}

std::optional<AccessDecision> Approvals::remembered(const RequestContext &context) const
{
    if (!context.client.program.isEmpty())
        return m_store->decisionFor(context.client.program);
    const auto found = m_ofConnection.constFind(context.connection.data());
    return found == m_ofConnection.constEnd() ? std::nullopt : std::optional(*found);
}

Approvals::QuestionPtr Approvals::open(const QString &key, const RequestContext &context)
{
    auto question = std::make_shared<Question>();
    m_questions.insert(key, question);
    qCInfo(lcMcp) << "asking the person about" << context.client.program;
    const auto future = m_prompt->ask(context.client, question->withdrawn.get());
    keepUntilDone(future, question->withdrawn);
    whenDone(future, this,
             [this, key, question, client = context.client,
              connection = context.connection](const Result<AccessDecision> &result) {
                 if (m_questions.value(key) != question)
                     return; // withdrawn meanwhile; an answer given too late counts for nothing
                 if (result.ok() && !client.program.isEmpty())
                     m_store->remember(client.program, *result);
                 else if (result.ok() && connection)
                     m_ofConnection.insert(connection, *result);
                 settle(key, question, result);
             });
    return question;
}

void Approvals::settle(const QString &key, const QuestionPtr &question,
                       const Result<AccessDecision> &result)
{
    m_questions.remove(key);
    for (const auto &waiter : std::exchange(question->waiters, {}))
        waiter->promised.answer(result);
}

void Approvals::stopWaiting(const QString &key, const QuestionPtr &question, const Waiter *waiter,
                            const Error &error)
{
    auto &waiters = question->waiters;
    const auto found = std::find_if(waiters.begin(), waiters.end(),
                                    [waiter](const auto &one) { return one.get() == waiter; });
    if (found == waiters.end())
        return;
    const std::shared_ptr<Waiter> stopped = *found;
    waiters.erase(found);
    stopped->promised.answer(error);
    // The caller is a slot of its timer.
    stopped->deadline.stop();
    QMetaObject::invokeMethod(
        this, [stopped] {}, Qt::QueuedConnection);
    if (error.kind != Error::Kind::Cancelled)
        return; // the question stays; its answer serves the next call
    const QObject *connection = stopped->context->connection;
    const bool stillWaits = std::any_of(waiters.begin(), waiters.end(), [&](const auto &one) {
        return one->context->connection == connection;
    });
    if (!stillWaits)
        loseInterest(key, question, connection);
}

void Approvals::loseInterest(const QString &key, const QuestionPtr &question,
                             const QObject *connection)
{
    question->interested.remove(connection);
    if (!question->interested.isEmpty() || m_questions.value(key) != question)
        return;
    m_questions.remove(key);
    question->withdrawn->cancel();
}

void Approvals::watch(const QObject *connection)
{
    if (m_watched.contains(connection))
        return;
    m_watched.insert(connection);
    connect(connection, &QObject::destroyed, this,
            [this, connection] { connectionGone(connection); });
}

void Approvals::connectionGone(const QObject *connection)
{
    m_watched.remove(connection);
    m_ofConnection.remove(connection);
    const auto questions = m_questions;
    for (auto it = questions.begin(); it != questions.end(); ++it)
        loseInterest(it.key(), it.value(), connection);
}

} // namespace mcp
