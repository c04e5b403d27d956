// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/user_messages.h"

#include "app/display_text.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace user_messages {
namespace {

struct UserMessages
{
    Q_DECLARE_TR_FUNCTIONS(UserMessages)
public:
    static QString sentence(const Error &error)
    {
        using Kind = Error::Kind;
        switch (error.kind) {
        case Kind::Cancelled: return tr("The sign-in was cancelled. You can start it again.");
        case Kind::NotConfigured:
            return tr("Graph Valet does not know your app registration yet. Open Settings and "
                      "enter its client ID and tenant.");
        case Kind::Misconfigured:
            return tr("A setting or the app registration is wrong. Signing in again does not "
                      "help; correct it in Settings or ask your administrator.");
        case Kind::SignInNeeded: return tr("Microsoft wants you to sign in again.");
        case Kind::ConsentNeeded:
            return tr("A permission has not been granted to Graph Valet yet. Sign in again and "
                      "accept it, or ask your administrator.");
        case Kind::Denied:
            return tr("Access was denied, by you or by a rule of your organisation.");
        case Kind::NoAnswer:
            return tr("The sign-in was not finished in time. Please start it again.");
        case Kind::Busy: return tr("Too much is going on at once. Please try again in a moment.");
        case Kind::Offline:
            return tr("Microsoft cannot be reached. Check the network connection; you stay "
                      "signed in.");
        case Kind::Timeout:
            return tr("Microsoft did not answer in time. Please try again in a moment.");
        case Kind::Throttled:
            if (error.retryAfter.count() > 0)
                return tr("Microsoft asks to slow down. Please try again in %n second(s).", nullptr,
                          int(error.retryAfter.count()));
            return tr("Microsoft asks to slow down. Please try again later.");
        case Kind::BadRequest:
            return tr("Microsoft did not accept the request. Trying the same again does not help.");
        case Kind::NotFound: return tr("What was asked for does not exist.");
        case Kind::Forbidden:
            return tr("Your account may not do this. Ask your administrator if it should.");
        case Kind::ServiceFault:
            return tr("Microsoft's service has a problem at the moment. Please try again later.");
        case Kind::StorageFault:
            return tr("The keychain of this computer cannot be used, so the sign-in is not kept "
                      "when Graph Valet ends. Graph Valet tries it again.");
        case Kind::ProtocolFault: return tr("Another program sent something unexpected.");
        case Kind::Bug:
            return tr("Something went wrong inside Graph Valet. Please report it together with "
                      "the log file.");
        }
        return {};
    }

    static QString ofProxy(const QString &name)
    {
        return name.isEmpty() ? tr("the proxy of your network") : tr("the proxy %1").arg(name);
    }

    static QString ofIssuer(const QString &name)
    {
        return name.isEmpty() ? tr("somebody without a name") : tr("\"%1\"").arg(name);
    }

