// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/peer.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTest>

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace valet_link;

class TestPeer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ourOwnOtherEndIsUs()
    {
        int ends[2];
        QVERIFY(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
        std::string error;
        const Peer peer = peerOf(ends[0], false, error);
        QVERIFY2(error.empty(), error.c_str());
        QVERIFY(peer.sameUser);
        QCOMPARE(peer.pid, static_cast<long long>(::getpid()));
        ::close(ends[0]);
        ::close(ends[1]);
    }

    void whatIsNoSocketIsNobody()
    {
        int ends[2];
        QVERIFY(::pipe(ends) == 0);
        std::string error;
        QVERIFY(!peerOf(ends[0], false, error).sameUser);
        QVERIFY(!error.empty());
        ::close(ends[0]);
        ::close(ends[1]);
        QVERIFY(!peerOf(-1, true, error).sameUser);
    }

    void programAndParentAreKnown()
    {
        QCOMPARE(QString::fromStdString(programOf(::getpid())),
                 QFileInfo(QCoreApplication::applicationFilePath()).canonicalFilePath());
        QCOMPARE(parentOf(::getpid()), static_cast<long long>(::getppid()));
        const pid_t child = ::fork();
        if (child == 0) {
            ::pause();
            ::_exit(0);
        }
        QCOMPARE(parentOf(child), static_cast<long long>(::getpid()));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        QCOMPARE(parentOf(child), 0LL);
        QVERIFY(programOf(child).empty());
    }

    void noProcessHasNoProgram()
    {
        for (const long long pid : {0LL, -1LL, 0x7fffffffLL}) {
            QVERIFY(programOf(pid).empty());
            QCOMPARE(parentOf(pid), 0LL);
        }
    }
};

QTEST_GUILESS_MAIN(TestPeer)
#include "tst_peer.moc"
