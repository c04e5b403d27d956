// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The parts every test of an AccountSession needs: sandbox tenant, browser, store, clock.

#pragma once

#include "auth/account_session.h"
#include "tests/auth/memory_token_store.h"
#include "tests/sandbox/sandbox_browser.h"
#include "tests/sandbox/sandbox_tenant.h"

#include <QTest>

#include <memory>

// Opens pages in the sandbox's browser.
class BrowserOpener : public auth::UrlOpener
{
public:
    explicit BrowserOpener(sandbox::SandboxBrowser *browser)
        : m_browser(browser)
    {
    }
    bool open(const QUrl &url) override
    {
        last = url;
        if (m_browser)
            m_browser->open(url);
        return m_browser != nullptr;
    }

    QUrl last;

private:
    sandbox::SandboxBrowser *m_browser;
};

// Waits for an Async in a test.
template <class T>
Result<T> awaited(const Async<T> &future, int milliseconds = 20000)
{
    const QDeadlineTimer limit(milliseconds);
    while (!future.isFinished() && !limit.hasExpired())
        QTest::qWait(1);
    if (!future.isFinished())
        return Error{.kind = Error::Kind::Bug, .detail = QStringLiteral("test: no answer in time")};
    if (future.resultCount() == 0)
        return Error{.kind = Error::Kind::Bug, .detail = QStringLiteral("test: dropped")};
    return future.result();
}

// "" where it worked, else the kind's name: one QCOMPARE tells all.
template <class T>
QString outcome(const Result<T> &result)
{
    return result.ok() ? QString() : QString(kindName(result.error().kind));
}

struct SessionWorld
{
    SessionWorld()
        : opener(&browser)
    {
        if (!tenant.listen())
            qFatal("no free port for the sandbox");
        timing.now = [this] {
            return auth::Moment{QDateTime::currentDateTimeUtc().addSecs(aheadSeconds + wallSeconds),
                                std::chrono::steady_clock::now()
                                    + std::chrono::seconds(aheadSeconds)};
        };
        timing.retries = {std::chrono::milliseconds(20), std::chrono::milliseconds(20)};
    }

    auth::EntraConfig config() const
    {
        return *auth::EntraConfig::fromValues({.clientId = tenant.clientId(),
                                               .tenant = tenant.tenantId(),
                                               .authority = tenant.authority().toString(),
                                               .graphUrl = tenant.graphUrl().toString()});
    }

    // A new process over the same keychain.
    void restart()
    {
        session.reset();
        session = std::make_unique<auth::AccountSession>(profile, config(), &store, &opener,
                                                         nullptr, timing, activity);
        session->start();
    }
    void restartLoaded()
    {
        restart();
        QTRY_VERIFY(session->isLoaded());
    }
    bool signIn()
    {
        restartLoaded();
        return awaited(session->signIn()).ok()
            && session->state() == auth::AccountSession::State::SignedIn;
    }

    auth::TokenRequest request(auth::Interaction interaction = auth::Interaction::Never) const
    {
        return {.principal = session->defaultPrincipal(),
                .scopes = {QStringLiteral("User.Read")},
                .interaction = interaction};
    }

    int refreshes() const { return tenant.count(QStringLiteral("token:refresh_token")); }
    int pages() const { return tenant.count(QStringLiteral("authorize")); }

    const QString profile = QStringLiteral("default");
    sandbox::SandboxTenant tenant;
    sandbox::SandboxBrowser browser;
    BrowserOpener opener;
    MemoryTokenStore store;
    qint64 aheadSeconds = 0; // moves both of the session's clocks
    qint64 wallSeconds = 0; // moves the wall clock alone
    auth::SessionTiming timing;
    ActivityRecorder *activity = nullptr;
    std::unique_ptr<auth::AccountSession> session;
};
