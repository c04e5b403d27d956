// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/entra_flow.h"

#include "auth/claims_request.h"
#include "auth/loopback_reply_handler.h"
#include "auth/token_network.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace auth {

EntraFlow::EntraFlow(EntraConfig config, Wishes wishes, LoopbackReplyHandler *handler,
                     TokenNetwork *network, QObject *parent)
    : QOAuth2AuthorizationCodeFlow(parent)
    , m_config(std::move(config))
    , m_wishes(std::move(wishes))
    , m_pkce(Pkce::fresh())
{
    setNetworkAccessManager(network);
    setClientIdentifier(m_config.clientId);
    setAuthorizationUrl(m_config.authorizeUrl());
    giveTokenUrl();
    switchOffOwnProtections();
    setState(QString::fromLatin1(m_wishes.state));
    setModifyParametersFunction([this](Stage stage, QMultiMap<QString, QVariant> *parameters) {
        setParameters(stage, parameters);
    });
    connect(this, &QAbstractOAuth::authorizeWithBrowser, this,
            [this](const QUrl &url) { m_pageUrl = url; });
    // Before the base class, which turns it into the token request at once.
    connect(handler, &LoopbackReplyHandler::callbackReceived, this,
            [this](const QVariantMap &values) {
                m_code = Secret(values.value(u"code"_s).toString().toUtf8());
            });
    setReplyHandler(handler);
    // After it: its answer to a 401 is an Authorization header with an empty secret.
    connect(handler, &LoopbackReplyHandler::callbackReceived, this, [this, network] {
        disconnect(network, &QNetworkAccessManager::authenticationRequired, this, nullptr);
    });
}

QUrl EntraFlow::pageUrl()
{
    // Only grant() also connects the handler's answer to the code exchange.
    grant();
    return std::exchange(m_pageUrl, {});
}

// Qt 6.9 renamed the setter and deprecates the old name from 6.13 on.
void EntraFlow::giveTokenUrl()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 9, 0)
    setTokenUrl(m_config.tokenUrl());
#else
    setAccessTokenUrl(m_config.tokenUrl());
#endif
}

// Qt 6.8 brought PKCE and 6.9 a nonce of its own; two of a kind are refused by Entra, and older
// versions have neither, so ours are used everywhere.
void EntraFlow::switchOffOwnProtections()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    setPkceMethod(PkceMethod::None);
#endif
#if QT_VERSION >= QT_VERSION_CHECK(6, 9, 0)
    setNonceMode(NonceMode::Disabled);
#endif
}

void EntraFlow::setParameters(Stage stage, QMultiMap<QString, QVariant> *parameters) const
{
    // Whatever the base class put in is dropped: client_secret among it. Values have to be
    // percent-encoded already, on every version (QUrlQuery takes them as they are).
    parameters->clear();
    const auto set = [parameters](const QString &name, const QByteArray &value) {
        parameters->insert(name,
                           QString::fromLatin1(QUrl::toPercentEncoding(QString::fromUtf8(value))));
    };
    set(u"client_id"_s, m_config.clientId.toUtf8());
    set(u"redirect_uri"_s, replyHandler()->callback().toUtf8());
    set(u"scope"_s, scopeText(m_config.scopes).toUtf8());
    set(u"client_info"_s, "1"_ba);
    set(u"claims"_s, claimsRequest(m_wishes.claims));
    if (stage == Stage::RequestingAuthorization) {
        set(u"response_type"_s, "code"_ba);
        set(u"response_mode"_s, m_config.responseMode.toUtf8());
        set(u"state"_s, m_wishes.state);
        set(u"nonce"_s, m_wishes.nonce);
        set(u"code_challenge"_s, m_pkce.challenge);
        set(u"code_challenge_method"_s, "S256"_ba);
        if (m_wishes.loginHint.isEmpty())
            set(u"prompt"_s, "select_account"_ba);
        else
            set(u"login_hint"_s, m_wishes.loginHint.toUtf8());
    } else {
        set(u"grant_type"_s, "authorization_code"_ba);
        set(u"code"_s, m_code.reveal());
        set(u"code_verifier"_s, m_pkce.verifier.reveal());
    }
}

QString scopeText(const QStringList &scopes)
{
    QStringList all{u"openid"_s, u"profile"_s, u"offline_access"_s};
    for (const QString &scope : scopes) {
        if (!all.contains(scope, Qt::CaseInsensitive))
            all.append(scope);
    }
    return all.join(u' ');
}

} // namespace auth
