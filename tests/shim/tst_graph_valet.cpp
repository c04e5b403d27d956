// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The real program against a scripted tray process: what an AI client and a person see.

#include "tests/shim/stand_in_server.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

const QByteArray initialize = R"({"jsonrpc":"2.0","id":0,"method":"initialize"})"
                              "\n";
const QByteArray initializeAnswer = R"({"jsonrpc":"2.0","id":0,"result":{"a":1}})"
                                    "\n";
const QByteArray initialized = R"({"jsonrpc":"2.0","method":"notifications/initialized"})"
                               "\n";

QByteArray call(int id, const QByteArray &text = {})
{
    return R"({"jsonrpc":"2.0","id":)" + QByteArray::number(id)
        + ",\"method\":\"tools/call\",\"params\":{\"text\":\"" + text + "\"}}\n";
}

QByteArray answer(int id, const QByteArray &text = {})
{
    return R"({"jsonrpc":"2.0","id":)" + QByteArray::number(id) + ",\"result\":{\"text\":\"" + text
        + "\"}}\n";
}

QString errorIn(const QByteArray &line)
{
    return QJsonDocument::fromJson(line)
        .object()
        .value("error"_L1)
        .toObject()
        .value("message"_L1)
        .toString();
}

// An AI client: starts the program with the environment that MCP hosts hand down.
class Client
{
public:
    explicit Client(const QString &program = QStringLiteral(GRAPH_VALET_PROGRAM),
                    const QStringList &words = {u"stdio"_s}, const QStringList &variables = {})
    {
        QProcessEnvironment environment;
        for (const char *name : {"HOME", "PATH", "USER", "XDG_RUNTIME_DIR", "ASAN_OPTIONS"}) {
            if (qEnvironmentVariableIsSet(name))
                environment.insert(QString::fromLatin1(name), qEnvironmentVariable(name));
        }
        for (const QString &variable : variables)
            environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
        process.setProcessEnvironment(environment);
        process.start(program, words);
        if (!process.waitForStarted())
            qFatal("%s", qPrintable(process.errorString()));
    }

    ~Client()
    {
        process.kill();
        process.waitForFinished();
    }

    void send(const QByteArray &bytes)
    {
        process.write(bytes);
        process.waitForBytesWritten(0);
    }

    QByteArray line(int limit = 10000)
    {
        QElapsedTimer timer;
        timer.start();
        while (!m_bytes.contains('\n') && timer.elapsed() < limit) {
            process.waitForReadyRead(100);
            m_bytes += process.readAllStandardOutput();
            if (process.state() == QProcess::NotRunning)
                break;
        }
        const auto size = m_bytes.indexOf('\n') + 1;
        QByteArray first = size > 0 ? m_bytes.left(size) : m_bytes;
        m_bytes.remove(0, first.size());
        return first;
    }

    // Everything to the end of the program.
    QByteArray rest()
    {
        process.waitForFinished(10000);
        return std::exchange(m_bytes, {}) + process.readAllStandardOutput();
    }

    bool endsWith(int code)
    {
        return (process.state() == QProcess::NotRunning || process.waitForFinished(5000))
            && process.exitStatus() == QProcess::NormalExit && process.exitCode() == code;
    }

    // In kB; VmRSS: now, VmHWM: the most it ever was.
    qint64 memory(const QByteArray &which = "VmRSS") const
    {
        QFile file(u"/proc/%1/status"_s.arg(process.processId()));
        if (!file.open(QIODevice::ReadOnly))
            return -1;
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (line.startsWith(which + ':'))
                return line.mid(which.size() + 1).trimmed().split(' ').first().toLongLong();
        }
        return -1;
    }

    QProcess process;

private:
    QByteArray m_bytes;
};

bool isAlive(pid_t pid)
{
    return ::kill(pid, 0) == 0;
}

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Not ended; who waits to be reaped has.
bool isRunning(pid_t pid)
{
    const QByteArray stat = contentsOf(u"/proc/%1/stat"_s.arg(pid));
    const QByteArray state = stat.mid(stat.lastIndexOf(')') + 2, 1);
    return !stat.isEmpty() && state != "Z" && state != "X";
}

pid_t startWith(int input, int output)
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(input, 0);
        ::dup2(output, 1);
        ::execl(GRAPH_VALET_PROGRAM, "graph-valet", "stdio", nullptr);
        ::_exit(127);
    }
    return child;
}

// A relay with a parent of its own, as a wrapper or an editor's helper process is one.
struct Family
{
    Family()
    {
        int in[2];
        int out[2];
        int report[2];
        if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0
            || ::pipe2(report, O_CLOEXEC) != 0)
            qFatal("no pipes");
        parent = ::fork();
        if (parent == 0) {
            ::close(in[1]);
            ::close(out[0]);
            const pid_t child = startWith(in[0], out[1]);
            [[maybe_unused]] const auto count = ::write(report[1], &child, sizeof child);
            ::pause();
            ::_exit(0);
        }
        if (::read(report[0], &relay, sizeof relay) != sizeof relay)
            qFatal("no relay");
        for (const int end : {in[0], out[1], report[0], report[1]})
            ::close(end);
        input = in[1];
        output = out[0];
    }
    ~Family()
    {
        ::kill(parent, SIGKILL);
        ::waitpid(parent, nullptr, 0);
        ::close(input);
        ::close(output);
    }

    // Before that it is a copy of this test, with its handlers of signals.
    bool isStarted() const
    {
        return QFileInfo(u"/proc/%1/exe"_s.arg(relay)).symLinkTarget().endsWith("graph-valet"_L1);
    }

    pid_t parent = 0;
    pid_t relay = 0;
    int input = -1;
    int output = -1;
};

} // namespace

