// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/token_error.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace auth {

namespace {

constexpr std::chrono::seconds longestWait{3600};
constexpr std::chrono::seconds loopPause{300}; // AADSTS50196: Entra saw the same request in a loop

struct CodeRule
{
    int code;
    Kind kind;
    Cause cause;
    bool isTokenDead;
    const char *meaning;
};

// clang-format off
constexpr std::array codeRules{
    CodeRule{16000, Kind::SignInNeeded, Cause::AccountUnknown, false, "the account is not known in this tenant's session"},
    CodeRule{50011, Kind::Misconfigured, Cause::Registration, false, "the app registration lacks the redirect URI http://localhost under 'Mobile and desktop applications'"},
    CodeRule{50020, Kind::Denied, Cause::AccountUnknown, false, "the account belongs to another tenant"},
    CodeRule{50033, Kind::ServiceFault, Cause::ServiceBusy, false, "transient fault"},
    CodeRule{50034, Kind::Denied, Cause::AccountUnknown, false, "the account does not exist in this tenant"},
    CodeRule{50055, Kind::SignInNeeded, Cause::PasswordChanged, false, "the password has expired"},
    CodeRule{50057, Kind::Denied, Cause::AccountNotAllowed, false, "the account is disabled"},
    CodeRule{50058, Kind::SignInNeeded, Cause::AccountUnknown, false, "there is no session"},
    CodeRule{50072, Kind::SignInNeeded, Cause::AnotherFactor, false, "another factor has to be set up"},
    CodeRule{50074, Kind::SignInNeeded, Cause::AnotherFactor, false, "another factor is needed"},
    CodeRule{50076, Kind::SignInNeeded, Cause::AnotherFactor, false, "another factor is needed"},
    CodeRule{50078, Kind::SignInNeeded, Cause::AnotherFactor, false, "the other factor has expired"},
    CodeRule{50079, Kind::SignInNeeded, Cause::AnotherFactor, false, "another factor has to be set up"},
    CodeRule{50087, Kind::ServiceFault, Cause::ServiceBusy, false, "transient fault"},
    CodeRule{50089, Kind::SignInNeeded, Cause::SessionEnded, true, "the refresh token has expired"},
    CodeRule{50105, Kind::Denied, Cause::AccountNotAllowed, false, "the account is not assigned to the app"},
    CodeRule{50131, Kind::Denied, Cause::PolicyBlock, false, "blocked by a Conditional Access policy"},
    CodeRule{50132, Kind::SignInNeeded, Cause::PasswordChanged, true, "the session was revoked or the password changed"},
    CodeRule{50133, Kind::SignInNeeded, Cause::PasswordChanged, true, "the session ended because the password changed"},
    CodeRule{50144, Kind::SignInNeeded, Cause::PasswordChanged, false, "the password has expired"},
    CodeRule{50158, Kind::SignInNeeded, Cause::AnotherFactor, false, "an external challenge has to be passed"},
    CodeRule{50173, Kind::SignInNeeded, Cause::SessionEnded, true, "the refresh token was revoked"},
    CodeRule{50194, Kind::Misconfigured, Cause::Registration, false, "the app is for one tenant only: set the tenant id instead of common or organizations"},
    CodeRule{50196, Kind::Throttled, Cause::Loop, false, "Entra saw the same request in a loop"},
    CodeRule{53000, Kind::Denied, Cause::PolicyBlock, false, "Conditional Access: the device does not comply"},
    CodeRule{53001, Kind::Denied, Cause::PolicyBlock, false, "Conditional Access: the device is not joined"},
    CodeRule{53002, Kind::Denied, Cause::PolicyBlock, false, "Conditional Access: the app is not approved"},
    CodeRule{53003, Kind::Denied, Cause::PolicyBlock, false, "blocked by a Conditional Access policy"},
    CodeRule{53011, Kind::Denied, Cause::PolicyBlock, false, "the account is blocked because of risk"},
    CodeRule{54005, Kind::ServiceFault, Cause::CodeSpent, false, "the code was used before; sign in again"},
    CodeRule{65001, Kind::ConsentNeeded, Cause::ConsentMissing, false, "the app has not been granted what it asks for"},
    CodeRule{65004, Kind::Denied, Cause::ConsentDeclined, false, "the person declined what the app asks for"},
    CodeRule{70000, Kind::SignInNeeded, Cause::SessionEnded, true, "the refresh token is not valid"},
    CodeRule{70008, Kind::SignInNeeded, Cause::SessionEnded, true, "the code or refresh token has expired"},
    CodeRule{70011, Kind::Misconfigured, Cause::Registration, false, "a scope does not exist"},
    CodeRule{70043, Kind::SignInNeeded, Cause::SignInFrequency, true, "the sign-in frequency of a policy is over"},
    CodeRule{90002, Kind::Misconfigured, Cause::Registration, false, "the tenant does not exist"},
    CodeRule{90006, Kind::ServiceFault, Cause::ServiceBusy, false, "transient fault"},
    CodeRule{90012, Kind::ServiceFault, Cause::ServiceBusy, false, "the request timed out at Entra"},
    CodeRule{90024, Kind::ServiceFault, Cause::ServiceBusy, false, "transient fault"},
    CodeRule{90033, Kind::ServiceFault, Cause::ServiceBusy, false, "transient fault"},
    CodeRule{90055, Kind::Throttled, Cause::ServiceBusy, false, "too many requests"},
    CodeRule{90094, Kind::ConsentNeeded, Cause::AdminConsentMissing, false, "an administrator has to grant what the app asks for"},
    CodeRule{90095, Kind::ConsentNeeded, Cause::AdminConsentMissing, false, "an administrator has to grant what the app asks for"},
    CodeRule{500112, Kind::Misconfigured, Cause::Registration, false, "the redirect URI differs from the registered one"},
    CodeRule{501481, Kind::ServiceFault, Cause::CodeSpent, false, "the code belongs to another attempt; sign in again"},
    CodeRule{530032, Kind::Denied, Cause::PolicyBlock, false, "blocked by a policy of the tenant"},
    CodeRule{650057, Kind::Misconfigured, Cause::Registration, false, "the app registration lacks the permission for Microsoft Graph"},
    CodeRule{700016, Kind::Misconfigured, Cause::Registration, false, "the app registration does not exist in this tenant"},
    CodeRule{700025, Kind::Misconfigured, Cause::Registration, false, "the app is public and a secret was sent"},
    CodeRule{700082, Kind::SignInNeeded, Cause::SessionEnded, true, "the refresh token has expired"},
    CodeRule{7000218, Kind::Misconfigured, Cause::Registration, false, "the app registration has its redirect URI as 'web', or public client flows are off"},
    CodeRule{9002313, Kind::SignInNeeded, Cause::SessionEnded, false, "Entra finds the code or refresh token malformed"},
    CodeRule{9002341, Kind::ConsentNeeded, Cause::ConsentMissing, false, "single sign-on has to be permitted"},
};

struct WordRule
{
    QLatin1StringView word;
    Kind kind;
    Cause cause;
    bool isTokenDead;
};

// Of MSAL: what an invalid_grant or interaction_required asks for.
constexpr std::array suberrorRules{
    WordRule{"basic_action"_L1, Kind::SignInNeeded, Cause::AnotherFactor, false},
    WordRule{"additional_action"_L1, Kind::SignInNeeded, Cause::AnotherFactor, false},
    WordRule{"user_password_expired"_L1, Kind::SignInNeeded, Cause::PasswordChanged, false},
    WordRule{"consent_required"_L1, Kind::ConsentNeeded, Cause::ConsentMissing, false},
    WordRule{"bad_token"_L1, Kind::SignInNeeded, Cause::SessionEnded, true},
    WordRule{"token_expired"_L1, Kind::SignInNeeded, Cause::SessionEnded, true},
    // The interactive page shows why, and then ends; nothing that a program can repair.
    WordRule{"message_only"_L1, Kind::Denied, Cause::PolicyExplains, false},
    WordRule{"protection_policy_required"_L1, Kind::Denied, Cause::PolicyBlock, false},
    WordRule{"device_authentication_failed"_L1, Kind::Denied, Cause::PolicyBlock, false},
    WordRule{"client_mismatch"_L1, Kind::Misconfigured, Cause::Registration, false},
};

// RFC 6749, section 5.2, OpenID Connect Core 1.0, section 3.1.2.6, and what Entra adds.
constexpr std::array errorRules{
    WordRule{"invalid_grant"_L1, Kind::SignInNeeded, Cause::None, false},
    WordRule{"interaction_required"_L1, Kind::SignInNeeded, Cause::None, false},
    WordRule{"login_required"_L1, Kind::SignInNeeded, Cause::None, false},
    WordRule{"account_selection_required"_L1, Kind::SignInNeeded, Cause::AccountUnknown, false},
    WordRule{"consent_required"_L1, Kind::ConsentNeeded, Cause::ConsentMissing, false},
    WordRule{"access_denied"_L1, Kind::Denied, Cause::ConsentDeclined, false},
    WordRule{"invalid_client"_L1, Kind::Misconfigured, Cause::Registration, false},
    WordRule{"unauthorized_client"_L1, Kind::Misconfigured, Cause::Registration, false},
    WordRule{"invalid_scope"_L1, Kind::Misconfigured, Cause::Registration, false},
    WordRule{"invalid_resource"_L1, Kind::Misconfigured, Cause::Registration, false},
    WordRule{"invalid_request"_L1, Kind::Misconfigured, Cause::Registration, false},
    WordRule{"unsupported_grant_type"_L1, Kind::Misconfigured, Cause::Registration, false},
    WordRule{"unsupported_response_type"_L1, Kind::Misconfigured, Cause::Registration, false},
    WordRule{"unsupported_response_mode"_L1, Kind::Misconfigured, Cause::Registration, false},
    WordRule{"slow_down"_L1, Kind::Throttled, Cause::ServiceBusy, false},
    WordRule{"temporarily_unavailable"_L1, Kind::ServiceFault, Cause::ServiceBusy, false},
    WordRule{"server_error"_L1, Kind::ServiceFault, Cause::ServiceBusy, false},
};
// clang-format on

template <class Rules>
const WordRule *ruleFor(const Rules &rules, const QString &word)
{
    const auto found = std::find_if(rules.begin(), rules.end(),
                                    [&](const WordRule &rule) { return rule.word == word; });
    return found == rules.end() ? nullptr : &*found;
}

const CodeRule *ruleFor(const QJsonArray &codes)
{
    for (const auto &value : codes) {
        const int code = value.toInt();
        const auto found = std::find_if(codeRules.begin(), codeRules.end(),
                                        [&](const CodeRule &rule) { return rule.code == code; });
        if (found != codeRules.end())
            return &*found;
    }
    return nullptr;
}

// A word of the protocol and nothing else: it goes into the log.
QString plainWord(const QString &text)
{
    static const QRegularExpression plain(u"\\A[A-Za-z0-9_.-]{1,64}\\z"_s);
    return plain.match(text).hasMatch() ? text : u"(unreadable)"_s;
}

// They go into the address of a sign-in page, so only what can be claims
// (OpenID Connect Core 1.0, section 5.5).
QByteArray claimsIn(const QJsonObject &object)
{
    constexpr qsizetype limit = 8 * 1024;
    const QByteArray claims = object.value("claims"_L1).toString().toUtf8();
    return claims.size() <= limit && QJsonDocument::fromJson(claims).isObject() ? claims
                                                                                : QByteArray();
}

QString codeIn(const QString &description)
{
    static const QRegularExpression number(u"\\AAADSTS[0-9]{4,9}"_s);
    return number.match(description).captured(0);
}

} // namespace

