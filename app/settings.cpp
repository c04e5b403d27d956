// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings.h"

#include "app/activity_log.h"
#include "app/base/log.h"
#include "auth/clouds.h"

#include <QDir>
#include <QFileInfo>

#include <array>

using namespace Qt::StringLiterals;

struct Settings::Row
{
    Key key;
    QString name; // in policy and the person's file
    QString variable;
    QString fallback;
};

namespace {

std::optional<mcp::ApprovalMode> modeOf(const QString &text)
{
    if (text == "ask"_L1)
        return mcp::ApprovalMode::Ask;
    if (text == "allow"_L1)
        return mcp::ApprovalMode::Allow;
    if (text == "deny"_L1)
        return mcp::ApprovalMode::Deny;
    return std::nullopt;
}

std::optional<bool> flagOf(const QString &text)
{
    if (text == "1"_L1 || text == "true"_L1)
        return true;
    if (text == "0"_L1 || text == "false"_L1)
        return false;
    return std::nullopt;
}

std::optional<int> daysOf(const QString &text)
{
    constexpr int longest = 3650;
    bool isNumber = false;
    const int days = text.toInt(&isNumber);
    return isNumber && days >= 0 && days <= longest ? std::optional(days) : std::nullopt;
}

int strictness(mcp::ApprovalMode mode)
{
    switch (mode) {
    case mcp::ApprovalMode::Allow: return 0;
    case mcp::ApprovalMode::Ask: return 1;
    case mcp::ApprovalMode::Deny: return 2;
    }
    return 2;
}

std::optional<QString> textIn(const QSettings &settings, const QString &name)
{
    // A value with commas is a list to QSettings.
    const QString text = settings.value(name).toStringList().join(u',').trimmed();
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

} // namespace

std::span<const Settings::Row> Settings::rows()
{
    static const std::array rows{
        Row{Key::ClientId, u"clientId"_s, u"GRAPH_VALET_CLIENT_ID"_s,
            QStringLiteral(GRAPH_VALET_DEFAULT_CLIENT_ID)},
        Row{Key::Tenant, u"tenantId"_s, u"GRAPH_VALET_TENANT_ID"_s, {}},
        Row{Key::Authority, u"authority"_s, u"GRAPH_VALET_AUTHORITY"_s, {}},
        Row{Key::GraphUrl, u"graphUrl"_s, u"GRAPH_VALET_GRAPH_URL"_s, {}},
        Row{Key::Cloud, u"cloud"_s, {}, u"global"_s}, // the variables name addresses
        Row{Key::ClientApproval, u"clientApproval"_s, u"GRAPH_VALET_CLIENT_APPROVAL"_s, u"ask"_s},
        Row{Key::ReadOnly, u"readOnly"_s, u"GRAPH_VALET_READ_ONLY"_s, u"1"_s},
        // No variable: see settings.h
        Row{Key::AllowDeviceCode, u"allowDeviceCode"_s, {}, u"0"_s},
        Row{Key::SignOutInBrowser, u"signOutInBrowser"_s, {}, u"0"_s},
        Row{Key::RequireRole, u"requireRole"_s, {}, u"0"_s},
        Row{Key::ActivityDays, u"activityDays"_s, {}, QString::number(ActivityLog::defaultDays)},
        Row{Key::Areas, u"areas"_s, {}, mcp::presetWord(mcp::AreaPreset::Standard)},
        Row{Key::DownloadFolder, u"downloadFolder"_s, {}, {}},
    };
    return rows;
}

const Settings::Row &Settings::row(Key key)
{
    return rows()[size_t(key)];
}

Settings::Settings(std::unique_ptr<QSettings> policy, const QProcessEnvironment &environment,
                   std::unique_ptr<QSettings> person, QObject *parent)
    : QObject(parent)
    , m_policy(std::move(policy))
    , m_environment(environment)
    , m_person(std::move(person))
{
}

Settings::~Settings() = default;

std::optional<QString> Settings::policyText(const Row &row) const
{
    return textIn(*m_policy, row.name);
}

std::optional<QString> Settings::environmentText(const Row &row) const
{
    if (row.variable.isEmpty())
        return std::nullopt;
    const QString text = m_environment.value(row.variable).trimmed();
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

std::optional<QString> Settings::personText(const Row &row) const
{
    return textIn(*m_person, row.name);
}

Settings::Value Settings::valueWithoutEnvironment(Key key) const
{
    const Row &r = row(key);
    if (const auto text = policyText(r))
        return {*text, Origin::Policy};
    if (const auto text = personText(r))
        return {*text, Origin::Person};
    return {r.fallback, Origin::Default};
}

Settings::Value Settings::rawValue(Key key) const
{
    const Row &r = row(key);
    if (const auto text = policyText(r))
        return {*text, Origin::Policy};
    if (const auto text = environmentText(r))
        return {*text, Origin::Environment};
    return valueWithoutEnvironment(key);
}

Settings::Value Settings::value(Key key) const
{
    Value raw = rawValue(key);
    if (raw.origin != Origin::Environment || (key != Key::ClientApproval && key != Key::ReadOnly))
        return raw;
    Value below = valueWithoutEnvironment(key);
    bool usable = false;
    if (key == Key::ClientApproval) {
        const auto wanted = modeOf(raw.text);
        const auto ruling = modeOf(below.text).value_or(mcp::ApprovalMode::Deny);
        usable = wanted && (strictness(*wanted) >= strictness(ruling) || environmentMayDecide());
    } else {
        const auto wanted = flagOf(raw.text);
        usable = wanted && (*wanted || environmentMayDecide());
    }
    if (usable)
        return raw;
    warnOnce(key, "the environment can only tighten this setting");
    return below;
}

void Settings::warnOnce(Key key, const char *why) const
{
    if (m_warned.contains(key))
        return;
    m_warned.append(key);
    qCWarning(lcApp).noquote() << row(key).variable << "is ignored:" << why;
}

bool Settings::isLocked(Key key) const
{
    const Origin origin = value(key).origin;
    return origin == Origin::Policy || origin == Origin::Environment;
}

QString Settings::environmentVariable(Key key)
{
    return row(key).variable;
}

Settings::Value Settings::address(Key key) const
{
    Value raw = rawValue(key);
    if (raw.origin == Origin::Policy || rawValue(Key::Cloud).origin != Origin::Policy)
        return raw;
    if (raw.origin != Origin::Default)
        warnOnce(key, "the organisation has chosen the cloud");
    return {row(key).fallback, Origin::Default};
}

std::optional<Settings::Origin> Settings::addressOrigin() const
{
    for (const Key key : {Key::Authority, Key::GraphUrl}) {
        if (const Origin origin = address(key).origin; origin != Origin::Default)
            return origin;
    }
    return std::nullopt;
}

auth::EntraValues Settings::entraValues() const
{
    const Value authority = address(Key::Authority);
    const Value graphUrl = address(Key::GraphUrl);
    return auth::EntraValues{.clientId = rawValue(Key::ClientId).text,
                             .tenant = rawValue(Key::Tenant).text,
                             .cloud = rawValue(Key::Cloud).text,
                             .authority = authority.text,
                             .graphUrl = graphUrl.text,
                             .endpointsFromPolicy = authority.origin == Origin::Policy
                                 && graphUrl.origin == Origin::Policy};
}

bool Settings::environmentMayDecide() const
{
    // Client id and tenant may be missing; only the endpoints count here.
    auth::EntraValues values = entraValues();
    values.clientId = u"00000000-0000-0000-0000-000000000000"_s;
    values.tenant = u"organizations"_s;
    const auto config = auth::EntraConfig::fromValues(values);
    return config.ok() && config->isLoopback();
}

std::optional<Error> Settings::wrongWord(Key key, bool environmentOnly) const
{
    const Value raw = rawValue(key);
    if (environmentOnly && raw.origin != Origin::Environment)
        return std::nullopt;
    const bool fine =
        key == Key::ClientApproval ? modeOf(raw.text).has_value() : flagOf(raw.text).has_value();
    if (fine)
        return std::nullopt;
    const QString name = raw.origin == Origin::Environment ? row(key).variable : row(key).name;
    const QString words = key == Key::ClientApproval ? u"ask, allow or deny"_s : u"0 or 1"_s;
    return Error{.kind = Error::Kind::Misconfigured,
                 .detail = u"%1 is \"%2\", but must be %3"_s.arg(name, raw.text, words)};
}

std::optional<Error> Settings::wrongDays() const
{
    const QString text = rawValue(Key::ActivityDays).text;
    if (daysOf(text))
        return std::nullopt;
    return Error{.kind = Error::Kind::Misconfigured,
                 .detail = u"%1 is \"%2\", but must be a number of days, 0 to 3650"_s.arg(
                     row(Key::ActivityDays).name, text)};
}

std::optional<Error> Settings::wrongAreas() const
{
    const QString text = rawValue(Key::Areas).text;
    if (mcp::areaChoiceOf(text))
        return std::nullopt;
    QStringList words;
    for (const mcp::Area area : mcp::allAreas())
        words.append(mcp::areaWord(area));
    return Error{.kind = Error::Kind::Misconfigured,
                 .detail = u"%1 is \"%2\", but must be minimal, standard, all, or some of %3"_s.arg(
                     row(Key::Areas).name, text, words.join(u", "_s))};
}

Result<auth::EntraConfig> Settings::entraConfig() const
{
    if (const auto problem = wrongDays())
        return *problem;
    if (const auto problem = wrongAreas())
        return *problem;
    for (const Key key : {Key::ClientApproval, Key::ReadOnly, Key::AllowDeviceCode,
                          Key::SignOutInBrowser, Key::RequireRole}) {
        if (const auto problem = wrongWord(key, false))
            return *problem;
    }
    return auth::EntraConfig::fromValues(entraValues());
}

Result<auth::EntraConfig> Settings::entraConfigWith(const Choice &choice) const
{
    auth::EntraValues values = entraValues();
    values.clientId = isLocked(Key::ClientId) ? values.clientId : choice.clientId.trimmed();
    values.tenant = isLocked(Key::Tenant) ? values.tenant : choice.tenant.trimmed();
    values.cloud = isLocked(Key::Cloud) ? values.cloud : choice.cloud;
    return auth::EntraConfig::fromValues(values);
}

std::optional<Error> Settings::environmentProblem() const
{
    for (const Key key : {Key::ClientApproval, Key::ReadOnly}) {
        if (auto problem = wrongWord(key, true))
            return problem;
    }
    // Each value of the environment is looked at beside harmless others, so that a mistake in the
    // person's file is not blamed on the environment.
    auth::EntraValues values = entraValues();
    if (rawValue(Key::ClientId).origin != Origin::Environment)
        values.clientId = u"00000000-0000-0000-0000-000000000000"_s;
    if (rawValue(Key::Tenant).origin != Origin::Environment)
        values.tenant = u"organizations"_s;
    if (!auth::cloudNamed(values.cloud))
        values.cloud.clear();
    if (address(Key::Authority).origin != Origin::Environment
        && address(Key::GraphUrl).origin != Origin::Environment) {
        values.authority.clear();
        values.graphUrl.clear();
    }
    const auto config = auth::EntraConfig::fromValues(values);
    if (config.ok() || config.error().kind != Error::Kind::Misconfigured)
        return std::nullopt;
    return config.error();
}

mcp::ApprovalMode Settings::approvalMode() const
{
    // What cannot be read is the strictest.
    return modeOf(value(Key::ClientApproval).text).value_or(mcp::ApprovalMode::Deny);
}

bool Settings::isReadOnly() const
{
    return flagOf(value(Key::ReadOnly).text).value_or(true);
}

bool Settings::signsOutInBrowser() const
{
    return flagOf(value(Key::SignOutInBrowser).text).value_or(false);
}

Settings::Overview Settings::overview()
{
    m_policy->sync();
    m_person->sync();
    Overview overview{.file = m_person->fileName(),
                      .isReadable = m_person->status() == QSettings::NoError};
    for (const Row &one : rows()) {
        if (policyText(one))
            overview.managed.append(one.name);
    }
    return overview;
}

DeviceCodeRule Settings::deviceCodeRule()
{
    m_policy->sync();
    m_person->sync();
    const Value ruling = value(Key::AllowDeviceCode);
    // What cannot be read is the strictest.
    return {.isAllowed = flagOf(ruling.text).value_or(false),
            .isManaged = ruling.origin == Origin::Policy,
            .setting = row(Key::AllowDeviceCode).name,
            .file = m_person->fileName()};
}

bool Settings::isRoleRequired() const
{
    // What cannot be read is the strictest.
    return flagOf(value(Key::RequireRole).text).value_or(true);
}

mcp::AreaSet Settings::areas() const
{
    mcp::AreaSet strictest;
    strictest.insert(mcp::Area::Profile);
    // What cannot be read is the strictest.
    return mcp::areaChoiceOf(value(Key::Areas).text).value_or(strictest);
}

mcp::OperationsShown Settings::operationsShown() const
{
    const auto isOn = [this](const QString &name) {
        const auto text = textIn(*m_policy, name);
        return text && flagOf(*text).value_or(false);
    };
    return {.areAdministrators = isOn(u"showAdministratorOperations"_s),
            .areSecrets = isOn(u"showSecretOperations"_s)};
}

QString Settings::downloadFolder() const
{
    const Value folder = value(Key::DownloadFolder);
    if (folder.origin != Origin::Policy)
        return QDir::isAbsolutePath(folder.text) ? folder.text : QString();
    // One line for everybody names the home folder of each, and may have links in it.
    const QString path =
        folder.text.startsWith("~/"_L1) ? QDir::homePath() + folder.text.mid(1) : folder.text;
    return QDir::isAbsolutePath(path) ? QFileInfo(path).canonicalFilePath() : QString();
}

int Settings::activityDays() const
{
    // What cannot be read loses nothing.
    return daysOf(value(Key::ActivityDays).text).value_or(ActivityLog::defaultDays);
}

Result<Done> Settings::savePerson(const Choice &choice)
{
    const auto put = [this](Key key, const QString &text) {
        if (isLocked(key))
            return;
        // A default that changes one day shall change for them too.
        if (text.trimmed().isEmpty() || text == row(key).fallback)
            m_person->remove(row(key).name);
        else
            m_person->setValue(row(key).name, text.trimmed());
    };
    put(Key::ClientId, choice.clientId);
    put(Key::Tenant, choice.tenant);
    put(Key::Cloud, choice.cloud);
    put(Key::AllowDeviceCode, choice.allowsDeviceCode ? u"1"_s : u"0"_s);
    put(Key::Areas, choice.areas);
    put(Key::SignOutInBrowser, choice.signsOutInBrowser ? u"1"_s : u"0"_s);
    put(Key::DownloadFolder, choice.downloadFolder);
    m_person->sync();
    if (m_person->status() != QSettings::NoError) {
        return Error{.kind = Error::Kind::StorageFault,
                     .detail = u"cannot write "_s + m_person->fileName()};
    }
    Q_EMIT saved();
    return Done{};
}
