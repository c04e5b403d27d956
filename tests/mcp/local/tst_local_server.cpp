// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/local/local_server.h"
#include "tests/mcp/support/line_client.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using mcp::LinkConnection;
using mcp::LocalServer;

class TestLocalServer : public QObject
{
    Q_OBJECT

private:
    // A server on a fresh path, and what it handed on.
    struct World
    {
        explicit World(std::chrono::milliseconds helloLimit = 5s)
            : server(helloLimit)
        {
            QObject::connect(&server, &LocalServer::mcpConnected, &server,
                             [this](LinkConnection *connection) { mcp.append(connection); });
            QObject::connect(&server, &LocalServer::consoleConnected, &server,
                             [this](LinkConnection *connection) { console.append(connection); });
            const auto listening = server.listen(path());
            if (!listening.ok())
                qFatal("%s", qPrintable(listening.error().detail));
        }
        QString path() const { return folder.filePath(u"socket"_s); }

        QTemporaryDir folder;
        LocalServer server;
        QList<LinkConnection *> mcp;
        QList<LinkConnection *> console;
    };

private Q_SLOTS:
    void theSocketIsForThisUserOnly()
    {
        World world;
        QVERIFY(world.server.isListening());
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
            | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
        QCOMPARE(QFileInfo(world.path()).permissions() & others, QFileDevice::Permissions());
        world.server.close();
        QVERIFY(!QFileInfo::exists(world.path()));
        QVERIFY(!world.server.isListening());
    }

    void aConnectionIsHandedOnByItsRole()
    {
        World world;
        LineClient relay;
        LineClient console;
        QVERIFY(relay.greet(world.path()));
        QVERIFY(console.greet(world.path(), "console"));
        QCOMPARE(world.mcp.size(), 1);
        QCOMPARE(world.console.size(), 1);
        QCOMPARE(world.mcp.first()->role(), valet_link::Role::Mcp);
        QCOMPARE(world.mcp.first()->peer().pid, qint64(::getpid()));
        QVERIFY(world.mcp.first()->peer().sameUser);
    }

    void linesGoBothWaysHoweverTheyAreCut()
    {
        World world;
        LineClient client;
        QVERIFY(client.connectTo(world.path()));
        // The hello and the first lines in one write.
        client.write("{\"link\":1,\"version\":\"9.9.9\",\"role\":\"mcp\"}\none\ntwo\r\n\nthr");
        QStringList lines;
        QObject::connect(&world.server, &LocalServer::mcpConnected, &world.server,
                         [&](LinkConnection *connection) {
                             QObject::connect(connection, &LinkConnection::lineReceived,
                                              &world.server, [&](const QByteArray &line) {
                                                  lines.append(QString::fromUtf8(line));
                                              });
                         });
        QVERIFY(client.nextLine().contains("\"role\":\"mcp\""));
        for (const char byte : QByteArray("ee Žluťoučký 🦊\n"))
            client.write(QByteArray(1, byte));
        QTRY_COMPARE(lines, (QStringList{u"one"_s, u"two"_s, u"three Žluťoučký 🦊"_s}));
        world.mcp.first()->send("answer \xf0\x9f\xa6\x8a");
        QCOMPARE(client.nextLine(), QByteArray("answer \xf0\x9f\xa6\x8a"));
    }

    void theHelloTellsTheListsAndHearsWhatWasSeen()
    {
        World world;
        world.server.setLists("a.b");
        LineClient client;
        QVERIFY(client.connectTo(world.path()));
        client.send(R"({"link":1,"version":"0.0.1","role":"mcp","seen":"c.d"})");
        QCOMPARE(client.nextObject()["lists"_L1].toString(), u"a.b"_s);
        QCOMPARE(world.mcp.first()->seenLists(), QByteArray("c.d"));
        QCOMPARE(world.mcp.first()->clientId(), QString());
        LineClient other;
        QVERIFY(other.connectTo(world.path()));
        other.send(R"({"link":1,"version":"0.0.1","role":"mcp","client":"zed-1","later":{}})");
        QVERIFY(other.nextObject().contains("link"_L1));
        QCOMPARE(world.mcp.last()->clientId(), u"zed-1"_s);
        // Consoles have no lists.
        LineClient console;
        QVERIFY(console.connectTo(world.path()));
        console.send(R"({"link":1,"version":"0.0.1","role":"console"})");
        const QJsonObject hello = console.nextObject();
        QCOMPARE(hello["role"_L1].toString(), u"console"_s);
        QVERIFY(!hello.contains("lists"_L1));
    }

    void aLineThatIsTooLongIsReportedAndTheConnectionLives()
    {
        World world;
        LineClient client;
        QVERIFY(client.greet(world.path()));
        QSignalSpy tooLong(world.mcp.first(), &LinkConnection::lineTooLong);
        QSignalSpy lines(world.mcp.first(), &LinkConnection::lineReceived);
        client.write(QByteArray(4 * 1024 * 1024 + 1, 'x') + "\nafter\n");
        QTRY_COMPARE(lines.size(), 1);
        QCOMPARE(tooLong.size(), 1);
        QCOMPARE(lines.first().first().toByteArray(), QByteArray("after"));
    }

