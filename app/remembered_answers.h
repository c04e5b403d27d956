// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The remembered answers about AI clients, kept in the person's settings; the ApprovalStore of
// mcp/. Nothing but the person's answer ever gets in here.

#pragma once

#include "app/settings.h"

class RememberedAnswers : public mcp::ApprovalStore
{
public:
    // settings outlive this.
    explicit RememberedAnswers(Settings *settings)
        : m_settings(settings)
    {
    }

    // An answer about the sandbox's made-up people says nothing about the person's own account.
    void setSandbox(bool sandbox) { m_isSandbox = sandbox; }

    std::optional<mcp::AccessDecision> decisionFor(const QString &program) const override
    {
        return m_settings->approvalFor(program, m_isSandbox);
    }
    void remember(const QString &program, mcp::AccessDecision decision) override
    {
        m_settings->setApproval(program, decision, m_isSandbox);
    }

    std::optional<mcp::AccessDecision> areaDecisionFor(const QString &program,
                                                       mcp::Area area) const override
    {
        return m_settings->areaApprovalFor(program, area, m_isSandbox);
    }
    void rememberArea(const QString &program, mcp::Area area, mcp::AccessDecision decision) override
    {
        m_settings->setAreaApproval(program, area, decision, m_isSandbox);
    }

    // The account that the person chose for this program; empty: the default one.
    QString accountFor(const QString &program) const
    {
        return m_settings->accountFor(program, m_isSandbox);
    }

private:
    Settings *m_settings;
    bool m_isSandbox = false;
};
