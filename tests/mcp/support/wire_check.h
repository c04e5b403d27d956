// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Looks at what a server sends on one connection in one revision of MCP: every line is a response,
// an error or a notification as that revision's official schema has it.

#pragma once

#include "tests/mcp/support/wire_schema.h"

#include <QSet>

class WireCheck
{
public:
    explicit WireCheck(const QByteArray &revision);

    // A line that goes to the server; its requests say what the answers are answers to.
    void sending(const QByteArray &line);
    // What is wrong with a line that came from it; empty: nothing.
    QString problem(const QByteArray &line);
    // What was looked at and fits: "tools/list", "error -32601", "notifications/progress".
    const QSet<QString> &seen() const { return m_seen; }

private:
    QString problemOf(const QJsonObject &message);
    QString resultProblem(const QJsonObject &message);
    QString errorProblem(const QJsonObject &message);
    QString notificationProblem(const QJsonObject &message);
    // As published, and closed.
    QString bothProblems(const QString &definition, const QJsonValue &value,
                         const QString &notRequired = {}) const;
    bool isModern() const { return m_revision == "2026-07-28"; }
    bool isAtLeast(const char *revision) const { return m_revision >= revision; }

    QByteArray m_revision;
    WireSchema m_schema;
    QHash<QString, QString> m_methods; // by id, of requests without an answer
    QSet<QString> m_seen;
};
