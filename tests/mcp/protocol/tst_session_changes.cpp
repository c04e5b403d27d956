// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a session says without being asked: that a list or a resource is another one now; to whom,
// and when.

#include "mcp/protocol/known_lists.h"
#include "tests/mcp/support/session_world.h"

using namespace session_test;

namespace {

const QString toolsChanged = u"notifications/tools/list_changed"_s;
const QString resourcesChanged = u"notifications/resources/list_changed"_s;
constexpr auto subscriptionKey = "io.modelcontextprotocol/subscriptionId"_L1;

QByteArray listen(const QByteArray &id, const QByteArray &filter)
{
    return modern(id, "subscriptions/listen", "\"notifications\":{" + filter + '}');
}
const QByteArray everyList =
    R"("toolsListChanged":true,"resourcesListChanged":true,)"
    R"("promptsListChanged":true,"resourceSubscriptions":["graph://slow"])";

// The methods of all messages sent since the last call; those of a stream with its id.
QStringList saidBy(World &world)
{
    for (int i = 0; i < 5; ++i)
        QCoreApplication::processEvents();
    QStringList said;
    for (const QByteArray &line : std::exchange(world.sent, {})) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        const QJsonValue stream = object["params"_L1]["_meta"_L1][subscriptionKey];
        const QString method = object["method"_L1].toString();
        said += stream.isUndefined() ? method : method + u" on "_s + stream.toVariant().toString();
    }
    return said;
}

void wantSubscriptions(Session::Parts &parts)
{
    parts.server.capabilities.insert(u"resources"_s,
                                     QJsonObject{{u"listChanged"_s, true}, {u"subscribe"_s, true}});
}

ListChange change(ListChange::What what, const QString &uri = {})
{
    return {.what = what, .uri = uri};
}

} // namespace

