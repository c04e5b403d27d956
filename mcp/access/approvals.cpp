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

Error areaRefused(Area area)
{
    return {.kind = Error::Kind::Denied,
            .detail =
                u"the person does not let it read this part of their account: "_s + areaWord(area),
            .cause = Cause::AreaRefused};
}

} // namespace

struct Approvals::Waiter
{
    RequestContextPtr context;
    Area area = Area::Profile;
    Promised<Done> promised;
    QTimer deadline;
};

struct Approvals::Question
{
    AccessRequest request;
    std::shared_ptr<Cancellation> withdrawn = std::make_shared<Cancellation>();
    std::vector<WaiterPtr> waiters;
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
    const auto questions = m_questions;
    for (auto it = questions.begin(); it != questions.end(); ++it) {
        const QuestionPtr &question = it.value();
        const auto isOpen = [this](const WaiterPtr &waiter) {
            return !known(*waiter->context, waiter->area);
        };
        if (mode == ApprovalMode::Ask
            || std::any_of(question->waiters.begin(), question->waiters.end(), isOpen))
            continue;
        m_questions.remove(it.key());
        question->withdrawn->cancel();
        for (const auto &waiter : std::exchange(question->waiters, {}))
            waiter->promised.answer(*known(*waiter->context, waiter->area));
    }
}

Async<Done> Approvals::decide(const RequestContextPtr &context, Area area)
{
    if (context->cancellation->isCancelled() || !context->connection)
        return readyAsync<Done>(withdrawn());
    if (const auto answer = known(*context, area))
        return readyAsync<Done>(*answer);

    const auto waiter = std::make_shared<Waiter>();
    waiter->context = context;
    waiter->area = area;
    join(waiter);
    // Raw: a question owns the waiter, and its timer dies with it.
    const auto stop = [this, key = keyOf(*context), raw = waiter.get()](const Error &error) {
        stopWaiting(key, raw, error);
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

void Approvals::refuse(const RequestContext &context, Area area)
{
    if (context.connection) {
        remember({.client = context.client, .area = area, .isNewClient = false}, context.connection,
                 AccessDecision::Denied);
    }
}

PastAnswers Approvals::remembered(const RequestContext &context, Area area) const
{
    const QString &program = context.client.program;
    if (!program.isEmpty())
        return {m_store->decisionFor(program), m_store->areaDecisionFor(program, area)};
    const Answers answers = m_ofConnection.value(context.connection.data());
    const auto found = answers.areas.constFind(area);
    return {answers.client,
            found == answers.areas.constEnd() ? std::nullopt : std::optional(*found)};
}

void Approvals::remember(const AccessRequest &request, const QObject *connection,
                         AccessDecision decision)
{
    // A no to a client that is new is about the client, whatever it wanted first.
    const bool isAboutClient = request.isNewClient;
    const bool isAboutArea =
        request.area != Area::Profile && (!isAboutClient || decision == AccessDecision::Allowed);
    const QString &program = request.client.program;
    if (program.isEmpty()) {
        Answers &answers = m_ofConnection[connection];
        if (isAboutClient)
            answers.client = decision;
        if (isAboutArea)
            answers.areas.insert(request.area, decision);
        watch(connection);
        return;
    }
    if (isAboutClient)
        m_store->remember(program, decision);
    if (isAboutArea)
        m_store->rememberArea(program, request.area, decision);
}

std::optional<Result<Done>> Approvals::known(const RequestContext &context, Area area) const
{
    switch (verdictFor(m_mode, remembered(context, area), area)) {
    case Verdict::Allow: return Done{};
    case Verdict::DenyClient: return Error{.kind = Error::Kind::Denied};
    case Verdict::DenyArea: return areaRefused(area);
    case Verdict::Ask: break;
    }
    return std::nullopt;
}

void Approvals::join(const WaiterPtr &waiter)
{
    const RequestContext &context = *waiter->context;
    const QString key = keyOf(context);
    QuestionPtr question = m_questions.value(key);
    if (!question)
        question = open(key, context, waiter->area);
    question->interested.insert(context.connection);
    watch(context.connection);
    question->waiters.push_back(waiter);
}

Approvals::QuestionPtr Approvals::open(const QString &key, const RequestContext &context, Area area)
{
    auto question = std::make_shared<Question>();
    question->request = {.client = context.client,
                         .principal = context.principal,
                         .area = area,
                         .isNewClient = !clientDecision(m_mode, remembered(context, area))};
    m_questions.insert(key, question);
    qCInfo(lcMcp).noquote() << "asking the person about" << context.client.program << "and"
                            << areaWord(area);
    const auto future = m_prompt->ask(question->request, question->withdrawn.get());
    keepUntilDone(future, question->withdrawn);
    whenDone(future, this,
             [this, key, question,
              connection = context.connection](const Result<AccessDecision> &result) {
                 if (m_questions.value(key) != question)
                     return; // withdrawn meanwhile; an answer given too late counts for nothing
                 if (result.ok() && (connection || !question->request.client.program.isEmpty())) {
                     remember(question->request, connection, *result);
                     Q_EMIT answered(question->request, *result);
                 }
                 settle(key, question, result);
             });
    return question;
}

void Approvals::settle(const QString &key, const QuestionPtr &question,
                       const Result<AccessDecision> &result)
{
    m_questions.remove(key);
    for (const WaiterPtr &waiter : std::exchange(question->waiters, {})) {
        if (!result.ok()) {
            waiter->promised.answer(result.error());
            continue;
        }
        if (const auto answer = known(*waiter->context, waiter->area))
            waiter->promised.answer(*answer);
        else
            join(waiter); // it was about another area
    }
}

void Approvals::stopWaiting(const QString &key, const Waiter *waiter, const Error &error)
{
    const QuestionPtr question = m_questions.value(key);
    if (!question)
        return;
    auto &waiters = question->waiters;
    const auto found = std::find_if(waiters.begin(), waiters.end(),
                                    [waiter](const auto &one) { return one.get() == waiter; });
    if (found == waiters.end())
        return;
    const WaiterPtr stopped = *found;
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
