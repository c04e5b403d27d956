// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_log.h"
#include "tests/auth/log_capture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;
using Kind = ActivityEvent::Kind;

namespace {

// With double quotes; raw strings with a brace are too much for the moc of Qt 6.4.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

} // namespace

class TestActivityLog : public QObject
{
    Q_OBJECT

private:
    // A log whose clock the test sets.
    class World
    {
    public:
        explicit World(int days = ActivityLog::defaultDays) { restart(days); }

        void restart(int days = ActivityLog::defaultDays)
        {
            log.reset();
            log = std::make_unique<ActivityLog>(path(), days, [this] { return now; });
        }
        void record() { log->record({.kind = Kind::Refresh, .principal = u"t.o"_s}); }
        QString path(const QString &name = {}) const
        {
            return m_place.filePath(name.isEmpty() ? u"activity"_s : u"activity/"_s + name);
        }
        QStringList files() const { return QDir(path()).entryList(QDir::Files, QDir::Name); }
        QByteArray text(const QString &name) const
        {
            QFile file(path(name));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }
        QList<QByteArray> lines(const QString &name = u"2026-02-17.jsonl"_s) const
        {
            QList<QByteArray> all = text(name).split('\n');
            if (!all.isEmpty() && all.last().isEmpty())
                all.removeLast();
            return all;
        }
        void put(const QString &name, const QByteArray &content = "{}\n") const
        {
            QDir().mkpath(path());
            QFile::setPermissions(path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
            QFile file(path(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
        }

        QDateTime now = utc(u"2026-02-17T09:30:00.123Z"_s);
        std::unique_ptr<ActivityLog> log;

    private:
        QTemporaryDir m_place;
    };

    static QDateTime utc(const QString &text)
    {
        return QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
    }
    // Without its place in the chain.
    static QJsonObject objectIn(const QByteArray &line)
    {
        QJsonObject object = QJsonDocument::fromJson(line).object();
        object.remove("seq"_L1);
        object.remove("previous"_L1);
        return object;
    }
    // What is wrong with the chain of these lines; empty: nothing.
    static QString chainProblem(const QList<QByteArray> &lines)
    {
        QByteArray hash;
        qint64 sequence = 0;
        for (const QByteArray &line : lines) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            if (object.isEmpty())
                continue; // torn
            if (object["previous"_L1].toString().toLatin1() != hash
                || object["seq"_L1].toInteger() != sequence + 1)
                return QString::fromUtf8(line);
            hash = QCryptographicHash::hash(line, QCryptographicHash::Sha256).toHex();
            ++sequence;
        }
        return {};
    }
    // Keeps what would go to the system's log.
    struct KeptSystemLog : SystemLog
    {
        void write(const SystemLogEntry &entry) override { entries.append(entry); }
        QList<SystemLogEntry> entries;
    };

private Q_SLOTS:
    void aLineSaysWhatHappened()
    {
        World world;
        world.log->record({.kind = Kind::Refresh,
                           .principal = u"tid.oid"_s,
                           .username = u"žluťoučký@contoso.com"_s,
                           .client = {.program = u"/usr/bin/claude"_s, .name = u"Claude"_s},
                           .scopes = {u"User.Read"_s, u"https://graph.microsoft.com/Mail.Read"_s},
                           .requestId = u"1f9e-2"_s});
        QCOMPARE(world.files(), QStringList{u"2026-02-17.jsonl"_s});
        QCOMPARE(world.lines().size(), 1);
        QVERIFY(world.lines().first().startsWith(
            R"({"time":"2026-02-17T09:30:00.123Z","event":"refresh","outcome":"ok",)"));
        const QJsonObject expected{
            {u"time"_s, u"2026-02-17T09:30:00.123Z"_s},
            {u"event"_s, u"refresh"_s},
            {u"outcome"_s, u"ok"_s},
            {u"account"_s,
             QJsonObject{{u"principal"_s, u"tid.oid"_s},
                         {u"username"_s, u"žluťoučký@contoso.com"_s}}},
            {u"client"_s,
             QJsonObject{{u"program"_s, u"/usr/bin/claude"_s}, {u"name"_s, u"Claude"_s}}},
            {u"scopes"_s, QJsonArray{u"User.Read"_s, u"https://graph.microsoft.com/Mail.Read"_s}},
            {u"requestId"_s, u"1f9e-2"_s}};
        QCOMPARE(objectIn(world.lines().first()), expected);
    }

    void aToolCallSaysWhatItWasAbout()
    {
        World world;
        world.log->record({.kind = Kind::ToolCall,
                           .principal = u"tid.oid"_s,
                           .client = {.program = u"/usr/bin/claude"_s},
                           .tool = u"FindMail"_s,
                           .call = 7,
                           .words = u"Search mail for “budget”"_s,
                           .duration = std::chrono::milliseconds(1234),
                           .bytes = 20480});
        const QJsonObject expected{{u"time"_s, u"2026-02-17T09:30:00.123Z"_s},
                                   {u"event"_s, u"toolCall"_s},
                                   {u"outcome"_s, u"ok"_s},
                                   {u"tool"_s, u"FindMail"_s},
                                   {u"words"_s, u"Search mail for “budget”"_s},
                                   {u"ms"_s, 1234},
                                   {u"bytes"_s, 20480},
                                   {u"client"_s, QJsonObject{{u"program"_s, u"/usr/bin/claude"_s}}},
                                   {u"account"_s, QJsonObject{{u"principal"_s, u"tid.oid"_s}}}};
        QCOMPARE(objectIn(world.lines().value(0)), expected);
    }

    void whatIsWrittenIsReadBack()
    {
        World world;
        world.log->record({.kind = Kind::ToolCall,
                           .principal = u"tid.oid"_s,
                           .username = u"adele@contoso.com"_s,
                           .client = {.program = u"/usr/bin/claude"_s, .name = u"\u202EClaude"_s},
                           .scopes = {u"User.Read"_s, u"Mail.Read"_s},
                           .area = u"mail"_s,
                           .tool = u"FindMail"_s,
                           .error = Error{.kind = Error::Kind::Forbidden,
                                          .serviceCode = u"ErrorAccessDenied"_s,
                                          .requestId = u"9f-2"_s,
                                          .cause = Cause::AreaRefused},
                           .words = u"Search mail for “x\ny”"_s,
                           .duration = std::chrono::milliseconds(12),
                           .bytes = 34});
        world.record();
        const auto entry = activity_line::read(world.lines().value(0));
        QVERIFY(entry);
        QCOMPARE(entry->time, world.now.toMSecsSinceEpoch());
        QCOMPARE(entry->began(), world.now.toMSecsSinceEpoch() - 12);
        QCOMPARE(entry->kind, Kind::ToolCall);
        QCOMPARE(entry->outcome, ActivityEntry::Outcome::Refused);
        QCOMPARE(entry->principal, u"tid.oid"_s);
        QCOMPARE(entry->username, u"adele@contoso.com"_s);
        QCOMPARE(entry->program, u"/usr/bin/claude"_s);
        QCOMPARE(entry->clientName, u"\u202EClaude"_s);
        QCOMPARE(entry->scopes, u"User.Read Mail.Read"_s);
        QCOMPARE(entry->area, u"mail"_s);
        QCOMPARE(entry->tool, u"FindMail"_s);
        QCOMPARE(entry->words, u"Search mail for “x\ny”"_s);
        QCOMPARE(entry->errorKind, u"Forbidden"_s);
        QCOMPARE(entry->cause, u"AreaRefused"_s);
        QCOMPARE(entry->code, u"ErrorAccessDenied"_s);
        QCOMPARE(entry->requestId, u"9f-2"_s);
        QCOMPARE(entry->bytes, 34);
        QCOMPARE(entry->sequence, 1);
        QCOMPARE(activity_line::read(world.lines().value(1))->previous,
                 activity_line::hashOf(world.lines().value(0)));
    }

    void whatIsNoLineOfOursIsNotRead_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("torn") << json("{'time':'2026-02-17T09:30:00.123Z','ev");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("no time") << json("{'event':'refresh','outcome':'ok'}");
        QTest::newRow("wrong time") << json("{'time':7,'event':'refresh','outcome':'ok'}");
        QTest::newRow("no outcome")
            << json("{'time':'2026-02-17T09:30:00.123Z','event':'refresh'}");
        QTest::newRow("a state that no file has")
            << json("{'time':'2026-02-17T09:30:00.123Z','event':'toolCall','outcome':'running'}");
        QTest::newRow("zeros") << QByteArray(100, '\0');
        QTest::newRow("huge")
            << (json("{'time':'2026-02-17T09:30:00.123Z','event':'refresh','outcome':'ok','x':'")
                + QByteArray(100000, 'x') + "\"}");
    }
    void whatIsNoLineOfOursIsNotRead()
    {
        QFETCH(QByteArray, line);
        QVERIFY(!activity_line::read(line));
    }

