// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What goes to the system's log on Linux, into sockets that the test holds.

#include "app/system_log.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

// The end of a daemon that reads when the test does.
class Daemon
{
public:
    explicit Daemon(const QString &path)
        : m_socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        const QByteArray name = QFile::encodeName(path);
        std::memcpy(address.sun_path, name.constData(), size_t(name.size()));
        if (::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0)
            qFatal("cannot bind");
    }
    ~Daemon() { ::close(m_socket); }
    Daemon(const Daemon &) = delete;
    Daemon &operator=(const Daemon &) = delete;

    // The next datagram; empty: there is none.
    QByteArray next() const
    {
        QByteArray datagram(64 * 1024, Qt::Uninitialized);
        const ssize_t size = ::recv(m_socket, datagram.data(), size_t(datagram.size()), 0);
        return size < 0 ? QByteArray() : datagram.first(size);
    }

private:
    const int m_socket;
};

SystemLogEntry entry()
{
    return {.line = "{\"time\":\"2026\",\"words\":\"grün\"}",
            .event = "toolCall",
            .outcome = "refused",
            .hash = "abc123",
            .sequence = 17,
            .weight = SystemLogEntry::Weight::Warning};
}

} // namespace

class TestSystemLog : public QObject
{
    Q_OBJECT

private:
    static SystemLogPlaces placesIn(const QTemporaryDir &folder)
    {
        return {.journal = folder.filePath(u"journal"_s), .syslog = folder.filePath(u"syslog"_s)};
    }

private Q_SLOTS:
    void theJournalGetsTheLineAndWhatItIsFoundBy()
    {
        QTemporaryDir folder;
        const Daemon journal(folder.filePath(u"journal"_s));
        const Daemon syslog(folder.filePath(u"syslog"_s));
        openSystemLog(placesIn(folder))->write(entry());
        QCOMPARE(journal.next(),
                 "MESSAGE={\"time\":\"2026\",\"words\":\"grün\"}\nPRIORITY=4\n"
                 "SYSLOG_IDENTIFIER=graph-valet\nGRAPH_VALET_EVENT=toolCall\n"
                 "GRAPH_VALET_OUTCOME=refused\nGRAPH_VALET_SEQ=17\nGRAPH_VALET_SHA256=abc123\n");
        QCOMPARE(syslog.next(), QByteArray());
    }

    void whereThereIsNoJournalSyslogGetsIt()
    {
        QTemporaryDir folder;
        const Daemon syslog(folder.filePath(u"syslog"_s));
        openSystemLog(placesIn(folder))->write(entry());
        const QString text = QString::fromUtf8(syslog.next());
        static const QRegularExpression rfc3164(
            u"\\A<12>[A-Z][a-z]{2} [ 123]\\d \\d\\d:\\d\\d:\\d\\d graph-valet\\[(\\d+)\\]: "
            "sha256=abc123 \\{.*\\}\\z"_s);
        const auto match = rfc3164.match(text);
        QVERIFY2(match.hasMatch(), qPrintable(text));
        QCOMPARE(match.captured(1).toLongLong(), QCoreApplication::applicationPid());
    }

    void aRestartedJournalGetsTheNextLine()
    {
        QTemporaryDir folder;
        const auto log = openSystemLog(placesIn(folder));
        log->write(entry()); // nobody is there
        {
            const Daemon journal(folder.filePath(u"journal"_s));
            log->write(entry());
            QVERIFY(!journal.next().isEmpty());
        }
        log->write(entry()); // its socket is there and it is not
        QVERIFY(QFile::remove(folder.filePath(u"journal"_s)));
        const Daemon again(folder.filePath(u"journal"_s));
        log->write(entry());
        QVERIFY(!again.next().isEmpty());
    }

    // A blocked write would end in the test's timeout.
    void aJournalThatDoesNotReadDelaysNobody()
    {
        QTemporaryDir folder;
        const Daemon journal(folder.filePath(u"journal"_s));
        const Daemon syslog(folder.filePath(u"syslog"_s));
        const auto log = openSystemLog(placesIn(folder));
        for (int i = 0; i < 5000; ++i)
            log->write(entry());
        int taken = 0;
        while (!journal.next().isEmpty())
            ++taken;
        QVERIFY(taken > 0 && taken < 5000);
        QCOMPARE(syslog.next(), QByteArray()); // it is the journal's
    }

    void aPathThatIsTooLongIsNobody()
    {
        const QString path = u"/tmp/"_s + QString(200, u'x');
        openSystemLog({.journal = path, .syslog = path})->write(entry());
        openSystemLog({.journal = {}, .syslog = {}})->write(entry());
    }
};

QTEST_GUILESS_MAIN(TestSystemLog)
#include "tst_system_log.moc"
