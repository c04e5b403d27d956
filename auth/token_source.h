// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The door through which the rest of the program gets access tokens; the only header of auth/ that
// mcp/ may see. There is no "current account" below it: a request names its principal.

#pragma once

#include "app/base/activity.h"
#include "app/base/async.h"
#include "app/base/cancellation.h"
#include "app/base/secret.h"

#include <QByteArray>
#include <QDateTime>
#include <QDeadlineTimer>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace auth {

struct AccessToken
{
    Secret value = {};
    QDateTime expiresAt = {}; // UTC
    QString principal = {}; // "<tid>.<oid>" of the account it was issued for
    QStringList scopes = {}; // as granted
};

// Whether a token request may bring a sign-in page before the person.
enum class Interaction { Never, Allowed };

struct TokenRequest
{
    // "<tid>.<oid>". Empty: nobody was signed in when the request began; whoever signs in.
    QString principal = {};
    QStringList scopes = {}; // "User.Read"; the OIDC scopes are added below
    QByteArray claims = {}; // of a claims challenge, JSON; empty: none
    Secret rejectedToken =
        {}; // an access token that the resource answered 401 to; it is not used again
    Interaction interaction = Interaction::Never;
    ActivityClient client = {}; // who is named in the activity log; decides nothing
    const Cancellation *cancellation = nullptr; // may be null; outlives the request
    // When it passes while the person is being waited for, the request ends with NoAnswer and the
    // sign-in goes on for the next request.
    QDeadlineTimer deadline = QDeadlineTimer::Forever;
    // Called when the request starts to wait for the person, English, for the model's client.
    std::function<void(const QString &)> progress = {};
};

// Errors: NotConfigured, Misconfigured, SignInNeeded, NoAnswer (sign-in page is open), Cancelled
// (the person closed it, or the caller withdrew), ConsentNeeded, Denied (by a policy), Offline,
// Timeout, Throttled, ServiceFault, StorageFault (keychain not readable).
class TokenSource
{
public:
    virtual ~TokenSource() = default;
    virtual Async<AccessToken> tokenFor(const TokenRequest &request) = 0;
    // Principal that requests of today are made for; empty while nobody is signed in.
    virtual QString defaultPrincipal() const = 0;
    // App roles of ours that this account has, "GraphValet.Reader", as its last id_token said.
    // nullopt: not known; after a tokenFor() that went well they are, where Entra says them.
    virtual std::optional<QStringList> rolesOf(const QString &principal) const = 0;
};

} // namespace auth
