// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A Valet that a test fills and that counts the wishes it hears.

#pragma once

#include "app/valet.h"
#include "tests/app/connect/client_home.h"

#include <QTimeZone>

class FakeValet : public Valet
{
    Q_OBJECT
public:
    using Valet::Valet;

    Status state;
    bool isRead = true;
    bool hasDisplay = true;
    QList<auth::KeyedRecord> memoryOnlyRecords;
    DeviceCodeRule codeRule{.isAllowed = true};
    QStringList heard;
    Promised<auth::Account> signInAnswer;
    Promised<Done> signOutAnswer;
    Promised<Done> unlockAnswer;
    ClientHome clientHome;
    client_config::ClientConnections connected = clientHome.connections();
    Promised<doctor::Report> examineAnswer;
    Cancellation *examineCancellation = nullptr; // of the last one

    static auth::Account adele()
    {
        return {QStringLiteral("3fc3a1b2-0000-4000-8000-0123456789ab"), QStringLiteral("oid-adele"),
                QStringLiteral("adele@contoso.example"), QStringLiteral("Adele Vance")};
    }
    static auth::Account alex()
    {
        return {QStringLiteral("3fc3a1b2-0000-4000-8000-0123456789ab"), QStringLiteral("oid-alex"),
                QStringLiteral("alex@contoso.example"), QStringLiteral("Alex Wilber")};
    }
    static Status bothSignedIn()
    {
        return {.state = auth::AccountSession::State::SignedIn,
                .account = adele(),
                .accounts = {{.account = adele(), .isDefault = true}, {.account = alex()}}};
    }
    static mcp::ConnectedClient client(const QString &claimedName, const QString &program,
                                       qint64 pid)
    {
        return {{.program = program, .pid = pid, .claimedName = claimedName, .claimedVersion = {}},
                QDateTime(QDate(2026, 7, 1), QTime(8, 0), QTimeZone::utc()),
                {}};
    }
    void set(const Status &status)
    {
        state = status;
        Q_EMIT changed();
    }

    Status status() const override { return state; }
    bool isLoaded() const override { return isRead; }
    Async<auth::Account> signIn(auth::SignInWay way) override
    {
        switch (way) {
        case auth::SignInWay::Browser: heard.append(QStringLiteral("signIn")); break;
        case auth::SignInWay::Link: heard.append(QStringLiteral("signIn by link")); break;
        case auth::SignInWay::DeviceCode: heard.append(QStringLiteral("signIn by code")); break;
        }
        return signInAnswer.future();
    }
    Async<auth::Account> signInAnother(auth::SignInWay way) override
    {
        heard.append(way == auth::SignInWay::Browser
                         ? QStringLiteral("signInAnother")
                         : QStringLiteral("signInAnother without a browser"));
        return signInAnswer.future();
    }
    Async<Done> signOutOne(const QString &principal) override
    {
        heard.append(QStringLiteral("signOut ") + principal);
        return signOutAnswer.future();
    }
    void makeDefault(const QString &principal) override
    {
        heard.append(QStringLiteral("makeDefault ") + principal);
    }
    bool showAccess() override
    {
        heard.append(QStringLiteral("showAccess"));
        return hasDisplay;
    }
    DeviceCodeRule deviceCodeRule() const override { return codeRule; }
    void cancelSignIn() override { heard.append(QStringLiteral("cancelSignIn")); }
    void cancelWishedSignIn() override { heard.append(QStringLiteral("cancelWishedSignIn")); }
    Async<Done> signOut() override
    {
        heard.append(QStringLiteral("signOut"));
        return signOutAnswer.future();
    }
    Async<Done> unlockKeychain() override
    {
        heard.append(QStringLiteral("unlockKeychain"));
        return unlockAnswer.future();
    }
    bool showStatus() override
    {
        heard.append(QStringLiteral("showStatus"));
        return hasDisplay;
    }
    bool showSettings() override
    {
        heard.append(QStringLiteral("showSettings"));
        return hasDisplay;
    }
    bool showActivity() override
    {
        heard.append(QStringLiteral("showActivity"));
        return hasDisplay;
    }
    bool showConnect() override
    {
        heard.append(QStringLiteral("showConnect"));
        return hasDisplay;
    }
    client_config::ClientConnections &connections() override { return connected; }
    bool showDoctor() override
    {
        heard.append(QStringLiteral("showDoctor"));
        return hasDisplay;
    }
    Async<doctor::Report> examine(Cancellation *cancellation) override
    {
        heard.append(QStringLiteral("examine"));
        examineCancellation = cancellation;
        return examineAnswer.future();
    }
    HandOver handOver(bool asksOwnProgram) override
    {
        heard.append(asksOwnProgram ? QStringLiteral("handOver to own program")
                                    : QStringLiteral("handOver to another program"));
        if (hasDisplay)
            return {};
        return {true, asksOwnProgram ? memoryOnlyRecords : QList<auth::KeyedRecord>()};
    }
    bool isStartedAtLogin = false;
    std::optional<Error> loginProblem;
    bool startsAtLogin() const override { return isStartedAtLogin; }
    Result<Done> setStartsAtLogin(bool on) override
    {
        if (loginProblem)
            return *loginProblem;
        isStartedAtLogin = on;
        return Done{};
    }
    void pause(PauseLength length) override
    {
        heard.append(QStringLiteral("pause %1").arg(int(length)));
    }
    void resume() override { heard.append(QStringLiteral("resume")); }
    void quit() override { heard.append(QStringLiteral("quit")); }
};
