// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The open questions to the person and who waits for their answers.
//
//   decide() ─► remembered or mode says ──────────────────► may go on, or Denied
//        └────► one question per program, about one area, shared by its calls
//                  ├─ answered ─► remembered; its calls go on, those for other areas are decided
//                  anew ├─ a call's deadline ─► that call: NoAnswer; the question stays └─ the last
//                  call withdrawn, or the last client gone ─► question withdrawn
//
// A program that the system cannot name is never remembered; its answers hold for its connection.

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

    // Done: the client may use this area. Errors: Denied (Cause::AreaRefused where only the area
    // is), NoAnswer at the context's deadline, Cancelled when the call was withdrawn, and what the
    // prompt says (Denied where nobody can be asked).
    Async<Done> decide(const RequestContextPtr &context, Area area);

    // The person said no elsewhere, on Microsoft's page: it counts as a no to this question.
    void refuse(const RequestContext &context, Area area);

Q_SIGNALS:
    // The person answered a question, and the answer counts.
    void answered(const mcp::AccessRequest &request, mcp::AccessDecision decision);

private:
    struct Waiter;
    using WaiterPtr = std::shared_ptr<Waiter>;
    struct Question;
    using QuestionPtr = std::shared_ptr<Question>;
    struct Answers
    {
        std::optional<AccessDecision> client;
        QHash<Area, AccessDecision> areas;
    };

    PastAnswers remembered(const RequestContext &context, Area area) const;
    void remember(const AccessRequest &request, const QObject *connection, AccessDecision decision);
    // nullopt: the person has to be asked.
    std::optional<Result<Done>> known(const RequestContext &context, Area area) const;
    void join(const WaiterPtr &waiter);
    QuestionPtr open(const QString &key, const RequestContext &context, Area area);
    void settle(const QString &key, const QuestionPtr &question,
                const Result<AccessDecision> &result);
    void stopWaiting(const QString &key, const Waiter *waiter, const Error &error);
    void loseInterest(const QString &key, const QuestionPtr &question, const QObject *connection);
    void watch(const QObject *connection);
    void connectionGone(const QObject *connection);

    AccessPrompt *m_prompt;
    ApprovalStore *m_store;
    ApprovalMode m_mode;
    QHash<QString, QuestionPtr> m_questions; // by program, or by connection where it is unknown
    QHash<const QObject *, Answers> m_ofConnection; // answers about unknown programs
    QSet<const QObject *> m_watched;
};

} // namespace mcp
