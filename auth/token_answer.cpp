// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/token_answer.h"

#include "app/base/json_reader.h"
#include "app/base/log.h"
#include "app/base/network/network_fault.h"
#include "auth/token_network.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QNetworkReply>

#include <algorithm>

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace auth {

namespace {

TokenFailure failure(Kind kind, const QString &detail)
{
    return {.error = {.kind = kind, .detail = detail}};
}

// No answer at all.
TokenFailure networkFailure(QNetworkReply *reply)
{
    const auto code = reply->error();
    const QString text = u"token endpoint: "_s + reply->errorString();
    if (TokenNetwork::abortReason(reply) == TokenNetwork::Abort::TimedOut
        || code == QNetworkReply::TimeoutError || code == QNetworkReply::OperationCanceledError)
        return failure(Kind::Timeout, u"the token endpoint did not answer in time"_s);
    if (auto fault = network::faultOf(reply)) {
        fault->detail.prepend(u"token endpoint: "_s);
        return {.error = *fault};
    }
    if (code == QNetworkReply::ProtocolFailure
        || code == QNetworkReply::ProtocolInvalidOperationError)
        return failure(Kind::ServiceFault, text);
    // The rest is the way there: name, route, a connection that broke.
    return failure(Kind::Offline, text);
}

bool isHeaderText(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(),
                       [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; });
}

std::chrono::seconds secondsIn(const QJsonObject &object, QLatin1StringView key)
{
    constexpr qint64 longest = 48 * 3600; // Entra's longest are 28 hours
    const QJsonValue value = object.value(key);
    // Some proxies and the older endpoint write it as text.
    const qint64 seconds = value.isString() ? value.toString().toLongLong() : value.toInteger();
    return std::chrono::seconds(std::clamp(seconds, qint64(0), longest));
}

TokenAnswer tokensIn(const QJsonObject &object)
{
    JsonReader reader(object);
    const QString accessToken = reader.string("access_token"_L1);
    const QString type = reader.string("token_type"_L1);
    const auto refreshToken = reader.optionalString("refresh_token"_L1);
    const auto idToken = reader.optionalString("id_token"_L1);
    const auto scope = reader.optionalString("scope"_L1);
    if (!reader.ok())
        return failure(Kind::ServiceFault, u"the token endpoint's answer: "_s + reader.problem());
    if (type.compare(u"Bearer", Qt::CaseInsensitive) != 0 || accessToken.isEmpty()
        || !isHeaderText(accessToken)) {
        return failure(Kind::ServiceFault,
                       u"the token endpoint's answer holds no usable bearer token"_s);
    }
    return TokenSet{
        .accessToken = Secret(accessToken.toLatin1()),
        .refreshToken = Secret(refreshToken.value_or(QString()).toUtf8()),
        .idToken = Secret(idToken.value_or(QString()).toUtf8()),
        .scopes = scope.value_or(QString()).split(u' ', Qt::SkipEmptyParts),
        .lifetime = secondsIn(object, "expires_in"_L1),
        .refreshIn = secondsIn(object, "refresh_in"_L1),
    };
}

TokenAnswer read(QNetworkReply *reply)
{
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // A body that came in one piece is seen only now.
    if (TokenNetwork::abortReason(reply) == TokenNetwork::Abort::TooLarge
        || reply->bytesAvailable() > TokenNetwork::Limits().answer)
        return failure(Kind::ServiceFault, u"the token endpoint's answer is too large"_s);
    if (status == 0 || TokenNetwork::abortReason(reply) == TokenNetwork::Abort::TimedOut)
        return networkFailure(reply);
    const auto retryAfter =
        readRetryAfter(reply->rawHeader("Retry-After"), QDateTime::currentSecsSinceEpoch());
    const QByteArray body = reply->readAll();
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    if (object.value("error"_L1).isString())
        return classifyTokenError(object, status, retryAfter);
    if (status == 200 && reply->error() == QNetworkReply::NoError && !object.isEmpty())
        return tokensIn(object);
    const bool isThrottled = status == 429 || status == 503;
    TokenFailure unusable = failure(
        isThrottled ? Kind::Throttled : Kind::ServiceFault,
        u"the token endpoint answered HTTP %1 without usable JSON (%2 bytes)"_s.arg(status).arg(
            body.size()));
    unusable.error.retryAfter = retryAfter;
    // A page where JSON belongs: somebody on the way speaks in Microsoft's place. (511: RFC 6585,
    // section 6, made for captive portals.)
    if (status < 400 || status == 407 || status == 511)
        unusable.error.cause = Cause::NotMicrosoft;
    return unusable;
}

} // namespace

TokenAnswer readTokenAnswer(QNetworkReply *reply)
{
    TokenAnswer answer = read(reply);
    const QString request = TokenNetwork::requestId(reply);
    if (const auto *failed = std::get_if<TokenFailure>(&answer)) {
        qCWarning(lcAuth).noquote()
            << "token request" << request << "failed:" << kindName(failed->error.kind)
            << failed->error.serviceCode << failed->error.detail << failed->error.requestId;
    } else {
        std::get<TokenSet>(answer).requestId = request;
        qCInfo(lcAuth).noquote() << "token request" << request << "succeeded";
    }
    return answer;
}

} // namespace auth
