// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/http_message.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace test_support {

namespace {

QString decoded(QByteArray encoded)
{
    encoded.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(encoded));
}

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200: return "OK"_ba;
    case 204: return "No Content"_ba;
    case 302: return "Found"_ba;
    case 307: return "Temporary Redirect"_ba;
    case 400: return "Bad Request"_ba;
    case 401: return "Unauthorized"_ba;
    case 403: return "Forbidden"_ba;
    case 404: return "Not Found"_ba;
    case 405: return "Method Not Allowed"_ba;
    case 429: return "Too Many Requests"_ba;
    case 500: return "Internal Server Error"_ba;
    case 501: return "Not Implemented"_ba;
    case 503: return "Service Unavailable"_ba;
    default: return "Status"_ba;
    }
}

} // namespace

QByteArray headerValue(const HttpHeaders &headers, const QByteArray &name)
{
    for (const auto &header : headers) {
        if (header.first.compare(name, Qt::CaseInsensitive) == 0)
            return header.second;
    }
    return {};
}

FormFields parseForm(const QByteArray &encoded)
{
    FormFields fields;
    const auto parts = encoded.split('&');
    for (const QByteArray &part : parts) {
        if (part.isEmpty())
            continue;
        const auto equals = part.indexOf('=');
        const QByteArray name = equals < 0 ? part : part.left(equals);
        const QByteArray value = equals < 0 ? QByteArray() : part.mid(equals + 1);
        fields.append({decoded(name), decoded(value)});
    }
    return fields;
}

QString fieldValue(const FormFields &fields, const QString &name)
{
    for (const auto &field : fields) {
        if (field.first == name)
            return field.second;
    }
    return {};
}

bool hasField(const FormFields &fields, const QString &name)
{
    for (const auto &field : fields) {
        if (field.first == name)
            return true;
    }
    return false;
}

QString HttpRequest::path() const
{
    const auto mark = target.indexOf('?');
    return QString::fromUtf8(
        QByteArray::fromPercentEncoding(mark < 0 ? target : target.left(mark)));
}

QByteArray HttpRequest::rawQuery() const
{
    const auto mark = target.indexOf('?');
    return mark < 0 ? QByteArray() : target.mid(mark + 1);
}

HttpResponse HttpResponse::json(int status, const QJsonObject &object)
{
    return text(status, "application/json; charset=utf-8",
                QJsonDocument(object).toJson(QJsonDocument::Compact));
}

HttpResponse HttpResponse::text(int status, const QByteArray &contentType, const QByteArray &body)
{
    return {.status = status, .headers = {{"Content-Type"_ba, contentType}}, .body = body};
}

HttpResponse HttpResponse::redirect(int status, const QUrl &location)
{
    return {.status = status, .headers = {{"Location"_ba, location.toEncoded(QUrl::FullyEncoded)}}};
}

HttpResponse HttpResponse::withHeader(const QByteArray &name, const QByteArray &value) const
{
    HttpResponse copy = *this;
    copy.headers.append({name, value});
    return copy;
}

QByteArray HttpResponse::toBytes(bool withBody) const
{
    QByteArray bytes =
        "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
    for (const auto &header : headers)
        bytes += header.first + ": " + header.second + "\r\n";
    if (headerValue(headers, "Content-Length").isNull())
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    if (headerValue(headers, "Date").isNull()) {
        bytes += "Date: "
            + QLocale::c()
                  .toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s)
                  .toLatin1()
            + "\r\n";
    }
    bytes += "\r\n";
    return withBody ? bytes + body : bytes;
}

} // namespace test_support
