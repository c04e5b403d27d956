// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The official JSON schema of one revision of MCP (tests/data/schema), by name of a definition.

#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <memory>

class WireSchema
{
public:
    // As published; or closed: objects with named properties have no others, so that a field which
    // came with a later revision is a fault. The schemas themselves are open, for extensions.
    enum class Strictness { AsPublished, Closed };

    // Ends the test where there is no schema of the revision.
    explicit WireSchema(const QByteArray &revision);
    ~WireSchema();

    bool has(const QString &definition) const;
    // What is wrong with a value of that definition; empty: nothing. notRequired: a property of the
    // definition that may be missing all the same.
    QString problem(const QString &definition, const QJsonValue &value, Strictness strictness,
                    const QString &notRequired = {}) const;

private:
    struct Compiled;
    std::shared_ptr<const Compiled> compiled(const QString &definition, Strictness strictness,
                                             const QString &notRequired) const;

    QJsonObject m_published; // definitions by name
    QJsonObject m_closed;
    mutable QHash<QString, std::shared_ptr<const Compiled>> m_compiled;
};
