// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the sandbox remembers: its identity, every credential it issued or saw, what was asked how
// often, and what must never have happened. Shared by the Entra and the Graph side; owned by
// SandboxTenant.

#pragma once

#include "tests/sandbox/sandbox_people.h"

#include <QByteArrayList>
#include <QDateTime>
#include <QHash>
#include <QMap>
#include <QSet>
#include <QStringList>
#include <QUrl>

#include <chrono>

namespace sandbox {

// A sign-in page that was shown, and the code it ended in.
struct AuthorizationRequest
{
    QString redirectUri;
    QString responseMode;
    QString state;
    QString nonce;
    QString codeChallenge;
    QStringList scopes;
};

struct IssuedCode
{
    AuthorizationRequest request;
    const Person *person = nullptr;
    QDateTime expiresAt;
    bool used = false;
};

struct IssuedDeviceCode
{
    enum class State { Waiting, Allowed, Declined, Used };

    QString userCode;
    QStringList scopes;
    QDateTime expiresAt;
    QDateTime lastPoll; // or the issue
    int interval = 0; // seconds between polls; goes up by slow_down
    State state = State::Waiting;
    const Person *person = nullptr;
};

struct IssuedToken
{
    const Person *person = nullptr;
    QStringList scopes;
    QString claims = {}; // those that an access token was asked for with
    QDateTime expiresAt;
    bool revoked = false;
    bool replaced = false; // refresh token: a newer one was issued for it
};

struct Ledger
{
    // The nbf that Graph wants access tokens to be issued with; empty: any token will do.
    QString wantedNotBefore;
    QString tenantId = QStringLiteral("5c7a1f0e-3c1b-4a57-9d0e-2f6b8a1c4d90");
    QString tenantDomain = QStringLiteral("contoso.onmicrosoft.com");
    QString clientId = QStringLiteral("9b2e4f6a-7c81-4d35-8e0f-1a2b3c4d5e6f");
    QUrl authority;
    QUrl graph;
    QUrl foreign; // an origin that must never see a credential

    // App roles as the administrator has changed them, by the person's key.
    QHash<QString, QStringList> roles;
    QStringList rolesOf(const Person &person) const
    {
        return roles.value(person.key, person.roles);
    }

    QHash<QString, IssuedCode> codes;
    QHash<QString, IssuedDeviceCode> deviceCodes;
    // What the interval's seconds last; shorter ones are for tests in-process.
    std::chrono::milliseconds deviceCodeSecond{1000};
    QHash<QString, IssuedToken> accessTokens;
    QHash<QString, IssuedToken> refreshTokens;
    QSet<QString> usedStates; // state and nonce values of earlier attempts

    // Codes (also those of devices), verifiers and tokens, issued or received.
    QByteArrayList secrets;
    void noteSecret(const QString &value);

    // Scopes that may be issued, without the resource: by the person's key, for everybody under "".
    QHash<QString, QSet<QString>> consents;
    QStringList administratorScopes; // which only an administrator can consent to
    bool isConsented(const Person &person, const QStringList &scopes) const;
    bool needsAdministrator(const QStringList &scopes) const;
    void consent(const QString &personKey, const QStringList &scopes);
    void withdrawConsent(const QString &scope);

    QMap<QString, int> counts; // by endpoint
    void count(const QString &endpoint) { ++counts[endpoint]; }

    // English sentences: a rule of the design that the program under test broke.
    QStringList violations;
};

// bytes random bytes as base64url without padding.
QString randomText(int bytes);
// A GUID in lower case without braces.
QString randomGuid();

} // namespace sandbox
