// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect/config_change.h"
#include "app/connect/config_file.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace client_config;
using Reason = ConfigProblem::Reason;

namespace {

const EntryPlace place{.containers = {u"mcpServers"_s}, .name = u"graph-valet"_s};
const EntryMembers members{{u"command"_s, u"/usr/bin/graph-valet"_s},
                           {u"args"_s, QJsonArray{u"stdio"_s}}};

const QByteArray neighbours = "{\n"
                              "  \"mcpServers\": {\n"
                              "    \"other\": { \"env\": { \"KEY\": \"sk-of-another-server\" } }\n"
                              "  }\n"
                              "}\n";

// Changes more than it should.
class CarelessFormat : public ConfigFormat
{
public:
    Checked<QJsonObject> content(const QByteArray &text) const override
    {
        return jsoncFormat().content(text);
    }
    Checked<QList<Splice>> put(const QByteArray &text, const EntryPlace &where,
                               const EntryMembers &what) const override
    {
        auto edited = jsoncFormat().put(text, where, what);
        std::get<QList<Splice>>(edited).append(
            {.at = text.indexOf("sk-"), .removed = 2, .inserted = "pk"});
        return edited;
    }
    Checked<QList<Splice>> take(const QByteArray &, const EntryPlace &) const override
    {
        return QList<Splice>{}; // says that it is gone
    }
};

} // namespace

class TestConfigChange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void makesAndUndoes();
    void makesFileAndFolder();
    void keepsPermissions();
    void followsALink();
    void refusesALinkToNowhereAndARing();
    void writesThroughALinkWhoseTargetIsMissing();
    void refusesWhatChangedSincePlanning();
    void undoesNothingThatAnotherWrote();
    void namesWhatIsInTheWay_data();
    void namesWhatIsInTheWay();
    void refusesWhatIsNotProven();
    void keepsTheLastBackups();
    void showsNoLineThatStays();
    void writesNothingWhereItIsSoAlready();

private:
    QString path(const QString &name = u"mcp.json"_s) const { return m_folder->filePath(name); }
    static void write(const QString &file, const QByteArray &bytes);
    static QByteArray read(const QString &file);
    ConfigChange planned(const QString &file) const;
    MadeChange made(const QString &file) const;
    QStringList backups() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestConfigChange::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestConfigChange::write(const QString &file, const QByteArray &bytes)
{
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    QCOMPARE(out.write(bytes), bytes.size());
}

QByteArray TestConfigChange::read(const QString &file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("cannot be read");
}

ConfigChange TestConfigChange::planned(const QString &file) const
{
    const auto plan = planPut(u"cursor"_s, file, jsoncFormat(), place, members);
    if (problemOf(plan))
        qFatal("no plan: %d", int(problemOf(plan)->reason));
    return std::get<ConfigChange>(plan);
}

MadeChange TestConfigChange::made(const QString &file) const
{
    const auto done = client_config::make(planned(file));
    if (problemOf(done))
        qFatal("not made: %d %s", int(problemOf(done)->reason), qPrintable(problemOf(done)->what));
    return std::get<MadeChange>(done);
}

QStringList TestConfigChange::backups() const
{
    return QDir(m_folder->path()).entryList({u"*.graph-valet-backup"_s});
}

void TestConfigChange::makesAndUndoes()
{
    write(path(), neighbours);
    const MadeChange done = made(path());
    QCOMPARE(read(path()), done.change.after);
    QVERIFY(done.change.after.contains("/usr/bin/graph-valet"));
    QCOMPARE(read(done.backup), neighbours);
    QCOMPARE(QFileInfo(done.backup).path(), m_folder->path());

    QVERIFY(!client_config::undo(done));
    QCOMPARE(read(path()), neighbours);

    const MadeChange again = made(path());
    const auto taken = planTake(u"cursor"_s, path(), jsoncFormat(), place);
    QVERIFY(!problemOf(client_config::make(std::get<ConfigChange>(taken))));
    QCOMPARE(read(path()), neighbours);
}