TokenFailure classifyTokenError(const QJsonObject &object, int status,
                                std::chrono::seconds retryAfter)
{
    const QString word = object.value("error"_L1).toString();
    const QString suberror = object.value("suberror"_L1).toString();
    const QJsonArray codes = object.value("error_codes"_L1).toArray();
    TokenFailure failure{.error = {.kind = Kind::ServiceFault}};
    Error &error = failure.error;
    error.detail = u"the token endpoint answered "_s + plainWord(word);
    if (!suberror.isEmpty())
        error.detail += u", "_s + plainWord(suberror);
    error.detail += u" (HTTP %1)"_s.arg(status);
    error.serviceCode =
        codes.isEmpty() ? plainWord(word) : u"AADSTS%1"_s.arg(codes.first().toInt());
    const QString correlation = object.value("correlation_id"_L1).toString();
    if (!correlation.isEmpty())
        error.requestId = plainWord(correlation);
    failure.claims = claimsIn(object);

    if (const CodeRule *rule = ruleFor(codes)) {
        error.kind = rule->kind;
        error.cause = rule->cause;
        failure.isTokenDead = rule->isTokenDead;
        error.serviceCode = u"AADSTS%1"_s.arg(rule->code);
        error.detail += u": "_s + QLatin1StringView(rule->meaning);
        if (rule->code == 50196)
            retryAfter = std::max(retryAfter, loopPause);
    } else if (const WordRule *subRule = ruleFor(suberrorRules, suberror)) {
        error.kind = subRule->kind;
        error.cause = subRule->cause;
        failure.isTokenDead = subRule->isTokenDead;
    } else if (const WordRule *wordRule = ruleFor(errorRules, word)) {
        error.kind = wordRule->kind;
        error.cause = wordRule->cause;
        failure.isTokenDead = wordRule->isTokenDead;
    } else if (!failure.claims.isEmpty()) {
        error.kind = Kind::SignInNeeded;
    }
    if (error.kind == Kind::ServiceFault && (status == 429 || status == 503))
        error.kind = Kind::Throttled;
    error.retryAfter = retryAfter;
    return failure;
}

