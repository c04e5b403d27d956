// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What Entra's codes say of a wrong registration, and the step that ends it: where in the Entra
// admin center, and the same for the Azure command line.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes

#pragma once

#include "auth/entra_config.h"

#include <QString>

#include <optional>

namespace doctor {

struct RegistrationAdvice
{
    QString finding;
    QString advice;
};

// code: of AADSTS<code>. nullopt: it says nothing of the registration.
std::optional<RegistrationAdvice> registrationAdvice(int code, const auth::EntraConfig &config);
// The tenant is not in the cloud that was chosen.
RegistrationAdvice otherCloudAdvice(const auth::EntraConfig &config);

} // namespace doctor
