// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One HTTP/1.1 request as it came in and one response as it goes out: what handlers of HttpServer
// see. Names of headers are compared without regard to case; order and duplicates are kept.

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QPair>
#include <QString>
#include <QUrl>

namespace test_support {

using HttpHeaders = QList<QPair<QByteArray, QByteArray>>;
using FormFields = QList<QPair<QString, QString>>;

// The first header of that name; a null array when there is none.
QByteArray headerValue(const HttpHeaders &headers, const QByteArray &name);

// application/x-www-form-urlencoded, in order, with duplicates (URL Standard, section 5.1).
FormFields parseForm(const QByteArray &encoded);
// The first field of that name; a null string when there is none.
QString fieldValue(const FormFields &fields, const QString &name);
bool hasField(const FormFields &fields, const QString &name);

struct HttpRequest
{
    QByteArray method = {};
    QByteArray target = {}; // as sent: "/path?query"
    HttpHeaders headers = {};
    QByteArray body = {};
    int connection = 0; // 1 for the first connection the server accepted

    QByteArray header(const QByteArray &name) const { return headerValue(headers, name); }
    QString path() const; // decoded, without the query
    FormFields query() const { return parseForm(rawQuery()); }
    QByteArray rawQuery() const;
    FormFields form() const { return parseForm(body); }
};

struct HttpResponse
{
    int status = 200;
    HttpHeaders headers = {}; // Content-Length and Date are added
    QByteArray body = {};

    static HttpResponse json(int status, const QJsonObject &object);
    static HttpResponse text(int status, const QByteArray &contentType, const QByteArray &body);
    static HttpResponse redirect(int status, const QUrl &location);
    HttpResponse withHeader(const QByteArray &name, const QByteArray &value) const;

    // The bytes on the wire; withBody: false for an answer to HEAD.
    QByteArray toBytes(bool withBody = true) const;
};

} // namespace test_support
