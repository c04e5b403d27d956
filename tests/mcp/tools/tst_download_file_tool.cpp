// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// DownloadFile against the drives of the sample tenant: the same bytes, in the granted folder only.

#include "mcp/files/downloads.h"
#include "tests/mcp/support/contoso_world.h"
#include "tests/sandbox/drive.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;

class TestDownloadFileTool : public QObject
{
    Q_OBJECT

private:
    struct World : ContosoWorld
    {
        World() { downloadFolder = QFileInfo(temporary.path()).canonicalFilePath(); }
        Result<ToolResult> save(const QString &id)
        {
            return call(u"DownloadFile"_s, {{u"id"_s, id}});
        }
        Result<ToolResult> save(const QString &id, std::chrono::milliseconds limit)
        {
            return call(u"DownloadFile"_s, {{u"id"_s, id}}, limited(limit));
        }
        std::shared_ptr<RequestContext> limited(std::chrono::milliseconds limit) const
        {
            auto context = std::make_shared<RequestContext>();
            context->principal = tokens.defaultPrincipal();
            context->client.program = u"/a"_s;
            context->deadline = QDeadlineTimer(limit);
            return context;
        }
        QStringList names() const
        {
            return QDir(downloadFolder)
                .entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
        }
        QByteArray contentOf(const QString &name) const
        {
            QFile file(downloadFolder + u'/' + name);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
        }

        QTemporaryDir temporary;
    };

private Q_SLOTS:
    void theFileIsSaved()
    {
        World world;
        const auto result = world.save(u"me/01ADV7BUDGET"_s);
        QVERIFY(result.ok());
        QVERIFY(!result->isError);
        const QStringList lines = result->text.split(u'\n');
        QVERIFY(lines[0].startsWith(u"Saved, 10 kB, in the folder "_s
                                    + QDir::toNativeSeparators(world.downloadFolder)));
        QVERIFY(lines[1].contains(u"written by others"_s));
        QCOMPARE(lines[3], u"Budget 2027.xlsx"_s);
        QCOMPARE(world.names(), QStringList{u"Budget 2027.xlsx"_s});
        QCOMPARE(world.contentOf(u"Budget 2027.xlsx"_s),
                 sandbox::Drive::contentOf(u"01ADV7BUDGET"_s));
        for (const auto &request : world.tokens.requests)
            QCOMPARE(request.scopes, QStringList{u"Files.Read"_s});
        QCOMPARE(world.tenant.violations(), QStringList());
        for (const QByteArray &secret : world.tenant.secrets())
            QVERIFY(!result->text.contains(QString::fromLatin1(secret)));
    }

    void aLargeOneAndAnEmptyOne()
    {
        World world;
        QVERIFY(world.save(u"me/01ADV7LARGE"_s).ok());
        QVERIFY(world.contentOf(u"Inventory.log"_s) == sandbox::Drive::contentOf(u"01ADV7LARGE"_s));
        QVERIFY(world.save(u"me/01ADV7NOTHING"_s).ok());
        QCOMPARE(world.contentOf(u"Empty.txt"_s), QByteArray());
        QCOMPARE(world.names(), (QStringList{u"Empty.txt"_s, u"Inventory.log"_s}));
        QCOMPARE(world.tenant.count(u"content"_s), 1);
    }

    void nothingIsOverwritten()
    {
        World world;
        QVERIFY(world.save(u"me/01ADV7NOTES"_s).ok());
        const auto again = world.save(u"me/01ADV7NOTES"_s);
        QVERIFY(again->text.contains(u"\nNotes (2).txt\n"_s));
        QCOMPARE(world.names(), (QStringList{u"Notes (2).txt"_s, u"Notes.txt"_s}));
    }

    void namesAreMadeSafe()
    {
        World world;
        const auto result = world.save(u"me/01ADV7DOTFILE"_s);
        QVERIFY(result.ok());
        QCOMPARE(world.names(), QStringList{u"profile"_s});
    }

