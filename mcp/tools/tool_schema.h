// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Input schemas of tools, in the few keywords that every client knows (schema_check).

#pragma once

#include <QJsonArray>
#include <QJsonObject>

namespace mcp {

inline QJsonObject objectSchema(const QJsonObject &properties, const QJsonArray &required = {})
{
    QJsonObject schema{{QStringLiteral("type"), QStringLiteral("object")},
                       {QStringLiteral("properties"), properties},
                       {QStringLiteral("additionalProperties"), false}};
    if (!required.isEmpty())
        schema.insert(QStringLiteral("required"), required);
    return schema;
}

inline QJsonObject noArguments()
{
    return objectSchema({});
}

inline QJsonObject textSchema(const QString &description, int longest)
{
    return {{QStringLiteral("type"), QStringLiteral("string")},
            {QStringLiteral("description"), description},
            {QStringLiteral("maxLength"), longest}};
}

// A text whose name says it, and whose length its handler sees to.
inline QJsonObject wordSchema()
{
    return {{QStringLiteral("type"), QStringLiteral("string")}};
}

// A day, which dateOf() reads (person_time.h).
inline QJsonObject daySchema(const QString &description)
{
    return {{QStringLiteral("type"), QStringLiteral("string")},
            {QStringLiteral("description"), description}};
}

inline QJsonObject choiceSchema(const QString &description, const QJsonArray &choices)
{
    return {{QStringLiteral("type"), QStringLiteral("string")},
            {QStringLiteral("description"), description},
            {QStringLiteral("enum"), choices}};
}

// description: empty where the name says it.
inline QJsonObject switchSchema(const QString &description = {})
{
    QJsonObject schema{{QStringLiteral("type"), QStringLiteral("boolean")}};
    if (!description.isEmpty())
        schema.insert(QStringLiteral("description"), description);
    return schema;
}

inline QJsonObject numberSchema(int least, int most, int usual)
{
    return {{QStringLiteral("type"), QStringLiteral("integer")},
            {QStringLiteral("minimum"), least},
            {QStringLiteral("maximum"), most},
            {QStringLiteral("default"), usual}};
}

// Without words: the answers that have a cursor show the call that goes on (CursorSeal::goOn).
inline QJsonObject cursorSchema()
{
    return wordSchema();
}

} // namespace mcp
