// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The seams of mcp/ as tests need them: tokens, the question to the person, remembered answers,
// the activity log.
// Each does only what the test told it to.

#pragma once

#include "auth/token_source.h"
#include "mcp/access/access_prompt.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QTest>

#include <functional>

// Hands out "token-1", "token-2", ...: the same one until it is rejected; or what `issue` makes.
class FakeTokenSource : public auth::TokenSource
{
public:
    Async<auth::AccessToken> tokenFor(const auth::TokenRequest &request) override
    {
        requests.append(request);
        if (hold) {
            held.append(Promised<auth::AccessToken>());
            return held.last().future();
        }
        if (error.kind != Error::Kind::Bug)
            return readyAsync<auth::AccessToken>(error);
        if (issue) {
            auth::AccessToken issued = token();
            issued.value = issue(request);
            issued.scopes = request.scopes;
            return readyAsync<auth::AccessToken>(issued);
        }
        if (!request.rejectedToken.isEmpty() && request.rejectedToken == token().value)
            ++serial;
        return readyAsync<auth::AccessToken>(token());
    }
    QString defaultPrincipal() const override { return principal; }
    std::optional<QStringList> rolesOf(const QString &whose) const override
    {
        return whose == principal ? roles : std::nullopt;
    }

    auth::AccessToken token() const
    {
        return {.value = Secret("token-" + QByteArray::number(serial)),
                .expiresAt = {},
                .principal = principal,
                .scopes = {QStringLiteral("User.Read")}};
    }

    std::function<Secret(const auth::TokenRequest &)> issue;
    QList<auth::TokenRequest> requests;
    QList<Promised<auth::AccessToken>> held;
    QString principal = QStringLiteral("tenant.person");
    std::optional<QStringList> roles = QStringList();
    Error error; // kind Bug: none
    int serial = 1;
    bool hold = false; // answers wait in `held`
};

// Keeps the questions; the test answers them.
class FakePrompt : public mcp::AccessPrompt
{
public:
    struct Question
    {
        mcp::AccessRequest request;
        const Cancellation *withdrawn = nullptr;
        Promised<mcp::AccessDecision> answer;
    };

    Async<mcp::AccessDecision> ask(const mcp::AccessRequest &request,
                                   const Cancellation *withdrawn) override
    {
        questions.append({request, withdrawn, {}});
        const auto answer = questions.last().answer;
        // What a real prompt does: the dialog closes unanswered.
        QObject::connect(withdrawn, &Cancellation::cancelled, withdrawn, [this, answer] {
            ++withdrawals;
            answer.answer(Error{.kind = Error::Kind::Cancelled});
        });
        return answer.future();
    }

    QList<Question> questions;
    int withdrawals = 0;
};

// Keeps what was recorded; tool calls apart from the rest.
class KeptActivity : public ActivityRecorder
{
public:
    void record(const ActivityEvent &event) override
    {
        (event.kind == ActivityEvent::Kind::ToolCall ? calls : events).append(event);
    }
    void callBegan(const ActivityEvent &event) override { begun.append(event); }

    QList<ActivityEvent> events;
    QList<ActivityEvent> calls;
    QList<ActivityEvent> begun;
};

class MemoryApprovals : public mcp::ApprovalStore
{
public:
    std::optional<mcp::AccessDecision> decisionFor(const QString &program) const override
    {
        const auto found = decisions.constFind(program);
        return found == decisions.constEnd() ? std::nullopt : std::optional(*found);
    }
    void remember(const QString &program, mcp::AccessDecision decision) override
    {
        decisions.insert(program, decision);
    }

    std::optional<mcp::AccessDecision> areaDecisionFor(const QString &program,
                                                       mcp::Area area) const override
    {
        const auto found = areas.constFind({program, area});
        return found == areas.constEnd() ? std::nullopt : std::optional(*found);
    }
    void rememberArea(const QString &program, mcp::Area area, mcp::AccessDecision decision) override
    {
        areas.insert({program, area}, decision);
    }

    QHash<QString, mcp::AccessDecision> decisions;
    QMap<std::pair<QString, mcp::Area>, mcp::AccessDecision> areas;
};
