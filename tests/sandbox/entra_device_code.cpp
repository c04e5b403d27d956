// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/entra_device_code.h"

#include "tests/sandbox/entra_authorize.h"
#include "tests/sandbox/entra_token.h"
#include "tests/sandbox/sandbox_pages.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using test_support::fieldValue;
using test_support::FormFields;
using test_support::HttpRequest;
using test_support::HttpResponse;

namespace sandbox {

namespace {

// Entra: 15 minutes, and a poll every 5 seconds. One second spares the tests their time.
constexpr int codeLifetimeSeconds = 900;
constexpr int intervalSeconds = 1;

// Nine letters without vowels and look-alikes, as Entra's.
QString newUserCode()
{
    const QString letters = u"BCDFGHJKLMNPQRSTVWXZ"_s;
    QString code;
    for (int i = 0; i < 9; ++i)
        code += letters.at(QRandomGenerator::system()->bounded(int(letters.size())));
    return code;
}

} // namespace

HttpResponse EntraDeviceCode::issue(const QString &tenant, const HttpRequest &request)
{
    const FormFields fields = request.form();
    if (m_faults->take("device-off"))
        return secretWanted().toResponse(401);
    if (const auto refusal = refusalOfClient(*m_ledger, tenant, request, fields, u"scope"_s))
        return refusal->error.toResponse(refusal->status);
    const QStringList scopes = fieldValue(fields, u"scope"_s).split(u' ', Qt::SkipEmptyParts);
    for (const QString &scope : scopes) {
        if (!isKnownScope(scope))
            return unknownScope(scope).toResponse();
    }
    const QString deviceCode = u"F"_s + randomText(120);
    const QString userCode = newUserCode();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_ledger->deviceCodes.insert(deviceCode,
                                 {.userCode = userCode,
                                  .scopes = scopes,
                                  .expiresAt = now.addSecs(codeLifetimeSeconds),
                                  .lastPoll = now,
                                  .interval = intervalSeconds});
    m_ledger->noteSecret(deviceCode);
    QUrl page = m_faults->take("device-foreign-page") ? QUrl(u"http://login.evil.example"_s)
                                                      : m_ledger->authority;
    page.setPath(u"/devicelogin"_s);
    return HttpResponse::json(
               200,
               {{u"device_code"_s, deviceCode},
                {u"user_code"_s, userCode},
                {u"verification_uri"_s, page.toString()},
                {u"expires_in"_s, codeLifetimeSeconds},
                {u"interval"_s, intervalSeconds},
                {u"message"_s,
                 u"To sign in, use a web browser to open the page %1 and enter the code %2 to "
                 "authenticate."_s.arg(page.toString(), userCode)}})
        .withHeader("Cache-Control", "no-store");
}

HttpResponse EntraDeviceCode::page(const HttpRequest &request)
{
    if (request.method == "GET")
        return deviceLoginPage(u"/devicelogin"_s);
    const FormFields fields = request.form();
    const QString action = fieldValue(fields, u"action"_s);
    const Person *person = personByKey(fieldValue(fields, u"person"_s));
    if (!person || (action != u"continue" && action != u"cancel"))
        return errorPage(u"AADSTS900144"_s, u"Nobody was picked."_s);
    const bool isAllowed = action == u"continue";
    if (!enter(fieldValue(fields, u"code"_s), person, isAllowed))
        return errorPage(u"AADSTS70018"_s, u"That code did not work."_s);
    return deviceDonePage(isAllowed);
}

bool EntraDeviceCode::enter(const QString &userCode, const Person *person, bool isAllowed)
{
    // As people type it.
    const QString typed = QString(userCode).remove(u' ').remove(u'-').toUpper();
    for (IssuedDeviceCode &code : m_ledger->deviceCodes) {
        if (code.userCode != typed || code.state != IssuedDeviceCode::State::Waiting
            || code.expiresAt < QDateTime::currentDateTimeUtc())
            continue;
        code.person = person;
        if (isAllowed)
            m_ledger->consent(person->key, code.scopes);
        code.state =
            isAllowed ? IssuedDeviceCode::State::Allowed : IssuedDeviceCode::State::Declined;
        return true;
    }
    return false;
}

} // namespace sandbox
