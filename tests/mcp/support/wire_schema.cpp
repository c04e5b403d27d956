// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/mcp/support/wire_schema.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

using namespace Qt::StringLiterals;

namespace {

// valijson 1.0 (Debian 12) reads draft 7. What the revisions from 2025-11-25 on have of 2020-12 is
// the name $defs, so renaming it changes no meaning; a keyword that valijson would pass over in
// silence ends the test instead.
const QStringList knownKeywords{
    u"$schema"_s,     u"$ref"_s,        u"additionalProperties"_s,
    u"allOf"_s,       u"anyOf"_s,       u"const"_s,
    u"default"_s,     u"definitions"_s, u"enum"_s,
    u"description"_s, u"format"_s,      u"items"_s,
    u"maxItems"_s,    u"maximum"_s,     u"minimum"_s,
    u"properties"_s,  u"required"_s,    u"type"_s,
};

class Reader
{
public:
    explicit Reader(WireSchema::Strictness strictness)
        : m_strictness(strictness)
    {
    }

    QJsonObject definitions(const QJsonObject &named) const
    {
        QJsonObject read;
        for (auto it = named.begin(); it != named.end(); ++it)
            read.insert(it.key(), schema(it.value().toObject(), Closing::Yes));
        return read;
    }

private:
    // Members of allOf describe one object together: none of them alone knows all its properties.
    enum class Closing { Yes, No };

    QJsonObject schema(QJsonObject object, Closing closing) const
    {
        const QStringList keywords = object.keys();
        for (const QString &keyword : keywords) {
            if (!knownKeywords.contains(keyword))
                qFatal("the schema has %s, which valijson might not check", qPrintable(keyword));
        }
        // In draft 7 nothing beside a $ref counts.
        if (object.contains("$ref"_L1)) {
            if (object.size() > 1 + int(object.contains("description"_L1)))
                qFatal("the schema has something beside a $ref");
            return {
                {u"$ref"_s,
                 object.value("$ref"_L1).toString().replace("#/$defs/"_L1, "#/definitions/"_L1)}};
        }
        object.remove(u"description"_s);
        // valijson checks dates only; the other formats (byte, uri-template) are of what we do not
        // send. RFC 3986, 3.1: a scheme, and no character that a URI cannot have.
        if (object.value("format"_L1) == "uri"_L1)
            object.insert(u"pattern"_s, u"^[A-Za-z][A-Za-z0-9+.-]*:[^ <>\"{}|\\\\^`]+$"_s);
        if (object.contains("properties"_L1)) {
            QJsonObject properties = object.value("properties"_L1).toObject();
            for (auto it = properties.begin(); it != properties.end(); ++it) {
                // Those of tools are JSON Schemas, of which the revisions name only some keywords.
                const bool isForeign =
                    it.key() == "inputSchema"_L1 || it.key() == "outputSchema"_L1;
                it.value() = schema(it.value().toObject(), isForeign ? Closing::No : Closing::Yes);
            }
            object.insert(u"properties"_s, properties);
            if (m_strictness == WireSchema::Strictness::Closed && closing == Closing::Yes
                && !properties.isEmpty() && !object.contains("additionalProperties"_L1))
                object.insert(u"additionalProperties"_s, false);
        }
        for (const QString &keyword : {u"items"_s, u"additionalProperties"_s}) {
            if (object.value(keyword).isObject())
                object.insert(keyword, schema(object.value(keyword).toObject(), closing));
        }
        for (const QString &keyword : {u"anyOf"_s, u"allOf"_s}) {
            if (!object.contains(keyword))
                continue;
            QJsonArray members;
            const QJsonArray old = object.value(keyword).toArray();
            for (const auto &member : old) {
                members.append(
                    schema(member.toObject(), keyword == "allOf"_L1 ? Closing::No : closing));
            }
            object.insert(keyword, members);
        }
        return object;
    }

    WireSchema::Strictness m_strictness;
};

} // namespace

struct WireSchema::Compiled
{
    QJsonObject root; // valijson looks into it for $ref
    valijson::Schema schema;
};

WireSchema::WireSchema(const QByteArray &revision)
{
    QFile file(QStringLiteral(WIRE_SCHEMAS "/%1/schema.json").arg(QString::fromUtf8(revision)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no schema of revision %s", revision.constData());
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonObject named =
        root.value(root.contains("$defs"_L1) ? "$defs"_L1 : "definitions"_L1).toObject();
    if (named.isEmpty())
        qFatal("the schema of revision %s has no definitions", revision.constData());
    m_published = Reader(Strictness::AsPublished).definitions(named);
    m_closed = Reader(Strictness::Closed).definitions(named);
}

WireSchema::~WireSchema() = default;

bool WireSchema::has(const QString &definition) const
{
    return m_published.contains(definition);
}

QString WireSchema::problem(const QString &definition, const QJsonValue &value,
                            Strictness strictness, const QString &notRequired) const
{
    if (!has(definition))
        return u"the revision has no "_s + definition;
    const auto checked = compiled(definition, strictness, notRequired);
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    valijson::ValidationResults results;
    if (validator.validate(checked->schema, valijson::adapters::QtJsonAdapter(value), &results))
        return {};
    QStringList problems{u"no "_s + definition
                         + (strictness == Strictness::Closed ? u" (closed)"_s : QString())};
    valijson::ValidationResults::Error error;
    while (results.popError(error) && problems.size() < 12) {
        QString place;
        for (const std::string &part : error.context)
            place += QString::fromStdString(part);
        problems.append(place + u": "_s + QString::fromStdString(error.description));
    }
    return problems.join(u"\n  "_s);
}

std::shared_ptr<const WireSchema::Compiled> WireSchema::compiled(const QString &definition,
                                                                 Strictness strictness,
                                                                 const QString &notRequired) const
{
    const QString key =
        u"%1 %2 %3"_s.arg(QString::number(int(strictness)), definition, notRequired);
    if (auto known = m_compiled.value(key))
        return known;
    QJsonObject definitions = strictness == Strictness::Closed ? m_closed : m_published;
    if (!notRequired.isEmpty()) {
        QJsonObject changed = definitions.value(definition).toObject();
        QJsonArray required = changed.value("required"_L1).toArray();
        for (qsizetype i = required.size() - 1; i >= 0; --i) {
            if (required.at(i) == notRequired)
                required.removeAt(i);
        }
        changed.insert(u"required"_s, required);
        definitions.insert(definition, changed);
    }
    auto made = std::make_shared<Compiled>();
    made->root = QJsonObject{
        {u"allOf"_s, QJsonArray{QJsonObject{{u"$ref"_s, u"#/definitions/"_s + definition}}}},
        {u"definitions"_s, definitions}};
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    const QJsonValue root(made->root);
    parser.populateSchema(valijson::adapters::QtJsonAdapter(root), made->schema);
    m_compiled.insert(key, made);
    return made;
}
