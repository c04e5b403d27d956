// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/token_call.h"

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace auth {

TokenCall::TokenCall(TokenRequest request, quint64 newerThan, QObject *parent)
    : QObject(parent)
    , m_request(std::move(request))
    , m_newerThan(newerThan)
{
    if (m_request.cancellation) {
        connect(m_request.cancellation, &Cancellation::cancelled, this, [this] {
            answer(Error{.kind = Kind::Cancelled, .detail = u"the caller withdrew"_s});
        });
    }
    if (!m_request.deadline.isForever()) {
        m_deadline.setSingleShot(true);
        connect(&m_deadline, &QTimer::timeout, this, &TokenCall::deadlinePassed);
        m_deadline.start(std::chrono::milliseconds(m_request.deadline.remainingTime()));
    }
}

void TokenCall::waitFor(WaitsFor what)
{
    m_waitsFor = what;
    if (what != WaitsFor::Person || m_told || !m_request.progress)
        return;
    m_told = true;
    m_request.progress(u"Waiting for the person to sign in to Microsoft in the browser"_s);
}

void TokenCall::answer(Result<AccessToken> result)
{
    if (isEnded())
        return;
    m_deadline.stop();
    m_promise.answer(std::move(result));
    Q_EMIT ended();
    deleteLater();
}

void TokenCall::deadlinePassed()
{
    switch (m_waitsFor) {
    case WaitsFor::Keychain:
        answer(
            Error{.kind = Kind::StorageFault,
                  .detail = u"the keychain has not answered in time; it may wait to be unlocked"_s,
                  .serviceCode = u"timeout"_s});
        break;
    case WaitsFor::Person:
        answer(Error{.kind = Kind::NoAnswer,
                     .detail =
                         u"the sign-in page is open in the browser and has not been answered"_s});
        break;
    case WaitsFor::Nothing:
    case WaitsFor::Network:
        answer(
            Error{.kind = Kind::Timeout,
                  .detail = u"the token endpoint has not answered before the call's deadline"_s});
        break;
    }
}

} // namespace auth
