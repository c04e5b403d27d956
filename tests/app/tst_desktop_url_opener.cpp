// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop_url_opener.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestDesktopUrlOpener : public QObject
{
    Q_OBJECT

    static void writeProgram(const QString &path, const QString &record)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\nprintf '%s\\n' \"$@\" > '" + record.toUtf8() + ".new'\n/bin/mv '"
                   + record.toUtf8() + ".new' '" + record.toUtf8() + "'\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    static QString read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

private Q_SLOTS:
    void opensOnlyWebPages_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isAllowed");
        QTest::newRow("https") << u"https://login.microsoftonline.com/a?b=c"_s << true;
        QTest::newRow("http to localhost") << u"http://localhost:4711/a"_s << true;
        QTest::newRow("http to 127.0.0.1") << u"http://127.0.0.1:4711/a"_s << true;
        QTest::newRow("http to ::1") << u"http://[::1]:4711/a"_s << true;
        QTest::newRow("http to elsewhere") << u"http://example.com/"_s << false;
        QTest::newRow("http to a name that begins like localhost")
            << u"http://localhost.example.com/"_s << false;
        QTest::newRow("a file") << u"file:///etc/passwd"_s << false;
        QTest::newRow("a program's scheme") << u"ms-settings:a"_s << false;
        QTest::newRow("javascript") << u"javascript:alert(1)"_s << false;
        QTest::newRow("with a user name")
            << u"https://login.microsoftonline.com@example.com/"_s << false;
        QTest::newRow("without a host") << u"https:///a"_s << false;
        QTest::newRow("empty") << QString() << false;
    }
    void opensOnlyWebPages()
    {
        QFETCH(QString, url);
        QTEST(DesktopUrlOpener::isAllowed(QUrl(url)), "isAllowed");
    }

#ifdef Q_OS_LINUX
    void givesTheAddressToXdgOpenAsOneExactWord()
    {
        QTemporaryDir folder;
        writeProgram(folder.filePath(u"xdg-open"_s), folder.filePath(u"record"_s));
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", folder.path().toLocal8Bit() + ':' + path);
        qputenv("BROWSER", "false");
        const QString url = u"http://localhost:1/a?redirect_uri=http%3A%2F%2Flocalhost&x=%24(y)"_s;
        QVERIFY(DesktopUrlOpener().open(QUrl(url)));
        QTRY_COMPARE(read(folder.filePath(u"record"_s)), url + u'\n');
        qputenv("PATH", path);
        qunsetenv("BROWSER");
    }

    void usesBrowserWhereXdgOpenIsMissing()
    {
        QTemporaryDir folder;
        writeProgram(folder.filePath(u"viewer"_s), folder.filePath(u"record"_s));
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", folder.path().toLocal8Bit());
        qputenv("BROWSER",
                "missing-browser:" + folder.filePath(u"viewer"_s).toLocal8Bit() + " -u %s");
        QVERIFY(DesktopUrlOpener().open(QUrl(u"https://example.com/a"_s)));
        qputenv("PATH", path);
        QTRY_COMPARE(read(folder.filePath(u"record"_s)), u"-u\nhttps://example.com/a\n"_s);
        qunsetenv("BROWSER");
    }

    void saysNoWhereNobodyCouldSeeAPage()
    {
        qunsetenv("BROWSER");
        const QByteArray display = qgetenv("DISPLAY");
        const QByteArray wayland = qgetenv("WAYLAND_DISPLAY");
        qunsetenv("DISPLAY");
        qunsetenv("WAYLAND_DISPLAY");
        QVERIFY(!DesktopUrlOpener().open(QUrl(u"https://example.com/a"_s)));
        if (!display.isEmpty())
            qputenv("DISPLAY", display);
        if (!wayland.isEmpty())
            qputenv("WAYLAND_DISPLAY", wayland);
    }
#endif
};

QTEST_GUILESS_MAIN(TestDesktopUrlOpener)
#include "tst_desktop_url_opener.moc"
