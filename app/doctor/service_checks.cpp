// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/doctor/service_checks.h"

#include "app/display_text.h"
#include "app/doctor/registration_advice.h"
#include "app/user_messages.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkProxy>
#include <QRegularExpression>

#include <cstdlib>

using namespace Qt::StringLiterals;
using display_text::shown;

namespace doctor {
namespace {

constexpr std::chrono::seconds clockTolerance{300}; // what Entra and Kerberos forgive

struct ServiceChecks
{
    Q_DECLARE_TR_FUNCTIONS(ServiceChecks)
public:
    static QString authorityTitle() { return tr("Microsoft's sign-in service"); }
    static QString graphTitle() { return tr("Microsoft Graph"); }
    static QString clockTitle() { return tr("Date and time"); }
    static QString proxyTitle() { return tr("Proxy"); }

    static QString answers(const QString &host) { return tr("%1 answers.").arg(host); }
    static QString notReached(const QString &host) { return tr("%1 cannot be reached.").arg(host); }
    static QString somebodyElse(const QString &host)
    {
        return tr("Something else answers in place of %1.").arg(host);
    }
    static QString hasAProblem(const QString &host, int status)
    {
        return tr("%1 has a problem at the moment (HTTP %2).").arg(host, QString::number(status));
    }
    static QString refuses(const QString &host, const QString &code)
    {
        return tr("%1 refuses this tenant (%2).").arg(host, code);
    }
    static QString correctTenant() { return tr("Check the tenant and the cloud in Settings."); }
    static QString later() { return tr("Try again later; you stay signed in."); }

    static QString clockFits() { return tr("The clock of this computer is right."); }
    static QString clockWrong(const QString &how)
    {
        return tr("The clock of this computer is %1.").arg(how);
    }
    static QString fast(const QString &span) { return tr("%1 fast").arg(span); }
    static QString slow(const QString &span) { return tr("%1 slow").arg(span); }
    static QString span(qint64 seconds)
    {
        const qint64 minutes = (seconds + 30) / 60;
        if (minutes < 120)
            return tr("%1 minutes").arg(QString::number(minutes));
        const qint64 hours = (minutes + 30) / 60;
        return hours < 48 ? tr("%1 hours").arg(QString::number(hours))
                          : tr("%1 days").arg(QString::number((hours + 12) / 24));
    }
    static QString setClock()
    {
        return tr("Have the system set date and time by itself, and check the time zone. A sign-in "
                  "fails while the clock is more than 5 minutes wrong.");
    }
    static QString clockUnknown()
    {
        return tr("Nobody answered whose clock this one could be compared with.");
    }
    static QString clockSuspected()
    {
        return tr("The certificate of the connection does not fit the date of this computer.");
    }

    static QString noProxy() { return tr("No proxy is used."); }
    static QString oneProxy(const QString &name) { return tr("The proxy %1 is used.").arg(name); }
    static QString twoProxies(const QString &first, const QString &second)
    {
        return tr("For the sign-in %1 is used, for Microsoft Graph %2.").arg(first, second);
    }
    static QString none() { return tr("no proxy"); }
    static QString proxyRefuses(const QString &name)
    {
        return tr("The proxy %1 lets nothing through.").arg(name);
    }

