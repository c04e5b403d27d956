// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether the app registration is right, told without any person and without a browser: two
// requests that a right registration refuses in another way than a wrong one.
//
//   request                                   right                     wrong
//   token endpoint, a made-up code            invalid_grant:            700016, 7000218, 50194,
//   (RFC 6749, section 4.1.3)                 the code is bad           90002, ...
//   authorization page, prompt=none, no       redirect to localhost:    a page that names 50011,
//   cookies (OpenID Connect Core, 3.1.2.1)    login_required            700016, ...
//
// No redirect is followed and no page of it is shown. It cannot see what depends on who signs in:
// permissions, consent, assignment, Conditional Access.

#pragma once

#include "app/doctor/check.h"
#include "app/doctor/web_probe.h"
#include "auth/entra_config.h"
#include "auth/token_answer.h"
#include "auth/token_network.h"

#include <QObject>

namespace doctor {

class RegistrationTest : public QObject
{
    Q_OBJECT
public:
    RegistrationTest(auth::EntraConfig config, std::chrono::milliseconds limit,
                     QObject *parent = nullptr);

    // Once. Always a check, never an error, unless this object goes first.
    Async<Check> run();

private:
    Async<auth::TokenFailure> askTokenEndpoint();

    const auth::EntraConfig m_config;
    WebProbe m_page;
    auth::TokenNetwork m_token;
};

// What the two answers say together; for tests of its own.
Check judgeRegistration(const auth::EntraConfig &config, const Result<auth::TokenFailure> &token,
                        const Result<WebAnswer> &page);

} // namespace doctor
