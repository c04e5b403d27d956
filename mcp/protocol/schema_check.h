// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Arguments against a tool's JSON Schema, and the schema itself against the small set of keywords
// that every client and dialect reads alike. schema_check.cpp is the only file that sees valijson.

#pragma once

#include "app/base/result.h"

#include <QJsonObject>
#include <QString>

#include <memory>

namespace mcp {

class SchemaCheck
{
public:
    // Allowed keywords: type, properties, required, additionalProperties, items, enum, minimum,
    // maximum, minLength, maxLength, minItems, maxItems, description, title, default. The root is
    // an object with properties and additionalProperties false. Empty: nothing is wrong.
    // No pattern or format: valijson hands them to std::regex, which overflows the stack.
    static QString schemaProblem(const QJsonObject &schema);

    static Result<std::shared_ptr<SchemaCheck>> compile(const QJsonObject &schema);

    // One English sentence for the model; empty: the arguments fit. An unknown name is reported
    // before a missing one, because a misspelled name is the mistake.
    QString problem(const QString &toolName, const QJsonObject &arguments) const;

private:
    struct Compiled;
    SchemaCheck(const QJsonObject &schema, std::shared_ptr<const Compiled> compiled);

    QJsonObject m_schema;
    std::shared_ptr<const Compiled> m_compiled;
};

} // namespace mcp