    static QString notSetUp() { return tr("Graph Valet is not set up yet."); }
    static QString registrationTitle() { return tr("App registration"); }
};

QJsonObject objectIn(const WebAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

void addFacts(Check &check, const QUrl &url, const Result<WebAnswer> &result)
{
    check.facts.append({u"url"_s, shown(url.toString(), display_text::pathLimit)});
    if (!result.ok()) {
        check.facts.append({u"problem"_s, shown(result.error().detail, 200)});
        return;
    }
    check.facts += {{u"http status"_s, QString::number(result->status)},
                    {u"time"_s, u"%1 ms"_s.arg(result->took.count())}};
    if (!result->issuer.isEmpty())
        check.facts.append({u"certificate issued by"_s, shown(result->issuer)});
}

bool wasReached(Check &check, const QUrl &url, const Result<WebAnswer> &result)
{
    addFacts(check, url, result);
    if (result.ok())
        return true;
    check.outcome = Outcome::Failed;
    check.finding = ServiceChecks::notReached(shown(url.host()));
    check.advice = user_messages::forError(result.error());
    return false;
}

void somebodyElse(Check &check, const QUrl &url)
{
    check.outcome = Outcome::Failed;
    check.finding = ServiceChecks::somebodyElse(shown(url.host()));
    check.advice =
        user_messages::forError({.kind = Error::Kind::Offline, .cause = Cause::NotMicrosoft});
}

void serviceFault(Check &check, const QUrl &url, int status)
{
    check.outcome = Outcome::Failed;
    check.finding = ServiceChecks::hasAProblem(shown(url.host()), status);
    check.advice = ServiceChecks::later();
}

bool isOnHost(const QJsonObject &object, QLatin1StringView key, const QUrl &authority)
{
    return QUrl(object.value(key).toString()).host() == authority.host();
}

bool isGraph(const Result<WebAnswer> &result)
{
    if (!result.ok())
        return false;
    const QJsonObject object = objectIn(*result);
    return !object.value("error"_L1).toObject().value("code"_L1).toString().isEmpty()
        || (result->status == 200 && !object.isEmpty());
}

bool isAuthority(const Result<WebAnswer> &result)
{
    if (!result.ok())
        return false;
    const QJsonObject object = objectIn(*result);
    return object.contains("issuer"_L1) || entraCode(*result) > 0;
}

} // namespace

QUrl discoveryUrl(const auth::EntraConfig &config)
{
    QUrl url = config.authority;
    url.setPath(u'/' + config.tenant + u"/v2.0/.well-known/openid-configuration"_s);
    return url;
}

QUrl graphProbeUrl(const auth::EntraConfig &config)
{
    QUrl url = config.graphUrl;
    url.setPath(u"/v1.0/me"_s);
    return url;
}

QString proxyFor(const QUrl &url)
{
    const QNetworkProxy proxy =
        QNetworkProxyFactory::proxyForQuery(QNetworkProxyQuery(url)).value(0);
    if (proxy.type() == QNetworkProxy::NoProxy || proxy.hostName().isEmpty())
        return {};
    return u"%1:%2"_s.arg(proxy.hostName()).arg(proxy.port());
}

int entraCode(const WebAnswer &answer)
{
    const QJsonArray codes = objectIn(answer).value("error_codes"_L1).toArray();
    if (!codes.isEmpty())
        return codes.first().toInt();
    static const QRegularExpression number(u"AADSTS([0-9]{4,9})"_s);
    return number.match(QString::fromUtf8(answer.body)).captured(1).toInt();
}

namespace service {

Check authority(const auth::EntraConfig &config, const ServiceAnswers &answers)
{
    Check check{.id = u"authority"_s, .title = ServiceChecks::authorityTitle()};
    const QUrl url = discoveryUrl(config);
    if (!wasReached(check, url, answers.authority))
        return check;
    const WebAnswer &answer = *answers.authority;
    const QJsonObject object = objectIn(answer);
    const int code = entraCode(answer);
    if (code > 0) {
        const QString name = u"AADSTS%1"_s.arg(code);
        check.facts.append({u"code"_s, name});
        check.outcome = Outcome::Failed;
        if (const auto known = registrationAdvice(code, config)) {
            check.finding = known->finding + u" (%1)"_s.arg(name);
            check.advice = known->advice;
        } else {
            check.finding = ServiceChecks::refuses(shown(url.host()), name);
            check.advice = ServiceChecks::correctTenant();
        }
    } else if (answer.status == 429 || answer.status >= 500) {
        serviceFault(check, url, answer.status);
    } else if (answer.status != 200 || !object.contains("issuer"_L1)) {
        somebodyElse(check, url);
    } else {
        check.facts.append({u"issuer"_s, shown(object.value("issuer"_L1).toString(), 200)});
        const bool isHere = isOnHost(object, "issuer"_L1, config.authority)
            && isOnHost(object, "authorization_endpoint"_L1, config.authority)
            && isOnHost(object, "token_endpoint"_L1, config.authority);
        const QString graphHost = object.value("msgraph_host"_L1).toString();
        if (!graphHost.isEmpty())
            check.facts.append({u"graph of the tenant"_s, shown(graphHost)});
        const bool fits = graphHost.isEmpty() || config.isLoopback()
            || graphHost.compare(config.graphUrl.host(), Qt::CaseInsensitive) == 0;
        if (isHere && fits) {
            check.finding = ServiceChecks::answers(shown(url.host()));
        } else {
            const RegistrationAdvice other = otherCloudAdvice(config);
            check.outcome = Outcome::Failed;
            check.finding = other.finding;
            check.advice = other.advice;
        }
    }
    return check;
}

Check graph(const auth::EntraConfig &config, const ServiceAnswers &answers)
{
    Check check{.id = u"graph"_s, .title = ServiceChecks::graphTitle()};
    const QUrl url = graphProbeUrl(config);
    if (!wasReached(check, url, answers.graph))
        return check;
    const WebAnswer &answer = *answers.graph;
    if (!answer.requestId.isEmpty())
        check.facts.append({u"request id"_s, shown(QString::fromLatin1(answer.requestId))});
    if (answer.status == 429 || answer.status >= 500)
        serviceFault(check, url, answer.status);
    else if (!isGraph(answers.graph))
        somebodyElse(check, url);
    else
        check.finding = ServiceChecks::answers(shown(url.host()));
    return check;
}

Check clock(const ServiceAnswers &answers)
{
    Check check{.id = u"clock"_s, .title = ServiceChecks::clockTitle()};
    const auto isCertificateDate = [](const Result<WebAnswer> &result) {
        return !result.ok() && result.error().cause == Cause::CertificateDate;
    };
    const WebAnswer *answer = nullptr;
    if (isAuthority(answers.authority) && answers.authority->date.isValid())
        answer = &*answers.authority;
    else if (isGraph(answers.graph) && answers.graph->date.isValid())
        answer = &*answers.graph;
    if (!answer) {
        const bool isSuspect =
            isCertificateDate(answers.authority) || isCertificateDate(answers.graph);
        check.outcome = isSuspect ? Outcome::Warning : Outcome::Skipped;
        check.finding = isSuspect ? ServiceChecks::clockSuspected() : ServiceChecks::clockUnknown();
        if (isSuspect)
            check.advice = ServiceChecks::setClock();
        return check;
    }
    const qint64 ahead = answer->date.secsTo(answer->heard); // of ours
    check.facts += {{u"difference"_s, u"%1 s"_s.arg(ahead)},
                    {u"server"_s, answer->date.toString(Qt::ISODate)},
                    {u"this computer"_s, answer->heard.toString(Qt::ISODate)}};
    // Its answer may have been on the way for as long as the whole exchange took.
    const qint64 sure = std::abs(ahead) - answer->took.count() / 1000;
    if (sure <= clockTolerance.count()) {
        check.finding = ServiceChecks::clockFits();
        return check;
    }
    const QString span = ServiceChecks::span(std::abs(ahead));
    check.outcome = Outcome::Failed;
    check.finding = ServiceChecks::clockWrong(ahead > 0 ? ServiceChecks::fast(span)
                                                        : ServiceChecks::slow(span));
    check.advice = ServiceChecks::setClock();
    return check;
}

Check proxy(const ServiceAnswers &answers)
{
    Check check{.id = u"proxy"_s, .title = ServiceChecks::proxyTitle()};
    const QString first = shown(answers.authorityProxy);
    const QString second = shown(answers.graphProxy);
    check.facts = {{u"for the sign-in"_s, first.isEmpty() ? u"none"_s : first},
                   {u"for graph"_s, second.isEmpty() ? u"none"_s : second}};
    for (const Result<WebAnswer> *result : {&answers.authority, &answers.graph}) {
        if (result->ok())
            continue;
        const Error &error = result->error();
        if (error.cause == Cause::Proxy || error.cause == Cause::ProxyPassword) {
            check.outcome = Outcome::Failed;
            check.finding = ServiceChecks::proxyRefuses(shown(error.intermediary));
            check.advice = user_messages::forError(error);
            return check;
        }
    }
    if (first == second) {
        check.finding = first.isEmpty() ? ServiceChecks::noProxy() : ServiceChecks::oneProxy(first);
    } else {
        check.finding =
            ServiceChecks::twoProxies(first.isEmpty() ? ServiceChecks::none() : first,
                                      second.isEmpty() ? ServiceChecks::none() : second);
    }
    return check;
}

QList<Check> notSetUp()
{
    const auto skipped = [](const QString &id, const QString &title) {
        return Check{.id = id,
                     .title = title,
                     .outcome = Outcome::Skipped,
                     .finding = ServiceChecks::notSetUp()};
    };
    return {skipped(u"clock"_s, ServiceChecks::clockTitle()),
            skipped(u"proxy"_s, ServiceChecks::proxyTitle()),
            skipped(u"authority"_s, ServiceChecks::authorityTitle()),
            skipped(u"graph"_s, ServiceChecks::graphTitle()),
            skipped(u"registration"_s, ServiceChecks::registrationTitle())};
}

} // namespace service
} // namespace doctor
