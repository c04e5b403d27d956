// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Datagrams to the journal in its native protocol (https://systemd.io/JOURNAL_NATIVE_PROTOCOL/),
// which is stable and twenty lines, so that libsystemd is not needed; where there is no journal, to
// syslog (RFC 3164) without syslog(3), which waits when the daemon is slow. No connection is kept:
// a restarted daemon gets the next line.

#include "app/base/log.h"
#include "app/system_log.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QLocale>

#include <cerrno>
#include <cstring>
#include <optional>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr auto identifier = "graph-valet";

// Of syslog(3).
int priorityOf(SystemLogEntry::Weight weight)
{
    switch (weight) {
    case SystemLogEntry::Weight::Info: return 6;
    case SystemLogEntry::Weight::Notice: return 5;
    case SystemLogEntry::Weight::Warning: return 4;
    }
    return 6;
}

// No value has a line break, so each is KEY=value.
QByteArray journalDatagram(const SystemLogEntry &entry)
{
    return "MESSAGE=" + entry.line + "\nPRIORITY=" + QByteArray::number(priorityOf(entry.weight))
        + "\nSYSLOG_IDENTIFIER=" + identifier + "\nGRAPH_VALET_EVENT=" + entry.event
        + "\nGRAPH_VALET_OUTCOME=" + entry.outcome + "\nGRAPH_VALET_SEQ="
        + QByteArray::number(entry.sequence) + "\nGRAPH_VALET_SHA256=" + entry.hash + '\n';
}

QByteArray syslogDatagram(const SystemLogEntry &entry)
{
    constexpr int userFacility = 1 << 3;
    const QDateTime now = QDateTime::currentDateTime();
    const QString day = QString::number(now.date().day()).rightJustified(2, u' ');
    const QString stamp =
        QLocale::c().toString(now.date(), u"MMM"_s) + u' ' + day + now.toString(u" hh:mm:ss"_s);
    return '<' + QByteArray::number(userFacility | priorityOf(entry.weight)) + '>'
        + stamp.toLatin1() + ' ' + identifier + '['
        + QByteArray::number(QCoreApplication::applicationPid()) + "]: sha256=" + entry.hash + ' '
        + entry.line;
}

std::optional<sockaddr_un> addressOf(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address = {};
    if (name.isEmpty() || size_t(name.size()) >= sizeof(address.sun_path))
        return {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.constData(), size_t(name.size()));
    return address;
}

class DatagramLog : public SystemLog
{
public:
    explicit DatagramLog(const SystemLogPlaces &places)
        : m_journal(addressOf(places.journal))
        , m_syslog(addressOf(places.syslog))
        , m_socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
    {
    }
    ~DatagramLog() override
    {
        if (m_socket >= 0)
            ::close(m_socket);
    }
    DatagramLog(const DatagramLog &) = delete;
    DatagramLog &operator=(const DatagramLog &) = delete;

    void write(const SystemLogEntry &entry) override
    {
        if (m_socket < 0)
            return;
        int problem = send(m_journal, journalDatagram(entry));
        // Nobody is there; a journal that is merely busy gets the next one.
        if (problem == ENOENT || problem == ECONNREFUSED)
            problem = send(m_syslog, syslogDatagram(entry));
        if (problem != 0 && !m_hasTold) {
            m_hasTold = true;
            qCInfo(lcApp) << "the system's log does not take the activity:"
                          << std::strerror(problem);
        }
    }

private:
    // 0, or an errno.
    int send(const std::optional<sockaddr_un> &address, const QByteArray &datagram) const
    {
        if (!address)
            return ENOENT;
        const ssize_t sent = ::sendto(
            m_socket, datagram.constData(), size_t(datagram.size()), MSG_NOSIGNAL | MSG_DONTWAIT,
            reinterpret_cast<const sockaddr *>(&*address), sizeof(*address));
        return sent < 0 ? errno : 0;
    }

    const std::optional<sockaddr_un> m_journal;
    const std::optional<sockaddr_un> m_syslog;
    const int m_socket;
    bool m_hasTold = false;
};

} // namespace

std::unique_ptr<SystemLog> openSystemLog(const SystemLogPlaces &places)
{
    return std::make_unique<DatagramLog>(places);
}