Error classifyAuthorizationError(const QString &word, const QString &description)
{
    Error error{.kind = Kind::ServiceFault,
                .detail = u"the sign-in page answered "_s + plainWord(word),
                .serviceCode = codeIn(description)};
    if (error.serviceCode.isEmpty())
        error.serviceCode = plainWord(word);
    if (const WordRule *rule = ruleFor(errorRules, word)) {
        error.kind = rule->kind;
        error.cause = rule->cause;
    }
    // Of the description only the number counts, as no error_codes come this way.
    const CodeRule *rule = ruleFor({QStringView(error.serviceCode).mid(6).toInt()});
    if (rule && rule->cause == Cause::AdminConsentMissing) {
        error.kind = rule->kind;
        error.cause = rule->cause;
    }
    // Here it is the person who said no, on the page.
    if (error.kind == Kind::Denied) {
        error.kind = Kind::Cancelled;
        error.cause = Cause::None;
    }
    // Whoever has just signed in is not helped by "sign in".
    if (error.kind == Kind::SignInNeeded)
        error.kind = Kind::ServiceFault;
    return error;
}

std::chrono::seconds readRetryAfter(const QByteArray &header, qint64 nowSeconds)
{
    const QByteArray text = header.trimmed();
    if (text.isEmpty())
        return std::chrono::seconds(0);
    bool isNumber = false;
    qint64 seconds = text.toLongLong(&isNumber);
    if (!isNumber) {
        // IMF-fixdate, the only form that senders may produce (RFC 9110, section 5.6.7).
        const QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(text),
                                                       u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
        if (!date.isValid())
            return std::chrono::seconds(0);
        seconds =
            QDateTime(date.date(), date.time(), QTimeZone::utc()).toSecsSinceEpoch() - nowSeconds;
    }
    return std::clamp(std::chrono::seconds(seconds), std::chrono::seconds(0), longestWait);
}

} // namespace auth
