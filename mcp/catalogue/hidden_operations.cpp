// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/catalogue/hidden_operations.h"

#include <algorithm>
#include <array>

namespace mcp {
namespace {

// What a path of an operation contains whose answer holds a secret. Most of them need an
// administrator's scope too; they are named here for the day on which a policy shows those.
struct SecretPart
{
    const char *part;
    const char *reason;
};
constexpr std::array secretParts{
    SecretPart{"/bitlocker/", "recovery keys unlock encrypted disks"},
    SecretPart{"/deviceLocalCredentials", "passwords of local administrators"},
    SecretPart{"/temporaryAccessPassMethods", "an access pass signs in as the person"},
    SecretPart{"/passwordMethods", "passwords, where they are made up for a reset"},
    SecretPart{"/resetPassword", "answers with the password that it made up"},
    SecretPart{"/addPassword", "answers with a client secret"},
    SecretPart{"/addKey", "credentials of an application"},
    SecretPart{"/addTokenSigningCertificate", "answers with a certificate that signs tokens"},
    SecretPart{"/acquireAccessToken", "makes a token"},
    SecretPart{"/synchronization/secrets", "credentials of another system"},
    SecretPart{"/creationOptions", "challenge for a new passkey"},
    SecretPart{"/getOmaSettingPlainTextValue", "secret values of device settings, decrypted"},
    SecretPart{"/recoverPasscode", "passcodes of devices"},
    SecretPart{"/resetPasscode", "passcodes of devices"},
    SecretPart{"/retrieveCloudPcLaunchDetail", "an address that opens a session"},
    SecretPart{"/vppTokens", "tokens of a shop for apps"},
};

} // namespace

bool leadsToSecret(QStringView path)
{
    return std::ranges::any_of(secretParts, [&](const SecretPart &secret) {
        return path.contains(QLatin1StringView(secret.part), Qt::CaseInsensitive);
    });
}

bool isShown(const Operation &operation, const OperationsShown &shown)
{
    return (shown.areSecrets || hidingOf(operation) != Hiding::Secret)
        && (shown.areAdministrators || !operation.needsAdministrator);
}

Hiding hidingOf(const Operation &operation)
{
    if (leadsToSecret(QString(operation.path)))
        return Hiding::Secret;
    return operation.needsAdministrator ? Hiding::Administrator : Hiding::None;
}

} // namespace mcp
