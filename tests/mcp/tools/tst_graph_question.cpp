// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What CallGraph calls, and what it does not.

#include "mcp/catalogue/hidden_operations.h"
#include "mcp/catalogue/operation_effect.h"
#include "mcp/tools/graph_question.h"
#include "mcp/tools/operation_area.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestGraphQuestion : public QObject
{
    Q_OBJECT

private:
    static Result<GraphQuestion> ask(const QString &path)
    {
        return graphQuestionOf({{u"path"_s, path}});
    }
    // A path of a request with something for each key.
    static QString pathOf(const Operation &operation)
    {
        static const QRegularExpression key(u"\\{[^}]*\\}"_s);
        return QString(operation.path).replace(key, u"x1"_s);
    }

private Q_SLOTS:
    // The whole catalogue, by GET and by POST: nothing that writes, needs an administrator or
    // answers with a secret is ever sent.
    void onlyWhatReadsIsCalled()
    {
        const OperationCatalogue &catalogue = OperationCatalogue::bundled();
        int called = 0;
        for (int i = 0; i < catalogue.size(); ++i) {
            const QString path = pathOf(catalogue.at(i));
            for (const bool isPost : {false, true}) {
                QJsonObject arguments{{u"path"_s, path}};
                if (isPost)
                    arguments.insert(u"body"_s, u"{}"_s);
                const auto question = graphQuestionOf(arguments);
                if (!question.ok()) {
                    QCOMPARE(question.error().cause, Cause::ArgumentWrong);
                    continue;
                }
                ++called;
                const Operation &operation = question->operation;
                QVERIFY2(effectOf(operation) != Effect::Writes, qPrintable(path));
                QCOMPARE(hidingOf(operation), Hiding::None);
                QCOMPARE(operation.method, isPost ? "POST"_L1 : "GET"_L1);
                QCOMPARE(question->request.body.has_value(), isPost);
                QCOMPARE(question->request.path, u"/v1.0"_s + path);
                QVERIFY(!question->request.scopes.isEmpty());
            }
        }
        QVERIFY(called > 1000);
    }

    // Each that can be read by a person's own permissions can be called.
    void whatMayBeReadIsCalled()
    {
        const OperationCatalogue &catalogue = OperationCatalogue::bundled();
        for (int i = 0; i < catalogue.size(); ++i) {
            const Operation operation = catalogue.at(i);
            const bool isFile = operation.path.endsWith("/content"_L1)
                || operation.path.endsWith("/$value"_L1) || operation.path.endsWith("/$count"_L1);
            if (effectOf(operation) != Effect::Reads || hidingOf(operation) != Hiding::None
                || isFile)
                continue;
            const auto question = ask(pathOf(operation));
            QVERIFY2(question.ok(),
                     qPrintable(operation.path + u": "_s
                                + (question.ok() ? QString() : question.error().detail)));
        }
    }

    void queries_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("sent");
        QTest::newRow("none") << u"/me"_s << QString();
        QTest::newRow("with the version") << u"/v1.0/me"_s << QString();
        QTest::newRow("options") << u"/me/messages?$select=subject,from&$top=5"_s
                                 << u"$select=subject%2Cfrom&$top=5"_s;
        QTest::newRow("spaces") << u"/me/messages?$filter=isRead eq false"_s
                                << u"$filter=isRead%20eq%20false"_s;
        QTest::newRow("spaces, encoded")
            << u"/me/messages?$filter=isRead%20eq+false"_s << u"$filter=isRead%20eq%20false"_s;
        QTest::newRow("an & and a + in a value")
            << u"/me/messages?$search=\"a%26b%2Bc\""_s << u"$search=%22a%26b%2Bc%22"_s;
        QTest::newRow("the $ encoded") << u"/me?%24select=id"_s << u"$select=id"_s;
        QTest::newRow("nothing behind the ?") << u"/me?"_s << QString();
    }
    void queries()
    {
        QFETCH(QString, path);
        QFETCH(QString, sent);
        const auto question = ask(path);
        QVERIFY2(question.ok(), question.ok() ? "" : qPrintable(question.error().detail));
        QCOMPARE(question->request.query.toString(QUrl::FullyEncoded), sent);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("why");
        const auto row = [](const char *name, const QString &path, const QString &why) {
            QTest::newRow(name) << path << why;
        };
        row("empty", {}, u"begin with one /"_s);
        row("another host", u"https://evil.example/v1.0/me"_s, u"begin with one /"_s);
        row("another host, without a scheme", u"//evil.example/me"_s, u"begin with one /"_s);
        row("beta", u"/beta/me"_s, u"not beta"_s);
        row("the version twice", u"/v1.0/v1.0/me"_s, u"no such path"_s);
        row("up", u"/me/../users"_s, u"a part that no path"_s);
        row("up, encoded", u"/me/%2e%2e/users"_s, u"a part that no path"_s);
        row("up, encoded twice", u"/me/%252e%252e/users"_s, u"a part that no path"_s);
        row("a slash, encoded", u"/me%2Fmessages"_s, u"a part that no path"_s);
        row("an empty part", u"/me//messages"_s, u"a part that no path"_s);
        row("at the end too", u"/me/messages/"_s, u"a part that no path"_s);
        row("a backslash", u"/me\\messages"_s, u"backslash"_s);
        row("a backslash, encoded", u"/me%5Cmessages"_s, u"a part that no path"_s);
        row("a fragment", u"/me#x"_s, u"%23"_s);
        row("a line break", u"/me\r\nX-Evil: 1"_s, u"control"_s);
        row("a line break, encoded", u"/me/messages/a%0d%0ab"_s, u"a part that no path"_s);
        row("no UTF-8", u"/me/messages/%ff"_s, u"a part that no path"_s);
        row("nothing of Graph", u"/me/salary"_s, u"no such path"_s);
        row("in other letters", u"/ME/Messages"_s, u"no such path"_s);
        row("a write by GET", u"/me/sendMail"_s, u"cannot be read"_s);
        row("a batch", u"/$batch"_s, u"cannot be read"_s);
        row("read by POST", u"/search/query"_s, u"POST"_s);
        row("for administrators", u"/auditLogs/signIns"_s, u"administrator"_s);
        row("a secret", u"/informationProtection/bitlocker/recoveryKeys/1"_s, u"secret"_s);
        row("a secret in other letters", u"/informationProtection/BitLocker/recoveryKeys"_s,
            u"secret"_s);
        row("a secret by $expand", u"/users?$expand=authentication/temporaryAccessPassMethods"_s,
            u"$expand"_s);
        row("a file", u"/me/drive/items/1/content"_s, u"a file"_s);
        row("a parameter of its own", u"/me?x-http-method=DELETE"_s, u"not sent"_s);
        row("a format", u"/me?$format=atom"_s, u"not sent"_s);
        row("twice", u"/me?$select=id&%24select=mail"_s, u"twice"_s);
    }
    void refuses()
    {
        QFETCH(QString, path);
        QFETCH(QString, why);
        const auto question = ask(path);
        QVERIFY(!question.ok());
        QCOMPARE(question.error().kind, Error::Kind::BadRequest);
        QCOMPARE(question.error().cause, Cause::ArgumentWrong);
        QVERIFY2(question.error().detail.contains(why), qPrintable(question.error().detail));
    }

    void theSearchOfEverythingIsRefused()
    {
        const auto question =
            graphQuestionOf({{u"path"_s, u"/search/query"_s}, {u"body"_s, u"{}"_s}});
        QVERIFY(!question.ok());
        QVERIFY(question.error().detail.contains(u"each part by itself: SearchMicrosoft365"_s));
    }

    void theOrganisationMayShowWhatIsHidden_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("needsAdministrators");
        QTest::addColumn<bool>("needsSecrets");
        QTest::newRow("plain") << u"/me"_s << false << false;
        QTest::newRow("administrator's") << u"/auditLogs/signIns"_s << true << false;
        QTest::newRow("a secret") << u"/me/authentication/temporaryAccessPassMethods"_s << true
                                  << true;
        QTest::newRow("a secret by $expand")
            << u"/users?$expand=authentication/temporaryAccessPassMethods"_s << false << true;
    }
    void theOrganisationMayShowWhatIsHidden()
    {
        QFETCH(QString, path);
        QFETCH(bool, needsAdministrators);
        QFETCH(bool, needsSecrets);
        for (const bool areAdministrators : {false, true}) {
            for (const bool areSecrets : {false, true}) {
                const auto question = graphQuestionOf(
                    {{u"path"_s, path}},
                    {.areAdministrators = areAdministrators, .areSecrets = areSecrets});
                const bool isShown =
                    areAdministrators >= needsAdministrators && areSecrets >= needsSecrets;
                QVERIFY2(question.ok() == isShown,
                         question.ok() ? "called" : qPrintable(question.error().detail));
            }
        }
    }

    void bodiesAreJsonObjects_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("why");
        QTest::newRow("object") << u"{\"schedules\":[\"adele@contoso.com\"]}"_s << QString();
        QTest::newRow("cut") << u"{\"a\":"_s << u"from character"_s;
        QTest::newRow("list") << u"[1]"_s << u"no JSON object"_s;
        QTest::newRow("nothing") << QString() << u"from character"_s;
    }
    void bodiesAreJsonObjects()
    {
        QFETCH(QString, body);
        QFETCH(QString, why);
        const auto question =
            graphQuestionOf({{u"path"_s, u"/me/calendar/getSchedule"_s}, {u"body"_s, body}});
        QCOMPARE(question.ok(), why.isEmpty());
        if (question.ok()) {
            QCOMPARE(question->request.body->value("schedules"_L1)[0].toString(),
                     u"adele@contoso.com"_s);
        } else {
            QVERIFY2(question.error().detail.contains(why), qPrintable(question.error().detail));
        }
    }

    void aWriteByPostIsRefused()
    {
        const auto question =
            graphQuestionOf({{u"path"_s, u"/me/sendMail"_s}, {u"body"_s, u"{}"_s}});
        QVERIFY(!question.ok());
        QVERIFY(question.error().detail.contains(u"changes something"_s));
    }

    void theHeadersAreOurs()
    {
        QCOMPARE(ask(u"/me/messages"_s)->request.prefer,
                 QByteArray("outlook.body-content-type=\"text\""));
        QVERIFY(!ask(u"/me/messages?$search=\"a\""_s)->request.isEventual);
        QVERIFY(ask(u"/users?$search=\"displayName:a\""_s)->request.isEventual);
        QVERIFY(ask(u"/me/memberOf?$count=true"_s)->request.isEventual);
    }

    void readingMailIsNotAskedForTwice()
    {
        QCOMPARE(ask(u"/me/messages"_s)->request.scopes, QStringList{u"Mail.Read"_s});
        QCOMPARE(ask(u"/me/events"_s)->request.scopes, QStringList{u"Calendars.Read"_s});
        QCOMPARE(ask(u"/me"_s)->request.scopes, QStringList{u"User.Read"_s});
    }

    void areas_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<Area>("area");
        const auto row = [](const char *path, Area area) {
            QTest::newRow(path) << QString::fromLatin1(path) << area;
        };
        row("/me", Area::Profile);
        row("/me/messages/{id}/attachments", Area::Mail);
        row("/users/{id}/mailFolders", Area::Mail);
        row("/me/calendarView", Area::Calendar);
        row("/me/reminderView(startDateTime='{a}',endDateTime='{b}')", Area::Calendar);
        row("/groups/{id}/events", Area::Calendar);
        row("/me/drive/root/search(q='{q}')", Area::Files);
        row("/sites/{id}/lists", Area::Files);
        row("/sites/{id}/onenote/pages", Area::Notes);
        row("/groups/{id}/planner/plans", Area::Tasks);
        row("/me/todo/lists", Area::Tasks);
        row("/chats/{id}/messages", Area::Chats);
        row("/teams/{id}/channels/{id}/messages", Area::Chats);
        row("/me/people", Area::People);
        row("/users/{id}", Area::People);
        row("/users/{id}/presence", Area::People);
        row("/groups", Area::People);
        row("/me/cloudPCs", Area::Other);
        row("/users/{id}/authentication/methods", Area::Other);
        row("/print/printers", Area::Other);
    }
    void areas()
    {
        QFETCH(QString, path);
        QTEST(areaOfOperation(path), "area");
    }

    // Mail asks for a permission to mail, and so on: no area is read under the name of another.
    void areasFitTheirPermissions()
    {
        const QList<std::pair<QString, Area>> words{
            {u"Mail."_s, Area::Mail},       {u"Calendars."_s, Area::Calendar},
            {u"Files."_s, Area::Files},     {u"Sites."_s, Area::Files},
            {u"Chat."_s, Area::Chats},      {u"ChannelMessage."_s, Area::Chats},
            {u"Tasks."_s, Area::Tasks},     {u"Notes."_s, Area::Notes},
            {u"Contacts."_s, Area::People}, {u"Presence."_s, Area::People}};
        QStringList others;
        const OperationCatalogue &catalogue = OperationCatalogue::bundled();
        for (int i = 0; i < catalogue.size(); ++i) {
            const Operation operation = catalogue.at(i);
            if (effectOf(operation) == Effect::Writes || hidingOf(operation) != Hiding::None
                || operation.path == "/search/query"_L1)
                continue;
            for (const auto &[word, area] : words) {
                if (operation.scope.startsWith(word)
                    && areaOfOperation(QString(operation.path)) != area)
                    others.append(operation.path + u' ' + operation.scope);
            }
        }
        QCOMPARE(others.join(u'\n'), QString());
    }
};

QTEST_GUILESS_MAIN(TestGraphQuestion)
#include "tst_graph_question.moc"
