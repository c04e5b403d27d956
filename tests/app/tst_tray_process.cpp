// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The real program: start, second start, hand-over, end. Without a display and without a keychain;
// tests/e2e has the whole machine.

#include "app/console_client.h"
#include "mcp/link/endpoint.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QLockFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

class TestTrayProcess : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> home;

    QProcessEnvironment environment() const
    {
        QProcessEnvironment variables;
        variables.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
        variables.insert(u"HOME"_s, home->path());
        variables.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
        variables.insert(u"XDG_RUNTIME_DIR"_s, home->filePath(u"run"_s));
        // Sanitizers take their options from there.
        for (const char *name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"}) {
            if (qEnvironmentVariableIsSet(name))
                variables.insert(QString::fromLatin1(name), qEnvironmentVariable(name));
        }
        return variables;
    }
    std::unique_ptr<QProcess> start(const QStringList &words, const QStringList &assignments = {})
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment variables = environment();
        for (const QString &assignment : assignments)
            variables.insert(assignment.section(u'=', 0, 0), assignment.section(u'=', 1));
        process->setProcessEnvironment(variables);
        process->start(QString::fromUtf8(TRAY_PROGRAM), words);
        return process;
    }
    QString stateFile(const QString &name, const QString &profile = u"default"_s) const
    {
        return home->filePath(u".local/state/graph-valet/%1/%2"_s.arg(profile, name));
    }
    QString socket(const QString &profile = u"default"_s) const
    {
        qputenv("HOME", home->path().toLocal8Bit());
        qputenv("XDG_RUNTIME_DIR", home->filePath(u"run"_s).toLocal8Bit());
        std::string problem;
        const auto locations = valet_link::locationsFor(profile.toStdString(), problem);
        return locations ? QString::fromStdString(locations->socket) : QString();
    }
    // The answer to one console word, an empty object where none came.
    QJsonObject ask(const QString &word)
    {
        ConsoleClient client;
        std::optional<QJsonObject> answer;
        whenDone(client.open(socket(), std::chrono::seconds(20)), this,
                 [&](const Result<Done> &opened) {
                     if (!opened.ok()) {
                         answer = QJsonObject();
                         return;
                     }
                     whenDone(client.call(word, std::chrono::seconds(20)), this,
                              [&](const Result<QJsonObject> &result) {
                                  answer = result.ok() ? result.value() : QJsonObject();
                              });
                 });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer, 25'000); }();
        return answer.value_or(QJsonObject());
    }
    bool isServing() { return QFile::exists(socket()) && !ask(u"show"_s).isEmpty(); }
    // Exit code; -1 where it was a signal or none came.
    static int exitCode(QProcess &process)
    {
        if (process.state() != QProcess::NotRunning && !process.waitForFinished(30'000))
            return -1;
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }

private Q_SLOTS:
    void init()
    {
        home = std::make_unique<QTemporaryDir>(u"/tmp/gvXXXXXX"_s);
        QVERIFY(QDir(home->path()).mkdir(u"run"_s));
        QVERIFY(QFile::setPermissions(home->filePath(u"run"_s),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    void unknownWordsEndWithUsage()
    {
        const auto process = start({u"--what"_s});
        QCOMPARE(exitCode(*process), 2);
        QVERIFY(process->readAllStandardError().contains("Usage: graph-valet-tray"));
        QVERIFY(process->readAllStandardOutput().isEmpty());
        QVERIFY(!QDir(home->filePath(u".local"_s)).exists());
    }

    void helpAndVersionStartNothing()
    {
        const auto help = start({u"--help"_s});
        QCOMPARE(exitCode(*help), 0);
        QVERIFY(help->readAllStandardOutput().contains("--background"));
        const auto version = start({u"--version"_s});
        QCOMPARE(exitCode(*version), 0);
        QCOMPARE(version->readAllStandardOutput(), "graph-valet-tray " GRAPH_VALET_VERSION "\n");
    }

    void servesAndCleansUpOnEachSignal_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGHUP") << SIGHUP;
    }
    void servesAndCleansUpOnEachSignal()
    {
        QFETCH(int, number);
        const auto process = start({u"--background"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        QVERIFY(QFile::exists(stateFile(u"graph-valet.log"_s)));
        QCOMPARE(QFile::permissions(stateFile(u"graph-valet.log"_s))
                     & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        ::kill(pid_t(process->processId()), number);
        QCOMPARE(exitCode(*process), 0);
        QVERIFY(!QFile::exists(socket()));
        const QStringList left =
            QDir(stateFile({})).entryList(QDir::Files | QDir::Hidden | QDir::System);
        QCOMPARE(left, QStringList{u"graph-valet.log"_s});
    }

    void saysThatItIsNotSetUp()
    {
        const auto process = start({u"--background"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        const QJsonObject status = ask(u"status"_s);
        QCOMPARE(status.value("state"_L1), u"error"_s);
        QVERIFY(status.value("error"_L1).toString().contains(u"Settings"_s));
        QCOMPARE(status.value("pid"_L1).toInteger(), process->processId());
        QVERIFY(!ask(u"quit"_s).contains("error"_L1));
        QCOMPARE(exitCode(*process), 0);
    }

    void wrongEnvironmentEndsAStartByHandOnly_data()
    {
        QTest::addColumn<QString>("assignment");
        QTest::newRow("client id") << u"GRAPH_VALET_CLIENT_ID=abc"_s;
        QTest::newRow("Graph of somebody else")
            << u"GRAPH_VALET_GRAPH_URL=https://graph.evil.example"_s;
        QTest::newRow("approval") << u"GRAPH_VALET_CLIENT_APPROVAL=maybe"_s;
    }
    void wrongEnvironmentEndsAStartByHandOnly()
    {
        QFETCH(QString, assignment);
        const auto byHand = start({}, {assignment});
        QCOMPARE(exitCode(*byHand), 2);
        const QByteArray said = byHand->readAllStandardError();
        QVERIFY2(said.contains("graph-valet-tray: A setting"), said.constData());

        const auto byRelay = start({u"--background"_s}, {assignment});
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        QCOMPARE(ask(u"status"_s).value("state"_L1), u"error"_s);
        ask(u"quit"_s);
        QCOMPARE(exitCode(*byRelay), 0);
    }

    void wrongProfileEndsEveryStart()
    {
        const auto process = start({u"--background"_s}, {u"GRAPH_VALET_PROFILE=../up"_s});
        QCOMPARE(exitCode(*process), 2);
    }

    void secondStartLeavesTheFirstAlone()
    {
        const auto first = start({u"--background"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        const auto background = start({u"--background"_s});
        QCOMPARE(exitCode(*background), 0);
        const auto byHand = start({});
        QCOMPARE(exitCode(*byHand), 0);
        QVERIFY(byHand->readAllStandardError().contains("running already"));
        QCOMPARE(ask(u"status"_s).value("pid"_L1).toInteger(), first->processId());
        ask(u"quit"_s);
        QCOMPARE(exitCode(*first), 0);
    }

    void profilesRunSideBySide()
    {
        const auto first = start({u"--background"_s});
        const auto second = start({u"--background"_s, u"--profile=work"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(socket(u"work"_s)), 20'000);
        QVERIFY(QFile::exists(stateFile(u"graph-valet.log"_s, u"work"_s)));
        for (QProcess *process : {first.get(), second.get()}) {
            process->terminate();
            QCOMPARE(exitCode(*process), 0);
        }
    }

    void oneOfManyRacingStartsWins()
    {
        std::vector<std::unique_ptr<QProcess>> processes;
        processes.reserve(8);
        for (int i = 0; i < 8; ++i)
            processes.push_back(start({u"--background"_s}));
        const auto running = [&] {
            return std::count_if(processes.begin(), processes.end(), [](const auto &process) {
                return process->state() == QProcess::Running;
            });
        };
        QTRY_COMPARE_WITH_TIMEOUT(running(), 1, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        ask(u"quit"_s);
        QTRY_COMPARE_WITH_TIMEOUT(running(), 0, 20'000);
        for (const auto &process : processes)
            QCOMPARE(exitCode(*process), 0);
    }

    void startsAgainAfterACrash()
    {
        const auto first = start({u"--background"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        first->kill();
        QVERIFY(first->waitForFinished());
        const auto second = start({u"--background"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        QCOMPARE(ask(u"status"_s).value("pid"_L1).toInteger(), second->processId());
        second->terminate();
        QCOMPARE(exitCode(*second), 0);
    }

    void takesThePlaceOfOneThatIsAboutToEnd()
    {
        const auto first = start({u"--background"_s}); // makes the folder
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        first->terminate();
        QCOMPARE(exitCode(*first), 0);
        // Its socket is gone and its lock is not yet: nobody else will serve if this one goes.
        QLockFile lock(stateFile(u"lock"_s));
        QVERIFY(lock.tryLock(0));
        const auto second = start({u"--background"_s});
        QVERIFY(!second->waitForFinished(500));
        lock.unlock();
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        second->terminate();
        QCOMPARE(exitCode(*second), 0);
    }

    void yieldsWithoutADisplay()
    {
        const auto first = start({u"--background"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        const QJsonObject answer = ask(u"takeOver"_s);
        QCOMPARE(answer.value("yields"_L1), true);
        QVERIFY(!answer.contains("record"_L1));
        QCOMPARE(exitCode(*first), 0);
        QLockFile lock(stateFile(u"lock"_s));
        QVERIFY(lock.tryLock(0));
    }

    void keepsNoDescriptorOfWhoStartedIt()
    {
        QProcess shell;
        shell.setProcessEnvironment(environment());
        shell.start(u"/bin/sh"_s,
                    {u"-c"_s, u"exec 7</etc/passwd 9>/dev/null; exec \"$0\" --background"_s,
                     QString::fromUtf8(TRAY_PROGRAM)});
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        const QDir descriptors(u"/proc/%1/fd"_s.arg(shell.processId()));
        for (const QString &name : descriptors.entryList(QDir::AllEntries | QDir::System)) {
            if (name != "."_L1 && name != ".."_L1 && name.toInt() > 2)
                QVERIFY(QFile::symLinkTarget(descriptors.filePath(name)) != "/etc/passwd"_L1);
        }
        shell.terminate();
        QCOMPARE(exitCode(shell), 0);
    }

    void hasNoTimerOnceItIsSettled()
    {
        const auto process = start({u"--background"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), 20'000);
        ask(u"status"_s);
        // Voluntary context switches count wake-ups. Two looks must agree; what start-up left over
        // has at most 20 s to pass.
        const auto wakeUps = [&] {
            QFile file(u"/proc/%1/status"_s.arg(process->processId()));
            return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll())
                                                        .split(u'\n')
                                                        .filter(u"voluntary_ctxt_switches"_s)
                                                        .value(0)
                                                  : QString();
        };
        bool isQuiet = false;
        for (int i = 0; i < 10 && !isQuiet; ++i) {
            const QString before = wakeUps();
            QTest::qWait(2000);
            isQuiet = !before.isEmpty() && wakeUps() == before;
        }
        QVERIFY(isQuiet);
        process->terminate();
        QCOMPARE(exitCode(*process), 0);
    }
};

QTEST_GUILESS_MAIN(TestTrayProcess)
#include "tst_tray_process.moc"
