// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/progress_reporter.h"

#include "mcp/protocol/message.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int pauseMilliseconds = 250;

} // namespace

ProgressReporter::ProgressReporter(const Era &era, const QJsonValue &token, Send send)
    : m_era(era)
    , m_token(token)
    , m_send(std::move(send))
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &ProgressReporter::sendNow);
}

bool ProgressReporter::isUsableToken(const QJsonValue &token)
{
    return token.isString()
        || (token.isDouble() && std::floor(token.toDouble()) == token.toDouble());
}

void ProgressReporter::report(const QString &message)
{
    m_message = message;
    if (m_later.isActive())
        return;
    const qint64 waited = m_sinceLast.isValid() ? m_sinceLast.elapsed() : pauseMilliseconds;
    if (waited >= pauseMilliseconds)
        sendNow();
    else
        m_later.start(int(pauseMilliseconds - waited));
}

void ProgressReporter::sendNow()
{
    m_sinceLast.start();
    m_send(notificationMessage(u"notifications/progress"_s,
                               m_era.progressParams(m_token, ++m_step, m_message)));
}

} // namespace mcp
