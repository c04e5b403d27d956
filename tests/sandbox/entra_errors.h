// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The errors of Entra ID that the sandbox knows: number, OAuth error word, text. Source:
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes

#pragma once

#include "tests/support/http_message.h"

namespace sandbox {

struct EntraError
{
    int number = 0; // of AADSTS<number>; 0: a rule of the sandbox that Entra does not have
    QString error; // "invalid_grant"
    QString text;
    QString suberror = {};
    QString claims = {};

    QString code() const
    {
        return number == 0 ? QStringLiteral("SANDBOX")
                           : QStringLiteral("AADSTS") + QString::number(number);
    }
    // As in error_description.
    QString description() const;
    // As the token endpoint answers it.
    test_support::HttpResponse toResponse(int status = 400) const;
};

EntraError missingParameter(const QString &name); // 900144
EntraError duplicatedParameter(const QString &name); // 9000411
EntraError unknownTenant(const QString &tenant); // 90002
EntraError unknownClient(const QString &clientId); // 700016
EntraError secretWanted(); // 7000218, of an app that is not public
EntraError onlyOneTenant(const QString &clientId); // 50194
EntraError unknownScope(const QString &scope); // 70011
// Stricter than Entra on purpose, because the design demands it of our client.
EntraError sandboxRule(const QString &text);

} // namespace sandbox
