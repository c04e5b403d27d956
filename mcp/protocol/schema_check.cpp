// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/schema_check.h"

#include "mcp/protocol/nearest_name.h"

#include <QJsonArray>
#include <QSet>
#include <QStringList>

// Without VALIJSON_USE_EXCEPTIONS (CMakeLists.txt) a bad schema aborts the process.
#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <exception>

using namespace Qt::StringLiterals;

namespace mcp {

struct SchemaCheck::Compiled
{
    valijson::Schema schema;
};

namespace {

constexpr int maximumDepth = 8;

const QSet<QString> &allowedKeywords()
{
    static const QSet<QString> keywords{
        u"type"_s,        u"properties"_s, u"required"_s, u"additionalProperties"_s,
        u"items"_s,       u"enum"_s,       u"minimum"_s,  u"maximum"_s,
        u"minLength"_s,   u"maxLength"_s,  u"minItems"_s, u"maxItems"_s,
        u"description"_s, u"title"_s,      u"default"_s};
    return keywords;
}

QString walk(const QJsonObject &schema, const QString &path, int depth)
{
    if (depth > maximumDepth)
        return u"schema %1 is nested too deep"_s.arg(path);
    for (auto it = schema.begin(); it != schema.end(); ++it) {
        if (!allowedKeywords().contains(it.key()))
            return u"schema %1 has the keyword \"%2\", which is not allowed"_s.arg(path, it.key());
    }
    if (!schema.value("type"_L1).isString())
        return u"schema %1 has no single type"_s.arg(path);
    const bool isArray = schema.value("type"_L1) == "array"_L1;
    if (isArray != schema.value("items"_L1).isObject())
        return u"schema %1: an array needs items, nothing else may have them"_s.arg(path);
    if (isArray)
        return walk(schema.value("items"_L1).toObject(), path + u"/items"_s, depth + 1);
    const QJsonObject properties = schema.value("properties"_L1).toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        QString problem =
            walk(it.value().toObject(), path + u"/properties/"_s + it.key(), depth + 1);
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

QString quotedList(QStringList names)
{
    names.sort();
    return names.isEmpty() ? u"none"_s : names.join(u", "_s);
}

// "[tags]", as valijson 1.0 writes it, and "[\"tags\"]", as 1.1 does.
QString propertyIn(const QString &part)
{
    const bool isQuoted = part.startsWith(u"[\""_s) && part.endsWith(u"\"]"_s);
    return isQuoted ? part.mid(2).chopped(2) : part.mid(1).chopped(1);
}

// valijson's context is a list like {"<root>", "[tags]", "[0]"}; the model reads "tags[0]" and what
// the schema wants there.
struct Place
{
    QString name;
    QString type;
};

Place placeOf(const std::vector<std::string> &context, QJsonObject schema)
{
    Place place;
    for (size_t i = 1; i < context.size(); ++i) {
        const QString part = QString::fromStdString(context[i]);
        if (schema.value("type"_L1) == "array"_L1) {
            place.name += part;
            schema = schema.value("items"_L1).toObject();
        } else {
            const QString key = propertyIn(part);
            place.name += (place.name.isEmpty() ? QString() : u"."_s) + key;
            schema = schema.value("properties"_L1).toObject().value(key).toObject();
        }
    }
    place.type = schema.value("type"_L1).toString();
    return place;
}

QString unknownArgument(const QString &name, const QString &toolName, const QStringList &known)
{
    QString problem = u"Unknown argument \"%1\" for tool \"%2\"."_s.arg(name.left(64), toolName);
    if (const QString meant = nearestName(name, known); !meant.isEmpty())
        problem += u" Did you mean \"%1\"?"_s.arg(meant);
    return problem + u" Known: %1."_s.arg(quotedList(known));
}

} // namespace

SchemaCheck::SchemaCheck(const QJsonObject &schema, std::shared_ptr<const Compiled> compiled)
    : m_schema(schema)
    , m_compiled(std::move(compiled))
{
}

QString SchemaCheck::schemaProblem(const QJsonObject &schema)
{
    if (schema.value("type"_L1) != "object"_L1)
        return u"the root schema is not an object"_s;
    // Old clients need properties even where there are none.
    if (!schema.value("properties"_L1).isObject())
        return u"the root schema has no properties"_s;
    if (schema.value("additionalProperties"_L1) != QJsonValue(false))
        return u"the root schema does not say additionalProperties: false"_s;
    return walk(schema, u"#"_s, 0);
}

Result<std::shared_ptr<SchemaCheck>> SchemaCheck::compile(const QJsonObject &schema)
{
    auto compiled = std::make_shared<Compiled>();
    try {
        const QJsonValue root(schema);
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
        parser.populateSchema(valijson::adapters::QtJsonAdapter(root), compiled->schema);
    } catch (const std::exception &problem) {
        return Error{.kind = Error::Kind::Bug,
                     .detail = u"schema: "_s + QString::fromUtf8(problem.what())};
    }
    return std::shared_ptr<SchemaCheck>(new SchemaCheck(schema, std::move(compiled)));
}

QString SchemaCheck::problem(const QString &toolName, const QJsonObject &arguments) const
{
    const QJsonObject properties = m_schema.value("properties"_L1).toObject();
    for (auto it = arguments.begin(); it != arguments.end(); ++it) {
        if (!properties.contains(it.key()))
            return unknownArgument(it.key(), toolName, properties.keys());
    }
    const QJsonArray required = m_schema.value("required"_L1).toArray();
    for (const auto &name : required) {
        if (!arguments.contains(name.toString()))
            return u"Argument \"%1\" of tool \"%2\" is missing."_s.arg(name.toString(), toolName);
    }
    if (properties.isEmpty())
        return {};
    try {
        const QJsonValue target(arguments);
        // Strong types: "5" is no integer.
        valijson::Validator validator(valijson::Validator::kStrongTypes);
        valijson::ValidationResults results;
        if (validator.validate(m_compiled->schema, valijson::adapters::QtJsonAdapter(target),
                               &results))
            return {};
        // The deepest complaint is the most exact one.
        valijson::ValidationResults::Error error;
        valijson::ValidationResults::Error best;
        while (results.popError(error)) {
            if (error.context.size() >= best.context.size())
                best = error;
        }
        const Place place = placeOf(best.context, m_schema);
        return u"Argument \"%1\" of tool \"%2\" does not fit (expected: %3). %4"_s.arg(
            place.name, toolName, place.type, QString::fromStdString(best.description));
    } catch (const std::exception &problem) {
        return u"The arguments of tool \"%1\" cannot be checked: %2"_s.arg(
            toolName, QString::fromUtf8(problem.what()));
    }
}

} // namespace mcp
