// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/pause_switch.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 quarterHour = 15 * 60; // seconds
// Early enough for everybody's day, and not a few minutes away for who pauses late at night.
const QTime morning(6, 0);
const QString untilResumed = u"resumed"_s;

QString textOf(const QDateTime &end)
{
    return end.toUTC().toString(Qt::ISODate);
}

} // namespace

PauseSwitch::PauseSwitch(Settings *settings, std::function<QDateTime()> now, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_now(std::move(now))
{
    m_end.setSingleShot(true);
    m_end.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_end, &QTimer::timeout, this, [this] {
        watchEnd();
        Q_EMIT changed();
    });
    watchEnd();
}

std::optional<mcp::CallPause> PauseSwitch::current() const
{
    const QString text = m_settings->pausedUntil();
    if (text.isEmpty())
        return std::nullopt;
    const QDateTime end = QDateTime::fromString(text, Qt::ISODate);
    // What cannot be read is the strictest.
    if (!end.isValid())
        return mcp::CallPause{};
    return end > m_now() ? std::optional(mcp::CallPause{.until = end}) : std::nullopt;
}

void PauseSwitch::pause(PauseLength length)
{
    const QDateTime now = m_now();
    switch (length) {
    case PauseLength::QuarterHour: keep(textOf(now.addSecs(quarterHour))); break;
    case PauseLength::UntilTomorrow:
        keep(textOf(QDateTime(now.toLocalTime().date().addDays(1), morning)));
        break;
    case PauseLength::UntilResumed: keep(untilResumed); break;
    }
}

void PauseSwitch::resume()
{
    keep({});
}

void PauseSwitch::keep(const QString &text)
{
    m_settings->setPausedUntil(text);
    watchEnd();
    Q_EMIT changed();
}

void PauseSwitch::watchEnd()
{
    m_end.stop();
    const auto pause = current();
    if (!pause || !pause->until)
        return;
    // A second later, when it is over by the clock for sure; at most what a QTimer can count.
    const qint64 wait = m_now().msecsTo(*pause->until) + 1000;
    m_end.start(std::chrono::milliseconds(qBound(qint64(1000), wait, qint64(86'400'000))));
}
