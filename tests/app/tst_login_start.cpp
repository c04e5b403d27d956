// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/login_start.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

// On a HOME of its own. What a session does with the file is asked of GLib, whose parser GNOME's
// session has.
class TestLoginStart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
        qputenv("HOME", m_home->path().toLocal8Bit());
        qputenv("XDG_CONFIG_DIRS", m_home->filePath(u"etc"_s).toLocal8Bit());
        qunsetenv("XDG_CONFIG_HOME");
        m_program = makeProgram(u"graph-valet-tray"_s);
    }

    void isOffAtFirstAndMakesNothing()
    {
        QVERIFY(!LoginStart(u"default"_s, m_program).isOn());
        QVERIFY(!QDir(m_home->filePath(u".config"_s)).exists());
        const auto off = LoginStart(u"default"_s, m_program).setOn(false);
        QVERIFY(off.ok());
        QVERIFY(!QDir(m_home->filePath(u".config"_s)).exists());
    }

    void onAndOff()
    {
        LoginStart start(u"default"_s, m_program);
        QVERIFY(start.setOn(true).ok());
        QVERIFY(start.isOn());
        QVERIFY(QFile::exists(file()));
        QVERIFY(LoginStart(u"default"_s, m_program).isOn()); // it is the file that remembers
        QVERIFY(start.setOn(true).ok());
        QVERIFY(start.isOn());
        QVERIFY(start.setOn(false).ok());
        QVERIFY(!start.isOn());
        QVERIFY(!QFile::exists(file()));
    }

    void profilesAreApart()
    {
        LoginStart work(u"work"_s, m_program);
        QVERIFY(work.setOn(true).ok());
        QVERIFY(QFile::exists(file(u"-work"_s)));
        QVERIFY(work.isOn());
        QCOMPARE(work.name(), u"Graph Valet (work)"_s);
        QVERIFY(!LoginStart(u"default"_s, m_program).isOn());
        QVERIFY(LoginStart(u"default"_s, m_program).setOn(true).ok());
        QVERIFY(work.setOn(false).ok());
        QVERIFY(LoginStart(u"default"_s, m_program).isOn());
    }

    void whatIsDisabledElsewhereIsOff_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("isOn");
        QTest::newRow("nothing of the kind") << u"X-Other=false"_s << true;
        QTest::newRow("hidden") << u"Hidden=true"_s << false;
        QTest::newRow("hidden, with blanks") << u" Hidden = true "_s << false;
        QTest::newRow("not hidden") << u"Hidden=false"_s << true;
        QTest::newRow("disabled by GNOME") << u"X-GNOME-Autostart-enabled=false"_s << false;
        QTest::newRow("enabled by GNOME") << u"X-GNOME-Autostart-enabled=true"_s << true;
        QTest::newRow("a comment") << u"#Hidden=true"_s << true;
        QTest::newRow("of another group") << u"[Desktop Action X]\nHidden=true"_s << true;
        QTest::newRow("a program that is gone") << u"TryExec=/nowhere/at/all"_s << false;
    }
    void whatIsDisabledElsewhereIsOff()
    {
        QFETCH(QString, line);
        LoginStart start(u"default"_s, m_program);
        QVERIFY(start.setOn(true).ok());
        QFile entry(file());
        QVERIFY(entry.open(QIODevice::Append));
        entry.write(line.toUtf8() + '\n');
        entry.close();
        QTEST(start.isOn(), "isOn");
        // Asked for again, it is on again.
        QVERIFY(start.setOn(true).ok());
        QVERIFY(start.isOn());
    }

    void aProgramThatIsGoneIsOff()
    {
        LoginStart start(u"default"_s, m_program);
        QVERIFY(start.setOn(true).ok());
        QVERIFY(QFile::remove(m_program));
        QVERIFY(!start.isOn());
        const QString moved = makeProgram(u"moved"_s);
        LoginStart other(u"default"_s, moved);
        QVERIFY(other.setOn(true).ok());
        QVERIFY(other.isOn());
    }

    void anEmptyOrStrangeFileIsOff_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no group") << QByteArray("Exec=true\n");
        QTest::newRow("no command") << QByteArray("[Desktop Entry]\nExec=\n");
        QTest::newRow("binary") << QByteArray(100000, '\xff');
    }
    void anEmptyOrStrangeFileIsOff()
    {
        QFETCH(QByteArray, text);
        write(file(), text);
        QVERIFY(!LoginStart(u"default"_s, m_program).isOn());
    }

    void theSystemsEntryCountsUntilThePersonSaysOtherwise()
    {
        const QString systems = m_home->filePath(u"etc/autostart/" GRAPH_VALET_APP_ID ".desktop"_s);
        write(systems, "[Desktop Entry]\nType=Application\nExec=graph-valet-tray --background\n");
        LoginStart start(u"default"_s, m_program);
        QVERIFY(start.isOn());
        QVERIFY(start.setOn(false).ok());
        QVERIFY(!start.isOn());
        QVERIFY(QFile::exists(systems));
        QVERIFY(start.setOn(true).ok());
        QVERIFY(start.isOn());
    }

    void theFolderOfTheSessionCounts()
    {
        qputenv("XDG_CONFIG_HOME", m_home->filePath(u"elsewhere"_s).toLocal8Bit());
        LoginStart start(u"default"_s, m_program);
        QVERIFY(start.setOn(true).ok());
        QVERIFY(start.isOn());
        QVERIFY(QFile::exists(
            m_home->filePath(u"elsewhere/autostart/" GRAPH_VALET_APP_ID ".desktop"_s)));
    }

    void aFailureIsTold()
    {
        // A file where the folder should be; also root cannot write below it.
        write(m_home->filePath(u".config"_s), "not a folder");
        LoginStart start(u"default"_s, m_program);
        const auto result = start.setOn(true);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, Error::Kind::StorageFault);
        QVERIFY2(result.error().detail.contains(u"autostart"_s), qPrintable(result.error().detail));
        QVERIFY(!start.isOn());
    }

    void aFileThatCannotBeReplacedIsTold()
    {
        QVERIFY(QDir().mkpath(file() + u"/in-the-way"_s));
        LoginStart start(u"default"_s, m_program);
        for (const bool on : {true, false}) {
            const auto result = start.setOn(on);
            QVERIFY(!result.ok());
            QVERIFY2(result.error().detail.contains(file()), qPrintable(result.error().detail));
            QVERIFY(!start.isOn());
        }
    }

    void aLinkThatLeadsNowhereGoes()
    {
        QVERIFY(QDir().mkpath(m_home->filePath(u".config/autostart"_s)));
        QVERIFY(QFile::link(m_home->filePath(u"nothing"_s), file()));
        LoginStart start(u"default"_s, m_program);
        QVERIFY(start.setOn(false).ok());
        QVERIFY(!QFileInfo(file()).isSymLink());
    }

    void aDesktopStartsIt_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("profile");
        QTest::newRow("a plain path") << u"graph-valet-tray"_s << u"default"_s;
        QTest::newRow("another profile") << u"graph-valet-tray"_s << u"work-2"_s;
        QTest::newRow("blanks") << u"my programs/graph valet"_s << u"default"_s;
        QTest::newRow("signs of a shell") << u"$HOME `id` \"q\" 'p' a\\b ;&|"_s << u"default"_s;
        QTest::newRow("beyond ASCII") << u"Prüfung \u2013 \u6f22"_s << u"default"_s;
    }
    void aDesktopStartsIt()
    {
        QFETCH(QString, name);
        QFETCH(QString, profile);
        const QString gio = QStandardPaths::findExecutable(u"gio"_s);
        if (gio.isEmpty())
            QSKIP("gio is not installed");
        const QString program = makeProgram(name);
        const LoginStart start(profile, program);
        QVERIFY(LoginStart(profile, program).setOn(true).ok());
        QVERIFY(start.isOn());
        const QString entry = file(profile == "default"_L1 ? QString() : u'-' + profile);

        QProcess process;
        process.start(gio, {u"launch"_s, entry});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QCOMPARE(process.exitCode(), 0);
        // The program writes down how it was called, and then says that it has.
        QTRY_VERIFY(QFile::exists(m_home->filePath(u"called"_s)));
        QFile called(m_home->filePath(u"called"_s));
        QVERIFY(called.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(called.readAll()),
                 QStringList({program, u"--background"_s, u"--profile"_s, profile}).join(u'\n')
                     + u'\n');
    }

    // Not asked of GLib, which looks for the program before it turns %% into %.
    void fieldCodesAreEscaped()
    {
        QVERIFY(LoginStart(u"default"_s, makeProgram(u"100%u"_s)).setOn(true).ok());
        QFile entry(file());
        QVERIFY(entry.open(QIODevice::ReadOnly));
        const QByteArray text = entry.readAll();
        QVERIFY2(text.contains("/100%%u\" "), text.constData());
        QVERIFY2(text.contains("/100%u\n"), text.constData()); // TryExec has no codes
    }

    void theFileIsValid()
    {
        const QString validator = QStandardPaths::findExecutable(u"desktop-file-validate"_s);
        if (validator.isEmpty())
            QSKIP("desktop-file-validate is not installed");
        QVERIFY(LoginStart(u"work"_s, makeProgram(u"a 100% \"b\""_s)).setOn(true).ok());
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(validator, {file(u"-work"_s)});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAll(), QByteArray());
        QCOMPARE(process.exitCode(), 0);
    }

private:
    QString file(const QString &suffix = {}) const
    {
        return m_home->filePath(u".config/autostart/" GRAPH_VALET_APP_ID
                                "%1.desktop"_s.arg(suffix));
    }

    static void write(const QString &path, const QByteArray &text)
    {
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile target(path);
        QVERIFY(target.open(QIODevice::WriteOnly));
        target.write(text);
    }

    QString makeProgram(const QString &name) const
    {
        QString path = m_home->filePath(name);
        write(path,
              "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\" >\"$HOME/calling\"\n"
              "mv \"$HOME/calling\" \"$HOME/called\"\n");
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }

    std::unique_ptr<QTemporaryDir> m_home;
    QString m_program;
};

QTEST_GUILESS_MAIN(TestLoginStart)
#include "tst_login_start.moc"
