// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a session leaves in the activity log, on real files.

#include "app/activity_log.h"
#include "tests/auth/session_world.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using auth::Interaction;

namespace {

struct LoggedWorld : SessionWorld
{
    LoggedWorld()
        : log(place.filePath(u"activity"_s), 30, [this] { return timing.now().wall; })
    {
        activity = &log;
    }
    ~LoggedWorld() { session.reset(); } // before the log

    QList<QFileInfo> files() const
    {
        return QDir(place.filePath(u"activity"_s)).entryInfoList(QDir::Files, QDir::Name);
    }
    // Everything so far. A line must be in the file of its day.
    QList<QJsonObject> lines() const
    {
        QList<QJsonObject> all;
        for (const QFileInfo &info : files()) {
            QFile file(info.filePath());
            if (!file.open(QIODevice::ReadOnly))
                qFatal("cannot read the activity log");
            for (const QByteArray &line : file.readAll().trimmed().split('\n')) {
                const QJsonObject object = QJsonDocument::fromJson(line).object();
                if (!object["time"_L1].toString().startsWith(info.baseName()))
                    qFatal("a line lies in the file of another day");
                all.append(object);
            }
        }
        return all;
    }
    // A call whose token cannot come from memory.
    QString call(const QString &program, Interaction interaction = Interaction::Never,
                 const QStringList &scopes = {u"User.Read"_s})
    {
        aheadSeconds += 2 * 3600;
        auth::TokenRequest wanted = request(interaction);
        wanted.scopes = scopes;
        wanted.client = {.program = program, .name = u"its own words"_s};
        return outcome(awaited(session->tokenFor(wanted)));
    }

    QTemporaryDir place;
    ActivityLog log;
};

// "refresh refused ConsentNeeded ConsentMissing AADSTS65001 of AdeleV... for /bin/claude"
QString summary(const QJsonObject &line)
{
    const QJsonObject error = line["error"_L1].toObject();
    QStringList words{line["event"_L1].toString(), line["outcome"_L1].toString(),
                      error["kind"_L1].toString(), error["cause"_L1].toString(),
                      error["code"_L1].toString()};
    if (line.contains("account"_L1))
        words << u"of"_s << line["account"_L1]["username"_L1].toString().section(u'@', 0, 0);
    if (line.contains("client"_L1))
        words << u"for"_s << line["client"_L1]["program"_L1].toString();
    words.removeAll(QString());
    return words.join(u' ');
}

QStringList summaries(const LoggedWorld &world)
{
    QStringList all;
    for (const QJsonObject &line : world.lines())
        all.append(summary(line));
    return all;
}

} // namespace

