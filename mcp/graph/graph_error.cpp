// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/graph_error.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

Error::Kind kindOf(int status)
{
    switch (status) {
    case 401: return Error::Kind::SignInNeeded;
    case 403: return Error::Kind::Forbidden;
    case 404:
    case 410: return Error::Kind::NotFound;
    case 408:
    case 504: return Error::Kind::Timeout;
    case 429:
    case 503: return Error::Kind::Throttled;
    default: break;
    }
    return status >= 400 && status < 500 ? Error::Kind::BadRequest : Error::Kind::ServiceFault;
}

} // namespace

Error graphError(int status, const QByteArray &body, const QByteArray &requestId)
{
    const QJsonObject outer = QJsonDocument::fromJson(body).object().value("error"_L1).toObject();
    // The innermost code is the most exact one; the walk is bounded because the text is foreign.
    QString code = plainCode(outer.value("code"_L1).toString());
    QString id = plainCode(QString::fromLatin1(requestId));
    QJsonObject inner = outer;
    for (int depth = 0; depth < 8 && !inner.isEmpty(); ++depth) {
        const QString innerCode = plainCode(inner.value("code"_L1).toString());
        if (!innerCode.isEmpty())
            code = innerCode;
        if (id.isEmpty())
            id = plainCode(inner.value("request-id"_L1).toString());
        // Both spellings are seen.
        const QJsonValue next = inner.value("innerError"_L1);
        inner = (next.isObject() ? next : inner.value("innererror"_L1)).toObject();
    }
    return {.kind = kindOf(status),
            .detail = u"Microsoft Graph answered with status %1"_s.arg(status),
            .serviceCode = code,
            .requestId = id,
            .cause = status == 410 ? Cause::Gone : Cause::None};
}

QString plainCode(const QString &code)
{
    static const QRegularExpression rule(u"\\A[A-Za-z0-9._-]{1,100}\\z"_s);
    return rule.match(code).hasMatch() ? code : QString();
}

std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray &value, const QDateTime &now)
{
    const QByteArray text = value.trimmed();
    bool isNumber = false;
    const qlonglong seconds = text.toLongLong(&isNumber);
    // A day is more than anybody waits for, and keeps the arithmetic sane.
    constexpr qlonglong most = 24 * 60 * 60;
    if (isNumber)
        return std::chrono::seconds(std::clamp(seconds, 0LL, most));
    QDateTime until =
        QLocale::c().toDateTime(QString::fromLatin1(text), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!until.isValid())
        return std::nullopt;
    until.setTimeZone(QTimeZone::utc());
    const qint64 milliseconds = now.msecsTo(until);
    return std::chrono::seconds(std::clamp<qlonglong>((milliseconds + 999) / 1000, 0, most));
}

} // namespace mcp