class TestGraphValet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_place = std::make_unique<QTemporaryDir>();
        QVERIFY(m_place->isValid());
        QVERIFY(QDir(m_place->path()).mkdir(u"home"_s) && QDir(m_place->path()).mkdir(u"run"_s));
        QVERIFY(QFile::setPermissions(m_place->filePath(u"run"_s),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        qputenv("HOME", m_place->filePath(u"home"_s).toUtf8());
        qputenv("XDG_RUNTIME_DIR", m_place->filePath(u"run"_s).toUtf8());
    }

    void saysHelloAndPassesCallsOn()
    {
        StandInServer server;
        Client client;
        QVERIFY(server.accept());
        QCOMPARE(
            server.clientHello(),
            QByteArray("{\"link\":1,\"version\":\"" GRAPH_VALET_VERSION "\",\"role\":\"mcp\"}\n"));
        client.send(call(1, "Žluťoučký 🦊"));
        QCOMPARE(server.line(), call(1, "Žluťoučký 🦊"));
        QVERIFY(server.send(answer(1, "Příliš žluťoučký 🦊")));
        QCOMPARE(client.line(), answer(1, "Příliš žluťoučký 🦊"));
        client.process.closeWriteChannel();
        QVERIFY(client.endsWith(0));
        QCOMPARE(client.rest(), QByteArray());
        QCOMPARE(client.process.readAllStandardError(), QByteArray());
    }

    void bytesMayBeCutAndGlued()
    {
        StandInServer server;
        Client client;
        QVERIFY(server.accept());
        const QByteArray text = call(1, "Žluťoučký 🦊");
        for (const char byte : text) {
            client.process.write(&byte, 1);
            client.process.waitForBytesWritten(1000);
        }
        QCOMPARE(server.line(), text);
        client.send(call(2) + call(3) + call(4));
        for (int id = 2; id <= 4; ++id)
            QCOMPARE(server.line(), call(id));
        for (const char byte : answer(1, "🦊"))
            QVERIFY(server.send(QByteArray(1, byte)));
        QCOMPARE(client.line(), answer(1, "🦊"));
        QVERIFY(server.send(answer(2) + answer(3) + answer(4)));
        for (int id = 2; id <= 4; ++id)
            QCOMPARE(client.line(), answer(id));
    }

    void largeLinesPassInBothDirections()
    {
        StandInServer server;
        Client client;
        QVERIFY(server.accept());
        const QByteArray request = call(1, QByteArray(5 * 1024 * 1024, 'x'));
        client.process.write(request);
        QByteArray received;
        QElapsedTimer timer;
        timer.start();
        while (received.size() < request.size() && timer.elapsed() < 20000) {
            client.process.waitForBytesWritten(0);
            server.socket()->waitForReadyRead(10);
            received += server.socket()->readAll();
        }
        QVERIFY(received == request);
        const QByteArray large = answer(1, QByteArray(8 * 1024 * 1024 - 100, 'y'));
        QVERIFY(server.send(large));
        QVERIFY(client.line(20000) == large);
#ifndef GRAPH_VALET_SANITIZED
        // Design: 4 MB; what the large answer took is given back.
        QVERIFY(server.send(answer(2)));
        QCOMPARE(client.line(), answer(2));
        QVERIFY2(client.memory() <= 4096, qPrintable(QString::number(client.memory())));
#endif
    }

    // Answers of 8 MB, a client that reads none of them for a while, and a tray process that goes
    // on.
    void memoryStaysSmallWhoeverDoesNotRead()
    {
        StandInServer server;
        Client client;
        QVERIFY(server.accept());
        const QByteArray large = answer(1, QByteArray(8 * 1024 * 1024 - 100, 'y'));
        constexpr int count = 3;
        for (int i = 0; i < count; ++i)
            server.socket()->write(large);
        // What fits into pipes, sockets and the relay has left when nothing moves any more.
        qint64 left = 0;
        do {
            left = server.socket()->bytesToWrite();
        } while (server.socket()->waitForBytesWritten(1000)
                 && server.socket()->bytesToWrite() < left);
        QVERIFY2(left > large.size(), qPrintable(QString::number(left)));
        // Nor does a tray process that reads nothing let it grow.
        const QByteArray request = call(2, QByteArray(3 * 1024 * 1024, 'x'));
        client.process.write(request);
        (void)client.process.waitForBytesWritten(1000);
        for (int i = 0; i < count; ++i) {
            while (server.socket()->bytesToWrite() > 0 && !client.process.bytesAvailable()) {
                server.socket()->waitForBytesWritten(10);
                client.process.waitForReadyRead(10);
            }
            QVERIFY(client.line(20000) == large);
        }
#ifndef GRAPH_VALET_SANITIZED
        QVERIFY2(client.memory("VmHWM") < 8 * 1024,
                 qPrintable(QString::number(client.memory("VmHWM"))));
#endif
    }

    // A client that writes all its calls before it reads the first answer, and a tray process that
    // answers each at once: must not lock up, however much it is.
    void neitherSideCanLockTheOtherUp()
    {
        StandInServer server;
        Client client;
        QVERIFY(server.accept());
        constexpr int count = 40;
        const QByteArray text(100 * 1024, 'x');
        for (int id = 0; id < count; ++id)
            client.process.write(call(id, text));
        client.process.setReadChannel(QProcess::StandardOutput);
        QByteArray received;
        int answered = 0;
        QElapsedTimer timer;
        timer.start();
        while (answered < count && timer.elapsed() < 30000) {
            client.process.waitForBytesWritten(0);
            server.socket()->waitForReadyRead(10);
            received += server.socket()->readAll();
            while (received.contains('\n')) {
                received.remove(0, received.indexOf('\n') + 1);
                server.socket()->write(answer(answered++, text));
            }
        }
        QCOMPARE(answered, count);
        for (int id = 0; id < count; ++id) {
            server.socket()->waitForBytesWritten(0);
            while (server.socket()->bytesToWrite() > 0 && !client.process.bytesAvailable()) {
                server.socket()->waitForBytesWritten(10);
                client.process.waitForReadyRead(10);
            }
            QVERIFY(client.line(20000) == answer(id, text));
        }
    }

    void crashOfTheTrayIsAnsweredAndTheHandshakeReplayed()
    {
        auto server = std::make_unique<StandInServer>();
        Client client;
        QVERIFY(server->accept());
        client.send(initialize);
        QCOMPARE(server->line(), initialize);
        QVERIFY(server->send(initializeAnswer));
        QCOMPARE(client.line(), initializeAnswer);
        client.send(initialized + call(1));
        QCOMPARE(server->line(), initialized);
        QCOMPARE(server->line(), call(1));
        QVERIFY(server->send(answer(1).left(20))); // half an answer
        server->drop();
        server->stopListening();
        const QByteArray lost = client.line();
        QCOMPARE(QJsonDocument::fromJson(lost).object().value("id"_L1).toInt(-1), 1);
        QVERIFY2(errorIn(lost).contains("outcome unknown"_L1), lost.constData());

        server = std::make_unique<StandInServer>();
        client.send(call(2));
        QVERIFY(server->accept());
        QCOMPARE(server->line(), initialize);
        QCOMPARE(server->line(), initialized);
        QCOMPARE(server->line(), call(2));
        QVERIFY(server->send(initializeAnswer + answer(2)));
        QCOMPARE(client.line(), answer(2));
    }

    // After a restart the tray process knows its clients again without a call of theirs.
    void findsARestartedTrayByItself()
    {
        StandInServer server;
        Client client;
        QVERIFY(server.accept());
        client.send(initialize);
        QCOMPARE(server.line(), initialize);
        QVERIFY(server.send(initializeAnswer));
        QCOMPARE(client.line(), initializeAnswer);
        server.drop();
        QVERIFY(server.accept());
        QCOMPARE(server.line(), initialize);
    }

    void otherLinkVersionIsSaidToEveryCall()
    {
        StandInServer server("{\"link\":9,\"version\":\"7.7.7\",\"role\":\"mcp\"}\n");
        Client client;
        QVERIFY(server.accept());
        for (int id = 1; id <= 2; ++id) {
            client.send(call(id));
            QVERIFY(server.accept());
            const QByteArray line = client.line();
            QCOMPARE(QJsonDocument::fromJson(line).object().value("id"_L1).toInt(), id);
            for (const char *part : {"version 1", "version 9", "7.7.7", GRAPH_VALET_VERSION})
                QVERIFY2(errorIn(line).contains(QLatin1String(part)), line.constData());
        }
    }

    void missingTrayProgramIsSaidAtOnce()
    {
        const QString program = copyOfTheProgram();
        Client client(program, {u"stdio"_s}, {u"PATH=/nowhere:relative"_s});
        client.send(initialize + initialized + call(1));
        for (int id = 0; id <= 1; ++id) {
            const QByteArray line = client.line();
            QCOMPARE(QJsonDocument::fromJson(line).object().value("id"_L1).toInt(-1), id);
            QVERIFY2(errorIn(line).contains("install"_L1), line.constData());
        }
        StandInServer server; // now it is there
        client.send(call(2));
        QVERIFY(server.accept());
        QCOMPARE(server.line(), call(2));
    }

    // The stand-in ends without listening, so the call gets its answer when the 10 s are over.
    void trayThatDoesNotComeUpIsSaidAfterTheLimit()
    {
        const QString program = copyOfTheProgram();
        addStandIn(program);
        Client client(program);
        QElapsedTimer timer;
        timer.start();
        client.send(call(1));
        const QByteArray line = client.line(20000);
        QVERIFY2(timer.elapsed() > 9000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY2(errorIn(line).contains("did not start"_L1), line.constData());
        QVERIFY(client.process.readAllStandardError().contains("did not start"));
    }

    void trayIsStartedForACallOnlyAndWithACleanEnvironment_data()
    {
        QTest::addColumn<QString>("where");
        QTest::newRow("beside the program") << u"beside"_s;
        QTest::newRow("where the last one recorded itself") << u"recorded"_s;
        QTest::newRow("in PATH") << u"path"_s;
    }

    void trayIsStartedForACallOnlyAndWithACleanEnvironment()
    {
        QFETCH(QString, where);
        const QString program = copyOfTheProgram();
        QString path = u"/usr/bin:/bin"_s;
        if (where == "beside"_L1) {
            addStandIn(program);
        } else {
            QVERIFY(QDir(m_place->path()).mkdir(u"elsewhere"_s));
            const QString tray = m_place->filePath(u"elsewhere/graph-valet-tray"_s);
            QVERIFY(QFile::copy(QStringLiteral(TRAY_STAND_IN), tray));
            if (where == "path"_L1) {
                path += u":relative:"_s + m_place->filePath(u"elsewhere"_s);
            } else {
                std::string error;
                const auto locations = valet_link::locationsFor("default", error);
                QVERIFY(valet_link::ensurePrivateDirectory(locations->stateDirectory, error));
                valet_link::Rendezvous rendezvous;
                rendezvous.socket = locations->socket;
                rendezvous.pid = 1;
                rendezvous.trayProgram = tray.toStdString();
                QVERIFY(valet_link::writeRendezvous(*locations, rendezvous, error));
            }
        }
        const int leaked = ::open("/dev/zero", O_RDONLY); // without close-on-exec
        Client client(program, {u"--profile"_s, u"default"_s, u"stdio"_s},
                      {u"PATH="_s + path,
                       u"LD_LIBRARY_PATH=/evil"_s,
                       u"LD_DEBUG_OUTPUT=/evil"_s,
                       u"QT_PLUGIN_PATH=/evil"_s,
                       u"QML2_IMPORT_PATH=/evil"_s,
                       u"XDG_CONFIG_HOME=/evil"_s,
                       u"XDG_CONFIG_DIRS=/evil"_s,
                       u"XDG_DATA_DIRS=/evil"_s,
                       u"GIO_EXTRA_MODULES=/evil"_s,
                       u"GTK_PATH=/evil"_s,
                       u"BROWSER=/evil"_s,
                       u"NODE_OPTIONS=/evil"_s,
                       u"SSL_CERT_FILE=/evil"_s,
                       u"https_proxy=http://evil:1"_s,
                       u"ALL_PROXY=http://evil:1"_s,
                       u"LC_TIME=cs_CZ.UTF-8"_s,
                       u"DISPLAY=:7"_s,
                       u"GRAPH_VALET_CLIENT_ID=abc"_s,
                       u"GRAPH_VALET_READ_ONLY=1"_s,
                       u"GRAPH_VALET_OTHER=/evil"_s});
        ::close(leaked);
        client.send(initialized); // no reason to start anything
        QTest::qWait(300);
        const QString report = m_place->filePath(u"home/started"_s);
        QVERIFY(!QFileInfo::exists(report));
        client.send(call(1));
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(report), 10000);
        QFile file(report);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        const QByteArrayList lines = text.split('\n');
        QVERIFY2(lines.first().endsWith("/graph-valet-tray"), text.constData());
        QCOMPARE(lines.mid(1, 3),
                 QByteArrayList({"arg --background", "arg --profile", "arg default"}));
        QVERIFY2(!text.contains("evil") && !text.contains("relative"), text.constData());
        for (const char *wanted : {"env LC_TIME=cs_CZ.UTF-8", "env DISPLAY=:7",
                                   "env GRAPH_VALET_CLIENT_ID=abc", "env GRAPH_VALET_READ_ONLY=1",
                                   "cwd /", "fd 0 /dev/null", "fd 1 /dev/null", "fd 2 /dev/null"})
            QVERIFY2(lines.contains(wanted), wanted);
        QVERIFY2(lines.contains("env HOME=" + qgetenv("HOME")), text.constData());
        QCOMPARE(text.count("\nfd "), 3);
        QVERIFY2(!lines.contains("sid " + QByteArray::number(::getsid(0))), text.constData());
    }

    void endOfStdinWaitsForTheAnswersDue()
    {
        StandInServer server;
        Client client;
        QVERIFY(server.accept());
        QByteArray unfinished = call(1);
        unfinished.chop(1);
        client.send(unfinished);
        client.process.closeWriteChannel();
        QCOMPARE(server.line(), call(1)); // its end is the line's end
        QTest::qWait(200);
        QVERIFY(client.process.state() == QProcess::Running);
        QVERIFY(server.send(answer(1)));
        QVERIFY(client.endsWith(0));
        QCOMPARE(client.rest(), answer(1));
    }

    // Node's pipes are sockets, and one end of those may be half shut.
    void halfShutStdinIsItsEnd()
    {
        StandInServer server;
        int streams[2];
        QVERIFY(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, streams) == 0);
        const pid_t child = startWith(streams[0], streams[0]); // both directions in one
        ::close(streams[0]);
        QVERIFY(server.accept());
        const QByteArray line = call(1);
        QVERIFY(::write(streams[1], line.constData(), size_t(line.size())) == line.size());
        QVERIFY(::shutdown(streams[1], SHUT_WR) == 0);
        QCOMPARE(server.line(), line);
        QVERIFY(isRunning(child));
        QVERIFY(server.send(answer(1)));
        QByteArray received;
        char bytes[4096];
        for (ssize_t count = 1; count > 0;) {
            count = ::read(streams[1], bytes, sizeof bytes);
            received.append(bytes, qsizetype(qMax<ssize_t>(0, count)));
        }
        QCOMPARE(received, answer(1));
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        ::close(streams[1]);
    }

    void endOfStdinDoesNotWaitForEver()
    {
        StandInServer server;
        Client client;
        QVERIFY(server.accept());
        client.send(call(1));
        QCOMPARE(server.line(), call(1));
        client.process.closeWriteChannel();
        QVERIFY(client.endsWith(0));
        QVERIFY(errorIn(client.rest()).contains("outcome unknown"_L1));
    }

    void endOfStdinWithoutATray()
    {
        Client client(copyOfTheProgram());
        client.process.closeWriteChannel();
        QVERIFY(client.endsWith(0));
        QCOMPARE(client.rest(), QByteArray());
    }

    void signalsEndIt_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGHUP") << SIGHUP;
    }

    // Also where the parent ignores and blocks them, which a child inherits.
    void signalsEndIt()
    {
        QFETCH(int, number);
        StandInServer server;
        const auto before = ::signal(number, SIG_IGN);
        sigset_t blocked;
        sigset_t old;
        ::sigemptyset(&blocked);
        ::sigaddset(&blocked, number);
        ::sigprocmask(SIG_BLOCK, &blocked, &old);
        Client client;
        ::sigprocmask(SIG_SETMASK, &old, nullptr);
        ::signal(number, before);
        QVERIFY(server.accept());
        client.send(call(1));
        QCOMPARE(server.line(), call(1));
        QVERIFY(::kill(pid_t(client.process.processId()), number) == 0);
        QVERIFY(client.process.waitForFinished(5000));
        QCOMPARE(client.rest(), QByteArray());
    }

    void closedStdoutEndsIt_data()
    {
        QTest::addColumn<bool>("isSocket");
        QTest::newRow("pipe") << false;
        QTest::newRow("socket, as Node uses") << true;
    }

    void closedStdoutEndsIt()
    {
        QFETCH(bool, isSocket);
        StandInServer server;
        int input[2];
        int output[2];
        QVERIFY(::pipe2(input, O_CLOEXEC) == 0);
        QVERIFY((isSocket ? ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, output)
                          : ::pipe2(output, O_CLOEXEC))
                == 0);
        const pid_t child = startWith(input[0], output[1]);
        ::close(input[0]);
        ::close(output[1]);
        QVERIFY(server.accept());
        ::close(output[0]); // nothing is written, and stdin stays open
        int status = -1;
        pid_t ended = 0;
        const auto hasEnded = [&] {
            ended = ended == 0 ? ::waitpid(child, &status, WNOHANG) : ended;
            return ended == child;
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), 5000);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        ::close(input[1]);
    }

    // Somebody else may hold the other ends of stdin and stdout: the parent's end is what counts.
    void endOfTheParentEndsIt()
    {
        StandInServer server;
        int input[2];
        int output[2];
        int report[2];
        QVERIFY(::pipe2(input, O_CLOEXEC) == 0 && ::pipe2(output, O_CLOEXEC) == 0
                && ::pipe2(report, O_CLOEXEC) == 0);
        const pid_t parent = ::fork();
        if (parent == 0) {
            const pid_t child = startWith(input[0], output[1]);
            [[maybe_unused]] const auto count = ::write(report[1], &child, sizeof child);
            ::pause();
            ::_exit(0);
        }
        pid_t child = 0;
        QVERIFY(::read(report[0], &child, sizeof child) == sizeof child);
        QVERIFY(server.accept());
        QVERIFY(isAlive(child));
        ::kill(parent, SIGKILL);
        ::waitpid(parent, nullptr, 0);
        // The kernel closes its connection when it ends; who inherits it may never collect it.
        QVERIFY(server.socket()->waitForDisconnected(5000));
        for (const int end : {input[0], input[1], output[0], output[1], report[0], report[1]})
            ::close(end);
    }

    // Whatever ends a client, and whenever: no relay stays behind.
    void endedAtRandomMomentsLeavesNothingBehind()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        for (int i = 0; i < 100; ++i) {
            StandInServer server; // anew: no connection of the last one waits in it
            Family family;
            QTRY_VERIFY(family.isStarted());
            // Before the greeting, after it, or with a call in flight.
            const int moment = random.bounded(3);
            if (moment > 0)
                QVERIFY(server.accept());
            if (moment > 1) {
                const QByteArray line = call(i);
                QVERIFY(::write(family.input, line.constData(), size_t(line.size())) > 0);
                QCOMPARE(server.line(), line);
            }
            ::usleep(useconds_t(random.bounded(3000))); // the randomness itself
            int way = random.bounded(7);
            if (way == 4 && moment == 0)
                way = 6; // a parent that is gone before the first look was never known
            switch (way) {
            case 0: ::kill(family.relay, SIGINT); break;
            case 1: ::kill(family.relay, SIGTERM); break;
            case 2: ::kill(family.relay, SIGHUP); break;
            case 3: ::kill(family.relay, SIGKILL); break;
            case 4: ::kill(family.parent, SIGKILL); break;
            case 5: ::close(std::exchange(family.output, -1)); break;
            default: ::close(std::exchange(family.input, -1));
            }
            QTRY_VERIFY2(!isRunning(family.relay),
                         qPrintable(u"way %1, moment %2"_s.arg(way).arg(moment)));
        }
        QVERIFY(!QFileInfo::exists(m_place->filePath(u"home/started"_s)));
    }

    void closedStandardStreamsDoNotConfuseIt()
    {
        StandInServer server;
        int input[2];
        QVERIFY(::pipe2(input, O_CLOEXEC) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::dup2(input[0], 0);
            ::close(1);
            ::close(2);
            ::execl(GRAPH_VALET_PROGRAM, "graph-valet", "stdio", nullptr);
            ::_exit(127);
        }
        QVERIFY(server.accept());
        const QByteArray bytes = call(1);
        QVERIFY(::write(input[1], bytes.constData(), size_t(bytes.size())) == bytes.size());
        QCOMPARE(server.line(), call(1));
        QVERIFY(server.send(answer(1))); // to the null device, not back into the socket
        ::close(input[1]);
        ::close(input[0]);
        QVERIFY(server.socket()->waitForDisconnected(5000));
        QCOMPARE(server.socket()->readAll(), QByteArray());
        ::waitpid(child, nullptr, 0);
    }

    void foreignSocketFolderIsNotSpokenTo()
    {
        StandInServer server;
        const QString folder = m_place->filePath(u"run/graph-valet"_s);
        QVERIFY(QFile::setPermissions(folder,
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
                                          | QFile::ReadOther | QFile::ExeOther));
        Client client;
        client.send(call(1));
        const QByteArray line = client.line();
        QVERIFY2(errorIn(line).contains("other users can enter"_L1), line.constData());
    }

    void needsNeitherQtNorTheCxxLibrary()
    {
#ifndef GRAPH_VALET_SANITIZED
        QProcess readelf;
        readelf.start(u"readelf"_s, {u"-d"_s, QStringLiteral(GRAPH_VALET_PROGRAM)});
        if (!readelf.waitForStarted())
            QSKIP("readelf is not installed");
        QVERIFY(readelf.waitForFinished());
        const QByteArray text = readelf.readAllStandardOutput();
        QVERIFY(text.contains("libc.so"));
        QVERIFY2(!text.contains("Qt") && !text.contains("libstdc++") && !text.contains("libgcc"),
                 text.constData());
#endif
    }

    // ---- words of the console

    void wrongWordsAreRefused()
    {
        for (const QStringList &words :
             {QStringList{}, QStringList{u"serve"_s}, QStringList{u"stdio"_s, u"--profile=A"_s}}) {
            Client client(QStringLiteral(GRAPH_VALET_PROGRAM), words);
            QVERIFY(client.endsWith(2));
            QCOMPARE(client.rest(), QByteArray());
            QVERIFY(client.process.readAllStandardError().contains("Usage: graph-valet"));
        }
    }

    void statusWithoutATray()
    {
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"status"_s, u"--json"_s});
        QVERIFY(client.endsWith(1));
        const QJsonObject status = QJsonDocument::fromJson(client.rest()).object();
        QCOMPARE(status.value("tray"_L1), QJsonValue(false));
        for (const char *name : {"state", "account", "error", "clients", "version", "pid"})
            QVERIFY2(status.contains(QLatin1String(name)), name);
        Client plain(QStringLiteral(GRAPH_VALET_PROGRAM), {u"status"_s});
        QVERIFY(plain.endsWith(1));
        const QByteArray text = plain.rest();
        QVERIFY(text.contains("no tray process runs"));
        QVERIFY(text.contains("State:   not running"));
    }

    void statusOfATrayThatCannotBeTalkedTo()
    {
        StandInServer server("{\"link\":99,\"version\":\"9.0.0\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"status"_s});
        QVERIFY(server.accept());
        QVERIFY(client.endsWith(1));
        const QByteArray text = client.rest();
        QVERIFY2(text.contains("State:   not known"), text.constData());
        QVERIFY2(text.contains("9.0.0"), text.constData());
        QVERIFY2(!text.contains("no tray process runs"), text.constData());
    }

    void statusIsPrintedAsItCame()
    {
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"status"_s, u"--json"_s});
        QVERIFY(server.accept());
        QVERIFY(server.clientHello().contains("\"role\":\"console\""));
        const QJsonObject request = QJsonDocument::fromJson(server.line()).object();
        QCOMPARE(request.value("method"_L1).toString(), u"status"_s);
        QVERIFY(server.send(R"({"jsonrpc":"2.0","id":1,"result":{"state":"signedIn","tray":true,)"
                            R"("later":[1],"account":{"name":"Žofie","username":"z@x"}}})"
                            "\n"));
        QVERIFY(client.endsWith(0));
        const QJsonObject status = QJsonDocument::fromJson(client.rest()).object();
        QCOMPARE(status.value("later"_L1).toArray().size(), 1);
        QCOMPARE(status.value("account"_L1).toObject().value("name"_L1).toString(), u"Žofie"_s);
    }

    void doctorWithoutATrayStartsNoneAndSaysWhatItSees()
    {
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"doctor"_s, u"--json"_s});
        QVERIFY(client.endsWith(1));
        const QJsonObject report = QJsonDocument::fromJson(client.rest()).object();
        QCOMPARE(report.value("tray"_L1), QJsonValue(false));
        QCOMPARE(report.value("ok"_L1), QJsonValue(false));
        QStringList ids;
        const QJsonArray checks = report.value("checks"_L1).toArray();
        for (const auto &check : checks)
            ids.append(check.toObject().value("id"_L1).toString());
        QCOMPARE(ids, (QStringList{u"program"_s, u"tray-process"_s}));
        Client plain(QStringLiteral(GRAPH_VALET_PROGRAM), {u"doctor"_s});
        QVERIFY(plain.endsWith(1));
        const QByteArray text = plain.rest();
        QVERIFY2(text.contains("[failed] Graph Valet: Graph Valet does not run"), text.constData());
        QVERIFY2(text.contains("\n         Start graph-valet-tray"), text.constData());
    }

    void doctorOfATrayThatCannotBeTalkedTo()
    {
        StandInServer server("{\"link\":99,\"version\":\"9.0.0\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"doctor"_s});
        QVERIFY(server.accept());
        QVERIFY(client.endsWith(1));
        const QByteArray text = client.rest();
        QVERIFY2(text.contains("cannot be asked") && text.contains("9.0.0"), text.constData());
    }

    void doctorPrintsALineForEachCheck()
    {
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"doctor"_s});
        QVERIFY(server.accept());
        const QJsonObject request = QJsonDocument::fromJson(server.line()).object();
        QCOMPARE(request.value("method"_L1).toString(), u"doctor"_s);
        QVERIFY(server.send(
            R"({"jsonrpc":"2.0","id":1,"result":{"ok":true,"version":"0.0.1","tray":true,)"
            R"("checks":[{"id":"a","title":"Clock","outcome":"ok","finding":"It fits.",)"
            R"("whatToDo":null,"facts":{}},{"id":"b","title":"Tray\u202e","outcome":"warning",)"
            R"("finding":"None.","whatToDo":"Add\none.","facts":{"x":"y"}}]}})"
            "\n"));
        QVERIFY(client.endsWith(0)); // nothing failed
        const QByteArray text = client.rest();
        QVERIFY2(text.contains("[ok]      Clock: It fits.\n[warning] Tray: None.\n"
                               "          Add one.\n"),
                 text.constData());
        // The tray process has another version than this program.
        QVERIFY2(text.contains("[warning] This program: This graph-valet has version"),
                 text.constData());
    }

    void doctorSaysThatSomethingFailed()
    {
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"doctor"_s, u"--json"_s});
        QVERIFY(server.accept());
        server.line();
        QVERIFY(server.send(R"({"jsonrpc":"2.0","id":1,"result":{"ok":false,"later":1}})"
                            "\n"));
        QVERIFY(client.endsWith(1));
        const QJsonObject report = QJsonDocument::fromJson(client.rest()).object();
        QCOMPARE(report.value("later"_L1), QJsonValue(1));
    }

    void signInPrintsThePageAndWaits()
    {
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"sign-in"_s, u"--timeout"_s, u"20"_s});
        QVERIFY(server.accept());
        const QJsonObject request = QJsonDocument::fromJson(server.line()).object();
        QCOMPARE(request.value("method"_L1).toString(), u"signIn"_s);
        QCOMPARE(request.value("params"_L1).toObject().value("timeoutSeconds"_L1).toInt(), 20);
        QVERIFY(server.send(R"({"jsonrpc":"2.0","method":"signInPage","params":{"url":)"
                            R"("https://example.invalid/a?b=c&d","opened":false}})"
                            "\n"));
        QByteArray page;
        const auto showsPage = [&] {
            page += client.process.readAllStandardError();
            return page.contains("https://example.invalid/a?b=c&d\n");
        };
        QTRY_VERIFY(showsPage());
        QVERIFY(
            server.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"account\":{\"name\":\"Adele "
                        "\\u202eVance\\u001b[31m\",\"username\":\"adele@x\"}}}"
                        "\n"));
        QVERIFY(client.endsWith(0));
        QCOMPARE(client.rest(), QByteArray("Signed in as Adele Vance[31m (adele@x).\n"));
    }

    void signInSaysWhereItIsNotKept_data()
    {
        QTest::addColumn<QByteArray>("keeping");
        QTest::addColumn<QByteArray>("words");
        const QByteArray lasts = "graph-valet: this sign-in lasts only as long as Graph Valet runs";
        QTest::newRow("kept") << R"(,"keychain":"ok","memoryOnly":false)"_ba
                              << ""_ba;
        QTest::newRow("an older tray") << ""_ba
                                       << ""_ba;
        QTest::newRow("no keychain") << R"(,"keychain":"absent","memoryOnly":true)"_ba
                                     << lasts + " (keychain: there is none)\n";
        QTest::newRow("locked") << R"(,"keychain":"locked","memoryOnly":true)"_ba
                                << lasts + " (keychain: locked)\n";
        QTest::newRow("a newer tray") << R"(,"keychain":"on\u001b fire","memoryOnly":true)"_ba
                                      << lasts + " (keychain: does not work (on fire))\n";
    }
    void signInSaysWhereItIsNotKept()
    {
        QFETCH(QByteArray, keeping);
        QFETCH(QByteArray, words);
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"sign-in"_s});
        QVERIFY(server.accept());
        server.line();
        QVERIFY(server.send(R"({"jsonrpc":"2.0","id":1,"result":{"account":{"name":"A"})" + keeping
                            + "}}\n"));
        QVERIFY(client.endsWith(0));
        QCOMPARE(client.rest(), "Signed in as A.\n"_ba);
        QCOMPARE(client.process.readAllStandardError(), words);
    }

    void statusNamesTheKeychainWhereItKeepsTheSignInAway()
    {
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"status"_s});
        QVERIFY(server.accept());
        server.line();
        QVERIFY(server.send(R"({"jsonrpc":"2.0","id":1,"result":{"state":"error","tray":true,)"
                            R"("error":"Unlock it.","keychain":"locked"}})"
                            "\n"));
        QVERIFY(client.endsWith(1));
        const QByteArray text = client.rest();
        QVERIFY2(text.contains("State:   keychain locked\n"), text.constData());
        QVERIFY2(text.contains("Keychain: locked\n"), text.constData());
    }

    void signInWishesForWhatWasTyped_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QJsonObject>("params");
        QTest::newRow("nothing") << QStringList{u"sign-in"_s}
                                 << QJsonObject{{u"timeoutSeconds"_s, 0}};
        QTest::newRow("no browser")
            << QStringList{u"sign-in"_s, u"--no-browser"_s}
            << QJsonObject{{u"timeoutSeconds"_s, 0}, {u"noBrowser"_s, true}};
        QTest::newRow("device code")
            << QStringList{u"sign-in"_s, u"--device-code"_s}
            << QJsonObject{{u"timeoutSeconds"_s, 0}, {u"deviceCode"_s, true}};
    }
    void signInWishesForWhatWasTyped()
    {
        QFETCH(QStringList, words);
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), words);
        QVERIFY(server.accept());
        QTEST(QJsonDocument::fromJson(server.line()).object().value("params"_L1).toObject(),
              "params");
        QVERIFY(server.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n"));
        QVERIFY(client.endsWith(0));
    }

    void aDeviceCodeIsPrintedPlainly()
    {
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"sign-in"_s, u"--device-code"_s});
        QVERIFY(server.accept());
        server.line();
        QVERIFY(server.send("{\"jsonrpc\":\"2.0\",\"method\":\"signInPage\",\"params\":{\"url\":"
                            "\"https://example.invalid/device\",\"opened\":false,\"userCode\":"
                            "\"ABC\\u001b[2JDEF\"}}\n"));
        QVERIFY(server.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n"));
        QVERIFY(client.endsWith(0));
        const QByteArray text = client.process.readAllStandardError();
        QVERIFY2(text.contains("\nhttps://example.invalid/device\n"), text.constData());
        QVERIFY2(text.contains("\nABC[2JDEF\n"), text.constData());
        QVERIFY(!client.rest().contains("ABC")); // stdout is for the outcome
    }

    void connectWishesForWhatWasTypedAndPrintsPlainly()
    {
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM),
                      {u"connect"_s, u"--remove"_s, u"--dry-run"_s, u"zed"_s});
        QVERIFY(server.accept());
        const QJsonObject request = QJsonDocument::fromJson(server.line()).object();
        QCOMPARE(request.value("method"_L1).toString(), u"connect"_s);
        QCOMPARE(request.value("params"_L1).toObject(),
                 (QJsonObject{{u"client"_s, u"zed"_s}, {u"dryRun"_s, true}, {u"remove"_s, true}}));
        QVERIFY(server.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"name\":\"Zed\","
                            "\"action\":\"remove\",\"changes\":true,\"done\":false,"
                            "\"diff\":\"@@ f:1 @@\\n- a\\u001b[31m\\u202eb\"}}\n"));
        QVERIFY(client.endsWith(0));
        QCOMPARE(client.rest(),
                 QByteArray("@@ f:1 @@\n- a[31mb\nNothing was written (--dry-run).\n"));
    }

    void connectFailureSaysWhy()
    {
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"connect"_s, u"--list"_s});
        QVERIFY(server.accept());
        QCOMPARE(QJsonDocument::fromJson(server.line()).object().value("params"_L1).toObject(),
                 QJsonObject());
        QVERIFY(server.send(R"({"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"No."}})"
                            "\n"));
        QVERIFY(client.endsWith(1));
        QCOMPARE(client.rest(), QByteArray());
        QCOMPARE(client.process.readAllStandardError(), QByteArray("graph-valet: No.\n"));
    }

    void signInFailureSaysWhy()
    {
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"sign-in"_s});
        QVERIFY(server.accept());
        server.line();
        QVERIFY(server.send(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"You cancelled "
            "the sign-in.\",\"data\":{\"kind\":\"Cancelled\"}}}"
            "\n"));
        QVERIFY(client.endsWith(1));
        QCOMPARE(client.rest(), QByteArray());
        QVERIFY(client.process.readAllStandardError().contains("You cancelled the sign-in."));
    }

    void signOutStartsATrayAndKeepsBrowserAndProxyOfThePerson()
    {
        const QString program = copyOfTheProgram();
        addStandIn(program);
        Client client(program, {u"sign-out"_s},
                      {u"BROWSER=/mine"_s, u"https_proxy=http://mine:1"_s, u"SSL_CERT_FILE=/evil"_s,
                       u"QT_PLUGIN_PATH=/evil"_s});
        const QString report = m_place->filePath(u"home/started"_s);
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(report), 10000);
        QFile file(report);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("env BROWSER=/mine\n") && !text.contains("evil"));
        QVERIFY(text.contains("env https_proxy=http://mine:1\n"));
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        QVERIFY(server.accept());
        QCOMPARE(QJsonDocument::fromJson(server.line()).object().value("method"_L1).toString(),
                 u"signOut"_s);
        QVERIFY(server.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n"));
        QVERIFY(client.endsWith(0));
    }

    void quitWaitsForTheEnd()
    {
        Client none(QStringLiteral(GRAPH_VALET_PROGRAM), {u"quit"_s});
        QVERIFY(none.endsWith(0));
        StandInServer server("{\"link\":1,\"version\":\"0.0.1\",\"role\":\"console\"}\n");
        Client client(QStringLiteral(GRAPH_VALET_PROGRAM), {u"quit"_s});
        QVERIFY(server.accept());
        server.line();
        QVERIFY(server.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n"));
        QVERIFY(!client.process.waitForFinished(200));
        server.drop();
        QVERIFY(client.endsWith(0));
    }

private:
    QString copyOfTheProgram()
    {
        QString program = m_place->filePath(u"graph-valet"_s);
        if (!QFile::copy(QStringLiteral(GRAPH_VALET_PROGRAM), program))
            qFatal("cannot copy");
        return program;
    }

    void addStandIn(const QString &program)
    {
        if (!QFile::copy(QStringLiteral(TRAY_STAND_IN), program + u"-tray"_s))
            qFatal("cannot copy");
    }

    std::unique_ptr<QTemporaryDir> m_place;
};

QTEST_GUILESS_MAIN(TestGraphValet)
#include "tst_graph_valet.moc"