void TestConfigChange::makesFileAndFolder()
{
    const QString file = path(u"a/b/mcp.json"_s);
    const MadeChange done = made(file);
    QVERIFY(done.backup.isEmpty());
    QCOMPARE(read(file), done.change.after);
#ifndef Q_OS_WIN
    QCOMPARE(QFileInfo(file).permissions()
                 & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteOther),
             QFileDevice::Permissions());
#endif
    QVERIFY(!client_config::undo(done));
    QVERIFY(!QFileInfo::exists(file));
}

void TestConfigChange::keepsPermissions()
{
#ifdef Q_OS_WIN
    QSKIP("there are no POSIX permissions");
#endif
    write(path(), neighbours);
    const auto wanted = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup;
    QVERIFY(QFile::setPermissions(path(), wanted));
    const auto bits = [](const QString &file) {
        return QFileInfo(file).permissions()
            & ~(QFileDevice::ReadUser | QFileDevice::WriteUser | QFileDevice::ExeUser);
    };
    const MadeChange done = made(path());
    QCOMPARE(bits(path()), wanted);
    QCOMPARE(bits(done.backup), wanted);
}

void TestConfigChange::followsALink()
{
#ifdef Q_OS_WIN
    QSKIP("a link is a shortcut there");
#endif
    QVERIFY(QDir(m_folder->path()).mkdir(u"dotfiles"_s));
    const QString real = path(u"dotfiles/cursor.json"_s);
    write(real, neighbours);
    QVERIFY(QFile::link(u"dotfiles/cursor.json"_s, path(u"between"_s)));
    QVERIFY(QFile::link(u"between"_s, path()));
    const MadeChange done = made(path());
    QVERIFY(QFileInfo(path()).isSymLink());
    QVERIFY(!QFileInfo(real).isSymLink());
    QCOMPARE(read(real), done.change.after);
    QCOMPARE(QFileInfo(done.backup).path(), m_folder->path());
    QVERIFY(!client_config::undo(done));
    QVERIFY(QFileInfo(path()).isSymLink());
    QCOMPARE(read(real), neighbours);
}

void TestConfigChange::refusesALinkToNowhereAndARing()
{
#ifdef Q_OS_WIN
    QSKIP("a link is a shortcut there");
#endif
    QVERIFY(QFile::link(u"one"_s, path(u"two"_s)));
    QVERIFY(QFile::link(u"two"_s, path(u"one"_s)));
    const auto plan = planPut(u"cursor"_s, path(u"one"_s), jsoncFormat(), place, members);
    QVERIFY(problemOf(plan));
    QCOMPARE(problemOf(plan)->reason, Reason::Unreadable);
}

void TestConfigChange::writesThroughALinkWhoseTargetIsMissing()
{
#ifdef Q_OS_WIN
    QSKIP("a link is a shortcut there");
#endif
    QVERIFY(QFile::link(u"later/mcp.json"_s, path()));
    const MadeChange done = made(path());
    QVERIFY(QFileInfo(path()).isSymLink());
    QCOMPARE(read(path(u"later/mcp.json"_s)), done.change.after);
}

void TestConfigChange::refusesWhatChangedSincePlanning()
{
    write(path(), neighbours);
    const ConfigChange change = planned(path());
    write(path(), "{}");
    const auto done = client_config::make(change);
    QVERIFY(problemOf(done));
    QCOMPARE(problemOf(done)->reason, Reason::Changed);
    QCOMPARE(read(path()), "{}");
    QVERIFY(QFile::remove(path()));
    QCOMPARE(problemOf(client_config::make(change))->reason, Reason::Changed);
    QVERIFY(backups().isEmpty());
}

void TestConfigChange::undoesNothingThatAnotherWrote()
{
    write(path(), neighbours);
    const MadeChange done = made(path());
    write(path(), "{}");
    const auto problem = client_config::undo(done);
    QVERIFY(problem);
    QCOMPARE(problem->reason, Reason::Changed);
    QCOMPARE(read(path()), "{}");
}

