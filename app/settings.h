// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// All settings, typed; no key is spelled anywhere else. A value comes from the first of: policy of
// the organisation, environment, person, default. The environment of a tray process may be an AI
// client's doing, so with a Graph URL that is not on this computer it may only tighten the approval
// mode and read-only, and it has no say in whether device codes are allowed or where files
// are saved.

#pragma once

#include "app/device_code_rule.h"
#include "auth/entra_config.h"
#include "mcp/access/access_prompt.h"
#include "mcp/access/area_choice.h"
#include "mcp/catalogue/hidden_operations.h"

#include <QHash>
#include <QMap>
#include <QObject>
#include <QProcessEnvironment>
#include <QSettings>

#include <memory>
#include <optional>
#include <span>

class Settings : public QObject
{
    Q_OBJECT
public:
    enum class Key {
        ClientId,
        Tenant,
        Authority,
        GraphUrl,
        Cloud,
        ClientApproval,
        ReadOnly,
        AllowDeviceCode,
        SignOutInBrowser,
        RequireRole,
        ActivityDays,
        Areas,
        DownloadFolder
    };
    enum class Origin { Policy, Environment, Person, Default };

    struct Value
    {
        QString text;
        Origin origin = Origin::Default;
    };

    // policy and person: opened by settings_places, or files of a test.
    Settings(std::unique_ptr<QSettings> policy, const QProcessEnvironment &environment,
             std::unique_ptr<QSettings> person, QObject *parent = nullptr);
    ~Settings() override;

    // What applies.
    Value value(Key key) const;
    bool isManaged(Key key) const { return value(key).origin == Origin::Policy; }
    // Set by something that outranks the person.
    bool isLocked(Key key) const;
    // For whoever looks for a mistake: names, no values.
    struct Overview
    {
        QStringList managed = {}; // names of what the organisation has set
        QString file = {}; // the person's, or its place in the registry
        bool isReadable = true; // it is absent, or could be read
    };
    Overview overview();
    // Empty where no variable may decide.
    static QString environmentVariable(Key key);

    // NotConfigured or Misconfigured (detail names the setting) where the values cannot be used.
    Result<auth::EntraConfig> entraConfig() const;
    // What the person chooses in the window.
    struct Choice
    {
        QString clientId = {};
        QString tenant = {};
        QString cloud = {}; // a name of auth/clouds.h
        bool allowsDeviceCode = false;
        bool signsOutInBrowser = false;
        QString areas = mcp::presetWord(mcp::AreaPreset::Standard); // as area_choice.h spells it
        QString downloadFolder = {}; // as downloadFolder() wants it; empty: none

        bool isSameRegistration(const Choice &other) const
        {
            return clientId == other.clientId && tenant == other.tenant && cloud == other.cloud;
        }
    };
    // What the person would get with this choice; for checking it before it is saved.
    Result<auth::EntraConfig> entraConfigWith(const Choice &choice) const;
    // Where sign-in or Graph have an address of their own, the cloud is of no account: whose.
    std::optional<Origin> addressOrigin() const;
    // A mistake in the environment, which whoever started the process can correct there.
    std::optional<Error> environmentProblem() const;

    mcp::ApprovalMode approvalMode() const;
    bool isReadOnly() const;
    // Whether a sign-out opens Microsoft's page that ends the browser's session too.
    bool signsOutInBrowser() const;
    // Sign-in with a device code (RFC 8628), which is a phishing vector. Reads the files again, so
    // that whoever has just allowed it need not restart.
    DeviceCodeRule deviceCodeRule();

    // Whether AI clients may use only accounts that have an app role of ours.
    bool isRoleRequired() const;
    // The parts of the account that AI clients get tools for.
    mcp::AreaSet areas() const;
    // What of Graph's operations they see beyond what a person can consent to; for the organisation
    // alone to say.
    mcp::OperationsShown operationsShown() const;
    // Where AI clients may have files saved: an absolute path without links; empty: nowhere.
    QString downloadFolder() const;
    // How many days of the activity log are kept; 0: none, and nothing is written.
    int activityDays() const;

    // The person's values; ignored for a locked key. StorageFault where they cannot be written.
    Result<Done> savePerson(const Choice &choice);

    // Remembered answers about AI clients, kept apart for accounts of the sandbox.
    struct Approval
    {
        QString program;
        std::optional<mcp::AccessDecision> decision = {}; // nullopt: not asked about it yet
        QMap<mcp::Area, mcp::AccessDecision> areas = {}; // beside the profile
        QString account = {}; // principal that its calls use; empty: the default one
    };
    QList<Approval> approvals(bool sandbox) const;
    std::optional<mcp::AccessDecision> approvalFor(const QString &program, bool sandbox) const;
    void setApproval(const QString &program, mcp::AccessDecision decision, bool sandbox);
    // Everything that was answered about it; the account that was chosen for it stays.
    void forgetApproval(const QString &program, bool sandbox);
    std::optional<mcp::AccessDecision> areaApprovalFor(const QString &program, mcp::Area area,
                                                       bool sandbox) const;
    void setAreaApproval(const QString &program, mcp::Area area, mcp::AccessDecision decision,
                         bool sandbox);
    void forgetAreaApproval(const QString &program, mcp::Area area, bool sandbox);
    // The account that a client's calls use. principal: "<tid>.<oid>"; empty: the default one.
    QString accountFor(const QString &program, bool sandbox) const;
    void setAccountFor(const QString &program, const QString &principal, bool sandbox);
    // The person's pause as PauseSwitch spells it; empty: none.
    QString pausedUntil() const;
    void setPausedUntil(const QString &text);
    // The account of clients that are bound to none; empty: whichever came first.
    QString defaultAccount(bool sandbox) const;
    void setDefaultAccount(const QString &principal, bool sandbox);

Q_SIGNALS:
    // The person's values were saved.
    void saved();
    void approvalsChanged();

private:
    struct Row;
    static std::span<const Row> rows(); // in the order of Key
    static const Row &row(Key key);
    std::optional<QString> policyText(const Row &row) const;
    std::optional<QString> environmentText(const Row &row) const;
    std::optional<QString> personText(const Row &row) const;
    Value rawValue(Key key) const;
    // Policy or person or default: what the environment may tighten.
    Value valueWithoutEnvironment(Key key) const;
    bool environmentMayDecide() const;
    // Of authority or Graph; the organisation's cloud outranks what others say about these.
    Value address(Key key) const;
    auth::EntraValues entraValues() const;
    std::optional<Error> wrongWord(Key key, bool environmentOnly) const;
    std::optional<Error> wrongDays() const;
    std::optional<Error> wrongAreas() const;
    void warnOnce(Key key, const char *why) const;
    // Where what is known of a program would lie.
    QString entryOf(const QString &program, bool sandbox) const;
    // Where what is known of a program lies; nullopt: nothing, or it is damaged.
    std::optional<QString> approvalEntry(const QString &program, bool sandbox) const;
    void keepPerson();

    std::unique_ptr<QSettings> m_policy;
    QProcessEnvironment m_environment;
    std::unique_ptr<QSettings> m_person;
    // SHA-256 of paths: each call asks three times for what its program may. Holds no answers.
    mutable QHash<QString, QString> m_digests;
    mutable QList<Key> m_warned; // one log line for each value that was ignored
};
