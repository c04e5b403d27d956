// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/model_messages.h"

#include "mcp/graph/graph_error.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

QString approvalMessage(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind) {
    case Kind::NoAnswer:
        return u"The person has not answered yet: a dialog on their computer asks whether this AI "
               "client may use their Microsoft account. Tell them to answer it, then call this "
               "tool again."_s;
    case Kind::Denied:
        if (error.cause != Cause::None)
            return {}; // its own words
        if (error.detail.isEmpty()) {
            return u"The person or their organisation does not allow this AI client to use the "
                   "Microsoft account. Do not try again by yourself; the person can change this in "
                   "Graph Valet (Accounts and AI clients… in its menu)."_s;
        }
        return u"This AI client was not allowed to use the Microsoft account: "_s + error.detail
            + u" Tell the person; do not try again until they say so."_s;
    case Kind::Busy:
        return u"Graph Valet already asks the person about other AI clients. Try again in a "
               "minute."_s;
    case Kind::Cancelled:
        return u"The question whether this AI client may use the Microsoft account was closed "
               "without an answer. Ask the person whether they want it, then call this tool "
               "again."_s;
    default: return {};
    }
}

QString workMessage(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind) {
    case Kind::Cancelled:
        return u"The sign-in to Microsoft was cancelled, so nothing was done. Ask the person "
               "whether they want to sign in, then call this tool again."_s;
    case Kind::NotConfigured:
        return u"Graph Valet does not know its app registration yet. Tell the person to enter the "
               "client id and the tenant in the tray menu under Settings…, or to set "
               "GRAPH_VALET_CLIENT_ID and GRAPH_VALET_TENANT_ID, then call this tool again."_s;
    case Kind::Misconfigured:
        return u"Graph Valet's app registration or a setting is wrong; signing in again does not "
               "help. Tell the person to check client id and tenant in the tray menu under "
               "Settings… and the registration in Microsoft Entra ID."_s;
    case Kind::SignInNeeded:
        return u"The person has to sign in to Microsoft. Tell them to choose Sign in… in Graph "
               "Valet's tray menu (or to run: graph-valet sign-in), then call this tool again."_s;
    case Kind::ConsentNeeded:
        return u"Graph Valet has not been given the permission this needs. Tell the person to sign "
               "in again from the tray menu and to accept; an administrator may have to grant "
               "it."_s;
    case Kind::Denied:
        return u"Access was refused on purpose, by the person or by their organisation. Do not try "
               "again; tell the person."_s;
    case Kind::NoAnswer:
        return u"The sign-in page is open in the person's browser and waits for them. Ask them to "
               "finish signing in, then call this tool again."_s;
    case Kind::Busy:
        return u"Graph Valet has too much to do right now. Try again in a few seconds."_s;
    case Kind::Offline:
        return u"Microsoft was not reached; the computer may be offline or behind a proxy. The "
               "person stays signed in. Try again when the connection is back."_s;
    case Kind::Timeout:
        return u"Microsoft did not answer in time. Try again; if it happens again, tell the "
               "person."_s;
    case Kind::Throttled:
        return u"Microsoft Graph limits the number of requests and asks to wait. Do not call "
               "before then."_s;
    case Kind::BadRequest:
        return u"Microsoft Graph does not accept this request as it is. Change it before trying "
               "again."_s;
    case Kind::NotFound:
        return u"Microsoft Graph does not find this. Check the name or id; it may have been "
               "deleted or moved."_s;
    case Kind::Forbidden:
        return u"The person's account may not do this in Microsoft 365. Trying again does not "
               "help; they can ask their administrator for the right."_s;
    case Kind::ServiceFault:
        return u"Microsoft's service failed or gave an answer that cannot be used. Try again "
               "later; if it stays, tell the person."_s;
    case Kind::StorageFault:
        return u"The person's keychain cannot be read, so their sign-in is not available. Tell "
               "them to unlock or repair the keychain (or keyring) and call this tool again."_s;
    case Kind::ProtocolFault:
        return u"Another program sent Graph Valet something it cannot understand. Try once more; "
               "if it happens again, tell the person."_s;
    case Kind::Bug: break;
    }
    return u"Graph Valet made a mistake. Trying again may not help; tell the person, so that they "
           "can report it."_s;
}

// Who is in the way, in the words of whoever that is: hardly more than a name fits, and it is
// marked as a name.
QString named(const Error &error)
{
    static const QRegularExpression name(u"\\A[\\p{L}\\p{N} .,:&'()_-]{1,48}\\z"_s,
                                         QRegularExpression::UseUnicodePropertiesOption);
    return name.match(error.intermediary).hasMatch() ? u" named \""_s + error.intermediary + u'"'
                                                     : QString();
}