    void whatIsNoHelloIsRefused_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("another link version names both")
            << QByteArray("{\"link\":2,\"version\":\"9.0.0\",\"role\":\"mcp\"}\n")
            << QByteArray("2");
        QTest::newRow("no JSON") << QByteArray("GET / HTTP/1.1\r\n") << QByteArray("error");
        QTest::newRow("an unknown role")
            << QByteArray("{\"link\":1,\"version\":\"0.1.0\",\"role\":\"root\"}\n")
            << QByteArray("error");
        QTest::newRow("an MCP message instead")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}\n")
            << QByteArray("error");
        QTest::newRow("longer than 4096 bytes, no end")
            << QByteArray(4097, ' ') << QByteArray("too long");
        QTest::newRow("longer than 4096 bytes, with an end")
            << "{\"link\":1,\"version\":\"" + QByteArray(5000, '1') + "\",\"role\":\"mcp\"}\n"
            << QByteArray("too long");
    }
    void whatIsNoHelloIsRefused()
    {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, answer);
        World world;
        LineClient client;
        QVERIFY(client.connectTo(world.path()));
        client.write(sent);
        const QJsonObject refusal = client.nextObject();
        QCOMPARE(refusal["link"_L1].toInt(), 1);
        QVERIFY(refusal.contains("error"_L1));
        QVERIFY2(QJsonDocument(refusal).toJson().contains(answer),
                 QJsonDocument(refusal).toJson().constData());
        QVERIFY(client.waitForEnd());
        QVERIFY(world.mcp.isEmpty());
    }

    void aPeerThatSaysNothingIsLetGo()
    {
        World world(50ms);
        LineClient client;
        QVERIFY(client.connectTo(world.path()));
        QVERIFY(client.nextLine().contains("\"error\""));
        QVERIFY(client.waitForEnd());
    }

    void theHelloTimeDoesNotEndAConnectionThatSaidIt()
    {
        World world(200ms);
        LineClient client;
        QVERIFY(client.greet(world.path()));
        LineClient silent; // comes later, so its end proves that the first one's time has passed
        QVERIFY(silent.connectTo(world.path()));
        QVERIFY(silent.waitForEnd());
        QSignalSpy lines(world.mcp.first(), &LinkConnection::lineReceived);
        client.send("still here");
        QTRY_COMPARE(lines.size(), 1);
    }

    void theClientAfterThe256thIsRefusedUntilOneGoes()
    {
        World world;
        std::vector<std::unique_ptr<LineClient>> clients;
        for (int i = 0; i < 256; ++i) {
            clients.push_back(std::make_unique<LineClient>());
            clients.back()->socket.connectToServer(world.path());
            clients.back()->send(R"({"link":1,"version":"0.1.0","role":"mcp"})");
        }
        QTRY_COMPARE(world.mcp.size(), 256);
        LineClient oneTooMany;
        QVERIFY(oneTooMany.connectTo(world.path()));
        QVERIFY(oneTooMany.nextLine().contains("too many"));
        QVERIFY(oneTooMany.waitForEnd());

        QSignalSpy closed(world.mcp.first(), &LinkConnection::closed);
        clients.front()->socket.abort();
        QTRY_COMPARE(closed.size(), 1);
        LineClient next;
        QVERIFY(next.greet(world.path()));
    }

    void aPeerThatDoesNotReadIsClosed()
    {
        World world;
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.socket.setReadBufferSize(1);
        auto *connection = world.mcp.first();
        QSignalSpy closed(connection, &LinkConnection::closed);
        const QByteArray line(1024 * 1024, 'x');
        for (int i = 0; i < 17; ++i)
            connection->send(line);
        // Not while the sender is still in its own function.
        QCOMPARE(closed.size(), 0);
        QTRY_COMPARE(closed.size(), 1);
    }

    void closeWritesWhatIsWaiting()
    {
        World world;
        LineClient client;
        QVERIFY(client.greet(world.path()));
        const QByteArray line(2 * 1024 * 1024, 'x');
        world.mcp.first()->send(line);
        world.mcp.first()->close();
        world.mcp.first()->send("dropped");
        QCOMPARE(client.nextLine(), line);
        QVERIFY(client.waitForEnd());
        QVERIFY(client.received.isEmpty());
    }

    void closeDoesNotWaitForeverForAPeerThatDoesNotRead()
    {
        World world;
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.socket.setReadBufferSize(1);
        QSignalSpy closed(world.mcp.first(), &LinkConnection::closed);
        world.mcp.first()->send(QByteArray(8 * 1024 * 1024, 'x'));
        world.mcp.first()->close();
        QTRY_COMPARE(closed.size(), 1);
    }

    void aConnectionEndsOnceAndDeletesItself()
    {
        World world;
        LineClient client;
        QVERIFY(client.greet(world.path()));
        QSignalSpy closed(world.mcp.first(), &LinkConnection::closed);
        QSignalSpy destroyed(world.mcp.first(), &QObject::destroyed);
        client.socket.abort();
        QTRY_COMPARE(destroyed.size(), 1);
        QCOMPARE(closed.size(), 1);
    }

    void aListenerMayDeleteTheConnectionAtAnyLine()
    {
        World world;
        LineClient client;
        QVERIFY(client.greet(world.path()));
        auto *connection = world.mcp.first();
        int lines = 0;
        QObject::connect(connection, &LinkConnection::lineReceived, &world.server, [&] {
            ++lines;
            delete connection;
        });
        client.write("one\ntwo\nthree\n");
        QVERIFY(client.waitForEnd());
        QCOMPARE(lines, 1);
    }

    void aStaleSocketFileIsReplaced()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"socket"_s);
        QFile stale(path);
        QVERIFY(stale.open(QIODevice::WriteOnly));
        stale.close();
        LocalServer server;
        QVERIFY(server.listen(path).ok());
        LineClient client;
        QVERIFY(client.greet(path));
    }

    void aPathThatCannotBeListenedOnIsAnError()
    {
        LocalServer server;
        const auto listening = server.listen(u"/nonexistent-folder/socket"_s);
        QVERIFY(!listening.ok());
        QCOMPARE(listening.error().kind, Error::Kind::StorageFault);
        QVERIFY(!server.isListening());
    }

    void itListensAgainWhenItsFileIsRemoved()
    {
        World world;
        LineClient before;
        QVERIFY(before.greet(world.path()));
        QVERIFY(QFile::remove(world.path()));
        QTRY_VERIFY(QFileInfo::exists(world.path()));
        LineClient after;
        QVERIFY(after.greet(world.path()));
        QSignalSpy lines(world.mcp.first(), &LinkConnection::lineReceived);
        before.send("still connected");
        QTRY_COMPARE(lines.size(), 1);
    }

    void itListensAgainWhenItsFolderComesBack()
    {
        World world;
        QVERIFY(QDir(world.folder.path()).removeRecursively());
        QVERIFY(QDir().mkpath(world.folder.path()));
        QTRY_VERIFY(QFileInfo::exists(world.path()));
        QVERIFY(QFile::remove(world.path()));
        QTRY_VERIFY(QFileInfo::exists(world.path()));
        LineClient client;
        QVERIFY(client.greet(world.path()));
    }

    // Even where folder and socket are open to everybody.
    void anotherUserIsTurnedAway()
    {
        if (::geteuid() != 0)
            QSKIP("only root can become another user");
        World world;
        QCOMPARE(::chmod(QFile::encodeName(world.folder.path()).constData(), 0755), 0);
        QCOMPARE(::chmod(QFile::encodeName(world.path()).constData(), 0777), 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, QFile::encodeName(world.path()).constData(),
                 sizeof address.sun_path);
        const pid_t child = ::fork();
        if (child == 0) {
            // System calls only: 0 means connected and closed without a single byte.
            const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
            if (::setuid(65534) != 0 || descriptor < 0
                || ::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address))
                ::_exit(2);
            const char hello[] = "{\"link\":1,\"version\":\"0.1.0\",\"role\":\"mcp\"}\n";
            // The other side may have closed already.
            (void)::send(descriptor, hello, sizeof hello - 1, MSG_NOSIGNAL);
            char byte = 0;
            ::_exit(::read(descriptor, &byte, 1) > 0 ? 1 : 0);
        }
        QVERIFY(child > 0);
        int status = -1;
        pid_t ended = 0;
        QTRY_VERIFY(ended == child || (ended = ::waitpid(child, &status, WNOHANG)) == child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        QVERIFY(world.mcp.isEmpty());
    }

    // Qt closes a listener whose accept() fails, without a signal.
    void itListensAgainAfterItRanOutOfFileDescriptors()
    {
        World world;
        LineClient first;
        QVERIFY(first.greet(world.path()));
        // The client's descriptor must exist before there are no more.
        LineClient second;
        const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
        QVERIFY(descriptor >= 0);
        rlimit usual{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &usual), 0);
        rlimit none = usual;
        none.rlim_cur = rlim_t(descriptor) + 1;
        std::vector<int> fillers;
        for (int filler = ::dup(descriptor); filler >= 0 && filler < descriptor;
             filler = ::dup(descriptor))
            fillers.push_back(filler);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, QFile::encodeName(world.path()).constData(),
                 sizeof address.sun_path);
        const int connected =
            ::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address);
        const bool closed = QTest::qWaitFor([&] { return !world.server.isListening(); });
        ::setrlimit(RLIMIT_NOFILE, &usual);
        ::close(descriptor);
        for (const int filler : fillers)
            ::close(filler);
        QCOMPARE(connected, 0);
        QVERIFY(closed);
        QTRY_VERIFY(world.server.isListening());
        QVERIFY(second.greet(world.path()));
    }
};

QTEST_GUILESS_MAIN(TestLocalServer)
#include "tst_local_server.moc"
