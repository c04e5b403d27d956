// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/device_code_sign_in.h"

#include "app/base/json_reader.h"
#include "app/base/log.h"
#include "auth/claims_request.h"
#include "auth/entra_flow.h"
#include "auth/token_network.h"

#include <QJsonDocument>
#include <QNetworkReply>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = Error::Kind;

namespace auth {

namespace {

// RFC 8628, section 3.2 (where the service names none) and section 3.5.
constexpr std::chrono::seconds usualInterval = 5s;
constexpr std::chrono::seconds slowDownStep = 5s;
// Lost polls double the pause up to here.
constexpr std::chrono::seconds longestBackOff = 60s;

struct DeviceCode
{
    Secret deviceCode = {};
    QString userCode = {};
    QUrl page = {};
    std::chrono::seconds lifetime{};
    std::chrono::seconds interval{};
};

int statusOf(const QNetworkReply *reply)
{
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

// The body stays where it is, for readTokenAnswer().
QJsonObject peekedAt(QNetworkReply *reply)
{
    if (!reply->isReadable() || reply->bytesAvailable() > TokenNetwork::Limits().answer)
        return {};
    return QJsonDocument::fromJson(reply->peek(reply->bytesAvailable())).object();
}

// Something to be typed: short, and nothing that a terminal or a window would not show.
bool canBeTyped(const QString &code)
{
    return !code.isEmpty() && code.size() <= 32
        && std::all_of(code.cbegin(), code.cend(),
                       [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; });
}

Error unusable(const QString &why)
{
    return Error{.kind = Kind::ServiceFault, .detail = u"the device code is refused: "_s + why};
}

Result<DeviceCode> readDeviceCode(QNetworkReply *reply, const EntraConfig &config)
{
    const QJsonObject object = peekedAt(reply);
    if (statusOf(reply) != 200 || object.isEmpty() || object.contains("error"_L1)) {
        const auto outcome = signedInWith(readTokenAnswer(reply), config, std::nullopt);
        return outcome.ok() ? unusable(u"there is none"_s) : outcome.error();
    }
    JsonReader reader(object, u"device code"_s);
    const QString deviceCode = reader.string("device_code"_L1);
    const QString userCode = reader.string("user_code"_L1);
    const QUrl page(reader.string("verification_uri"_L1), QUrl::StrictMode);
    const qint64 lifetime = reader.integer("expires_in"_L1);
    const qint64 interval = reader.optionalInteger("interval"_L1).value_or(usualInterval.count());
    if (!reader.ok())
        return unusable(reader.problem());
    if (deviceCode.isEmpty() || !canBeTyped(userCode) || lifetime <= 0)
        return unusable(u"it cannot be used"_s);
    if (!DeviceCodeSignIn::mayShow(page, config))
        return unusable(u"its page is not one with https"_s);
    return DeviceCode{.deviceCode = Secret(deviceCode.toUtf8()),
                      .userCode = userCode,
                      .page = page,
                      .lifetime = std::chrono::seconds(std::min(lifetime, qint64(3600))),
                      .interval =
                          std::chrono::seconds(std::clamp(interval, qint64(1), qint64(60)))};
}

// To be asked before the body is read. Which error the reply has then depends on what came first,
// the status or the end.
bool isCutOff(const QNetworkReply *reply)
{
    const QVariant announced = reply->header(QNetworkRequest::ContentLengthHeader);
    return announced.isValid() && announced.toLongLong() > reply->bytesAvailable();
}

// Not reached, not answered, or not now: the next poll may go better (RFC 8628, section
// 3.5). Where the tokens were in what was lost, the next one is refused and ends it.
bool isLost(const Error &error, int status, const QString &word)
{
    return error.kind == Kind::Offline || error.kind == Kind::Timeout
        || error.kind == Kind::Throttled || status >= 500 || word == u"temporarily_unavailable"
        || word == u"server_error";
}

} // namespace

DeviceCodeSignIn::DeviceCodeSignIn(EntraConfig config, Wishes wishes, QObject *parent)
    : SignInAttempt(parent)
    , m_config(std::move(config))
    , m_wishes(std::move(wishes))
{
    m_pause.setSingleShot(true);
    // A coarse one may fire early, and polling early is what slow_down is for.
    m_pause.setTimerType(Qt::PreciseTimer);
    connect(&m_pause, &QTimer::timeout, this, &DeviceCodeSignIn::poll);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &DeviceCodeSignIn::timeIsOver);
}

DeviceCodeSignIn::~DeviceCodeSignIn() = default;

bool DeviceCodeSignIn::mayShow(const QUrl &page, const EntraConfig &config)
{
    if (!page.isValid() || page.host().isEmpty() || !page.userInfo().isEmpty())
        return false;
    return page.scheme() == u"https"
        || (page.scheme() == u"http" && config.isLoopback() && isLoopbackHost(page));
}

Async<SignedIn> DeviceCodeSignIn::start()
{
    m_limit.start(m_wishes.limit);
    m_codeNetwork = std::make_unique<TokenNetwork>(m_config.deviceCodeUrl());
    m_tokenNetwork = std::make_unique<TokenNetwork>(m_config.tokenUrl());
    QByteArray form;
    TokenNetwork::addField(form, "client_id", m_config.clientId.toUtf8());
    TokenNetwork::addField(form, "scope", scopeText(m_config.scopes).toUtf8());
    TokenNetwork::addField(form, "claims", claimsRequest(m_wishes.claims));
    QNetworkReply *reply = m_codeNetwork->postForm(form);
    connect(reply, &QNetworkReply::finished, this, [this, reply] { codeAnswered(reply); });
    return m_promise.future();
}

void DeviceCodeSignIn::cancel()
{
    fail({.kind = Kind::Cancelled, .detail = u"the sign-in was cancelled"_s});
}

void DeviceCodeSignIn::codeAnswered(QNetworkReply *reply)
{
    reply->deleteLater();
    if (m_promise.isAnswered())
        return;
    const auto code = readDeviceCode(reply, m_config);
    if (!code)
        return fail(code.error());
    m_deviceCode = code->deviceCode;
    m_userCode = code->userCode;
    m_pageUrl = code->page;
    m_interval = code->interval;
    const auto lifetime = code->lifetime.count() * m_wishes.second;
    if (lifetime < m_limit.remainingTimeAsDuration())
        m_limit.start(lifetime);
    qCInfo(lcAuth) << "device code shown, asking every" << m_interval.count() << "s";
    waitForNextPoll();
    Q_EMIT pageReady(m_pageUrl, false);
}

void DeviceCodeSignIn::waitForNextPoll(std::chrono::seconds atLeast)
{
    std::chrono::seconds pause = m_interval;
    for (int i = 0; i < m_losses && pause < longestBackOff; ++i)
        pause = std::min(pause * 2, std::max(longestBackOff, m_interval));
    m_pause.start(std::max(pause, atLeast).count() * m_wishes.second);
}

void DeviceCodeSignIn::poll()
{
    QByteArray form;
    TokenNetwork::addField(form, "client_id", m_config.clientId.toUtf8());
    TokenNetwork::addField(form, "grant_type", "urn:ietf:params:oauth:grant-type:device_code");
    TokenNetwork::addField(form, "device_code", m_deviceCode.reveal());
    TokenNetwork::addField(form, "claims", claimsRequest(m_wishes.claims));
    QNetworkReply *reply = m_tokenNetwork->postForm(form);
    form.fill('\0');
    connect(reply, &QNetworkReply::finished, this, [this, reply] { pollAnswered(reply); });
}

void DeviceCodeSignIn::pollAnswered(QNetworkReply *reply)
{
    reply->deleteLater();
    if (m_promise.isAnswered())
        return;
    const QString word = peekedAt(reply).value("error"_L1).toString();
    // These two are no failures, and readTokenAnswer() would log them as such.
    if (word == u"authorization_pending" || word == u"slow_down") {
        if (word == u"slow_down")
            m_interval += slowDownStep;
        m_losses = 0;
        m_lastLoss.reset();
        return waitForNextPoll();
    }
    const bool wasCutOff = isCutOff(reply);
    const auto outcome =
        signedInWith(readTokenAnswer(reply), m_config, std::nullopt, m_wishes.principal);
    if (outcome.ok())
        return end(outcome);
    Error error = outcome.error();
    if (wasCutOff || isLost(error, statusOf(reply), word)) {
        ++m_losses;
        m_lastLoss = error;
        return waitForNextPoll(error.retryAfter);
    }
    if (word == u"expired_token")
        error.kind = Kind::NoAnswer;
    else if (word == u"authorization_declined")
        error.kind = Kind::Cancelled; // the person said no, on the page
    fail(error);
}

void DeviceCodeSignIn::timeIsOver()
{
    // Who entered the code in time must not be told that they did not.
    fail(m_lastLoss.value_or(
        Error{.kind = Kind::NoAnswer, .detail = u"the device code was not entered in time"_s}));
}

void DeviceCodeSignIn::fail(const Error &error)
{
    if (m_promise.isAnswered())
        return;
    qCWarning(lcAuth).noquote() << "sign-in with a device code ended:" << kindName(error.kind)
                                << error.serviceCode << error.detail;
    end(error);
}

void DeviceCodeSignIn::end(Result<SignedIn> result)
{
    m_limit.stop();
    m_pause.stop();
    m_pageUrl.clear();
    m_userCode.clear();
    m_deviceCode = {};
    // Not at once: this may run inside a signal of theirs.
    for (TokenNetwork *network : {m_codeNetwork.release(), m_tokenNetwork.release()}) {
        if (network)
            network->deleteLater();
    }
    m_promise.answer(std::move(result));
}

} // namespace auth
