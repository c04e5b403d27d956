// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What happens to accounts and AI clients, for the person to look at later: one event, and where
// events go. Every room may record; app/activity_log writes the file.

#pragma once

#include "app/base/error.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

// The AI client that caused something; empty where the person did it themselves.
struct ActivityClient
{
    QString program = {}; // path of its program file, as the system says; empty: cannot be told
    QString name = {}; // what it calls itself; never trusted

    bool isEmpty() const { return program.isEmpty() && name.isEmpty(); }
};

// Nothing in here may be a secret, a user code, or a sentence of a server: of the error its detail
// is not recorded.
struct ActivityEvent
{
    // What was tried. How it ended, a refusal included, the error says.
    enum class Kind {
        SignIn, // by the person, on a page or with a device code
        Refresh, // silent
        StepUp, // the person was asked for more permissions
        SignOut,
        ClientAccess, // an AI client wants to use the account
        AreaAccess, // an AI client wants to use one area of it
        RoleAccess, // a tool call, checked against the account's app roles
        ToolCall, // an AI client called a tool, or read a resource
        CallsLeftOut, // further calls of this client are not written down today
    };
    static constexpr int kindCount = int(Kind::CallsLeftOut) + 1;

    Kind kind = Kind::SignIn;
    QString principal = {}; // "<tid>.<oid>"; empty where nobody is signed in yet
    QString username = {};
    ActivityClient client = {};
    QStringList scopes = {}; // granted where it went well, else asked for
    QString area = {}; // of AreaAccess
    QString tool = {}; // name of the tool called, or URI of the resource read
    std::optional<Error> error = {}; // none: it went well
    QString requestId = {}; // Entra's correlation id, where the error has none
    // Of ToolCall:
    quint64 call = 0; // the number that callBegan() had, and no other call of this process
    QString words = {}; // what it is about, for the person: "Search mail for “budget”"
    std::chrono::milliseconds duration{0};
    qint64 bytes = 0; // of the text that the client got, UTF-8
};

// "signIn", ...: as the file spells it.
QLatin1StringView activityName(ActivityEvent::Kind kind);
// "ok", "refused" (a deliberate no: of the person, a rule or Entra), "cancelled" or "failed".
QLatin1StringView activityOutcome(const ActivityEvent &event);

class ActivityRecorder
{
public:
    virtual ~ActivityRecorder() = default;
    // Never fails for the caller, never waits for anybody.
    virtual void record(const ActivityEvent &event) = 0;
    // For those who look on: a tool call has begun; record() follows with the same event.call.
    virtual void callBegan(const ActivityEvent &event) { Q_UNUSED(event) }
};
