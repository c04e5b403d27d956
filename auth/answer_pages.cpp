// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/answer_pages.h"

#include <QCryptographicHash>
#include <QFile>
#include <QHash>

using namespace Qt::StringLiterals;

// Resources of a static library have to be asked for.
static void loadResources()
{
    Q_INIT_RESOURCE(auth_pages);
}

namespace auth::pages {

namespace {

QByteArray reason(int status)
{
    switch (status) {
    case 200: return "OK"_ba;
    case 400: return "Bad Request"_ba;
    case 403: return "Forbidden"_ba;
    case 404: return "Not Found"_ba;
    case 405: return "Method Not Allowed"_ba;
    case 408: return "Request Timeout"_ba;
    case 413: return "Content Too Large"_ba;
    case 415: return "Unsupported Media Type"_ba;
    case 421: return "Misdirected Request"_ba;
    case 431: return "Request Header Fields Too Large"_ba;
    case 501: return "Not Implemented"_ba;
    case 505: return "HTTP Version Not Supported"_ba;
    default: return "Error"_ba;
    }
}

QByteArray response(int status, const QByteArray &contentType, const QByteArray &styleSource,
                    const QByteArray &body, bool withBody)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason(status) + "\r\n";
    if (status == 405)
        head += "Allow: POST\r\n";
    head += "Content-Type: " + contentType
        + "\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\n"
          "Cache-Control: no-store\r\n"
          "Referrer-Policy: no-referrer\r\n"
          "Content-Security-Policy: default-src 'none'; "
        + styleSource
        + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"
          "X-Content-Type-Options: nosniff\r\n"
          "Cross-Origin-Opener-Policy: same-origin\r\n"
          "Connection: close\r\n\r\n";
    return withBody ? head + body : head;
}

// Only this very style may apply, so that a value that slipped through could not bring its own.
QByteArray styleSource(const QByteArray &html)
{
    const qsizetype begin = html.indexOf("<style>");
    const qsizetype end = html.indexOf("</style>");
    if (begin < 0 || end < begin)
        return {};
    const QByteArray style = html.mid(begin + 7, end - begin - 7);
    return "style-src 'sha256-"
        + QCryptographicHash::hash(style, QCryptographicHash::Sha256).toBase64() + "'; ";
}

QByteArray render(int status, const QString &name, const QHash<QString, QString> &values)
{
    loadResources();
    QFile file(u":/auth/pages/"_s + name);
    QString page;
    if (file.open(QIODevice::ReadOnly))
        page = QString::fromUtf8(file.readAll());
    const QByteArray style = styleSource(page.toUtf8());
    // One pass over the template, so that a value is never searched for placeholders.
    QString filled;
    for (qsizetype at = 0; at < page.size();) {
        const qsizetype open = page.indexOf(u"{{", at);
        const qsizetype close = open < 0 ? -1 : page.indexOf(u"}}", open);
        if (close < 0) {
            filled += QStringView(page).mid(at);
            break;
        }
        filled += QStringView(page).mid(at, open - at);
        filled += values.value(page.mid(open + 2, close - open - 2)).toHtmlEscaped();
        at = close + 2;
    }
    return response(status, "text/html; charset=utf-8"_ba, style, filled.toUtf8(), true);
}

} // namespace

QByteArray signedIn(const QString &account)
{
    return render(200, u"signed_in.html"_s, {{u"account"_s, account}});
}

QByteArray failed(int status, const QString &title, const QString &message, const QString &action)
{
    return render(status, u"failed.html"_s,
                  {{u"title"_s, title}, {u"message"_s, message}, {u"action"_s, action}});
}

QByteArray refusal(int status, bool withBody)
{
    return response(status, "text/plain; charset=utf-8"_ba, {}, reason(status) + '\n', withBody);
}

} // namespace auth::pages
