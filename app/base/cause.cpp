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
    case Cause::PageOpen: return NextStep::SignIn;
    case Cause::ConsentMissing:
    case Cause::ConsentDeclined: return NextStep::GiveConsent;
    case Cause::AdminConsentMissing:
    case Cause::PolicyBlock: return NextStep::AskAdministrator;
    case Cause::AccountUnknown:
    case Cause::AccountNotAllowed: return NextStep::OtherAccount;
    case Cause::Registration: return NextStep::FixRegistration;
    case Cause::Loop:
    case Cause::ServiceBusy:
    case Cause::NotMicrosoft:
    case Cause::DeletionPending: return NextStep::Wait;
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
    case NextStep::CheckNetwork: return u"checkNetwork"_s;
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
