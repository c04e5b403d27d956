// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/status_report.h"

#include "app/user_messages.h"

#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace status_report {
namespace {

QString stateWord(auth::AccountSession::State state)
{
    using State = auth::AccountSession::State;
    switch (state) {
    case State::SignedOut: return u"signedOut"_s;
    case State::SigningIn: return u"signingIn"_s;
    case State::SignedIn: return u"signedIn"_s;
    case State::InteractionRequired: return u"interactionRequired"_s;
    case State::Error: return u"error"_s;
    }
    return u"error"_s;
}

QJsonValue time(const QDateTime &moment)
{
    if (!moment.isValid())
        return QJsonValue::Null;
    return moment.toUTC().toString(Qt::ISODate);
}

} // namespace

QString keychainWord(const Status &status)
{
    if (status.keychain)
        return status.keychain->serviceCode;
    return status.isMemoryOnly ? u"memoryOnly"_s : u"ok"_s;
}

QJsonObject toJson(const auth::Account &account)
{
    return {{u"username"_s, account.username},
            {u"name"_s, account.name},
            {u"tenantId"_s, account.tenantId}};
}

QJsonObject toJson(const Status &status)
{
    QJsonArray clients;
    for (const mcp::ConnectedClient &client : status.clients) {
        clients.append(QJsonObject{{u"name"_s, client.identity.claimedName},
                                   {u"program"_s, client.identity.program},
                                   {u"pid"_s, client.identity.pid},
                                   {u"id"_s, client.identity.entryId},
                                   {u"since"_s, time(client.since)},
                                   {u"lastCall"_s, time(client.lastCall)}});
    }
    QJsonArray accounts;
    for (const AccountStatus &one : status.accounts) {
        QJsonObject account = toJson(one.account);
        account.insert(u"id"_s, one.account.principal());
        account.insert(u"state"_s, stateWord(one.state));
        account.insert(u"default"_s, one.isDefault);
        account.insert(u"error"_s,
                       one.problem ? QJsonValue(user_messages::forError(*one.problem))
                                   : QJsonValue(QJsonValue::Null));
        accounts.append(account);
    }
    const QString step = status.problem ? nextStepWord(nextStepFor(*status.problem)) : QString();
    return {{u"state"_s, stateWord(status.state)},
            {u"account"_s,
             status.account ? QJsonValue(toJson(*status.account)) : QJsonValue(QJsonValue::Null)},
            {u"accounts"_s, accounts},
            {u"error"_s,
             status.problem ? QJsonValue(user_messages::forError(*status.problem))
                            : QJsonValue(QJsonValue::Null)},
            {u"nextStep"_s, step.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(step)},
            {u"adminConsentUrl"_s,
             status.problem && !status.problem->link.isEmpty() ? QJsonValue(status.problem->link)
                                                               : QJsonValue(QJsonValue::Null)},
            {u"clients"_s, clients},
            {u"paused"_s, status.pause.has_value()},
            {u"pausedUntil"_s,
             status.pause && status.pause->until ? time(*status.pause->until)
                                                 : QJsonValue(QJsonValue::Null)},
            {u"keychain"_s, keychainWord(status)},
            {u"memoryOnly"_s, status.isMemoryOnly},
            {u"sandbox"_s, status.isSandbox},
            {u"version"_s, QString::fromLatin1(GRAPH_VALET_VERSION)},
            {u"pid"_s, QCoreApplication::applicationPid()},
            {u"tray"_s, true}};
}

QString clientLine(const mcp::ConnectedClient &client)
{
    const mcp::ClientIdentity &who = client.identity;
    const QString program = who.program.isEmpty()
        ? QCoreApplication::translate("StatusReport", "unknown program")
        : who.programName();
    const QString facts = QCoreApplication::translate("StatusReport", "%1, process %2")
                              .arg(program, QString::number(who.pid));
    return who.claimedName.isEmpty() ? facts : u"%1 (%2)"_s.arg(who.claimedName, facts);
}

} // namespace status_report
