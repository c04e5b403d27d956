// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every tool that asks Graph, under everything that Graph and what lies before it can do wrong: one
// answer, of the right kind, and no token to anybody else.

#include "tests/mcp/support/contoso_world.h"
#include "tests/mcp/support/tool_calls.h"

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

struct Fault
{
    const char *name;
    int times;
    Error::Kind kind; // Bug: the call succeeds
};

const QList<Fault> &faults()
{
    using Kind = Error::Kind;
    constexpr int always = sandbox::Faults::always;
    static const QList<Fault> all{
        {"graph-401-once", 1, Kind::Bug},
        {"graph-401-always", always, Kind::SignInNeeded},
        {"graph-claims-challenge", 1, Kind::Bug},
        {"graph-claims-challenge-always", always, Kind::Denied},
        {"graph-403", always, Kind::Forbidden},
        {"graph-404", always, Kind::NotFound},
        {"graph-410", always, Kind::NotFound},
        {"graph-429", always, Kind::Throttled},
        {"graph-503", always, Kind::Throttled},
        {"graph-500", always, Kind::ServiceFault},
        {"graph-reset", always, Kind::Offline},
        {"graph-truncated", always, Kind::ServiceFault},
        {"graph-huge", always, Kind::ServiceFault},
        {"graph-html", always, Kind::ServiceFault},
        {"graph-redirect", always, Kind::ServiceFault},
    };
    return all;
}

} // namespace

class TestToolsUnderFaults : public QObject
{
    Q_OBJECT

private:
    // Too little for Retry-After: 1, so that throttling is told at once.
    static RequestContextPtr hurried()
    {
        auto context = std::make_shared<RequestContext>();
        context->principal = u"contoso.adele"_s;
        context->deadline = QDeadlineTimer(900);
        return context;
    }

private Q_SLOTS:
    void everyToolIsTried()
    {
        QStringList tried;
        for (const ToolCall &call : toolCalls())
            tried.append(QString::fromLatin1(call.tool));
        for (const Tool &tool : allTools(nullptr))
            QVERIFY2(tried.contains(tool.name),
                     qPrintable(tool.name + u" is not in toolCalls()"_s));
    }

    void nothingIsAskedForThatTheToolDoesNotName()
    {
        for (const ToolCall &call : toolCalls()) {
            ContosoWorld world;
            const Tool tool = world.tool(QString::fromLatin1(call.tool));
            QVERIFY(world.call(tool.name, call.arguments).ok());
            if (tool.areaOf) // depends on what is asked, and so do they
                continue;
            QCOMPARE(world.tokens.requests.isEmpty(), tool.scopes.isEmpty());
            for (const auth::TokenRequest &request : world.tokens.requests) {
                for (const QString &scope : request.scopes)
                    QVERIFY2(tool.scopes.contains(scope), qPrintable(tool.name + u' ' + scope));
            }
        }
    }

    void oneFaultForEach_data()
    {
        QTest::addColumn<int>("call");
        QTest::addColumn<int>("fault");
        for (int call = 0; call < toolCalls().size(); ++call) {
            for (int fault = 0; toolCalls().at(call).asksGraph && fault < faults().size();
                 ++fault) {
                QTest::addRow("%d %s, %s", call, toolCalls().at(call).tool, faults().at(fault).name)
                    << call << fault;
            }
        }
    }
    void oneFaultForEach()
    {
        QFETCH(int, call);
        QFETCH(int, fault);
        const ToolCall &what = toolCalls().at(call);
        const Fault &wrong = faults().at(fault);
        ContosoWorld world;
        QVERIFY(world.tenant.setFault(QString::fromLatin1(wrong.name), wrong.times));
        const bool isThrottled = wrong.kind == Error::Kind::Throttled;
        const auto context =
            isThrottled ? hurried() : ContosoWorld::contextOf(u"contoso.adele"_s, u"/a"_s);
        const auto result = world.call(QString::fromLatin1(what.tool), what.arguments, context);
        if (wrong.kind == Error::Kind::Bug) {
            QVERIFY2(result.ok(), result.ok() ? "" : qPrintable(result.error().detail));
            QVERIFY(!result->text.isEmpty());
        } else {
            QVERIFY(!result.ok());
            QCOMPARE(kindName(result.error().kind), kindName(wrong.kind));
            QVERIFY(result.error().cause != Cause::ArgumentWrong);
            // Tells the model to begin again.
            if (QByteArray(wrong.name) == "graph-410")
                QCOMPARE(causeName(result.error().cause), causeName(Cause::Gone));
        }
        QCOMPARE(world.tenant.count(u"foreign"_s), 0);
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void aNextPageElsewhereIsNotGoneTo_data()
    {
        QTest::addColumn<int>("call");
        for (int call = 0; call < toolCalls().size(); ++call) {
            if (toolCalls().at(call).isList)
                QTest::addRow("%d %s", call, toolCalls().at(call).tool) << call;
        }
    }
    void aNextPageElsewhereIsNotGoneTo()
    {
        QFETCH(int, call);
        const ToolCall &what = toolCalls().at(call);
        ContosoWorld world;
        QVERIFY(world.tenant.setFault(u"graph-foreign-page"_s));
        const auto result = world.call(QString::fromLatin1(what.tool), what.arguments);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, Error::Kind::ServiceFault);
        QCOMPARE(world.tenant.count(u"foreign"_s), 0);
    }
};

QTEST_GUILESS_MAIN(TestToolsUnderFaults)
#include "tst_tools_under_faults.moc"
