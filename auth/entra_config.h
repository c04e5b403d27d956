// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The app registration and the endpoints, checked. The rules are those of the design's section 3:
// authority and Graph URL are a known Microsoft cloud's pair, or both loopback (http only there),
// or set by policy.

#pragma once

#include "app/base/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

namespace auth {

struct EntraValues
{
    QString clientId = {};
    QString tenant = {};
    QString cloud = {}; // a name of auth/clouds.h; empty: global
    QString authority = {}; // empty: that of the cloud
    QString graphUrl = {}; // empty: that of the cloud
    bool endpointsFromPolicy = false;
};

struct EntraConfig
{
    QString clientId = {}; // GUID
    QString tenant = {}; // GUID, domain, organizations, common, consumers
    QUrl authority = {}; // origin without a path
    QUrl graphUrl = {}; // origin without a path
    QStringList scopes{QStringLiteral("User.Read")}; // asked for at sign-in, beside the OIDC ones
    QString responseMode = QStringLiteral("form_post");

    // NotConfigured: client id or tenant empty. Misconfigured: a value breaks a rule; detail names
    // it.
    static Result<EntraConfig> fromValues(const EntraValues &values);

    bool isLoopback() const;
    QUrl authorizeUrl() const;
    QUrl tokenUrl() const;
    QUrl deviceCodeUrl() const;
    // Ends the session of the browser that opens it, after asking whose; holds nothing of the
    // person.
    // https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request
    QUrl logoutUrl() const;
    QString authorityText() const; // as in TokenRecord
    // Where an administrator grants scopes to the app for everybody; holds nothing secret.
    // tenantId: of the account, used where the configured tenant names no organisation.
    // https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
    QUrl adminConsentUrl(const QString &tenantId, const QStringList &wanted) const;

    friend bool operator==(const EntraConfig &, const EntraConfig &) = default;
};

// localhost, 127.0.0.1 or ::1: where plain http is no risk.
bool isLoopbackHost(const QUrl &url);

} // namespace auth