// What went wrong and what ends it; empty: the kind says it all.
QString causeMessage(const Error &error)
{
    const auto signInAdvice =
        u"Tell them to choose Sign in… in Graph Valet's tray menu (or to run: graph-valet "
        "sign-in), then call this tool again."_s;
    switch (error.cause) {
    case Cause::None:
    case Cause::ServiceBusy: return {};
    case Cause::AnotherFactor:
        return u"The person's organisation wants them to prove again that it is them. "_s
            + signInAdvice;
    case Cause::SessionEnded:
        return u"The person's sign-in to Microsoft has expired or was ended by their organisation. "_s
            + signInAdvice;
    case Cause::CodeSpent:
        return u"The person's sign-in could not be finished: its one-time code was used already or "
               "has expired. "_s
            + signInAdvice;
    case Cause::SignInFrequency:
        return u"The person's organisation wants a fresh sign-in every so often. "_s + signInAdvice;
    case Cause::PasswordChanged:
        return u"The person's password was changed or has expired. "_s + signInAdvice;
    case Cause::ConsentMissing:
        return u"Graph Valet has not been given the permission this needs. Tell the person to sign "
               "in again from the tray menu and to accept, then call this tool again."_s;
    case Cause::AdminConsentMissing: {
        const QString what =
            u"Only an administrator of the person's organisation can grant the permission this "
            "needs. Do not try again before that."_s;
        return error.link.isEmpty()
            ? what + u" Tell the person to ask their administrator."_s
            : what + u" Tell the person to send their administrator this link: "_s + error.link;
    }
    case Cause::ConsentDeclined:
        return u"The person did not accept what Graph Valet asks for, so nothing was done. Do not "
               "try again unless they say so; they can accept by signing in from the tray menu."_s;
    case Cause::AccountUnknown:
        return u"The account does not belong to the organisation that Graph Valet is set up for. "
               "Tell the person to sign in with another account from the tray menu; trying again "
               "does not help."_s;
    case Cause::AccountNotAllowed:
        return u"The account is disabled or not assigned to Graph Valet. Tell the person to sign "
               "in with another account or to ask their administrator; trying again does not "
               "help."_s;
    case Cause::AccountAway:
        return u"The account that this was for is not signed in (any more). Tell the person to "
               "sign it in, or to choose another account for this AI client, in Graph Valet's tray "
               "menu (Accounts and AI clients…); then call this tool again."_s;
    case Cause::WrongAccount:
        return u"The person signed in with another account than the one this is for, so nothing "
               "was done. Ask them which account they mean, then call this tool again."_s;
    case Cause::PolicyBlock:
        return u"A rule of the person's organisation (Conditional Access) does not allow this from "
               "this device or place. Do not try again; tell the person to ask their "
               "administrator."_s;
    case Cause::PolicyExplains:
        return u"The person's organisation does not allow this at the moment. Do not try again; "
               "tell the person to choose Sign in… in Graph Valet's tray menu, where Microsoft "
               "says why."_s;
    case Cause::Registration:
        return u"Graph Valet's app registration or a setting is wrong; signing in again does not "
               "help. Tell the person to check client id and tenant in the tray menu under "
               "Settings… and the registration in Microsoft Entra ID."_s;
    case Cause::Loop:
        return u"Microsoft has seen the same request too often and wants a pause. Do not call "
               "before then."_s;
    case Cause::DeletionPending:
        return u"The person has signed out. Tell them to choose Sign in… in Graph Valet's tray "
               "menu if they want this to work again."_s;
    case Cause::KeychainAbsent:
        return u"The person's computer has no keychain, so their sign-in is not kept. "_s
            + signInAdvice;
    case Cause::KeychainLocked:
        return u"The person's keychain (or keyring) is locked, and their sign-in with it. Tell "
               "them to choose Unlock… in Graph Valet's tray menu, then call this tool again."_s;
    case Cause::KeychainUnavailable:
        return u"The keychain that holds the person's sign-in is not running. Tell them to start "
               "it, or to choose Sign in… in Graph Valet's tray menu, then call this tool again."_s;
    case Cause::KeychainLost:
        return u"The person's keychain no longer holds their sign-in. "_s + signInAdvice;
    case Cause::KeychainDamaged:
        return u"What the person's keychain holds in place of their sign-in is damaged. "_s
            + signInAdvice;
    case Cause::KeychainForeign:
        return u"The person's keychain holds a sign-in for another app registration only. "_s
            + signInAdvice;
    case Cause::KeychainSlow:
        return u"The person's keychain does not answer; it may be waiting for them. Tell them to "
               "look for its window, then call this tool again."_s;
    case Cause::PageOpen:
        return u"The sign-in page is open in the person's browser and still waits for them. Ask "
               "them to finish signing in, then call this tool again."_s;
    case Cause::AreaRefused:
        return u"The person does not let this AI client read this part of their Microsoft account. "
               "Do not try again by yourself; they can change it in Graph Valet's menu (Accounts "
               "and AI clients…)."_s;
    case Cause::AreaSwitchedOff:
        return u"This part of the Microsoft account is switched off for all AI clients, by the "
               "person or by their organisation. Do not try again by yourself; the person can see "
               "it "
               "in Graph Valet's menu under Settings…."_s;
    case Cause::RoleMissing:
        return u"The person's account has neither the app role GraphValet.Reader nor "
               "GraphValet.Writer, and without one AI clients may do nothing with it. Do not try "
               "again; tell the person to ask their administrator for the role and to sign out "
               "and in again when they have it."_s;
    case Cause::WriterRoleMissing:
        return u"The person's account lacks the app role GraphValet.Writer, so this tool, which "
               "does more than read, was not run. Do not try again; tell the person to ask their "
               "administrator for the role and to sign out and in again when they have it."_s;
    case Cause::FolderUnusable:
        return u"The folder that the person chose for downloads cannot be used: it is gone, or it "
               "cannot be written. Nothing was saved. Tell them to choose one under Settings… in "
               "Graph Valet's tray menu, then call this tool again."_s;
    case Cause::DiskFull:
        return u"The person's disk is full, so nothing was saved. Tell them; trying again does not "
               "help before there is room."_s;
    case Cause::ArgumentWrong:
        return u"Nothing was asked of Microsoft Graph%1. Change the arguments, then call this tool "
               "again. Do not ask the person for what you can find out yourself."_s.arg(
                   error.detail.isEmpty() ? QString() : u": "_s + error.detail);
    case Cause::Gone:
        return u"Microsoft Graph no longer has this, or no longer knows the place in the list. If "
               u"you "
               "went on with a cursor, or with $skiptoken or $deltatoken, call this tool again "
               "without "
               "it; else the thing was deleted: do not try again."_s;
    case Cause::NotMicrosoft:
        return u"Something between this computer and Microsoft answers in Microsoft's place, such "
               "as the page of a Wi-Fi network or a proxy. The person stays signed in. Tell them "
               "to open a web page and follow what it asks, then call this tool again."_s;
    case Cause::Proxy:
        return u"Microsoft was not reached: the proxy%1 of the person's network does not answer or "
               "does not let Graph Valet through. Tell them to check "
               "the proxy in their computer's network settings, then call this tool again."_s.arg(
                   named(error));
    case Cause::ProxyPassword:
        return u"Microsoft was not reached: the proxy%1 of the person's network wants a password. "
               "Graph Valet does not ask for it, and you must not either. Tell the person to enter "
               "it in their computer's network settings, then call this tool again."_s.arg(
                   named(error));
    case Cause::IssuerNotTrusted:
        return u"The connection to Microsoft is inspected by somebody whom the person's computer "
               "does not trust; certificate issuer%1. Nothing was sent, and there is no way around "
               "it. Tell the person to ask their administrator."_s.arg(named(error));
    case Cause::CertificateOfAnother:
        return u"Another computer answers in Microsoft's place with a certificate for another "
               "name; certificate issuer%1. Nothing was sent. Tell the person to open a web page "
               "and follow what their network asks, then call this tool again."_s.arg(named(error));
    case Cause::CertificateDate:
        return u"The certificate of the connection to Microsoft has expired or is not valid yet; "
               "certificate issuer%1. Nothing was sent. Tell the person to check date and time of "
               "their computer, then call this tool again."_s.arg(named(error));
    case Cause::NoSafeConnection:
        return u"No safe connection to Microsoft can be made from the person's network; a proxy or "
               "firewall may be in the way. Nothing was sent. Tell the person to ask their "
               "administrator; trying again does not help."_s;
    }
    return {};
}

} // namespace

QString modelMessage(const Error &error, CallStage stage)
{
    QString text = stage == CallStage::Approval ? approvalMessage(error) : QString();
    if (text.isEmpty())
        text = causeMessage(error);
    if (text.isEmpty())
        text = workMessage(error);
    if (error.retryAfter.count() > 0) {
        const QDateTime until = QDateTime::currentDateTimeUtc().addSecs(error.retryAfter.count());
        text += u" Wait %1 s, until %2 UTC."_s.arg(error.retryAfter.count())
                    .arg(until.toString(u"hh:mm:ss"_s));
    }
    QStringList references;
    if (const QString code = plainCode(error.serviceCode); !code.isEmpty())
        references.append(u"code "_s + code);
    if (const QString id = plainCode(error.requestId); !id.isEmpty())
        references.append(u"request id "_s + id);
    if (!references.isEmpty())
        text += u" ("_s + references.join(u", "_s) + u")"_s;
    return text;
}

QString readMessage(const Error &error, CallStage stage)
{
    return modelMessage(error, stage)
        .replace("call this tool again"_L1, "read this resource again"_L1);
}

} // namespace mcp
