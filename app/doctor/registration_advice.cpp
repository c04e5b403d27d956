// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/doctor/registration_advice.h"

#include "app/display_text.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace doctor {
namespace {

struct Advice
{
    Q_DECLARE_TR_FUNCTIONS(RegistrationAdvice)
public:
    // command: the same at the Azure command line.
    static QString orAtTheConsole(const QString &step, const QString &command)
    {
        return tr("%1 Or at the Azure command line:").arg(step) + u'\n' + command;
    }

    static QString orReplacing(const QString &step, const QString &command)
    {
        return tr("%1 Or at the Azure command line, which replaces the addresses that stand there:")
                   .arg(step)
            + u'\n' + command;
    }

    static RegistrationAdvice unknownClient(const auth::EntraConfig &config)
    {
        return {tr("Microsoft does not know an app with this client ID in the tenant %1.")
                    .arg(display_text::shown(config.tenant)),
                orAtTheConsole(
                    tr("Compare client ID and tenant in Settings with Entra admin center, App "
                       "registrations, your app, Overview. A registration that was made a minute "
                       "ago needs a moment."),
                    u"az ad app show --id %1 --query \"{name:displayName, "
                    "audience:signInAudience}\""_s.arg(config.clientId))};
    }
    static RegistrationAdvice notPublic(const auth::EntraConfig &config)
    {
        return {tr("Microsoft wants a secret of this app, but Graph Valet is a desktop program and "
                   "has none."),
                orReplacing(
                    tr("Entra admin center, App registrations, your app, Authentication: "
                       "http://localhost must stand under \"Mobile and desktop applications\" and "
                       "must not stand under \"Web\" or \"Single-page application\". For device "
                       "codes set \"Allow public client flows\" to Yes, too."),
                    u"az ad app update --id %1 --public-client-redirect-uris http://localhost "
                    "--set web.redirectUris=[]"_s.arg(config.clientId))};
    }
    static RegistrationAdvice redirectMissing(const auth::EntraConfig &config)
    {
        return {
            tr("The app registration lacks the redirect URI http://localhost."),
            orReplacing(
                tr("Entra admin center, App registrations, your app, Authentication, Add a "
                   "platform, \"Mobile and desktop applications\": enter http://localhost, "
                   "without a port and without a slash at the end. The command below replaces "
                   "the addresses that stand there."),
                u"az ad app update --id %1 --public-client-redirect-uris http://localhost"_s.arg(
                    config.clientId))};
    }
    static RegistrationAdvice singleTenant(const auth::EntraConfig &config)
    {
        return {tr("The app is for one organisation, but the tenant in Settings is \"%1\".")
                    .arg(display_text::shown(config.tenant)),
                orAtTheConsole(tr("Enter the Directory (tenant) ID of your organisation as tenant "
                                  "in Settings; it stands in Entra admin center, App "
                                  "registrations, your app, Overview."),
                               u"az account show --query tenantId --output tsv"_s)};
    }
    static RegistrationAdvice unknownTenant(const auth::EntraConfig &config)
    {
        return {
            tr("Microsoft does not know the tenant %1.").arg(display_text::shown(config.tenant)),
            orAtTheConsole(
                tr("Correct the tenant in Settings, and check that the right cloud is chosen "
                   "there. The Directory (tenant) ID stands in Entra admin center, Overview."),
                u"az account show --query tenantId --output tsv"_s)};
    }
    static RegistrationAdvice personalOnly()
    {
        return {tr("The app is for personal Microsoft accounts only."),
                tr("Enter \"consumers\" as tenant in Settings, or choose another supported account "
                   "type: Entra admin center, App registrations, your app, Authentication.")};
    }
    static RegistrationAdvice workOnly()
    {
        return {tr("The app is for work and school accounts only."),
                tr("Enter the Directory (tenant) ID of your organisation as tenant in Settings "
                   "instead of \"consumers\" or \"common\".")};
    }
    static RegistrationAdvice disabled(const auth::EntraConfig &config)
    {
        return {tr("The app was disabled by your organisation or by Microsoft."),
                orAtTheConsole(
                    tr("Ask your administrator: Entra admin center, Enterprise applications, your "
                       "app, Properties, \"Enabled for users to sign in\"."),
                    u"az ad sp update --id %1 --set accountEnabled=true"_s.arg(config.clientId))};
    }
    static RegistrationAdvice otherCloud(const auth::EntraConfig &config)
    {
        return {tr("The tenant %1 belongs to another Microsoft cloud than the one that is chosen.")
                    .arg(display_text::shown(config.tenant)),
                tr("Choose the right cloud in Settings: US Government (GCC High or DoD), China, or "
                   "worldwide.")};
    }
    static RegistrationAdvice noPermission(const auth::EntraConfig &config)
    {
        return {tr("The app registration lacks the permission User.Read of Microsoft Graph."),
                orAtTheConsole(
                    tr("Entra admin center, App registrations, your app, API permissions, Add a "
                       "permission, Microsoft Graph, Delegated permissions: User.Read."),
                    u"az ad app permission add --id %1 --api 00000003-0000-0000-c000-000000000000 "
                    "--api-permissions e1fe6dd8-ba31-4d61-89e7-88639da4683d=Scope"_s.arg(
                        config.clientId))};
    }
};

} // namespace

std::optional<RegistrationAdvice> registrationAdvice(int code, const auth::EntraConfig &config)
{
    switch (code) {
    case 700016:
    case 700038: return Advice::unknownClient(config);
    case 7000218: return Advice::notPublic(config);
    case 50011:
    case 70004:
    case 500112:
    case 500113: return Advice::redirectMissing(config);
    case 50194: return Advice::singleTenant(config);
    case 90002:
    case 900023: return Advice::unknownTenant(config);
    case 90038: return Advice::otherCloud(config);
    case 9002331:
    case 9002346: return Advice::personalOnly();
    case 9002332: return Advice::workOnly();
    case 7000112: return Advice::disabled(config);
    case 650057: return Advice::noPermission(config);
    default: return std::nullopt;
    }
}

RegistrationAdvice otherCloudAdvice(const auth::EntraConfig &config)
{
    return Advice::otherCloud(config);
}

} // namespace doctor