    void theChainGoesOnOverDaysStartsAndTornLines()
    {
        World world;
        world.put(u"2026-02-16.jsonl"_s, // of a version that had no chain
                  json("{'time':'2026-02-16T09:30:00.123Z','event':'refresh','outcome':'ok'}")
                      + '\n');
        world.record();
        world.record();
        world.restart();
        world.record();
        QFile file(world.path(u"2026-02-17.jsonl"_s));
        QVERIFY(file.open(QIODevice::Append));
        file.write(json("{'time':'2026-0"));
        file.close();
        world.restart();
        world.record();
        world.now = world.now.addDays(1);
        world.record();
        world.restart();
        world.record();
        const QList<QByteArray> lines = world.lines() + world.lines(u"2026-02-18.jsonl"_s);
        QCOMPARE(lines.size(), 7);
        QCOMPARE(chainProblem(lines), QString());
    }

    void theSystemsLogGetsTheSameLineAndItsHash()
    {
        World world;
        KeptSystemLog system;
        world.log->setSystemLog(&system);
        world.record();
        world.log->record(
            {.kind = Kind::ClientAccess, .error = Error{.kind = Error::Kind::Denied}});
        QCOMPARE(system.entries.size(), 2);
        for (qsizetype i = 0; i < 2; ++i) {
            QCOMPARE(system.entries.at(i).line, world.lines().at(i));
            QCOMPARE(system.entries.at(i).hash, activity_line::hashOf(world.lines().at(i)));
            QCOMPARE(system.entries.at(i).sequence, i + 1);
        }
        QCOMPARE(system.entries.at(0).event, "refresh");
        QCOMPARE(system.entries.at(0).weight, SystemLogEntry::Weight::Info);
        QCOMPARE(system.entries.at(1).outcome, "refused");
        QCOMPARE(system.entries.at(1).weight, SystemLogEntry::Weight::Warning);
        world.log->setDays(0);
        world.record();
        QCOMPARE(system.entries.size(), 2); // the person wants no record
    }

