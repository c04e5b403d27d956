// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Why Microsoft Entra ID says no, who stands in the way to it, what the keychain has not done, or
// where a sign-in stands: the classes that people can do something different about, and what ends
// them. Finer than Error::Kind, which says how the program reacts. Each has its words in
// app/user_messages and mcp/tools/model_messages, unless the kind's say it all.

#pragma once

#include <QString>

#include <array>

struct Error;

enum class Cause {
    None, // nothing more is known than the kind
    AnotherFactor, // multi-factor authentication is wanted, expired or not set up
    SessionEnded, // the refresh token expired or was revoked
    CodeSpent, // the code of a sign-in was used, has expired or is another's; a new one is needed
    SignInFrequency, // a policy wants a sign-in every so often
    PasswordChanged, // it expired or was changed
    ConsentMissing, // a permission has not been granted; the person may grant it
    AdminConsentMissing, // only an administrator may grant it
    ConsentDeclined, // the person said no on Microsoft's page
    AccountUnknown, // not in this tenant, or of another one
    AccountNotAllowed, // disabled, or not assigned to the app
    AccountAway, // the account that was chosen for this AI client is not signed in
    WrongAccount, // another one signed in than the one that was asked for
    PolicyBlock, // Conditional Access says no: device, place, risk
    PolicyExplains, // Microsoft's page tells the person why, and nothing else will
    Registration, // the app registration or a setting does not fit
    Loop, // Entra saw the same request again and again and wants a pause
    ServiceBusy, // a fault that passes by itself
    NotMicrosoft, // a page of somebody on the way: captive portal, proxy
    Proxy, // it was not reached, or does not let us through
    ProxyPassword, // it wants a password, which we neither have nor ask for
    IssuerNotTrusted, // a certificate of somebody whom this computer does not trust
    CertificateOfAnother, // it is for another host name
    CertificateDate, // it has expired or is not valid yet; or the clock is wrong
    NoSafeConnection, // TLS failed for another reason
    DeletionPending, // signed out, but the keychain has not deleted its entry yet
    KeychainAbsent, // there is none: a sign-in ends with the process
    KeychainLocked, // or not made yet; the person can have the system ask for its password
    KeychainUnavailable, // there was one when the sign-in was stored; it may come back
    KeychainLost, // it is another one or was emptied: the sign-in is no longer in it
    KeychainDamaged, // what it holds is no record of ours; it is left as it is
    KeychainForeign, // it holds a sign-in of another registration or profile, which is left alone
    KeychainSlow, // it does not answer
    PageOpen, // the sign-in page still waits in the browser
    AreaRefused, // the person keeps this part of the account from the AI client
    AreaSwitchedOff, // no AI client gets this part of the account, by the settings or a policy
    RoleMissing, // the account has no app role of ours, and one is required
    WriterRoleMissing, // the account may only read
    Gone, // Graph no longer has it, or no longer knows the place in a list (status 410)
    FolderUnusable, // for downloads: gone, a link has taken its place, or it cannot be written
    DiskFull,
    ArgumentWrong, // an AI client asked for something that cannot be asked for; the detail says
                   // what
};
constexpr int causeCount = int(Cause::ArgumentWrong) + 1;

enum class NextStep {
    None,
    SignIn,
    GiveConsent,
    AskAdministrator,
    OtherAccount,
    FixRegistration,
    Wait,
    Unlock,
    CheckNetwork, // proxy, trusted certificates, clock
};

// By its cause, or by its kind where there is none.
NextStep nextStepFor(const Error &error);
// As `status --json` spells it: "signIn", ...; empty for None.
QString nextStepWord(NextStep step);
// The cause's name as written above, for records; "None" too.
QLatin1StringView causeName(Cause cause);
// Every cause, for tests that walk them all.
std::array<Cause, causeCount> allCauses();
