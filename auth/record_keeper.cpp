// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/record_keeper.h"

#include "app/base/log.h"

using namespace Qt::StringLiterals;

namespace auth {

RecordKeeper::RecordKeeper(TokenStore *store, QString key, Delays retries, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_key(std::move(key))
    , m_retries(std::move(retries))
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &RecordKeeper::work);
}

Async<Done> RecordKeeper::keep(const TokenRecord &record)
{
    m_wish = Wish::Keep;
    m_record = record;
    ++m_version;
    m_failures = 0;
    const Promised<Done> promise;
    m_waiting.append(promise);
    work();
    return promise.future();
}

Async<Done> RecordKeeper::forget()
{
    m_wish = Wish::Forget;
    m_record = {};
    ++m_version;
    m_failures = 0;
    const Promised<Done> promise;
    m_waiting.append(promise);
    work();
    return promise.future();
}

void RecordKeeper::nudge()
{
    const auto pause = m_retries.value(0);
    if (m_problem && m_store->wouldAskAgain(*m_problem))
        return;
    if (isPending() && !m_running && m_lastTry.hasExpired(pause.count()))
        work();
}

void RecordKeeper::tryAgain()
{
    if (m_running)
        m_isTriedAgain = true;
    else if (m_problem)
        work();
}

void RecordKeeper::work()
{
    m_retry.stop();
    if (m_running || m_wish == Wish::Nothing || m_settled == m_version)
        return;
    m_running = true;
    const quint64 version = m_version;
    const auto operation =
        m_wish == Wish::Keep ? m_store->write(m_key, m_record) : m_store->remove(m_key);
    whenDone(operation, this,
             [this, version](const Result<Done> &result) { worked(version, result); });
}

void RecordKeeper::worked(quint64 version, const Result<Done> &result)
{
    m_running = false;
    m_lastTry.start();
    if (result.ok()) {
        m_settled = version;
        m_problem.reset();
    } else {
        m_problem = result.error();
        qCWarning(lcAuth).noquote() << "keychain:" << result.error().detail;
    }
    const bool isTriedAgain = std::exchange(m_isTriedAgain, false);
    if (version != m_version) {
        work(); // a newer wish came meanwhile; those who wait get its result
        return;
    }
    if (!result.ok() && isTriedAgain) {
        QTimer::singleShot(0, this, &RecordKeeper::work);
    } else if (!result.ok() && result.error().cause == Cause::None) {
        if (m_failures < m_retries.size())
            m_retry.start(m_retries.at(m_failures));
        ++m_failures;
    }
    const QList<Promised<Done>> waiting = std::exchange(m_waiting, {});
    for (const Promised<Done> &promise : waiting)
        promise.answer(result);
    Q_EMIT changed();
}

} // namespace auth
