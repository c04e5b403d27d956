// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/resource_registry.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestResourceRegistry : public QObject
{
    Q_OBJECT

private:
    static Resource resource(const QString &uri)
    {
        return {.uri = uri,
                .name = u"name"_s,
                .title = u"Title"_s,
                .description = u"Text."_s,
                .read = [](const RequestContextPtr &) { return readyAsync<QString>(QString()); }};
    }

private Q_SLOTS:
    void resourcesKeepTheirOrderAndAreFound()
    {
        ResourceRegistry registry;
        QVERIFY(registry.add(resource(u"graph://me"_s)).ok());
        QVERIFY(registry.add(resource(u"graph://a/b-c_d.e~1"_s)).ok());
        QCOMPARE(registry.resources().size(), 2);
        QCOMPARE(registry.resources().first().uri, u"graph://me"_s);
        QCOMPARE(registry.find(u"graph://me"_s), &registry.resources().first());
        for (const QString &other : {u"graph://ME"_s, u"graph://me/"_s, u"graph:me"_s, QString()})
            QCOMPARE(registry.find(other), nullptr);
    }

    void mistakesAreFoundAtStart_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::newRow("none") << QString();
        QTest::newRow("a scheme that clients fetch") << u"https://graph.microsoft.com/v1.0/me"_s;
        QTest::newRow("a file") << u"file:///etc/passwd"_s;
        QTest::newRow("no path") << u"graph://"_s;
        QTest::newRow("a template") << u"graph://users/{id}"_s;
        QTest::newRow("a query") << u"graph://me?x=1"_s;
        QTest::newRow("a line feed at the end") << u"graph://me\n"_s;
        QTest::newRow("exists already") << u"graph://taken"_s;
    }
    void mistakesAreFoundAtStart()
    {
        QFETCH(QString, uri);
        ResourceRegistry registry;
        QVERIFY(registry.add(resource(u"graph://taken"_s)).ok());
        const auto added = registry.add(resource(uri));
        QVERIFY(!added.ok());
        QCOMPARE(added.error().kind, Error::Kind::Bug);
        QCOMPARE(registry.resources().size(), 1);
    }

    void whatIsMissingIsAMistakeToo()
    {
        ResourceRegistry registry;
        Resource nameless = resource(u"graph://a"_s);
        nameless.name.clear();
        QVERIFY(!registry.add(nameless).ok());
        Resource untitled = resource(u"graph://a"_s);
        untitled.title.clear();
        QVERIFY(!registry.add(untitled).ok());
        Resource unreadable = resource(u"graph://a"_s);
        unreadable.read = {};
        QVERIFY(!registry.add(unreadable).ok());
    }
};

QTEST_GUILESS_MAIN(TestResourceRegistry)
#include "tst_resource_registry.moc"
