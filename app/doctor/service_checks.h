// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The checks of the way to Microsoft, from what answered there. Pure.

#pragma once

#include "app/doctor/check.h"
#include "app/doctor/web_probe.h"
#include "auth/entra_config.h"

#include <QUrl>

namespace doctor {

// https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#find-your-apps-openid-configuration-document-uri
QUrl discoveryUrl(const auth::EntraConfig &config);
// Graph answers 401 with an error of its own there, as no token is sent.
QUrl graphProbeUrl(const auth::EntraConfig &config);

struct ServiceAnswers
{
    Result<WebAnswer> authority;
    Result<WebAnswer> graph;
    QString authorityProxy = {}; // "host:port" without credentials; empty: none
    QString graphProxy = {};
};

namespace service {

Check authority(const auth::EntraConfig &config, const ServiceAnswers &answers);
Check graph(const auth::EntraConfig &config, const ServiceAnswers &answers);
// Against the clocks of those two, where it was really they who answered.
Check clock(const ServiceAnswers &answers);
Check proxy(const ServiceAnswers &answers);
// All of them, for want of a registration.
QList<Check> notSetUp();

} // namespace service

// Which proxy a request to this address takes; empty: none. Asks the system, as requests do.
QString proxyFor(const QUrl &url);
// The number of an AADSTS code in an answer of Entra, JSON or a page; 0: there is none.
int entraCode(const WebAnswer &answer);

} // namespace doctor
