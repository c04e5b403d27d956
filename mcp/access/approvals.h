// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The open questions to the person and who waits for their answers.
//
//   decide() ─► remembered or mode says ──────────────────► Allowed, Denied
//        └────► one question per program, shared by its calls
//                  ├─ answered ─► remembered, all waiting calls go on
//                  ├─ a call's deadline ─► that call: NoAnswer; the question stays
//                  └─ the last call withdrawn, or the last client gone ─► question withdrawn
//
// A program that the system cannot name is never remembered; its answer holds for its connection.

#pragma once

#include "mcp/access/access_policy.h"
#include "mcp/protocol/request_context.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <memory>

namespace mcp {

class Approvals : public QObject
{
    Q_OBJECT
public:
    // prompt and store outlive this.
    Approvals(AccessPrompt *prompt, ApprovalStore *store, ApprovalMode mode,
              QObject *parent = nullptr);
    ~Approvals() override;

    // Open questions are withdrawn when the new mode does not ask; waiting calls get its verdict.
    void setMode(ApprovalMode mode);

    // Errors: NoAnswer at the context's deadline, Cancelled when the call was withdrawn, and what
    // the prompt says (Denied where nobody can be asked).
    Async<AccessDecision> decide(const RequestContextPtr &context);

private:
    struct Waiter;
    struct Question;
    using QuestionPtr = std::shared_ptr<Question>;

    std::optional<AccessDecision> remembered(const RequestContext &context) const;
    QuestionPtr open(const QString &key, const RequestContext &context);
    void settle(const QString &key, const QuestionPtr &question,
                const Result<AccessDecision> &result);
    void stopWaiting(const QString &key, const QuestionPtr &question, const Waiter *waiter,
                     const Error &error);
    void loseInterest(const QString &key, const QuestionPtr &question, const QObject *connection);
    void watch(const QObject *connection);
    void connectionGone(const QObject *connection);

    AccessPrompt *m_prompt;
    ApprovalStore *m_store;
    ApprovalMode m_mode;
    QHash<QString, QuestionPtr> m_questions; // by program, or by connection where it is unknown
    QHash<const QObject *, AccessDecision> m_ofConnection; // answers about unknown programs
    QSet<const QObject *> m_watched;
};

} // namespace mcp
