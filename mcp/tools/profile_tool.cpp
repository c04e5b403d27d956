// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/profile_tool.h"

#include "mcp/protocol/plain_text.h"
#include "mcp/tools/tool_parts.h"

#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

struct Field
{
    QLatin1StringView name; // as Graph calls it
    bool isList = false;
};

// What a person would tell a colleague of themselves; everything is readable with User.Read.
constexpr std::array fields{
    Field{"id"_L1},
    Field{"displayName"_L1},
    Field{"givenName"_L1},
    Field{"surname"_L1},
    Field{"userPrincipalName"_L1},
    Field{"mail"_L1},
    Field{"jobTitle"_L1},
    Field{"department"_L1},
    Field{"companyName"_L1},
    Field{"officeLocation"_L1},
    Field{"mobilePhone"_L1},
    Field{"businessPhones"_L1, true},
    Field{"preferredLanguage"_L1},
};

QString selected()
{
    QStringList names;
    for (const Field &field : fields)
        names.append(field.name);
    return names.join(u',');
}

QJsonObject outputSchema()
{
    QJsonObject properties;
    for (const Field &field : fields) {
        QJsonObject property;
        if (field.isList) {
            property.insert(u"type"_s, u"array"_s);
            property.insert(u"items"_s, QJsonObject{{u"type"_s, u"string"_s}});
        } else {
            property.insert(u"type"_s, u"string"_s);
        }
        properties.insert(field.name, property);
    }
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, properties},
            {u"required"_s, QJsonArray{u"id"_s}},
            {u"additionalProperties"_s, false}};
}

QString plain(const QJsonValue &value)
{
    return withoutHiddenCharacters(value.toString(), true).trimmed();
}

// The known fields that have a value; nulls, empty ones and @odata noise say nothing to a model.
QJsonObject facts(const QJsonObject &me)
{
    QJsonObject profile;
    for (const Field &field : fields) {
        const QJsonValue value = me.value(field.name);
        if (!field.isList) {
            if (const QString text = plain(value); !text.isEmpty())
                profile.insert(field.name, text);
            continue;
        }
        QJsonArray list;
        const QJsonArray entries = value.toArray();
        for (const auto &entry : entries) {
            if (const QString text = plain(entry); !text.isEmpty())
                list.append(text);
        }
        if (!list.isEmpty())
            profile.insert(field.name, list);
    }
    return profile;
}

Async<ToolResult> run(GraphClient *graph, const RequestContextPtr &context)
{
    const GraphRequest request{.path = u"/v1.0/me"_s,
                               .query = QUrlQuery{{u"$select"_s, selected()}},
                               .scopes = {u"User.Read"_s}};
    return andThen(graph->get(request, context), graph, [](const QJsonObject &me) {
        const QJsonObject profile = facts(me);
        if (!profile.contains("id"_L1)) {
            return readyAsync<ToolResult>(
                Error{.kind = Error::Kind::ServiceFault,
                      .detail = u"Microsoft Graph's answer to /me has no id"_s});
        }
        return readyAsync<ToolResult>(factsResult(profile));
    });
}

} // namespace

Tool profileTool(GraphClient *graph)
{
    return {
        .name = u"GetUserDetailsFromGraph"_s,
        .title = u"Get my Microsoft profile"_s,
        .description =
            u"Who the signed-in Microsoft 365 (Entra ID) person is: name, e-mail, job title, "
            "department, office, phones, language. For questions about \"me\" or \"my account\"."_s,
        .inputSchema = noArguments(),
        .outputSchema = outputSchema(),
        .annotations = onlyReads,
        .scopes = {u"User.Read"_s},
        .handler = [graph](const QJsonObject &, const RequestContextPtr &context) {
            return run(graph, context);
        }};
}

Resource profileResource(GraphClient *graph)
{
    return {
        .uri = u"graph://me"_s,
        .name = u"my-profile"_s,
        .title = u"My Microsoft profile"_s,
        .description =
            u"Who the signed-in Microsoft 365 (Entra ID) person is: name, e-mail, job title, "
            "department, office, phones, language. The same facts as GetUserDetailsFromGraph."_s,
        .read = [graph](const RequestContextPtr &context) {
            return andThen(run(graph, context), graph, [](const ToolResult &result) {
                return readyAsync<QString>(result.text);
            });
        }};
}

} // namespace mcp