    // Empty: the kind says it all.
    static QString ofCause(const Error &error)
    {
        const QString between = display_text::shown(error.intermediary);
        switch (error.cause) {
        case Cause::None:
        case Cause::ServiceBusy: return {};
        case Cause::AnotherFactor:
            return tr("Your organisation wants you to prove again that it is you, for example with "
                      "your phone. Please sign in.");
        case Cause::SessionEnded:
            return tr("Your sign-in has expired or was ended by your organisation. Please sign in "
                      "again.");
        case Cause::CodeSpent:
            return tr("The sign-in could not be finished: its code was used already or has "
                      "expired. Please sign in again.");
        case Cause::SignInFrequency:
            return tr("Your organisation wants you to sign in every so often. Please sign in "
                      "again.");
        case Cause::PasswordChanged:
            return tr("Your password was changed or has expired. Please sign in again.");
        case Cause::ConsentMissing:
            return tr("A permission has not been granted to Graph Valet yet. Sign in again and "
                      "accept it.");
        case Cause::AdminConsentMissing:
            return tr("Only an administrator can grant the permission that Graph Valet needs. "
                      "Choose \"Copy link for the administrator\" and send it to yours.");
        case Cause::ConsentDeclined:
            return tr("You did not accept what Graph Valet asks for. To use it after all, sign in "
                      "again and accept.");
        case Cause::AccountUnknown:
            return tr("This account does not belong to the organisation that Graph Valet is set up "
                      "for. Sign in with another account.");
        case Cause::AccountNotAllowed:
            return tr("This account is disabled or not assigned to Graph Valet. Sign in with "
                      "another account, or ask your administrator.");
        case Cause::AccountAway:
            return tr("The account that you chose for this AI client is not signed in. Sign it in, "
                      "or choose another one.");
        case Cause::WrongAccount:
            return tr("Another account was signed in than the one that this was for, so nothing "
                      "was changed. Choose the right account on the page.");
        case Cause::PolicyBlock:
            return tr("A rule of your organisation does not allow this here: it may want another "
                      "device, network or app. Ask your administrator.");
        case Cause::PolicyExplains:
            return tr("Your organisation does not allow this at the moment. Sign in to see why.");
        case Cause::Registration:
            return tr("The app registration of Graph Valet or a setting is wrong. Signing in again "
                      "does not help; correct it in Settings or ask your administrator.");
        case Cause::Loop:
            return tr("Microsoft has seen the same request too often and wants a pause of some "
                      "minutes. You stay signed in.");
        case Cause::DeletionPending:
            return tr("You are signed out. The keychain of this computer has not deleted the "
                      "stored sign-in yet; it is not used again, and deleted as soon as the "
                      "keychain allows.");
        case Cause::KeychainAbsent:
            return tr("This computer has no keychain that Graph Valet can use. You can sign in, "
                      "but the sign-in ends with Graph Valet. On Linux install GNOME Keyring or "
                      "KWallet.");
        case Cause::KeychainLocked:
            return tr("The keychain of this computer is locked, so the sign-in can neither be read "
                      "from it nor kept in it. Choose \"Unlock…\" and enter the password of the "
                      "keychain.");
        case Cause::KeychainUnavailable:
            return tr("The keychain that holds your sign-in is not running. As soon as it runs you "
                      "are signed in again. Or sign in anew; that ends with Graph Valet unless the "
                      "keychain comes back.");
        case Cause::KeychainLost:
            return tr("The keychain of this computer no longer holds your sign-in: it is another "
                      "one than before, or it was emptied. Please sign in again.");
        case Cause::KeychainDamaged:
            return tr("What the keychain of this computer holds in Graph Valet's place is damaged "
                      "or of another version. It is not used and was not deleted. Please sign in; "
                      "that replaces it.");
        case Cause::KeychainForeign:
            return tr("The keychain of this computer holds a sign-in for another app registration "
                      "or profile. It is not used and was not deleted. Please sign in; that "
                      "replaces it.");
        case Cause::KeychainSlow:
            return tr("The keychain of this computer does not answer. It may be waiting for you: "
                      "look for its window. Until it answers, a sign-in ends with Graph Valet.");
        case Cause::PageOpen:
            return tr("The sign-in page is still open: finish it in the browser and you are signed "
                      "in, or sign out to give it up.");
        case Cause::AreaRefused:
            return tr("You keep this part of your account from this AI client. You can change that "
                      "under \"Accounts and AI clients\".");
        case Cause::AreaSwitchedOff:
            return tr(
                "This part of your account is switched off for all AI clients. You can change "
                "that under Settings, unless your organisation has set it.");
        case Cause::RoleMissing:
            return tr("Your account has neither of the app roles GraphValet.Reader and "
                      "GraphValet.Writer, and one is required here. Ask your administrator to "
                      "assign it, then sign out and in again.");
        case Cause::WriterRoleMissing:
            return tr("Your account may only read here: it lacks the app role GraphValet.Writer. "
                      "Ask your administrator to assign it, then sign out and in again.");
        case Cause::FolderUnusable:
            return tr("The folder for downloads is gone or cannot be written. Choose one in the "
                      "settings.");
        case Cause::DiskFull: return tr("The disk is full, so a download could not be saved.");
        case Cause::ArgumentWrong:
            return tr(
                "The AI client asked for something that cannot be asked for, so Microsoft was "
                "not asked. It can correct that itself.");
        case Cause::Gone:
            return tr(
                "Microsoft no longer has what the AI client asked for, or has forgotten where a "
                "list was left. It can begin again by itself.");
        case Cause::NotMicrosoft:
            return tr("Something between this computer and Microsoft answers in Microsoft's place, "
                      "such as the page of a Wi-Fi network. Open a web page, follow what it asks, "
                      "then try again. You stay signed in.");
        case Cause::Proxy:
            return tr("Microsoft cannot be reached because %1 does not answer or does not let "
                      "Graph Valet through. Check the proxy in the network settings of this "
                      "computer, or ask your administrator.")
                .arg(ofProxy(between));
        case Cause::ProxyPassword:
            return tr("Microsoft cannot be reached because %1 wants a password. Graph Valet does "
                      "not ask for it; enter it in the network settings of this computer, or ask "
                      "your administrator.")
                .arg(ofProxy(between));
        case Cause::IssuerNotTrusted:
            return tr("The connection to Microsoft is inspected by %1, which this computer does "
                      "not trust, so nothing was sent. On a public network open a web page and "
                      "sign in there first; in your organisation ask your administrator to make "
                      "this computer trust it.")
                .arg(ofIssuer(between));
        case Cause::CertificateOfAnother:
            return tr("Another computer answers in Microsoft's place: its certificate, issued by "
                      "%1, is for another name, so nothing was sent. On a public network open a "
                      "web page and sign in there first.")
                .arg(ofIssuer(between));
        case Cause::CertificateDate:
            return tr("The certificate of the connection, issued by %1, has expired or is not "
                      "valid yet, so nothing was sent. Check date and time of this computer, then "
                      "ask your administrator.")
                .arg(ofIssuer(between));
        case Cause::NoSafeConnection:
            return tr("No safe connection to Microsoft can be made from here, so nothing was sent. "
                      "A proxy or firewall may be in the way; ask your administrator.");
        }
        return {};
    }

    static QString state(auth::AccountSession::State state)
    {
        using State = auth::AccountSession::State;
        switch (state) {
        case State::SignedOut: return tr("Signed out");
        case State::SigningIn: return tr("Signing in");
        case State::SignedIn: return tr("Signed in");
        case State::InteractionRequired: return tr("Needs you to sign in again");
        case State::Error: return tr("Not ready");
        }
        return {};
    }
};

} // namespace

QString forError(const Error &error)
{
    QString text = UserMessages::ofCause(error);
    if (text.isEmpty())
        text = UserMessages::sentence(error);
    // Of the keychain's words only those that the sentence does not say already.
    const bool isSaid = error.kind == Error::Kind::StorageFault && error.cause != Cause::None;
    if (!error.serviceCode.isEmpty() && !isSaid)
        text += u" (%1)"_s.arg(display_text::shown(error.serviceCode));
    else if (error.kind == Error::Kind::Misconfigured && !error.detail.isEmpty())
        text += u" (%1)"_s.arg(display_text::shown(error.detail, display_text::pathLimit));
    return text;
}

QString forState(auth::AccountSession::State state)
{
    return UserMessages::state(state);
}

} // namespace user_messages
