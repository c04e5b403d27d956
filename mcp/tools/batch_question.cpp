// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/batch_question.h"

#include "mcp/tools/operation_area.h"
#include "mcp/tools/tool_parts.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype mostParts = 20;

Result<QString> bodyTextOf(const QJsonObject &part)
{
    const QJsonValue body = part.value("body"_L1);
    if (!body.isObject())
        return badArgument(u"its \"body\" is no JSON object"_s);
    return QString::fromUtf8(QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact));
}

// Those that Graph needs for what is asked here; what is sent in the end is ours.
bool areHeadersKnown(const QJsonObject &headers)
{
    const auto isKnown = [&headers](const QString &name) {
        const QString value = headers.value(name).toString();
        return (name.compare("Content-Type"_L1, Qt::CaseInsensitive) == 0
                && value == "application/json"_L1)
            || (name.compare("ConsistencyLevel"_L1, Qt::CaseInsensitive) == 0
                && value == "eventual"_L1);
    };
    const QStringList names = headers.keys();
    return std::all_of(names.begin(), names.end(), isKnown);
}

Result<GraphQuestion> questionOf(const QJsonObject &part, const OperationsShown &shown)
{
    static const QStringList known{u"id"_s, u"method"_s, u"url"_s, u"headers"_s, u"body"_s};
    const QStringList keys = part.keys();
    for (const QString &key : keys) {
        if (!known.contains(key))
            return badArgument(u"it may have %1 only"_s.arg(known.join(u", "_s)));
    }
    const QString method = part.value("method"_L1).toString(u"GET"_s);
    if (method != "GET"_L1 && method != "POST"_L1)
        return badArgument(u"this changes something, and CallGraph only reads"_s);
    if (!areHeadersKnown(part.value("headers"_L1).toObject()))
        return badArgument(u"it has headers that are not sent; leave them out"_s);
    QString path = part.value("url"_L1).toString();
    if (!path.startsWith(u'/')) // Graph takes both
        path.prepend(u'/');
    QJsonObject arguments{{u"path"_s, path}};
    if (method == "POST"_L1) {
        const auto body = bodyTextOf(part);
        if (!body.ok())
            return body.error();
        arguments.insert(u"body"_s, *body);
    }
    return graphQuestionOf(arguments, shown);
}

Error inPart(const QString &id, const Error &error)
{
    return badArgument(u"request \"%1\" of the batch: %2"_s.arg(id, error.detail));
}

} // namespace

bool isBatch(const QJsonObject &arguments)
{
    const QString path = arguments.value("path"_L1).toString();
    return path == "/$batch"_L1 || path == "/v1.0/$batch"_L1;
}

Result<BatchQuestion> batchQuestionOf(const QJsonObject &arguments, const OperationsShown &shown)
{
    const auto body = graphBodyOf(arguments.value("body"_L1).toString());
    if (!body.ok())
        return body.error();
    const QJsonArray requests = body->value("requests"_L1).toArray();
    if (body->size() != 1 || requests.isEmpty() || requests.size() > mostParts)
        return badArgument(u"\"body\" has to be {\"requests\":[...]} with 1 to 20 of them"_s);
    BatchQuestion batch;
    QStringList ids;
    for (const auto &one : requests) {
        const QJsonObject part = one.toObject();
        const QString id = part.value("id"_L1).toString();
        const bool isPlain =
            !id.isEmpty() && id.size() <= 32 && std::all_of(id.begin(), id.end(), [](QChar c) {
                return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-' || c == u'_');
            });
        if (!isPlain || ids.contains(id.toLower()))
            return badArgument(u"each request of the batch needs an \"id\" of its own: letters, "
                               "digits, - and _"_s);
        ids.append(id.toLower());
        const auto question = questionOf(part, shown);
        if (!question.ok())
            return inPart(id, question.error());
        const Area area = areaOfOperation(QString(question->operation.path));
        if (batch.parts.isEmpty())
            batch.area = area;
        if (area != batch.area) {
            return inPart(id,
                          badArgument(u"this is about %1 and the first one about %2, which the "
                                      "person grants one by one; make a batch for each"_s.arg(
                                          areaWord(area), areaWord(batch.area))));
        }
        batch.parts.append({.id = id, .request = question->request});
    }
    return batch;
}

} // namespace mcp
