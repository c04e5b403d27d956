// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/fixtures.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace conformance {
namespace {

const QString binaryUri = u"test://static-binary"_s;

const QRegularExpression &fromTemplate()
{
    static const QRegularExpression expression(u"\\Atest://template/([^/]+)/data\\z"_s);
    return expression;
}

bool isReadHere(const QJsonObject &params)
{
    const QString uri = params.value("uri"_L1).toString();
    return uri == binaryUri || fromTemplate().match(uri).hasMatch();
}

Resource textResource(const QString &uri, const QString &name, const QString &mimeType,
                      const QString &text)
{
    return {.uri = uri,
            .name = name,
            .title = name,
            .description = u"A fixture."_s,
            .mimeType = mimeType,
            .read = [text](const RequestContextPtr &) { return readyAsync<QString>(text); }};
}

// The product has neither templates nor bytes, so these are read here.
Async<QJsonObject> read(const ServerInfo &server, const RequestContextPtr &context)
{
    const QString uri = context->params.value("uri"_L1).toString();
    QJsonObject contents{{u"uri"_s, uri}};
    if (const auto match = fromTemplate().match(uri); match.hasMatch()) {
        const QString id = match.captured(1);
        contents.insert(u"mimeType"_s, u"application/json"_s);
        contents.insert(
            u"text"_s,
            u"{\"id\":\"%1\",\"templateTest\":true,\"data\":\"Data for ID: %1\"}"_s.arg(id));
    } else {
        contents.insert(u"mimeType"_s, u"image/png"_s);
        contents.insert(u"blob"_s, imageBase64());
    }
    return readyAsync<QJsonObject>(
        context->era.completeList(server, {{u"contents"_s, QJsonArray{contents}}}));
}

Async<QJsonObject> listTemplates(const ServerInfo &server, const RequestContextPtr &context)
{
    const QJsonObject one{{u"uriTemplate"_s, u"test://template/{id}/data"_s},
                          {u"name"_s, u"template"_s},
                          {u"description"_s, u"A fixture with a parameter."_s},
                          {u"mimeType"_s, u"application/json"_s}};
    return readyAsync<QJsonObject>(
        context->era.completeList(server, {{u"resourceTemplates"_s, QJsonArray{one}}}));
}

} // namespace

QList<Resource> resources()
{
    return {textResource(u"test://static-text"_s, u"static text"_s, u"text/plain"_s,
                         u"This is the content of the static text resource."_s),
            textResource(binaryUri, u"static binary"_s, u"image/png"_s, {}),
            textResource(u"test://watched-resource"_s, u"watched"_s, u"text/plain"_s,
                         u"Watched resource content"_s)};
}

Methods resourceMethods(const ServerInfo &server)
{
    const ServerMethod nothing{.eras = ServerMethod::Eras::Legacy,
                               .handler = [](const RequestContextPtr &) {
                                   return readyAsync<QJsonObject>(QJsonObject{});
                               }};
    return {
        {u"resources/read"_s,
         {.handler = [server](const RequestContextPtr &context) { return read(server, context); },
          .appliesTo = &isReadHere}},
        {u"resources/templates/list"_s,
         {.handler =
              [server](const RequestContextPtr &context) {
                  return listTemplates(server, context);
              }}},
        {u"resources/subscribe"_s, nothing},
        {u"resources/unsubscribe"_s, nothing}};
}

} // namespace conformance