class TestSessionChanges : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLegacyClientIsToldOnceItIsReady()
    {
        World world;
        world.receive(initialize("2025-11-25"));
        world.answer();
        world.session->announce(change(ListChange::What::Tools));
        QVERIFY(world.isSilent());
        world.receive(notification("notifications/initialized", ""));
        QCOMPARE(saidBy(world), QStringList{toolsChanged});
        world.receive(notification("notifications/initialized", ""));
        QVERIFY(world.isSilent());
        world.session->announce(change(ListChange::What::Resources));
        QCOMPARE(saidBy(world), QStringList{resourcesChanged});
    }

    void anotherHandshakeBeginsAnew()
    {
        World world;
        world.receive(initialize("2025-11-25"));
        world.answer();
        world.receive(notification("notifications/initialized", ""));
        world.receive(initialize("2025-06-18", "1"));
        world.answer();
        world.session->announce(change(ListChange::What::Tools));
        QVERIFY(world.isSilent());
        world.receive(notification("notifications/initialized", ""));
        QCOMPARE(saidBy(world), QStringList{toolsChanged});
    }

    void aClientThatNeverSaysInitializedIsReadyWithItsFirstRequest()
    {
        World world;
        world.receive(initialize("2024-11-05"));
        world.answer();
        world.session->announce(change(ListChange::What::Tools));
        world.receive(request("1", "ping"));
        QCOMPARE(saidBy(world), QStringList{u""_s}); // pings come before initialized, too
        world.receive(request("2", "resources/list"));
        QCOMPARE(saidBy(world), (QStringList{toolsChanged, u""_s}));
    }

    void whatTheClientHasSeenSinceIsNotTold()
    {
        World world;
        world.session->announce(change(ListChange::What::Tools));
        world.session->announce(change(ListChange::What::Resources));
        world.receive(modern("1", "tools/list"));
        world.answer();
        world.receive(initialize("2025-11-25"));
        world.answer();
        world.receive(notification("notifications/initialized", ""));
        QCOMPARE(saidBy(world), QStringList{resourcesChanged});
    }

    void nobodyIsToldBeforeAnyEraIsKnown()
    {
        World world;
        world.session->announce(change(ListChange::What::Tools));
        world.receive(notification("notifications/initialized", ""));
        QVERIFY(world.isSilent());
    }

    void aStreamHearsWhatItAskedForAndNothingElse()
    {
        World world(&wantSubscriptions);
        world.receive(listen("1", everyList));
        const QJsonObject acknowledged = world.answerObject();
        const QJsonObject kept{{u"toolsListChanged"_s, true},
                               {u"resourcesListChanged"_s, true},
                               {u"resourceSubscriptions"_s, QJsonArray{u"graph://slow"_s}}};
        QCOMPARE(acknowledged["params"_L1]["notifications"_L1].toObject(), kept);
        world.receive(listen("\"1\"", R"("toolsListChanged":true,"resourcesListChanged":false)"));
        QCOMPARE(world.answerObject()["params"_L1]["notifications"_L1].toObject(),
                 (QJsonObject{{u"toolsListChanged"_s, true}}));

        world.session->announce(change(ListChange::What::Tools));
        QStringList said = saidBy(world);
        QCOMPARE(said, (QStringList{toolsChanged + u" on 1"_s, toolsChanged + u" on 1"_s}));
        world.session->announce(change(ListChange::What::Resources));
        QCOMPARE(saidBy(world), QStringList{resourcesChanged + u" on 1"_s});
        world.session->announce(change(ListChange::What::Prompts));
        world.session->announce(change(ListChange::What::Contents, u"graph://other"_s));
        QVERIFY(world.isSilent());
        world.session->announce(change(ListChange::What::Contents, u"graph://slow"_s));
        const QJsonObject updated = world.answerObject();
        QCOMPARE(updated["method"_L1].toString(), u"notifications/resources/updated"_s);
        QCOMPARE(updated["params"_L1]["uri"_L1].toString(), u"graph://slow"_s);
        QCOMPARE(updated["params"_L1]["_meta"_L1][subscriptionKey], QJsonValue(1));

        world.receive(notification("notifications/cancelled", R"("requestId":1)"));
        world.session->announce(change(ListChange::What::Resources));
        QVERIFY(world.isSilent());
    }

    void aLateStreamHearsWhatChangedBefore()
    {
        World world([](Session::Parts &parts) {
            parts.changed = {change(ListChange::What::Tools), change(ListChange::What::Resources)};
        });
        world.receive(listen("7", R"("toolsListChanged":true)"));
        QCOMPARE(saidBy(world),
                 (QStringList{u"notifications/subscriptions/acknowledged on 7"_s,
                              toolsChanged + u" on 7"_s}));
        world.receive(initialize("2025-06-18"));
        world.answer();
        world.receive(notification("notifications/initialized", ""));
        QCOMPARE(saidBy(world), (QStringList{toolsChanged, resourcesChanged}));
    }

    void whatTheServerDoesNotOfferIsNeverTold()
    {
        World world([](Session::Parts &parts) {
            parts.server.capabilities = {{u"tools"_s, QJsonObject{}}};
        });
        world.receive(listen("1", everyList));
        QCOMPARE(world.answerObject()["params"_L1]["notifications"_L1].toObject(), QJsonObject());
        world.receive(initialize("2025-11-25"));
        world.answer();
        world.receive(notification("notifications/initialized", ""));
        world.session->announce(change(ListChange::What::Tools));
        world.session->announce(change(ListChange::What::Resources));
        QVERIFY(world.isSilent());
    }

    void aStreamThatIsMalformedIsRefused_data()
    {
        QTest::addColumn<QByteArray>("params");
        QTest::newRow("no filter") << QByteArray();
        QTest::newRow("a filter that is no object") << QByteArray(R"("notifications":["x"])");
    }
    void aStreamThatIsMalformedIsRefused()
    {
        QFETCH(QByteArray, params);
        World world;
        world.receive(modern("1", "subscriptions/listen", params));
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32602);
        QCOMPARE(world.session->inFlight(), 0);
    }

    void aFilterMayNameOnlySoMuch()
    {
        World world(&wantSubscriptions);
        QByteArrayList uris;
        for (int i = 0; i < 1000; ++i)
            uris.append("\"graph://" + QByteArray::number(i) + '"');
        world.receive(listen("1", "\"resourceSubscriptions\":[5," + uris.join(',') + ']'));
        const QJsonArray kept =
            world.answerObject()["params"_L1]["notifications"_L1]["resourceSubscriptions"_L1]
                .toArray();
        QCOMPARE(kept.size(), 256);
        QCOMPARE(kept.first().toString(), u"graph://0"_s);
    }

    void listsOfOneReleaseAreKnownInAnother()
    {
        World world;
        const KnownLists lists(world.tools, world.resources);
        QVERIFY(lists.changedSince(lists.text()).isEmpty());
        QVERIFY(lists.changedSince({}).isEmpty());
        QVERIFY(lists.text().size() < 128);

        ToolRegistry others;
        for (const Tool &known : world.tools.tools()) {
            Tool tool = known;
            tool.description += u" Better."_s;
            QVERIFY(others.add(tool).ok());
        }
        const KnownLists newer(others, world.resources);
        QCOMPARE(newer.changedSince(lists.text()).size(), 1);
        QCOMPARE(newer.changedSince(lists.text()).constFirst().what, ListChange::What::Tools);
        const KnownLists emptier(world.tools, ResourceRegistry());
        QCOMPARE(emptier.changedSince(lists.text()).size(), 1);
        QCOMPARE(emptier.changedSince(lists.text()).constFirst().what, ListChange::What::Resources);
        // The version of a release that did not name its lists.
        QCOMPARE(lists.changedSince("0.0.1").size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestSessionChanges)
#include "tst_session_changes.moc"
