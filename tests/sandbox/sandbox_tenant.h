// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sample tenant Contoso on loopback: an authority like Entra ID, a Graph on another origin, and
// a foreign origin that must never see a credential. Used in-process by unit tests and as the
// program graph-valet-sandbox by everything else. It refuses what Entra refuses.

#pragma once

#include "tests/sandbox/content_host.h"
#include "tests/sandbox/entra_authorize.h"
#include "tests/sandbox/entra_device_code.h"
#include "tests/sandbox/entra_token.h"
#include "tests/sandbox/graph_endpoint.h"
#include "tests/sandbox/sandbox_faults.h"
#include "tests/sandbox/sandbox_ledger.h"
#include "tests/support/http_server.h"

#include <QObject>

namespace sandbox {

class SandboxTenant : public QObject
{
    Q_OBJECT
public:
    explicit SandboxTenant(QObject *parent = nullptr);

    // port: of the authority; Graph listens on the next one. 0: free ones.
    bool listen(quint16 port = 0);
    // Both are gone from the network, as if the person were offline. comeBack() undoes it.
    void goAway();
    bool comeBack();

    QUrl authority() const { return m_ledger.authority; }
    QUrl graphUrl() const { return m_ledger.graph; }
    QString clientId() const { return m_ledger.clientId; }
    QString tenantId() const { return m_ledger.tenantId; }
    // {"authority","graphUrl","clientId","tenantId"}
    QJsonObject description() const;

    // The page needs no click: it signs in whoever login_hint names, else Adele.
    void setAutomatic(bool automatic) { m_authorize.setAutomatic(automatic); }
    // A person enters the code of a device and allows or declines it; false where none such waits.
    bool enterDeviceCode(const QString &userCode, bool isAllowed = true)
    {
        return m_deviceCode.enter(userCode, &people().first(), isAllowed);
    }
    void setDeviceCodeSecond(std::chrono::milliseconds second)
    {
        m_ledger.deviceCodeSecond = second;
    }
    bool setFault(const QString &name, int times = 1) { return m_faults.set(name, times); }
    Faults &faults() { return m_faults; }
    // As an administrator does in the portal.
    void consentForEverybody(const QStringList &scopes) { m_ledger.consent({}, scopes); }
    void withdrawConsent(const QString &scope) { m_ledger.withdrawConsent(scope); }
    // Only an administrator can consent to these.
    void reserveForAdministrators(const QStringList &scopes)
    {
        m_ledger.administratorScopes = scopes;
    }
    void revokeRefreshTokens() { m_token.revokeRefreshTokens(); }
    void revokeAccessTokens() { m_token.revokeAccessTokens(); }

    // Key of the person whom an access token was issued for; empty where there is no such token.
    QString personOf(const QByteArray &accessToken) const
    {
        const auto found = m_ledger.accessTokens.constFind(QString::fromLatin1(accessToken));
        return found == m_ledger.accessTokens.constEnd() ? QString() : found->person->key;
    }
    // As a sign-in and a refresh would issue one, for tests of what only Graph's side decides.
    QByteArray issueAccessToken(const QString &personKey, const QStringList &scopes)
    {
        const QString token = randomText(32);
        m_ledger.noteSecret(token);
        m_ledger.accessTokens.insert(token,
                                     {.person = personByKey(personKey),
                                      .scopes = scopes,
                                      .claims = QStringLiteral("cp1 ") + m_ledger.wantedNotBefore,
                                      .expiresAt = QDateTime::currentDateTimeUtc().addSecs(3600)});
        return token.toLatin1();
    }
    // What an administrator assigns; holds from the next id_token on.
    void setRoles(const QString &personKey, const QStringList &roles)
    {
        m_ledger.roles.insert(personKey, roles);
    }

    QByteArrayList secrets() const { return m_ledger.secrets; }
    int count(const QString &endpoint) const { return m_ledger.counts.value(endpoint); }
    QStringList violations() const { return m_ledger.violations; }
    QJsonObject requestCounts() const;

Q_SIGNALS:
    // After a request to the authority or Graph was answered.
    void requestSeen(const QString &path);

private:
    void handleAuthority(const test_support::HttpRequest &request,
                         const test_support::HttpReply &reply);
    test_support::HttpResponse control(const test_support::HttpRequest &request);
    void handleForeign(const test_support::HttpRequest &request,
                       const test_support::HttpReply &reply);

    test_support::HttpServer *m_authorityServer = nullptr;
    test_support::HttpServer *m_graphServer = nullptr;
    test_support::HttpServer m_foreignServer;
    Ledger m_ledger;
    Faults m_faults;
    EntraAuthorize m_authorize;
    EntraDeviceCode m_deviceCode;
    EntraToken m_token;
    ContentHost m_contents;
    GraphEndpoint m_graph;
};

} // namespace sandbox
