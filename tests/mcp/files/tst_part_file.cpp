// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files that are being saved: whole or not at all, never over another one, never elsewhere.

#include "mcp/files/part_file.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/xattr.h>
#endif

using namespace Qt::StringLiterals;
using namespace mcp;

class TestPartFile : public QObject
{
    Q_OBJECT

private:
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }
    static void put(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QStringList names() const
    {
        return QDir(m_folder).entryList(
            QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_folder;

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = QFileInfo(m_temporary->path()).canonicalFilePath() + u"/folder"_s;
        QVERIFY(QDir().mkdir(m_folder));
    }

    void aFileIsThereWhenItIsWhole()
    {
        auto part = PartFile::create(m_folder, u"Übersicht.txt"_s);
        QVERIFY(part.ok());
        QCOMPARE(names(), QStringList{u"Übersicht.txt.part"_s});
        QVERIFY(!(*part)->write("abc"));
        QVERIFY(!(*part)->write("def"));
        const auto name = (*part)->keep(u"https://contoso.sharepoint.com/x"_s);
        QVERIFY(name.ok());
        QCOMPARE(*name, u"Übersicht.txt"_s);
        QCOMPARE(names(), QStringList{u"Übersicht.txt"_s});
        const QString path = m_folder + u"/Übersicht.txt"_s;
        QCOMPARE(contentOf(path), "abcdef");
#ifdef Q_OS_UNIX
        QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
#endif
#ifdef Q_OS_LINUX
        QByteArray mark(200, '\0');
        const ssize_t size = ::getxattr(QFile::encodeName(path).constData(), "user.xdg.origin.url",
                                        mark.data(), size_t(mark.size()));
        if (size >= 0) // this file system keeps them
            QCOMPARE(mark.left(size), "https://contoso.sharepoint.com/x");
#endif
    }

    void whatIsNotKeptGoes()
    {
        auto part = PartFile::create(m_folder, u"a.txt"_s);
        QVERIFY(!(*part)->write("abc"));
        part = folderUnusable({});
        QCOMPARE(names(), QStringList());
    }

    void nothingIsOverwritten()
    {
        put(m_folder + u"/a.txt"_s, "mine");
        put(m_folder + u"/a (2).txt"_s, "mine too");
        put(m_folder + u"/a.txt.part"_s, "somebody's");
        auto part = PartFile::create(m_folder, u"a.txt"_s);
        QVERIFY(part.ok());
        QVERIFY(!(*part)->write("new"));
        const auto name = (*part)->keep({});
        QVERIFY(name.ok());
        QCOMPARE(*name, u"a (3).txt"_s);
        QCOMPARE(contentOf(m_folder + u"/a.txt"_s), "mine");
        QCOMPARE(contentOf(m_folder + u"/a (2).txt"_s), "mine too");
        QCOMPARE(contentOf(m_folder + u"/a.txt.part"_s), "somebody's");
        QCOMPARE(contentOf(m_folder + u"/a (3).txt"_s), "new");
    }

#ifdef Q_OS_UNIX
    // Where the last name, or the first one, is a link to something else.
    void linksAreNotFollowed()
    {
        const QString other = m_temporary->filePath(u"other"_s);
        QVERIFY(QFile::link(other, m_folder + u"/a.txt"_s));
        QVERIFY(QFile::link(other, m_folder + u"/a.txt.part"_s));
        auto part = PartFile::create(m_folder, u"a.txt"_s);
        QVERIFY(part.ok());
        QVERIFY(!(*part)->write("new"));
        QCOMPARE(*(*part)->keep({}), u"a (2).txt"_s);
        QVERIFY(!QFile::exists(other));
    }

    void aFolderThatIsALinkIsRefused()
    {
        const QString elsewhere = m_temporary->filePath(u"elsewhere"_s);
        QVERIFY(QDir().mkdir(elsewhere));
        QVERIFY(QDir().rmdir(m_folder));
        QVERIFY(QFile::link(elsewhere, m_folder));
        const auto part = PartFile::create(m_folder, u"a.txt"_s);
        QVERIFY(!part.ok());
        QCOMPARE(part.error().cause, Cause::FolderUnusable);
        QVERIFY(QDir(elsewhere).isEmpty());
    }

    void aLinkOnTheWayIsRefused()
    {
        const QString above = m_temporary->filePath(u"above"_s);
        QVERIFY(QFile::link(m_temporary->path(), above));
        QCOMPARE(PartFile::create(above + u"/folder"_s, u"a.txt"_s).error().cause,
                 Cause::FolderUnusable);
        QCOMPARE(names(), QStringList());
    }

    // While a file is written the folder is moved, and a link put into its place.
    void whatIsOpenStaysInItsFolder()
    {
        auto part = PartFile::create(m_folder, u"a.txt"_s);
        QVERIFY(part.ok());
        const QString moved = m_temporary->filePath(u"moved"_s);
        const QString elsewhere = m_temporary->filePath(u"elsewhere"_s);
        QVERIFY(QDir().rename(m_folder, moved));
        QVERIFY(QDir().mkdir(elsewhere));
        QVERIFY(QFile::link(elsewhere, m_folder));
        QVERIFY(!(*part)->write("abc"));
        QVERIFY((*part)->keep({}).ok());
        QVERIFY(QDir(elsewhere).isEmpty());
        QCOMPARE(contentOf(moved + u"/a.txt"_s), "abc");
    }

    void aFullDiskIsTold()
    {
        (void)std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        auto part = PartFile::create(m_folder, u"a.txt"_s);
        QVERIFY(part.ok());
        rlimit small = before;
        small.rlim_cur = 1000;
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto problem = (*part)->write(QByteArray(5000, 'x'));
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(problem);
        QCOMPARE(problem->kind, Error::Kind::StorageFault);
        QCOMPARE(problem->cause, Cause::DiskFull);
        part = folderUnusable({});
        QCOMPARE(names(), QStringList());
    }

    void aFolderThatMayNotBeWritten()
    {
        if (::geteuid() == 0)
            QSKIP("root may write everywhere");
        QVERIFY(QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::ExeOwner));
        const auto part = PartFile::create(m_folder, u"a.txt"_s);
        QVERIFY(QFile::setPermissions(m_folder,
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY(!part.ok());
        QCOMPARE(part.error().cause, Cause::FolderUnusable);
    }
#endif

    void aFolderThatVanished_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("gone") << QString(m_folder + u"/gone"_s);
        QTest::newRow("no path") << QString();
        QTest::newRow("relative") << u"folder"_s;
        QTest::newRow("a file") << u"/file"_s;
        QTest::newRow("up again") << u"/x/.."_s;
    }
    void aFolderThatVanished()
    {
        QFETCH(QString, path);
        if (path == u"/file") {
            path.prepend(m_folder);
            put(path, "x");
        } else if (path == u"/x/..") {
            path.prepend(m_folder);
            QVERIFY(QDir().mkdir(m_folder + u"/x"_s));
        }
        QCOMPARE(PartFile::create(path, u"a.txt"_s).error().cause, Cause::FolderUnusable);
    }

    void aFolderThatVanishesMeanwhile()
    {
        auto part = PartFile::create(m_folder, u"a.txt"_s);
        QVERIFY(part.ok());
        QVERIFY(QDir(m_folder).removeRecursively());
        (void)(*part)->write("abc");
        QVERIFY(!(*part)->keep({}).ok());
        QVERIFY(!QDir(m_folder).exists());
    }
};

QTEST_GUILESS_MAIN(TestPartFile)
#include "tst_part_file.moc"