void TestConfigChange::namesWhatIsInTheWay_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("reason");
    QTest::addColumn<int>("line");
    QTest::newRow("broken") << QByteArray("{\n,}") << int(Reason::Broken) << 2;
    QTest::newRow("Latin-1") << QByteArray("{\"a\": \"\xe4\"}") << int(Reason::NotText) << 0;
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe{\0}\0", 6) << int(Reason::NotText) << 0;
    QTest::newRow("zero bytes") << QByteArray("{}\0", 3) << int(Reason::NotText) << 0;
    QTest::newRow("too big") << "{}" + QByteArray(int(fileLimit), ' ') << int(Reason::TooBig) << 0;
    QTest::newRow("read-only") << QByteArray("{}") << int(Reason::ReadOnly) << 0;
    QTest::newRow("a folder") << QByteArray() << int(Reason::Directory) << 0;
}

void TestConfigChange::namesWhatIsInTheWay()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, reason);
    QFETCH(int, line);
    if (reason == int(Reason::Directory))
        QVERIFY(QDir(m_folder->path()).mkdir(u"mcp.json"_s));
    else
        write(path(), bytes);
    if (reason == int(Reason::ReadOnly))
        QVERIFY(QFile::setPermissions(path(), QFileDevice::ReadOwner));
    const auto plan = planPut(u"cursor"_s, path(), jsoncFormat(), place, members);
    const auto *problem = problemOf(plan);
    QVERIFY(problem);
    QCOMPARE(int(problem->reason), reason);
    QCOMPARE(problem->line, line);
    QCOMPARE(problem->file, path());
}

void TestConfigChange::refusesWhatIsNotProven()
{
    write(path(), neighbours);
    const auto plan = planPut(u"cursor"_s, path(), CarelessFormat(), place, members);
    QVERIFY(problemOf(plan));
    QCOMPARE(problemOf(plan)->reason, Reason::Unproven);
    made(path());
    const auto take = planTake(u"cursor"_s, path(), CarelessFormat(), place);
    QVERIFY(problemOf(take));
    QCOMPARE(problemOf(take)->reason, Reason::Unproven);
}

void TestConfigChange::keepsTheLastBackups()
{
    write(path(u"mcp.json.mine"_s), "kept");
    write(path(), neighbours);
    QStringList newest;
    for (int i = 0; i < 6; ++i) {
        const MadeChange done = made(path());
        newest.append(QFileInfo(done.backup).fileName());
        QVERIFY(!client_config::undo(done));
    }
    QCOMPARE(backups(), newest.mid(3));
    QVERIFY(QFileInfo::exists(path(u"mcp.json.mine"_s)));
}

void TestConfigChange::showsNoLineThatStays()
{
    write(path(), neighbours);
    const QString text = preview(planned(path()));
    QCOMPARE(text,
             u"@@ %1:3 @@\n"
             "+     \"graph-valet\": {\n"
             "+       \"command\": \"/usr/bin/graph-valet\",\n"
             "+       \"args\": [\"stdio\"]\n"
             "+     },"_s.arg(QDir::toNativeSeparators(path())));
    write(path(), "{\"mcpServers\": {\"other\": {\"env\": {\"KEY\": \"sk-of-another\"}}}}");
    QVERIFY(!preview(planned(path())).contains(u"sk-of-another"_s));
}

void TestConfigChange::writesNothingWhereItIsSoAlready()
{
    made(path());
    const QByteArray bytes = read(path());
    const MadeChange again = made(path());
    QVERIFY(again.change.isEmpty());
    QVERIFY(again.backup.isEmpty());
    QCOMPARE(read(path()), bytes);
    QVERIFY(backups().isEmpty());
}

QTEST_GUILESS_MAIN(TestConfigChange)
#include "tst_config_change.moc"
