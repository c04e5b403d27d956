// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/network/system_proxies.h"

#include "app/base/log.h"

#include <QHash>
#include <QHostAddress>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

using namespace Qt::StringLiterals;

namespace network {

namespace {

using Clock = std::chrono::steady_clock;

bool isThisComputer(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

// A path or query is nobody's business, a PAC script's neither.
QUrl originOf(const QUrl &url)
{
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host());
    origin.setPort(url.port());
    origin.setPath(u"/"_s);
    return origin;
}

} // namespace

struct SystemProxies::State : std::enable_shared_from_this<State>
{
    struct Entry
    {
        std::optional<QList<QNetworkProxy>> answer;
        Clock::time_point since;
        bool isAsking = false;
        bool isGivenUp = false; // it was waited for once; nobody waits again
    };

    State(Lookup how, Patience howLong)
        : lookup(std::move(how))
        , patience(howLong)
    {
    }

    bool isFresh(const Entry &entry) const
    {
        return entry.answer && Clock::now() - entry.since < patience.fresh;
    }

    bool serves(const Entry &entry) const
    {
        return entry.answer && Clock::now() - entry.since < patience.serves;
    }

    // With the mutex held.
    void ask(const QUrl &origin)
    {
        Entry &entry = entries[origin];
        if (entry.isAsking)
            return;
        entry.isAsking = true;
        entry.isGivenUp = false;
        // Detached: a script that never ends must not keep the process from ending.
        std::thread([self = shared_from_this(), origin] {
            QList<QNetworkProxy> answer;
            {
                const std::lock_guard turn(self->oneAtATime);
                answer = self->lookup(QNetworkProxyQuery(origin));
            }
            const std::lock_guard lock(self->mutex);
            Entry &asked = self->entries[origin];
            asked.answer = answer;
            asked.since = Clock::now();
            asked.isAsking = false;
            self->answered.notify_all();
        }).detach();
    }

    const Lookup lookup;
    const Patience patience;
    std::mutex mutex;
    std::mutex oneAtATime; // Qt's lookup on Windows is not safe for threads
    std::condition_variable answered;
    QHash<QUrl, Entry> entries;
};

SystemProxies::SystemProxies()
    : SystemProxies(&QNetworkProxyFactory::systemProxyForQuery, {})
{
}

SystemProxies::SystemProxies(Lookup lookup, Patience patience)
    : m_state(std::make_shared<State>(std::move(lookup), patience))
{
}

SystemProxies::~SystemProxies() = default;

void SystemProxies::prepare(const QUrl &url)
{
    if (isThisComputer(url.host()))
        return;
    const std::lock_guard lock(m_state->mutex);
    m_state->ask(originOf(url));
}

QList<QNetworkProxy> SystemProxies::queryProxy(const QNetworkProxyQuery &query)
{
    QList<QNetworkProxy> none{QNetworkProxy(QNetworkProxy::NoProxy)};
    const bool isWeb = query.queryType() == QNetworkProxyQuery::UrlRequest
        && (query.protocolTag() == u"https" || query.protocolTag() == u"http");
    if (!isWeb || isThisComputer(query.peerHostName()))
        return none;
    const QUrl origin = originOf(query.url());
    std::unique_lock lock(m_state->mutex);
    if (!m_state->isFresh(m_state->entries[origin])) {
        m_state->ask(origin);
        const auto isDone = [&] { return !m_state->entries[origin].isAsking; };
        const bool hasOldAnswer = m_state->serves(m_state->entries[origin]);
        if (!hasOldAnswer && !m_state->entries[origin].isGivenUp
            && !m_state->answered.wait_for(lock, m_state->patience.wait, isDone)) {
            m_state->entries[origin].isGivenUp = true;
            qCWarning(lcNetwork) << "the system has not said in time which proxy to take";
        }
    }
    const auto &answer = m_state->entries[origin].answer;
    return answer && !answer->isEmpty() ? *answer : none;
}

} // namespace network