    void whoLooksOnSeesCallsBeginAndEverythingEnd()
    {
        World world;
        QSignalSpy began(world.log.get(), &ActivityLog::began);
        QSignalSpy recorded(world.log.get(), &ActivityLog::recorded);
        world.log->callBegan({.kind = Kind::ToolCall, .call = 7});
        QVERIFY(world.files().isEmpty()); // a line says how it ended
        world.log->record({.kind = Kind::ToolCall, .call = 7});
        QCOMPARE(began.size(), 1);
        QCOMPARE(recorded.size(), 1);
        QCOMPARE(recorded.first().at(0).toByteArray(), world.lines().first());
        QCOMPARE(recorded.first().at(1).toULongLong(), 7);
        world.log->setDays(0);
        world.record();
        QCOMPARE(recorded.size(), 2);
    }

    void aClientThatCallsAllDayLeavesRoom()
    {
        World world;
        const auto call = [&](const QString &program) {
            world.log->record({.kind = Kind::ToolCall,
                               .client = {.program = program},
                               .tool = QString(200, u'x'),
                               .words = QString(400, u'x')});
        };
        const auto eventsOf = [&](qsizetype from) {
            QStringList events;
            const QList<QByteArray> lines = world.lines().mid(from);
            for (const QByteArray &line : lines)
                events.append(objectIn(line)["event"_L1].toString());
            return events;
        };
        // One program: half of the day, and a line that says so.
        const qint64 half = ActivityLog::dayLimit / 2;
        const auto sizeNow = [&] { return QFileInfo(world.path(u"2026-02-17.jsonl"_s)).size(); };
        for (qint64 before = -1; before != sizeNow();) {
            before = sizeNow();
            call(u"/opt/busy"_s);
        }
        QVERIFY2(sizeNow() > half - 2000 && sizeNow() < half + 2000,
                 qPrintable(QString::number(sizeNow())));
        QCOMPARE(eventsOf(world.lines().size() - 1), QStringList{u"callsLeftOut"_s});
        call(u"/opt/other"_s);
        QCOMPARE(eventsOf(world.lines().size() - 1), QStringList{u"toolCall"_s});
        // All calls together: three quarters of the day.
        world.put(u"2026-02-17.jsonl"_s);
        QVERIFY(
            QFile::resize(world.path(u"2026-02-17.jsonl"_s), ActivityLog::dayLimit / 4 * 3 - 1500));
        world.restart();
        const qsizetype before = world.lines().size();
        for (int i = 0; i < 5; ++i)
            call(u"/opt/busy"_s);
        call(u"/opt/other"_s);
        world.record();
        QCOMPARE(eventsOf(before),
                 (QStringList{u"toolCall"_s, u"callsLeftOut"_s, u"callsLeftOut"_s, u"refresh"_s}));
        world.now = world.now.addDays(1);
        call(u"/opt/busy"_s);
        QCOMPARE(objectIn(world.lines(u"2026-02-18.jsonl"_s).value(0))["event"_L1].toString(),
                 u"toolCall"_s);
    }

