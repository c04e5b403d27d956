// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/cause.h"

#include "app/base/error.h"

using namespace Qt::StringLiterals;

namespace {

NextStep nextStepFor(Error::Kind kind)
{
    using Kind = Error::Kind;
    switch (kind) {
    case Kind::SignInNeeded:
    case Kind::NoAnswer: return NextStep::SignIn;
    case Kind::ConsentNeeded: return NextStep::GiveConsent;
    case Kind::NotConfigured:
    case Kind::Misconfigured: return NextStep::FixRegistration;
    case Kind::Busy:
    case Kind::Offline:
    case Kind::Timeout:
    case Kind::Throttled:
    case Kind::ServiceFault: return NextStep::Wait;
    case Kind::Cancelled:
    case Kind::Denied:
    case Kind::BadRequest:
    case Kind::NotFound:
    case Kind::Forbidden:
    case Kind::StorageFault:
    case Kind::ProtocolFault:
    case Kind::Bug: return NextStep::None;
    }
    return NextStep::None;
}

} // namespace

NextStep nextStepFor(const Error &error)
{
    switch (error.cause) {
    case Cause::None: return nextStepFor(error.kind);
    case Cause::AnotherFactor:
    case Cause::SessionEnded:
    case Cause::CodeSpent:
    case Cause::SignInFrequency:
    case Cause::PasswordChanged:
    case Cause::PolicyExplains:
    case Cause::KeychainAbsent:
    case Cause::KeychainLost:
    case Cause::KeychainDamaged:
    case Cause::KeychainForeign:
    case Cause::PageOpen:
    case Cause::AccountAway: return NextStep::SignIn;
    case Cause::KeychainLocked: return NextStep::Unlock;
    case Cause::ConsentMissing:
    case Cause::ConsentDeclined:
    case Cause::AreaRefused:
    case Cause::AreaSwitchedOff: return NextStep::GiveConsent;
    case Cause::AdminConsentMissing:
    case Cause::PolicyBlock:
    case Cause::RoleMissing:
    case Cause::WriterRoleMissing: return NextStep::AskAdministrator;
    case Cause::AccountUnknown:
    case Cause::AccountNotAllowed:
    case Cause::WrongAccount: return NextStep::OtherAccount;
    case Cause::Registration: return NextStep::FixRegistration;
    case Cause::FolderUnusable:
    case Cause::DiskFull:
    case Cause::ArgumentWrong:
    case Cause::Gone:
    case Cause::Loop:
    case Cause::ServiceBusy:
    case Cause::NotMicrosoft:
    case Cause::DeletionPending:
    case Cause::KeychainUnavailable:
    case Cause::KeychainSlow: return NextStep::Wait;
    case Cause::Proxy:
    case Cause::ProxyPassword:
    case Cause::IssuerNotTrusted:
    case Cause::CertificateOfAnother:
    case Cause::CertificateDate:
    case Cause::NoSafeConnection: return NextStep::CheckNetwork;
    }
    return NextStep::None;
}

QString nextStepWord(NextStep step)
{
    switch (step) {
    case NextStep::None: return {};
    case NextStep::SignIn: return u"signIn"_s;
    case NextStep::GiveConsent: return u"giveConsent"_s;
    case NextStep::AskAdministrator: return u"askAdministrator"_s;
    case NextStep::OtherAccount: return u"otherAccount"_s;
    case NextStep::FixRegistration: return u"fixRegistration"_s;
    case NextStep::Wait: return u"wait"_s;
    case NextStep::Unlock: return u"unlock"_s;
    case NextStep::CheckNetwork: return u"checkNetwork"_s;
    }
    return {};
}

QLatin1StringView causeName(Cause cause)
{
    switch (cause) {
    case Cause::None: return "None"_L1;
    case Cause::AnotherFactor: return "AnotherFactor"_L1;
    case Cause::SessionEnded: return "SessionEnded"_L1;
    case Cause::CodeSpent: return "CodeSpent"_L1;
    case Cause::SignInFrequency: return "SignInFrequency"_L1;
    case Cause::PasswordChanged: return "PasswordChanged"_L1;
    case Cause::ConsentMissing: return "ConsentMissing"_L1;
    case Cause::AdminConsentMissing: return "AdminConsentMissing"_L1;
    case Cause::ConsentDeclined: return "ConsentDeclined"_L1;
    case Cause::AccountUnknown: return "AccountUnknown"_L1;
    case Cause::AccountNotAllowed: return "AccountNotAllowed"_L1;
    case Cause::AccountAway: return "AccountAway"_L1;
    case Cause::WrongAccount: return "WrongAccount"_L1;
    case Cause::AreaRefused: return "AreaRefused"_L1;
    case Cause::AreaSwitchedOff: return "AreaSwitchedOff"_L1;
    case Cause::PolicyBlock: return "PolicyBlock"_L1;
    case Cause::PolicyExplains: return "PolicyExplains"_L1;
    case Cause::Registration: return "Registration"_L1;
    case Cause::Loop: return "Loop"_L1;
    case Cause::ServiceBusy: return "ServiceBusy"_L1;
    case Cause::NotMicrosoft: return "NotMicrosoft"_L1;
    case Cause::Proxy: return "Proxy"_L1;
    case Cause::ProxyPassword: return "ProxyPassword"_L1;
    case Cause::IssuerNotTrusted: return "IssuerNotTrusted"_L1;
    case Cause::CertificateOfAnother: return "CertificateOfAnother"_L1;
    case Cause::CertificateDate: return "CertificateDate"_L1;
    case Cause::NoSafeConnection: return "NoSafeConnection"_L1;
    case Cause::DeletionPending: return "DeletionPending"_L1;
    case Cause::KeychainAbsent: return "KeychainAbsent"_L1;
    case Cause::KeychainLocked: return "KeychainLocked"_L1;
    case Cause::KeychainUnavailable: return "KeychainUnavailable"_L1;
    case Cause::KeychainLost: return "KeychainLost"_L1;
    case Cause::KeychainDamaged: return "KeychainDamaged"_L1;
    case Cause::KeychainForeign: return "KeychainForeign"_L1;
    case Cause::KeychainSlow: return "KeychainSlow"_L1;
    case Cause::PageOpen: return "PageOpen"_L1;
    case Cause::RoleMissing: return "RoleMissing"_L1;
    case Cause::WriterRoleMissing: return "WriterRoleMissing"_L1;
    case Cause::Gone: return "Gone"_L1;
    case Cause::FolderUnusable: return "FolderUnusable"_L1;
    case Cause::DiskFull: return "DiskFull"_L1;
    case Cause::ArgumentWrong: return "ArgumentWrong"_L1;
    }
    return {};
}

std::array<Cause, causeCount> allCauses()
{
    std::array<Cause, causeCount> causes{};
    for (int i = 0; i < causeCount; ++i)
        causes[size_t(i)] = Cause(i);
    return causes;
}
