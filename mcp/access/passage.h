// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One use of the account on its way through the gate; for tool_gate.cpp alone. Deletes itself when
// it has ended.

#pragma once

#include "app/base/log.h"
#include "mcp/access/role_rule.h"
#include "mcp/access/tool_gate.h"
#include "mcp/protocol/keep_alive.h"

#include <QElapsedTimer>
#include <QTimer>

#include <utility>

namespace mcp {

// What a client wants done; T is what it gets.
template <class T>
struct AccountUse
{
    QString name; // of the tool or resource, for logs
    AccessActivity::Call call; // as it began in the activity log
    Area area = Area::Profile;
    bool isReading = false; // changes nothing
    std::function<Async<T>(const RequestContextPtr &)> work;
    // What the client gets where it fails.
    std::function<Result<T>(const Error &, CallStage)> failure;
    std::function<qint64(const T &)> bytes; // of what the client gets
};

template <class T>
class Passage : public QObject
{
public:
    // gate: the parent; parts: its own.
    Passage(const ToolGate::Parts &parts, AccountUse<T> use, const RequestContextPtr &context,
            ToolGate *gate)
        : QObject(gate)
        , m_gate(gate)
        , m_parts(parts)
        , m_use(std::move(use))
        , m_context(context)
    {
        m_time.start();
        m_limit.setSingleShot(true);
        m_limit.setTimerType(Qt::PreciseTimer);
        connect(&m_limit, &QTimer::timeout, this, [this] {
            fail({.kind =
                      m_stage == CallStage::Approval ? Error::Kind::NoAnswer : Error::Kind::Timeout,
                  .detail = QStringLiteral("the call took too long")});
            m_context->cancellation->cancel();
        });
        connect(context->cancellation.get(), &Cancellation::cancelled, this, [this] {
            fail({.kind = Error::Kind::Cancelled,
                  .detail = QStringLiteral("the client withdrew the call")});
        });
    }

    Async<T> start()
    {
        if (!m_context->deadline.isForever()) {
            m_limit.start(std::chrono::milliseconds(m_context->deadline.remainingTime())
                          + m_parts.grace);
        }
        if (const auto problem = m_gate->pauseProblem()) {
            fail(*problem);
            return m_promised.future();
        }
        // What the account was used for until now is not undone, but nothing more comes of it.
        connect(m_gate, &ToolGate::paused, this, [this](const Error &why) {
            fail(why);
            m_context->cancellation->cancel();
        });
        // Before anybody is asked: what is switched off is not to be had by an answer.
        if (!m_gate->areas().contains(m_use.area)) {
            fail({.kind = Error::Kind::Denied,
                  .detail = QStringLiteral("this part of the account is switched off"),
                  .cause = Cause::AreaSwitchedOff});
            return m_promised.future();
        }
        whenDone(m_parts.approvals->decide(m_context, m_use.area), this,
                 [this](const Result<Done> &decision) { approved(decision); });
        return m_promised.future();
    }

private:
    void approved(const Result<Done> &decision)
    {
        if (m_promised.isAnswered())
            return;
        if (!decision.ok()) {
            refuse(decision.error().cause == Cause::AreaRefused ? ActivityEvent::Kind::AreaAccess
                                                                : ActivityEvent::Kind::ClientAccess,
                   decision.error());
            return;
        }
        m_stage = CallStage::Work;
        checkRole();
    }

    std::optional<Error> refusal(const QStringList &roles) const
    {
        return refusalByRole(roles, m_gate->isRoleRequired(), m_use.isReading);
    }

    void checkRole()
    {
        if (!isRoleNeeded(m_gate->isRoleRequired(), m_use.isReading))
            return work();
        const auto known = m_parts.tokens->rolesOf(m_context->principal);
        if (known && !refusal(*known))
            return work();
        // Who nobody has seen yet signs in first. Who is refused by what was known may have been
        // given the role: a token that is due for renewal brings the roles of today.
        const auth::TokenRequest request{.principal = m_context->principal,
                                         .interaction = known ? auth::Interaction::Never
                                                              : auth::Interaction::Allowed,
                                         .client = m_context->client.forActivity(),
                                         .cancellation = m_context->cancellation.get(),
                                         .deadline = m_context->deadline,
                                         .progress = m_context->progress};
        const auto future = m_parts.tokens->tokenFor(request);
        keepUntilDone(future, m_context); // a cancelled call ends before its token request does
        whenDone(future, this, [this, known](const Result<auth::AccessToken> &token) {
            if (m_promised.isAnswered())
                return;
            if (!token.ok() && !known)
                return fail(token.error());
            if (token.ok())
                bindTo(token->principal);
            const auto roles = m_parts.tokens->rolesOf(m_context->principal);
            if (const auto no = refusal(roles.value_or(known.value_or(QStringList()))))
                return refuse(ActivityEvent::Kind::RoleAccess, *no);
            work();
        });
    }

    // Whoever signed in for this call is whom its roles were checked for.
    void bindTo(const QString &principal)
    {
        auto bound = std::make_shared<RequestContext>(*m_context);
        bound->principal = principal;
        m_context = bound;
    }

    void work()
    {
        whenDone(m_use.work(m_context), this, [this](const Result<T> &result) {
            if (result.ok()) {
                finish(result, std::nullopt);
                return;
            }
            // On Microsoft's page: asking again for it would nag.
            if (result.error().cause == Cause::ConsentDeclined)
                m_parts.approvals->refuse(*m_context, m_use.area);
            fail(result.error());
        });
    }

    void refuse(ActivityEvent::Kind what, const Error &error)
    {
        m_parts.activity->ended(what, *m_context, m_use.name, m_use.area, error);
        fail(error);
    }

    void fail(const Error &error)
    {
        if (m_promised.isAnswered())
            return;
        qCInfo(lcMcp).noquote() << m_use.name << "for" << m_context->client.programName()
                                << "failed:" << kindName(error.kind) << error.detail
                                << error.serviceCode << error.requestId;
        finish(m_use.failure(error, m_stage), error);
    }

    void finish(Result<T> result, const std::optional<Error> &error)
    {
        if (m_promised.isAnswered())
            return;
        // Thousands may come in a second; only failures are worth a line by default.
        qCDebug(lcMcp).noquote() << m_use.name << "for" << m_context->client.programName() << "took"
                                 << m_time.elapsed() << "ms";
        m_limit.stop();
        // Whoever withdrew the call gets nothing.
        const bool isWithdrawn = error && error->kind == Error::Kind::Cancelled;
        const qint64 bytes = !isWithdrawn && result.ok() ? m_use.bytes(*result) : 0;
        m_parts.activity->ended(m_use.call, *m_context, bytes, error);
        m_promised.answer(std::move(result));
        deleteLater();
    }

    const ToolGate *m_gate;
    const ToolGate::Parts &m_parts;
    AccountUse<T> m_use;
    RequestContextPtr m_context;
    CallStage m_stage = CallStage::Approval;
    Promised<T> m_promised;
    QElapsedTimer m_time;
    QTimer m_limit;
};

} // namespace mcp