    void anErrorIsNamedAndItsDetailLeftOut()
    {
        World world;
        world.log->record({.kind = Kind::SignIn,
                           .error = Error{.kind = Error::Kind::Denied,
                                          .detail = u"never to be seen"_s,
                                          .serviceCode = u"AADSTS53003"_s,
                                          .requestId = u"of-the-error"_s,
                                          .cause = Cause::PolicyBlock,
                                          .link = u"https://never.example"_s},
                           .requestId = u"of-the-event"_s});
        const QJsonObject expected{{u"time"_s, u"2026-02-17T09:30:00.123Z"_s},
                                   {u"event"_s, u"signIn"_s},
                                   {u"outcome"_s, u"refused"_s},
                                   {u"error"_s,
                                    QJsonObject{{u"kind"_s, u"Denied"_s},
                                                {u"cause"_s, u"PolicyBlock"_s},
                                                {u"code"_s, u"AADSTS53003"_s}}},
                                   {u"requestId"_s, u"of-the-error"_s}};
        QCOMPARE(objectIn(world.lines().value(0)), expected);
        QVERIFY(!world.text(u"2026-02-17.jsonl"_s).contains("never"));
    }

    void everyKindAndErrorHasItsWord()
    {
        QSet<QString> words;
        for (int kind = 0; kind < ActivityEvent::kindCount; ++kind)
            words.insert(activityName(Kind(kind)));
        QCOMPARE(words.size(), ActivityEvent::kindCount);
        QVERIFY(!words.contains(QString()));
        for (const Error::Kind kind : allErrorKinds())
            QVERIFY(activityOutcome({.error = Error{.kind = kind}}) != "ok"_L1);
        QSet<QString> causes;
        for (const Cause cause : allCauses())
            causes.insert(causeName(cause));
        QCOMPARE(causes.size(), causeCount);
    }

    void outsideTextStaysWithinOneShortLine()
    {
        World world;
        const QString hostile = u"a\"\\\n\r\t\x1b[2J"_s + QChar(0x202E) + QChar(0x2028)
            + QChar(0x9B) + QString::fromUcs4(U"\U000E0041") + u"ż😀"_s;
        const QString huge(100000, u'x');
        world.log->record({.kind = Kind::ClientAccess,
                           .principal = huge,
                           .username = hostile,
                           .client = {.program = huge, .name = huge},
                           .scopes = QStringList(1000, u"User.Read"_s),
                           .area = huge,
                           .tool = huge,
                           .error = Error{.kind = Error::Kind::Denied,
                                          .serviceCode = u"two words"_s,
                                          .requestId = huge}});
        QCOMPARE(world.lines().size(), 1);
        const QByteArray line = world.lines().first();
        QVERIFY2(line.size() < 4096, qPrintable(QString::number(line.size())));
        static const QRegularExpression hidden(u"[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]"_s);
        QVERIFY(!hidden.match(QString::fromUtf8(line)).hasMatch());
        const QJsonObject object = objectIn(line);
        // Escaped and not lost.
        QCOMPARE(object["account"_L1]["username"_L1].toString(), hostile);
        QCOMPARE(object["client"_L1]["name"_L1].toString().size(), 200);
        QCOMPARE(object["scopes"_L1].toArray().size(), 50);
        QVERIFY(!object.contains("requestId"_L1));
        QVERIFY(!object["error"_L1].toObject().contains("code"_L1));
    }

