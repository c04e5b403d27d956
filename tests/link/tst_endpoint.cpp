// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/endpoint.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace valet_link;

namespace {
Rendezvous rendezvousWith(const std::string &socket, long long pid)
{
    Rendezvous rendezvous;
    rendezvous.socket = socket;
    rendezvous.pid = pid;
    return rendezvous;
}
} // namespace

class TestEndpoint : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_place = std::make_unique<QTemporaryDir>();
        QVERIFY(m_place->isValid());
        m_home = m_place->path().toStdString();
        qputenv("HOME", m_home.c_str());
        qunsetenv("XDG_RUNTIME_DIR");
    }

    void profileNames_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("valid");
        QTest::newRow("default") << QByteArray("default") << true;
        QTest::newRow("digits and hyphen") << QByteArray("work-2") << true;
        QTest::newRow("32 characters") << QByteArray(32, 'a') << true;
        QTest::newRow("33 characters") << QByteArray(33, 'a') << false;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("capital") << QByteArray("Work") << false;
        QTest::newRow("dots") << QByteArray("..") << false;
        QTest::newRow("slash") << QByteArray("a/b") << false;
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << false;
        QTest::newRow("non-ASCII") << QByteArray("práce") << false;
    }

    void profileNames()
    {
        QFETCH(QByteArray, name);
        QFETCH(bool, valid);
        QCOMPARE(isValidProfile({name.data(), static_cast<size_t>(name.size())}), valid);
        std::string error;
        QCOMPARE(locationsFor(name.toStdString(), error).has_value(), valid);
        QCOMPARE(error.empty(), valid);
    }

    void profilesShareNothing()
    {
        std::string error;
        const auto one = locationsFor("one", error);
        const auto two = locationsFor("two", error);
        QVERIFY2(one && two, error.c_str());
        QVERIFY(one->stateDirectory != two->stateDirectory);
        QVERIFY(one->socket != two->socket);
        QVERIFY(one->rendezvousFile != two->rendezvousFile);
        QVERIFY(one->lockFile != two->lockFile);
    }

    void everythingIsFoundByHomeAlone()
    {
        std::string error;
        const auto bare = locationsFor("default", error);
        QVERIFY2(bare, error.c_str());
#ifdef __linux__
        const std::string state = m_home + "/.local/state/graph-valet/default";
        QCOMPARE(bare->stateDirectory, state);
        const QString runtime = QStringLiteral("/run/user/%1").arg(::geteuid());
        const bool hasRuntime = QFileInfo(runtime).ownerId() == ::geteuid();
        QCOMPARE(bare->socketDirectory,
                 hasRuntime ? runtime.toStdString() + "/graph-valet" : state);
        // The tray process's environment is richer; rendezvous and lock must not move.
        const std::string runtimeOfSession = m_home + "/run";
        QVERIFY(::mkdir(runtimeOfSession.c_str(), 0700) == 0);
        qputenv("XDG_RUNTIME_DIR", runtimeOfSession.c_str());
        qputenv("XDG_STATE_HOME", "/elsewhere");
        const auto session = locationsFor("default", error);
        qunsetenv("XDG_STATE_HOME");
        QVERIFY2(session, error.c_str());
        QCOMPARE(session->rendezvousFile, bare->rendezvousFile);
        QCOMPARE(session->lockFile, bare->lockFile);
        QCOMPARE(session->socket, runtimeOfSession + "/graph-valet/default.sock");
#endif
    }

    void aRuntimeFolderThatOthersCanEnterIsNotUsed()
    {
#ifdef __linux__
        const std::string open = m_home + "/open";
        QVERIFY(::mkdir(open.c_str(), 0700) == 0);
        QVERIFY(::chmod(open.c_str(), 0755) == 0);
        for (const std::string &value : {open, std::string("relative"), m_home + "/absent"}) {
            qputenv("XDG_RUNTIME_DIR", value.c_str());
            std::string error;
            const auto found = locationsFor("default", error);
            QVERIFY2(found, error.c_str());
            QVERIFY(found->socket.find(value + "/") != 0);
        }
#endif
    }

    void aSocketFitsItsAddress()
    {
        qputenv("HOME", (m_home + "/" + std::string(120, 'x')).c_str());
        std::string error;
        const auto found = locationsFor("default", error);
        if (found)
            QVERIFY(found->socket.size() + 1 < sizeof(sockaddr_un::sun_path));
        else
            QVERIFY(error.find("too long") != std::string::npos);
    }

    void noHomeIsLookedUpInTheUserDatabase()
    {
        qputenv("HOME", "relative");
        std::string error;
        const auto found = locationsFor("default", error);
        if (found)
            QVERIFY(found->stateDirectory.starts_with('/'));
        else
            QVERIFY(!error.empty());
    }

    void makesPrivateFoldersWithTheirParents()
    {
        const std::string path = m_home + "/a/b/c";
        std::string error;
        QVERIFY2(ensurePrivateDirectory(path, error), error.c_str());
        QVERIFY2(ensurePrivateDirectory(path, error), error.c_str());
        for (const char *part : {"/a", "/a/b", "/a/b/c"}) {
            struct stat info = {};
            QVERIFY(::stat((m_home + part).c_str(), &info) == 0);
            QCOMPARE(static_cast<int>(info.st_mode & 0777), 0700);
        }
    }

    void refusesFoldersThatAreNotPrivate()
    {
        const std::string real = m_home + "/real";
        std::string error;
        QVERIFY2(ensurePrivateDirectory(real, error), error.c_str());
        QVERIFY(::symlink(real.c_str(), (m_home + "/link").c_str()) == 0);
        QVERIFY(!ensurePrivateDirectory(m_home + "/link", error));
        QVERIFY(!isPrivateDirectory(m_home + "/link", error));
        QVERIFY(::chmod(real.c_str(), 0750) == 0);
        error.clear();
        QVERIFY(!ensurePrivateDirectory(real, error));
        QVERIFY2(error.find("chmod 700") != std::string::npos, error.c_str());
        QVERIFY(!ensurePrivateDirectory("relative/path", error));
        QFile file(m_place->filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(!ensurePrivateDirectory(file.fileName().toStdString(), error));
        QVERIFY(!isPrivateDirectory(m_home + "/absent", error));
        if (::geteuid() == 0) {
            QVERIFY(::chmod(real.c_str(), 0700) == 0);
            QVERIFY(::chown(real.c_str(), 65534, 65534) == 0);
            error.clear();
            QVERIFY(!ensurePrivateDirectory(real, error));
            QVERIFY2(error.find("another user") != std::string::npos, error.c_str());
        }
    }

    void rendezvousIsReadAsWritten()
    {
        const Locations locations = here();
        const Rendezvous written{.socket = "/run/user/1000/graph-valet/default.sock",
                                 .pid = ::getpid(),
                                 .version = "1.2.3",
                                 .trayProgram = "/opt/Žluťoučký \"🦊\"\\\n/graph-valet-tray"};
        std::string error;
        QVERIFY2(writeRendezvous(locations, written, error), error.c_str());
        QVERIFY2(writeRendezvous(locations, written, error), error.c_str());
        struct stat info = {};
        QVERIFY(::stat(locations.rendezvousFile.c_str(), &info) == 0);
        QCOMPARE(static_cast<int>(info.st_mode & 0777), 0600);
        const auto read = readRendezvous(locations);
        QVERIFY(read);
        QCOMPARE(read->socket, written.socket);
        QCOMPARE(read->pid, written.pid);
        QCOMPARE(read->version, written.version);
        QCOMPARE(read->trayProgram, written.trayProgram);
        const QStringList files = QDir(QString::fromStdString(locations.stateDirectory))
                                      .entryList(QDir::Files | QDir::Hidden);
        QCOMPARE(files, QStringList{QStringLiteral("rendezvous.json")});
    }

    void rendezvousOfOthersStays()
    {
        const Locations locations = here();
        std::string error;
        QVERIFY2(writeRendezvous(locations, rendezvousWith("/s", ::getpid() + 1), error),
                 error.c_str());
        removeRendezvous(locations);
        QVERIFY(readRendezvous(locations));
        QVERIFY2(writeRendezvous(locations, rendezvousWith("/s", ::getpid()), error),
                 error.c_str());
        removeRendezvous(locations);
        QVERIFY(!readRendezvous(locations));
        removeRendezvous(locations);
    }

    void damagedRendezvousIsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << QByteArray(R"({"socket":"/s","pid":1)");
        QTest::newRow("no socket") << QByteArray(R"({"pid":1})");
        QTest::newRow("relative socket") << QByteArray(R"({"socket":"s","pid":1})");
        QTest::newRow("NUL in the socket") << QByteArray(R"({"socket":"/a\u0000b","pid":1})");
        QTest::newRow("pid as text") << QByteArray(R"({"socket":"/s","pid":"1"})");
        QTest::newRow("pid 0") << QByteArray(R"({"socket":"/s","pid":0})");
        QTest::newRow("above 4 KiB")
            << QByteArray(R"({"socket":"/s","pid":1,"x":")" + QByteArray(4096, 'x') + R"("})");
    }

    void damagedRendezvousIsNone()
    {
        QFETCH(QByteArray, text);
        const Locations locations = here();
        QFile file(QString::fromStdString(locations.rendezvousFile));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        QVERIFY(!readRendezvous(locations));
    }

    void rendezvousInTheWrongPlaceIsNone()
    {
        const Locations locations = here();
        QVERIFY(!readRendezvous(locations));
        const std::string elsewhere = m_home + "/elsewhere";
        QFile file(QString::fromStdString(elsewhere));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"socket":"/s","pid":1})");
        file.close();
        QVERIFY(::symlink(elsewhere.c_str(), locations.rendezvousFile.c_str()) == 0);
        QVERIFY(!readRendezvous(locations));
        QVERIFY(::unlink(locations.rendezvousFile.c_str()) == 0);
        QVERIFY(::mkfifo(locations.rendezvousFile.c_str(), 0600) == 0);
        QVERIFY(!readRendezvous(locations)); // and does not hang
        QVERIFY(::unlink(locations.rendezvousFile.c_str()) == 0);
        QVERIFY(::rename(elsewhere.c_str(), locations.rendezvousFile.c_str()) == 0);
        QVERIFY(readRendezvous(locations));
        QVERIFY(::chmod(locations.rendezvousFile.c_str(), 0622) == 0);
        QVERIFY(!readRendezvous(locations));
    }

    void rendezvousTooLongIsSaid()
    {
        std::string error;
        QVERIFY(!writeRendezvous(here(), rendezvousWith(std::string(5000, '/'), 1), error));
        QVERIFY(!error.empty());
    }

private:
    Locations here()
    {
        std::string error;
        auto locations = locationsFor("default", error);
        if (!locations || !ensurePrivateDirectory(locations->stateDirectory, error))
            qFatal("%s", error.c_str());
        return *locations;
    }

    std::unique_ptr<QTemporaryDir> m_place;
    std::string m_home;
};

QTEST_GUILESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"
