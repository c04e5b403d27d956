// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/catalogue/operation_search.h"
#include "mcp/tools/find_operation_tool.h"
#include "tests/mcp/support/gate_world.h"

using namespace Qt::StringLiterals;
using namespace mcp;

class TestFindOperationTool : public QObject
{
    Q_OBJECT

private:
    static QString textFor(const QJsonObject &arguments)
    {
        GateWorld world(ApprovalMode::Allow);
        if (!world.tools.add(findOperationTool()).ok())
            return u"the registry does not take it"_s;
        QObject connection;
        const auto context = GateWorld::context(u"/usr/bin/claude"_s, &connection);
        const auto outcome = world.call(u"FindGraphOperation"_s, context, arguments);
        (void)QTest::qWaitFor([&] { return outcome->ended; });
        return (outcome->result.isError ? u"error: "_s : QString()) + outcome->result.text;
    }
    static qsizetype rowsIn(const QString &text)
    {
        return text.contains(u"\n\n"_s) ? text.section(u"\n\n"_s, 0, 0).count(u'\n') + 1 : 0;
    }

private Q_SLOTS:
    void aRowSaysAllThatMatters_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("row");
        QTest::newRow("reads") << u"GET\t/me/messages\tMail.Read\t-\tLists mail"_s
                               << u"GET /me/messages  Lists mail  scope: Mail.Read"_s;
        QTest::newRow("changes")
            << u"POST\t/me/sendMail\tMail.Send\t-\tSends a mail"_s
            << u"POST /me/sendMail  Sends a mail  scope: Mail.Send  not callable: changes something"_s;
        QTest::newRow("reads by POST")
            << u"POST\t/search/query\tMail.Read\t-\tSearches"_s
            << u"POST /search/query  Searches  scope: Mail.Read  reads, what to read stands in a "
               "JSON body"_s;
        QTest::newRow("for administrators")
            << u"GET\t/groups\tGroup.Read.All\ta\tLists groups"_s
            << u"GET /groups  Lists groups  scope: Group.Read.All (an administrator has to grant it)"_s;
        QTest::newRow("without a scope") << u"GET\t/subscriptions\t-\t-\tLists them"_s
                                         << u"GET /subscriptions  Lists them  scope: none"_s;
    }
    void aRowSaysAllThatMatters()
    {
        QFETCH(QString, line);
        QFETCH(QString, row);
        const std::string bytes = line.toStdString();
        QCOMPARE(operationRow(OperationCatalogue(bytes).at(0)), row);
    }

    void itAnswersWithRowsTheBestFirst()
    {
        const QString text = textFor({{u"query"_s, u"list my calendars"_s}});
        QVERIFY2(text.startsWith(u"GET /me/calendars  Lists the calendars of the signed-in person  "
                                 "scope: Calendars.Read\n"_s),
                 qPrintable(text));
        QVERIFY(text.contains(u"CallGraph reads them, but for those that are not callable"_s));
        QCOMPARE(rowsIn(text), 8);
    }

    void theLimitCountsRows()
    {
        for (const int limit : {1, 20}) {
            QCOMPARE(rowsIn(textFor({{u"query"_s, u"mail message"_s}, {u"limit"_s, limit}})),
                     limit);
        }
    }

    void argumentsAreChecked_data()
    {
        QTest::addColumn<QJsonObject>("arguments");
        QTest::newRow("no query") << QJsonObject{};
        QTest::newRow("an empty query") << QJsonObject{{u"query"_s, u""_s}};
        QTest::newRow("a number") << QJsonObject{{u"query"_s, 7}};
        QTest::newRow("too long") << QJsonObject{{u"query"_s, QString(201, u'a')}};
        QTest::newRow("none at all") << QJsonObject{{u"query"_s, u"mail"_s}, {u"limit"_s, 0}};
        QTest::newRow("too many") << QJsonObject{{u"query"_s, u"mail"_s}, {u"limit"_s, 21}};
        QTest::newRow("half a row") << QJsonObject{{u"query"_s, u"mail"_s}, {u"limit"_s, 1.5}};
        QTest::newRow("no filter")
            << QJsonObject{{u"query"_s, u"mail"_s}, {u"readsOnly"_s, u"yes"_s}};
        QTest::newRow("unknown") << QJsonObject{{u"query"_s, u"mail"_s}, {u"method"_s, u"GET"_s}};
    }
    void argumentsAreChecked()
    {
        QFETCH(QJsonObject, arguments);
        QVERIFY(textFor(arguments).startsWith(u"error: "_s));
    }

    void changesAreMarkedOrLeftOut()
    {
        const QString all = textFor({{u"query"_s, u"send mail"_s}});
        QVERIFY2(all.startsWith(u"POST /me/sendMail  "_s), qPrintable(all));
        QVERIFY(all.section(u'\n', 0, 0).endsWith(u"not callable: changes something"_s));
        const QString reading = textFor({{u"query"_s, u"send mail"_s}, {u"readsOnly"_s, true}});
        QVERIFY(!reading.contains(u"changes something"_s));
        QVERIFY(rowsIn(reading) > 0);
    }

    void whatIsHiddenIsCountedAndNotNamed()
    {
        const QString text = textFor({{u"query"_s, u"bitlocker recovery keys"_s}});
        QVERIFY(!text.contains(u"bitlocker"_s, Qt::CaseInsensitive));
        QVERIFY2(text.contains(u"not shown"_s), qPrintable(text));
        QVERIFY(!textFor({{u"query"_s, u"list my calendars"_s}, {u"limit"_s, 1}})
                     .contains(u"not shown"_s));
    }

    void whatIsNotFoundIsSaid_data()
    {
        QTest::addColumn<QString>("query");
        QTest::newRow("a word that nothing has") << u"xyzzy"_s;
        QTest::newRow("spaces") << u"   "_s;
        QTest::newRow("Gurmukhi") << u"ਮੇਰੀਆਂ ਫਾਈਲਾਂ"_s;
        QTest::newRow("200 letters beyond ASCII") << QString(200, u'ਮ');
    }
    void whatIsNotFoundIsSaid()
    {
        QFETCH(QString, query);
        const QString text = textFor({{u"query"_s, query}});
        QVERIFY2(text.startsWith(u"No operation"_s), qPrintable(text));
        QVERIFY(text.contains(u"Try"_s));
    }

    void theLargestAnswerIsSmall()
    {
        // The 20 longest rows together are more than any question can get.
        QList<qsizetype> sizes;
        const OperationCatalogue &catalogue = OperationCatalogue::bundled();
        for (int i = 0; i < catalogue.size(); ++i)
            sizes.append(operationRow(catalogue.at(i)).size() + 1);
        std::ranges::sort(sizes, std::ranges::greater{});
        qsizetype all = 1000; // the lines below the rows
        for (const qsizetype size : sizes.first(20))
            all += size;
        QVERIFY2(all < 20 * 1024, qPrintable(QString::number(all)));
    }

    // Signed out, and with nobody to ask for a token.
    void nobodyHasToBeSignedIn()
    {
        GateWorld world(ApprovalMode::Allow);
        QVERIFY(world.tools.add(findOperationTool()).ok());
        world.tokens.error = {.kind = Error::Kind::SignInNeeded};
        world.tokens.principal.clear();
        QObject connection;
        const auto outcome = world.call(u"FindGraphOperation"_s,
                                        GateWorld::context(u"/usr/bin/claude"_s, &connection),
                                        {{u"query"_s, u"list mail"_s}});
        QTRY_VERIFY(outcome->ended);
        QVERIFY(!outcome->result.isError);
        QVERIFY(world.tokens.requests.isEmpty());
    }

    void itClaimsNoMoreThanItDoes()
    {
        const Tool tool = findOperationTool();
        QVERIFY(tool.annotations.readOnly && tool.annotations.idempotent);
        QVERIFY(!tool.annotations.destructive && !tool.annotations.openWorld);
        QVERIFY(tool.outputSchema.isEmpty());
        // Offered beside CallGraph; used without a question of its own.
        QCOMPARE(tool.area, Area::Other);
        QCOMPARE(*tool.areaOf({}), Area::Profile);
    }

    void theOrganisationMayShowWhatIsHidden()
    {
        const QJsonObject question{{u"query"_s, u"list bitlocker recovery keys"_s}};
        const auto shown = std::make_shared<OperationsShown>();
        const Tool tool = findOperationTool(shown);
        const auto answer = [&] {
            // Answered at once: nothing is asked.
            return tool.handler(question, std::make_shared<RequestContext>()).result()->text;
        };
        const QString key = u"GET /informationProtection/bitlocker/recoveryKeys"_s;
        QVERIFY(!answer().contains(key));
        shown->areAdministrators = true;
        QVERIFY(!answer().contains(key));
        shown->areSecrets = true;
        QVERIFY2(answer().contains(key), qPrintable(answer()));
    }
};

QTEST_GUILESS_MAIN(TestFindOperationTool)
#include "tst_find_operation_tool.moc"