    void whatIsNoScopeIsLeftOut()
    {
        World world;
        const QString token = u"eyJ0eXAiOiJKV1QiLCJub25jZSI6"_s.repeated(8);
        world.log->record({.kind = Kind::Refresh,
                           .scopes = {u"User.Read"_s, token, u"two words"_s, u"a{b}"_s, {}}});
        QCOMPARE(objectIn(world.lines().value(0))["scopes"_L1].toArray(),
                 QJsonArray{u"User.Read"_s});
    }

    void onlyThePersonCanReadIt()
    {
        World world;
        world.put(u"2026-02-17.jsonl"_s); // of a version that was careless
        QVERIFY(QFile::setPermissions(world.path(u"2026-02-17.jsonl"_s),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        world.record();
        world.now = world.now.addDays(1);
        world.record();
        QCOMPARE(world.files().size(), 2);
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
            | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        for (const QString &name : world.files())
            QCOMPARE(QFile::permissions(world.path(name)) & others, QFile::Permissions());
        QCOMPARE(QFile::permissions(world.path()) & others, QFile::Permissions());
    }

#ifdef Q_OS_UNIX
    void itIsMadePrivateWhateverTheProcessAllows()
    {
        World world;
        const mode_t before = ::umask(0);
        world.record();
        ::umask(before);
        struct stat folder = {};
        struct stat file = {};
        QCOMPARE(::stat(QFile::encodeName(world.path()).constData(), &folder), 0);
        QCOMPARE(::stat(QFile::encodeName(world.path(u"2026-02-17.jsonl"_s)).constData(), &file),
                 0);
        QCOMPARE(folder.st_mode & 0777U, 0700U);
        QCOMPARE(file.st_mode & 0777U, 0600U);
    }

    void aFullDiskCostsAWarningAndNoLineAfterIt()
    {
        World world;
        world.record();
        const qsizetype length = world.lines().first().size() + 1;
        const auto old = std::signal(SIGXFSZ, SIG_IGN);
        struct rlimit limit = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &limit), 0);
        const struct rlimit small = {rlim_t(length + 10), limit.rlim_max};
        QByteArray logged;
        {
            LogCapture capture;
            QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
            world.record(); // ten bytes of it find room
            world.record();
            world.record();
            QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
            world.record();
            logged = capture.text();
        }
        std::signal(SIGXFSZ, old);
        QCOMPARE(logged.count("not written"), 1);
        const QList<QByteArray> lines = world.lines();
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines.at(1).size(), 10);
        QCOMPARE(objectIn(lines.at(2)), objectIn(lines.at(0)));
    }
#endif

