// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Event Log, log "Application", source "Graph Valet". ReportEvent is a call to another process
// and may take its time, so a thread of its own makes it; when that falls behind, lines are
// dropped. The source needs no registration: Event Viewer then shows the strings beneath a note
// that the description is missing.

#include "app/base/log.h"
#include "app/system_log.h"

#include <QThreadPool>

#include <atomic>
#include <windows.h>

namespace {

constexpr int mostWaiting = 256;
constexpr DWORD activityEventId = 1;

WORD typeOf(SystemLogEntry::Weight weight)
{
    return weight == SystemLogEntry::Weight::Warning ? EVENTLOG_WARNING_TYPE
                                                     : EVENTLOG_INFORMATION_TYPE;
}

class EventLog : public SystemLog
{
public:
    EventLog()
        : m_source(::RegisterEventSourceW(nullptr, L"Graph Valet"))
    {
        m_thread.setMaxThreadCount(1);
        m_thread.setExpiryTimeout(5000); // milliseconds; an idle process has no thread of ours
        if (!m_source)
            qCInfo(lcApp) << "the Event Log does not take the activity:" << ::GetLastError();
    }
    ~EventLog() override
    {
        m_thread.waitForDone();
        if (m_source)
            ::DeregisterEventSource(m_source);
    }
    EventLog(const EventLog &) = delete;
    EventLog &operator=(const EventLog &) = delete;

    void write(const SystemLogEntry &entry) override
    {
        if (!m_source || m_waiting >= mostWaiting)
            return;
        ++m_waiting;
        const QString line = QString::fromUtf8(entry.line);
        const QString mark = QStringLiteral("%1 sha256=%2")
                                 .arg(QString::number(entry.sequence), QLatin1String(entry.hash));
        m_thread.start([this, line, mark, type = typeOf(entry.weight)] {
            LPCWSTR strings[] = {reinterpret_cast<LPCWSTR>(line.utf16()),
                                 reinterpret_cast<LPCWSTR>(mark.utf16())};
            ::ReportEventW(m_source, type, 0, activityEventId, nullptr, 2, 0, strings, nullptr);
            --m_waiting;
        });
    }

private:
    const HANDLE m_source;
    std::atomic<int> m_waiting = 0;
    QThreadPool m_thread;
};

} // namespace

std::unique_ptr<SystemLog> openSystemLog(const SystemLogPlaces &)
{
    return std::make_unique<EventLog>();
}
