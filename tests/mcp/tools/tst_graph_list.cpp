// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Pages of Graph, and rows of them in answers.

#include "mcp/graph/graph_page.h"
#include "mcp/tools/graph_list.h"
#include "tests/mcp/support/fakes.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestGraphList : public QObject
{
    Q_OBJECT

private:
    FakeTokenSource m_tokens;
    GraphClient m_graph{&m_tokens};
    const ListPlace m_place{.path = u"/v1.0/me/messages"_s, .query = u"$top=10"_s};

    static QJsonObject answerWith(const QJsonValue &link)
    {
        return {{u"value"_s, QJsonArray()}, {u"@odata.nextLink"_s, link}};
    }

private Q_SLOTS:
    void initTestCase() { m_graph.setGraphUrl(QUrl(u"https://graph.microsoft.com"_s)); }

    void theNextPageIsTaken()
    {
        const auto page = nextPageOf(
            answerWith(
                u"https://graph.microsoft.com/v1.0/me/messages?%24top=10&%24skiptoken=a%2Bb"_s),
            m_graph);
        QVERIFY(page.ok());
        QVERIFY(page->has_value());
        QCOMPARE((*page)->path, u"/v1.0/me/messages"_s);
        QCOMPARE((*page)->query, u"%24top=10&%24skiptoken=a%2Bb"_s);
    }

    void theLastPageHasNone()
    {
        for (const QJsonObject &answer : {QJsonObject{}, answerWith(QJsonValue::Null)}) {
            const auto page = nextPageOf(answer, m_graph);
            QVERIFY(page.ok());
            QVERIFY(!page->has_value());
        }
    }

    void noOtherPlaceIsGoneTo_data()
    {
        QTest::addColumn<QJsonValue>("link");
        QTest::newRow("other host") << QJsonValue(u"https://graph.evil.example/v1.0/me?$skip=1"_s);
        QTest::newRow("host as a part of it")
            << QJsonValue(u"https://graph.microsoft.com.evil.example/v1.0/me"_s);
        QTest::newRow("other port") << QJsonValue(u"https://graph.microsoft.com:8443/v1.0/me"_s);
        QTest::newRow("no TLS") << QJsonValue(u"http://graph.microsoft.com/v1.0/me"_s);
        QTest::newRow("with a user") << QJsonValue(u"https://a:b@graph.microsoft.com/v1.0/me"_s);
        QTest::newRow("beta") << QJsonValue(u"https://graph.microsoft.com/beta/me"_s);
        QTest::newRow("v1.0 and back")
            << QJsonValue(u"https://graph.microsoft.com/v1.0/../beta/me"_s);
        QTest::newRow("the same, encoded")
            << QJsonValue(u"https://graph.microsoft.com/v1.0/%2e%2e/beta/me"_s);
        QTest::newRow("relative") << QJsonValue(u"/v1.0/me?$skip=1"_s);
        QTest::newRow("empty") << QJsonValue(QString());
        QTest::newRow("a number") << QJsonValue(7);
        QTest::newRow("an object") << QJsonValue(QJsonObject());
    }
    void noOtherPlaceIsGoneTo()
    {
        QFETCH(QJsonValue, link);
        const auto page = nextPageOf(answerWith(link), m_graph);
        QVERIFY(!page.ok());
        QCOMPARE(page.error().kind, Error::Kind::ServiceFault);
        QVERIFY(!listRows({u"a"_s}, answerWith(link), m_place, m_graph).ok());
    }

    void aShortPageIsOneAnswer()
    {
        const auto rows = listRows({u"a"_s, u"b"_s}, {}, m_place, m_graph);
        QVERIFY(rows.ok());
        QCOMPARE(rows->rows, (QStringList{u"a"_s, u"b"_s}));
        QVERIFY(!rows->next);
    }

    // A page of a thousand, of which an answer shows some.
    void rowsThatAreNotShownAreNotMade()
    {
        static int made = 0;
        made = 0;
        const auto row = [](const QJsonValue &value) {
            ++made;
            return QString(rowsLimit / 4, u'a') + value.toString();
        };
        const QJsonArray value{u"0"_s, u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s};
        ListPlace place = m_place;
        place.from = 1;
        const auto rows = listRowsOf({{u"value"_s, value}}, row, place, m_graph);
        QVERIFY(rows.ok());
        QCOMPARE(rows->rows.size(), 3);
        QVERIFY(rows->rows.first().endsWith(u"a1"_s));
        QCOMPARE(rows->next->from, 4);
        QCOMPARE(made, 4); // one more, which did not fit
    }

    void thenComesGraphsNextPage()
    {
        const auto rows = listRows(
            {u"a"_s}, answerWith(u"https://graph.microsoft.com/v1.0/me/messages?$skip=10"_s),
            m_place, m_graph);
        QVERIFY(rows.ok());
        QVERIFY(rows->next);
        QCOMPARE(rows->next->query, u"$skip=10"_s);
        QCOMPARE(rows->next->from, 0);
    }

    // Nothing is left out and nothing comes twice, however the answers are cut.
    void aLongPageBecomesSeveralAnswers()
    {
        QStringList all;
        for (int i = 0; i < 25; ++i)
            all.append(u"%1 "_s.arg(i) + QString(i == 11 ? 40'000 : 1500, u'ä'));
        const QJsonObject answer =
            answerWith(u"https://graph.microsoft.com/v1.0/me/messages?$skip=25"_s);
        QStringList seen;
        ListPlace place = m_place;
        int answers = 0;
        while (place.query == m_place.query) {
            const auto rows = listRows(all, answer, place, m_graph);
            QVERIFY(rows.ok());
            QVERIFY(!rows->rows.isEmpty());
            const qsizetype size = rows->rows.join(u'\n').toUtf8().size();
            QVERIFY(size <= rowsLimit || rows->rows.size() == 1);
            seen += rows->rows;
            QVERIFY(rows->next);
            place = ListPlace::ofState(rows->next->state());
            ++answers;
        }
        QCOMPARE(seen, all);
        QCOMPARE(answers, 7);
        QCOMPARE(place.query, u"$skip=25"_s);
    }

    // Between two answers Graph's page became shorter.
    void aPlaceBeyondThePageIsItsEnd()
    {
        ListPlace place = m_place;
        place.from = 9;
        const auto rows = listRows({u"a"_s}, {}, place, m_graph);
        QVERIFY(rows.ok());
        QVERIFY(rows->rows.isEmpty());
        QVERIFY(!rows->next);
    }

    void aPlaceAsksForItsPage()
    {
        GraphRequest request{.path = u"/v1.0/me/messages"_s};
        request.query.addQueryItem(u"$search"_s, u"\"a b\""_s);
        const ListPlace place = ListPlace::ofState(ListPlace::of(request).state());
        const GraphRequest again = place.request({u"Mail.Read"_s});
        QCOMPARE(again.path, request.path);
        QCOMPARE(again.query.queryItemValue(u"$search"_s, QUrl::FullyDecoded), u"\"a b\""_s);
        QCOMPARE(again.scopes, QStringList{u"Mail.Read"_s});
    }

    void aListMayHaveLessRoom()
    {
        const QStringList all{QString(60, u'a'), QString(60, u'b')};
        const auto shown = listRows(all, {}, m_place, m_graph, 100);
        QVERIFY(shown.ok());
        QCOMPARE(shown->rows, all.mid(0, 1));
        QCOMPARE(shown->next->from, 1);
        QCOMPARE(listRows(all, {}, m_place, m_graph, 122)->rows, all);
    }
};

QTEST_GUILESS_MAIN(TestGraphList)
#include "tst_graph_list.moc"
