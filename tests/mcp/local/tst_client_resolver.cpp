// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/local/client_resolver.h"

#include <QFile>
#include <QHash>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using mcp::ClientIdentity;
using mcp::ClientResolver;

class TestClientResolver : public QObject
{
    Q_OBJECT

private:
    static constexpr qint64 relayPid = 500;
    static constexpr qint64 clientPid = 400;
    const QString m_relay = u"/opt/valet/bin/graph-valet"_s;

    struct System
    {
        QHash<qint64, QString> programs;
        QHash<qint64, qint64> parents;
    };

    ClientIdentity resolve(const System &system, qint64 pid = relayPid) const
    {
        const ClientResolver resolver(
            m_relay,
            {.programOf = [&](qint64 asked) { return system.programs.value(asked); },
             .parentOf = [&](qint64 asked) { return system.parents.value(asked); }});
        return resolver.identityOf({.pid = pid, .sameUser = true});
    }

private Q_SLOTS:
    void theClientIsTheParentOfOurRelay()
    {
        const auto client =
            resolve({.programs = {{relayPid, m_relay}, {clientPid, u"/usr/bin/claude"_s}},
                     .parents = {{relayPid, clientPid}}});
        QCOMPARE(client.program, u"/usr/bin/claude"_s);
        QCOMPARE(client.pid, clientPid);
        QCOMPARE(client.programName(), u"claude"_s);
        QVERIFY(client.claimedName.isEmpty());
    }

    void aProgramThatConnectsByItselfIsTheClient()
    {
        const auto client = resolve(
            {.programs = {{relayPid, u"/usr/bin/python3"_s}, {clientPid, u"/usr/bin/claude"_s}},
             .parents = {{relayPid, clientPid}}});
        QCOMPARE(client.program, u"/usr/bin/python3"_s);
        QCOMPARE(client.pid, relayPid);
    }

    void aRelayWhoseFileWasReplacedByAnUpdateIsStillOurs()
    {
        const auto client = resolve({.programs = {{relayPid, m_relay + u" (deleted)"_s},
                                                  {clientPid, u"/usr/bin/claude (deleted)"_s}},
                                     .parents = {{relayPid, clientPid}}});
        QCOMPARE(client.program, u"/usr/bin/claude"_s);
    }

    void theSameFileUnderAnotherNameIsOurRelay()
    {
        QTemporaryDir folder;
        const QString original = folder.filePath(u"graph-valet"_s);
        const QString link = folder.filePath(u"other-name"_s);
        QFile file(original);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(::link(QFile::encodeName(original).constData(), QFile::encodeName(link).constData())
                == 0);
        const ClientResolver resolver(
            original,
            {.programOf = [&](qint64 pid) { return pid == relayPid ? link : u"/bin/client"_s; },
             .parentOf = [](qint64) { return clientPid; }});
        QCOMPARE(resolver.identityOf({.pid = relayPid, .sameUser = true}).program,
                 u"/bin/client"_s);
    }

    void nobodyIsNamedWhereItCannotBeTold_data()
    {
        QTest::addColumn<qint64>("parent");
        QTest::addColumn<QString>("parentProgram");
        QTest::newRow("the parent is gone") << qint64(0) << QString();
        QTest::newRow("the parent cannot be read") << clientPid << QString();
        QTest::newRow("the first process") << qint64(1) << u"/usr/lib/systemd/systemd"_s;
        QTest::newRow("the person's systemd adopted it")
            << clientPid << u"/usr/lib/systemd/systemd"_s;
        QTest::newRow("launchd adopted it") << clientPid << u"/sbin/launchd"_s;
    }
    void nobodyIsNamedWhereItCannotBeTold()
    {
        QFETCH(qint64, parent);
        QFETCH(QString, parentProgram);
        const auto client = resolve({.programs = {{relayPid, m_relay}, {parent, parentProgram}},
                                     .parents = {{relayPid, parent}}});
        QVERIFY(client.program.isEmpty());
        QCOMPARE(client.pid, 0);
    }

    void aPeerWithoutProcessIdIsNobody() { QVERIFY(resolve({}, 0).program.isEmpty()); }

    // The process that is asked about may end, and its id be used again, between two questions.
    void aMoveBetweenTwoQuestionsMeansNobody_data()
    {
        QTest::addColumn<int>("changesAtQuestion");
        QTest::newRow("the relay's parent changed") << 1;
        QTest::newRow("the relay's id is used again") << 2;
        QTest::newRow("the parent's id is used again") << 3;
    }
    void aMoveBetweenTwoQuestionsMeansNobody()
    {
        QFETCH(int, changesAtQuestion);
        int parents = 0;
        int relays = 0;
        int clients = 0;
        const ClientResolver resolver(
            m_relay,
            {.programOf =
                 [&](qint64 pid) {
                     if (pid == relayPid)
                         return ++relays == 2 && changesAtQuestion == 2 ? u"/bin/evil"_s : m_relay;
                     return ++clients == 2 && changesAtQuestion == 3 ? u"/bin/evil"_s
                                                                     : u"/usr/bin/claude"_s;
                 },
             .parentOf =
                 [&](qint64) { return ++parents == 2 && changesAtQuestion == 1 ? 7 : clientPid; }});
        QVERIFY(resolver.identityOf({.pid = relayPid, .sameUser = true}).program.isEmpty());
    }

    void theRealSystemNamesThisVeryTest()
    {
        const ClientResolver resolver;
        const auto client =
            resolver.identityOf({.pid = QCoreApplication::applicationPid(), .sameUser = true});
        QCOMPARE(client.program, QCoreApplication::applicationFilePath());
    }
};

QTEST_GUILESS_MAIN(TestClientResolver)
#include "tst_client_resolver.moc"