class TestSessionActivity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDayIsWrittenDown()
    {
        LoggedWorld world;
        QVERIFY(world.signIn());
        QCOMPARE(world.call(u"/bin/claude"_s), QString());
        QVERIFY(world.tenant.setFault(u"token-500"_s));
        QCOMPARE(world.call(u"/bin/codex"_s), u"ServiceFault"_s);
        QVERIFY(world.tenant.setFault(u"token-html"_s));
        QCOMPARE(world.call(u"/bin/codex"_s), u"ServiceFault"_s);
        QCOMPARE(world.call(u"/bin/claude"_s, Interaction::Never, {u"Mail.Read"_s}),
                 u"ConsentNeeded"_s);
        world.tenant.revokeRefreshTokens();
        QCOMPARE(world.call(u"/bin/claude"_s, Interaction::Allowed), QString());
        world.aheadSeconds += 24 * 3600;
        QVERIFY(awaited(world.session->signOut()).ok());

        QCOMPARE(summaries(world),
                 (QStringList{
                     u"signIn ok of AdeleV"_s,
                     u"refresh ok of AdeleV for /bin/claude"_s,
                     u"refresh failed ServiceFault of AdeleV for /bin/codex"_s,
                     u"refresh failed ServiceFault NotMicrosoft of AdeleV for /bin/codex"_s,
                     u"refresh refused ConsentNeeded ConsentMissing AADSTS65001 of AdeleV for "
                     "/bin/claude"_s,
                     u"refresh refused SignInNeeded SessionEnded AADSTS50173 of AdeleV for "
                     "/bin/claude"_s,
                     u"signIn ok of AdeleV for /bin/claude"_s,
                     u"signOut ok of AdeleV"_s,
                 }));
        QVERIFY(world.files().size() >= 2);
        const QList<QJsonObject> lines = world.lines();
        QCOMPARE(lines.at(1)["scopes"_L1].toArray(), QJsonArray{u"User.Read"_s});
        QVERIFY(lines.at(4)["scopes"_L1].toArray().contains(u"Mail.Read"_s));
        QCOMPARE(lines.at(1)["client"_L1]["name"_L1].toString(), u"its own words"_s);
        // Which of Entra's answers it was, good or bad.
        for (const int at : {0, 1, 4, 5, 6})
            QVERIFY2(!lines.at(at)["requestId"_L1].toString().isEmpty(),
                     qPrintable(summary(lines.at(at))));
        QCOMPARE(lines.at(0)["account"_L1]["principal"_L1].toString(),
                 world.tenant.tenantId() + u".87d349ed-44d7-43e1-9a83-5f2406dee5bd"_s);
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void aRefusedPageIsWrittenDown()
    {
        LoggedWorld world;
        world.browser.setClick(sandbox::SandboxBrowser::Click::Cancel);
        QVERIFY(!world.signIn());
        QVERIFY(world.tenant.setFault(u"wrong-nonce"_s));
        world.browser.setClick(sandbox::SandboxBrowser::Click::Continue);
        QVERIFY(!awaited(world.session->signIn()).ok());
        QCOMPARE(summaries(world),
                 (QStringList{u"signIn cancelled Cancelled AADSTS65004"_s,
                              u"signIn failed ServiceFault"_s}));
    }

    void aStepUpIsWrittenDown()
    {
        LoggedWorld world;
        QVERIFY(world.signIn());
        world.browser.setClick(sandbox::SandboxBrowser::Click::Cancel);
        QCOMPARE(world.call(u"/bin/claude"_s, Interaction::Allowed, {u"Mail.Read"_s}),
                 u"ConsentNeeded"_s);
        world.browser.setClick(sandbox::SandboxBrowser::Click::Continue);
        QCOMPARE(world.call(u"/bin/claude"_s, Interaction::Allowed, {u"Mail.Read"_s}), QString());
        const QString missing =
            u"refresh refused ConsentNeeded ConsentMissing AADSTS65001 of AdeleV for /bin/claude"_s;
        QCOMPARE(summaries(world),
                 (QStringList{u"signIn ok of AdeleV"_s, missing,
                              u"stepUp refused ConsentNeeded ConsentDeclined AADSTS65004 of AdeleV "
                              "for /bin/claude"_s,
                              missing, u"stepUp ok of AdeleV for /bin/claude"_s}));
        QCOMPARE(world.lines().at(2)["scopes"_L1].toArray(), QJsonArray{u"Mail.Read"_s});
    }

    void whoeverIsServedFromMemoryLeavesNoLine()
    {
        LoggedWorld world;
        QVERIFY(world.signIn());
        for (int i = 0; i < 5; ++i)
            QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QCOMPARE(world.lines().size(), 1);
    }

    void twentyCallersOfOneRefreshLeaveOneLine()
    {
        LoggedWorld world;
        QVERIFY(world.signIn());
        world.aheadSeconds += 2 * 3600;
        QList<Async<auth::AccessToken>> calls;
        for (int i = 0; i < 20; ++i)
            calls.append(world.session->tokenFor(world.request()));
        for (const auto &call : calls)
            QCOMPARE(outcome(awaited(call)), QString());
        QCOMPARE(world.lines().size(), 2);
    }

    void noSecretIsInIt()
    {
        LoggedWorld world;
        QVERIFY(world.signIn());
        QCOMPARE(world.call(u"/bin/claude"_s), QString());
        QVERIFY(awaited(world.session->signOut()).ok());
        QVERIFY(world.tenant.secrets().size() > 5);
        for (const QFileInfo &info : world.files()) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            for (const QByteArray &secret : world.tenant.secrets())
                QVERIFY(!text.contains(secret.first(20)));
        }
    }
};

QTEST_GUILESS_MAIN(TestSessionActivity)
#include "tst_session_activity.moc"