    void whatIsNotSavedIsSaidInWords_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("words");
        QTest::newRow("program") << u"me/01ADV7SETUP"_s << u"a program, a script or a shortcut"_s;
        QTest::newRow("program in disguise") << u"me/01ADV7BIDI"_s << u"a program"_s;
        QTest::newRow("script") << QString(sandbox::Drive::driveOf({}) + u"/01MKT7CODE"_s)
                                << u"a script"_s;
        QTest::newRow("folder") << u"me/01ADV7PROJECTS"_s << u"This is a folder"_s;
    }
    void whatIsNotSavedIsSaidInWords()
    {
        QFETCH(QString, id);
        QFETCH(QString, words);
        World world;
        const auto result = world.save(id);
        QVERIFY(result.ok());
        QVERIFY2(result->text.contains(words), qPrintable(result->text));
        QCOMPARE(world.tenant.count(u"content"_s), 0);
        QCOMPARE(world.names(), QStringList());
    }

    void withoutAGrantNothingIsAsked()
    {
        World world;
        world.downloadFolder.clear();
        const auto result = world.save(u"me/01ADV7NOTES"_s);
        QVERIFY(result.ok());
        QVERIFY(result->isError);
        QVERIFY(result->text.contains(u"has not chosen a folder"_s));
        QVERIFY(world.tokens.requests.isEmpty());
        QCOMPARE(world.save(u"Notes.txt"_s).error().cause, Cause::ArgumentWrong);
    }

    void aFolderThatIsGoneIsTold()
    {
        World world;
        world.downloadFolder += u"/gone"_s;
        const auto result = world.save(u"me/01ADV7NOTES"_s);
        QCOMPARE(result.error().cause, Cause::FolderUnusable);
        QCOMPARE(world.tenant.count(u"content"_s), 0);
    }

    void whatBreaksOffGoesOn()
    {
        World world;
        QVERIFY(world.tenant.setFault(u"content-truncated"_s));
        QVERIFY(world.save(u"me/01ADV7LARGE"_s).ok());
        QVERIFY(world.contentOf(u"Inventory.log"_s) == sandbox::Drive::contentOf(u"01ADV7LARGE"_s));
        QCOMPARE(world.tenant.count(u"content"_s), 2);
    }

    void whatFailsLeavesNothing()
    {
        World world;
        QVERIFY(world.tenant.setFault(u"content-expired"_s, 9));
        QCOMPARE(world.save(u"me/01ADV7NOTES"_s).error().kind, Error::Kind::NotFound);
        QCOMPARE(world.names(), QStringList());
    }

    void aSlowOneGoesOnAndTheSameCallJoinsIt()
    {
        World world;
        QVERIFY(world.tenant.faults().set(u"content-slow"_s, 1, 3s));
        const auto first = world.save(u"me/01ADV7NOTES"_s, 2500ms);
        QVERIFY(first.ok());
        QVERIFY2(
            first->text.startsWith(u"The file is still being saved: 0 bytes of 99 bytes, 0 %."_s),
            qPrintable(first->text));
        QCOMPARE(world.names(), QStringList{u"Notes.txt.part"_s});
        const auto second = world.save(u"me/01ADV7NOTES"_s);
        QVERIFY(second->text.startsWith(u"Saved, "_s));
        QCOMPARE(world.names(), QStringList{u"Notes.txt"_s});
        QCOMPARE(world.tenant.count(u"content"_s), 1);
    }

    void whatEndedMeanwhileIsToldOnce()
    {
        World world;
        QVERIFY(world.tenant.faults().set(u"content-slow"_s, 1, 2s));
        QVERIFY(world.save(u"me/01ADV7NOTES"_s, 2000ms)->text.contains(u"still being saved"_s));
        QVERIFY(
            QTest::qWaitFor([&] { return world.names() == QStringList{u"Notes.txt"_s}; }, 9000));
        QVERIFY(world.save(u"me/01ADV7NOTES"_s)->text.contains(u"\nNotes.txt\n"_s));
        QCOMPARE(world.names().size(), 1);
        QVERIFY(world.save(u"me/01ADV7NOTES"_s)->text.contains(u"\nNotes (2).txt\n"_s));
    }

    // Another client neither joins it nor learns of it.
    void transfersAreOfOneClient()
    {
        World world;
        QVERIFY(world.tenant.faults().set(u"content-slow"_s, 1, 2s));
        QVERIFY(world.save(u"me/01ADV7NOTES"_s, 2000ms)->text.contains(u"still being saved"_s));
        const auto other =
            world.call(u"DownloadFile"_s, {{u"id"_s, u"me/01ADV7NOTES"_s}},
                       ContosoWorld::contextOf(world.tokens.defaultPrincipal(), u"/b"_s));
        QVERIFY(other->text.startsWith(u"Saved, "_s));
        QCOMPARE(world.tenant.count(u"content"_s), 2);
    }

    void aWithdrawnOneEnds()
    {
        World world;
        QVERIFY(world.tenant.faults().set(u"content-slow"_s, 1, 20s));
        const auto context = world.limited(30s);
        QTimer::singleShot(1000, context->cancellation.get(),
                           [context] { context->cancellation->cancel(); });
        (void)world.call(u"DownloadFile"_s, {{u"id"_s, u"me/01ADV7NOTES"_s}}, context);
        QVERIFY(QTest::qWaitFor([&] { return world.names().isEmpty(); }, 3000));
        QVERIFY(world.save(u"me/01ADV7NOTES"_s)->text.startsWith(u"Saved, "_s));
    }

    void noMoreThanAFewAtOnce()
    {
        World world;
        QVERIFY(world.tenant.faults().set(u"content-slow"_s, 9, 20s));
        for (int number = 1; number <= Downloads::transferLimit; ++number) {
            const QString id = u"me/01ADV7DAY0%1"_s.arg(number);
            QVERIFY(world.save(id, 1500ms)->text.contains(u"still being saved"_s));
        }
        QCOMPARE(world.save(u"me/01ADV7DAY09"_s, 1500ms).error().kind, Error::Kind::Busy);
        QCOMPARE(world.names().size(), Downloads::transferLimit);
        world.tools.clear(); // as when the program ends
        QCOMPARE(world.names(), QStringList());
    }

    void itSaysThatItWritesHere()
    {
        World world;
        const Tool tool = world.tool(u"DownloadFile"_s);
        QVERIFY(!tool.annotations.readOnly && !tool.annotations.destructive);
        QVERIFY(!tool.annotations.idempotent && tool.savesHere);
    }
};

QTEST_GUILESS_MAIN(TestDownloadFileTool)
#include "tst_download_file_tool.moc"
