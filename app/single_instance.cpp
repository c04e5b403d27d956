// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/single_instance.h"

#include "app/base/log.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 15s; // with a process that has the lock and cannot be talked to
constexpr auto answerPatience = 5s;
constexpr auto lockPause = 50ms; // between two looks at a lock that is about to be free

} // namespace

SingleInstance::SingleInstance(valet_link::Locations locations, Start start, QObject *parent)
    : QObject(parent)
    , m_locations(std::move(locations))
    , m_start(start)
    , m_lock(QString::fromStdString(m_locations.lockFile))
{
    // Never by age: only a lock of a process that is gone is stale.
    m_lock.setStaleLockTime(0);
    m_pause.setSingleShot(true);
    m_pause.setInterval(lockPause);
    connect(&m_pause, &QTimer::timeout, this, &SingleInstance::attempt);
}

SingleInstance::~SingleInstance() = default;

void SingleInstance::begin()
{
    m_deadline = QDeadlineTimer(patience);
    attempt();
}

void SingleInstance::release()
{
    m_lock.unlock();
}

void SingleInstance::settle()
{
    m_isSettled = true;
    m_pause.stop();
    if (m_client)
        m_client.release()->deleteLater(); // we may be inside one of its signals
}

void SingleInstance::attempt()
{
    if (m_isSettled)
        return;
    if (m_lock.tryLock(0)) {
        settle();
        Q_EMIT acquired(m_records);
        return;
    }
    if (m_lock.error() != QLockFile::LockFailedError) {
        settle();
        Q_EMIT failed(u"The lock file %1 cannot be made."_s.arg(
            QString::fromStdString(m_locations.lockFile)));
        return;
    }
    if (m_deadline.hasExpired()) {
        settle();
        Q_EMIT failed(u"Another copy of Graph Valet is running and does not answer. End it and try "
                      "again."_s);
        return;
    }
    if (m_isWaitingForLock)
        attemptLater();
    else
        ask();
}

void SingleInstance::attemptLater()
{
    if (!m_isSettled)
        m_pause.start();
}

QString SingleInstance::socket() const
{
    const auto rendezvous = valet_link::readRendezvous(m_locations);
    return QString::fromStdString(rendezvous ? rendezvous->socket : m_locations.socket);
}

void SingleInstance::ask()
{
    m_client = std::make_unique<ConsoleClient>();
    whenDone(m_client->open(socket(), answerPatience), this, [this](const Result<Done> &result) {
        // It may be starting, or ending.
        if (!result.ok()) {
            attemptLater();
        } else if (m_start == Start::Background) {
            settle();
            Q_EMIT elsewhere(false);
        } else if (m_start == Start::ByHandWithDisplay) {
            askToTakeOver();
        } else {
            askToShow();
        }
    });
}

void SingleInstance::askToTakeOver()
{
    // Whatever happens to the connection from now on, the lock tells.
    connect(m_client.get(), &ConsoleClient::disconnected, this, [this] {
        if (m_isWaitingForLock)
            attempt();
    });
    whenDone(m_client->call(u"takeOver"_s, answerPatience), this,
             [this](const Result<QJsonObject> &result) {
                 if (!result.ok() && result.error().kind != Error::Kind::ProtocolFault) {
                     attemptLater();
                     return;
                 }
                 if (!result.ok() || !result->value("yields"_L1).toBool()) {
                     askToShow();
                     return;
                 }
                 const QJsonArray records = result->value("records"_L1).toArray();
                 for (const auto &given : records) {
                     const QJsonObject record = given["record"_L1].toObject();
                     const auto parsed = auth::TokenRecord::fromJson(
                         QJsonDocument(record).toJson(QJsonDocument::Compact));
                     if (parsed.ok())
                         m_records.append({given["key"_L1].toString(), parsed.value()});
                     else
                         qCWarning(lcApp).noquote()
                             << "a session handed over is not usable:" << parsed.error().detail;
                 }
                 m_isWaitingForLock = true;
                 attempt();
             });
}

void SingleInstance::askToShow()
{
    whenDone(m_client->call(u"show"_s, answerPatience), this,
             [this](const Result<QJsonObject> &result) {
                 if (!result.ok()) {
                     attemptLater();
                     return;
                 }
                 settle();
                 Q_EMIT elsewhere(result->value("shown"_L1).toBool());
             });
}