    void anUnwritableFolderCostsAWarning()
    {
        QTemporaryDir place;
        QFile file(place.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        ActivityLog log(place.filePath(u"file/activity"_s));
        LogCapture capture;
        for (int i = 0; i < 5; ++i)
            log.record({.kind = Kind::SignOut});
        QCOMPARE(capture.text().count("not written"), 1);
    }

    void aLineThatBrokeOffSpoilsNoOther()
    {
        World world;
        world.put(u"2026-02-17.jsonl"_s, "{\"time\":\"2026-02-1");
        world.record();
        world.record();
        QCOMPARE(world.lines().size(), 3);
        QCOMPARE(objectIn(world.lines().at(1))["event"_L1].toString(), u"refresh"_s);
        QCOMPARE(objectIn(world.lines().at(2))["event"_L1].toString(), u"refresh"_s);
    }

    void everyDayHasItsFileWhereverTheComputerIs()
    {
        World world;
        world.now = utc(u"2026-02-17T23:59:59.999Z"_s);
        world.record();
        // The same instant further east is another date there, and not here.
        world.now = world.now.toOffsetFromUtc(3600 * 9);
        world.record();
        world.now = utc(u"2026-02-18T00:00:00.000Z"_s);
        world.record();
        QCOMPARE(world.files(), (QStringList{u"2026-02-17.jsonl"_s, u"2026-02-18.jsonl"_s}));
        QCOMPARE(world.lines().size(), 2);
        QCOMPARE(world.lines(u"2026-02-18.jsonl"_s).size(), 1);
        QVERIFY(world.lines().last().contains("2026-02-17T23:59:59.999Z"));
    }

    void aClockThatIsSetBackLosesNothing()
    {
        World world;
        world.record();
        world.now = world.now.addDays(1);
        world.record();
        world.now = world.now.addDays(-1);
        world.record();
        QCOMPARE(world.lines().size(), 2);
        QCOMPARE(world.lines(u"2026-02-18.jsonl"_s).size(), 1);
        world.restart();
        QCOMPARE(world.files().size(), 2);
    }

    void oldDaysGoAtTheStartAndWithANewDay()
    {
        World world;
        world.put(u"2026-01-18.jsonl"_s);
        world.put(u"2026-01-19.jsonl"_s); // the thirtieth day back, today included
        world.put(u"2026-02-30.jsonl"_s); // not ours
        world.put(u"notes.jsonl"_s);
        world.put(u"1999-01-01.txt"_s);
        world.restart();
        const QStringList foreign{u"1999-01-01.txt"_s, u"2026-02-30.jsonl"_s, u"notes.jsonl"_s};
        const auto ours = [&world, foreign] {
            QStringList names = world.files();
            for (const QString &name : foreign) {
                if (!names.removeOne(name))
                    names.append(name + u" is gone"_s);
            }
            return names;
        };
        QCOMPARE(ours(), QStringList{u"2026-01-19.jsonl"_s});
        world.record();
        QCOMPARE(ours(), (QStringList{u"2026-01-19.jsonl"_s, u"2026-02-17.jsonl"_s}));
        world.now = world.now.addDays(1);
        world.record();
        QCOMPARE(ours(), (QStringList{u"2026-02-17.jsonl"_s, u"2026-02-18.jsonl"_s}));
    }

    void noDaysMeansNothingIsWrittenAndNothingLeft()
    {
        World world;
        world.record();
        world.put(u"2027-01-01.jsonl"_s); // of a clock that was wrong
        world.restart(0);
        QCOMPARE(world.files(), QStringList());
        world.record();
        QCOMPARE(world.files(), QStringList());
    }

    void fewerDaysHoldAtOnceAndMoreFromNowOn()
    {
        World world;
        world.record();
        world.now = world.now.addDays(1);
        world.record();
        world.log->setDays(1);
        QCOMPARE(world.files(), QStringList{u"2026-02-18.jsonl"_s});
        world.record();
        world.log->setDays(0);
        QCOMPARE(world.files(), QStringList());
        world.log->setDays(2);
        world.record();
        QCOMPARE(world.lines(u"2026-02-18.jsonl"_s).size(), 1);
    }

    void aDeletedFileBeginsAgain()
    {
        World world;
        world.record();
        QVERIFY(QFile::remove(world.path(u"2026-02-17.jsonl"_s)));
        world.record();
        QCOMPARE(world.lines().size(), 1);
    }

    void aDayCannotFillTheDisk()
    {
        World world;
        world.put(u"2026-02-17.jsonl"_s, "{}\n");
        QVERIFY(QFile::resize(world.path(u"2026-02-17.jsonl"_s), ActivityLog::dayLimit - 10));
        LogCapture capture;
        world.record();
        world.record();
        QCOMPARE(QFileInfo(world.path(u"2026-02-17.jsonl"_s)).size(), ActivityLog::dayLimit - 10);
        QCOMPARE(capture.text().count("not written"), 1);
        world.now = world.now.addDays(1);
        world.record();
        QCOMPARE(world.lines(u"2026-02-18.jsonl"_s).size(), 1);
    }

    void twoProcessesWriteWholeLines()
    {
        World world;
        ActivityLog other(world.path(), ActivityLog::defaultDays, [&world] { return world.now; });
        for (int i = 0; i < 10; ++i) {
            world.record();
            other.record({.kind = Kind::SignOut});
        }
        QCOMPARE(world.lines().size(), 20);
        for (const QByteArray &line : world.lines())
            QVERIFY(!objectIn(line).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestActivityLog)
#include "tst_activity_log.moc"
