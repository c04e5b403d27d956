// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Hits of Microsoft Search as lines, from hits as Graph's documentation shows them.

#include "mcp/tools/search_text.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestSearchText : public QObject
{
    Q_OBJECT

private:
    static QString rowOf(SearchKind kind, const QByteArray &json)
    {
        return searchRow(kind, QJsonDocument::fromJson(json).object(), QTimeZone("Europe/Berlin"));
    }

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }

    void summaries_data()
    {
        QTest::addColumn<QString>("summary");
        QTest::addColumn<QString>("plain");
        QTest::newRow("found and left out") << u"<c0>Contoso</c0> Detailed <c1>Design</c1> <ddd/>"_s
                                            << u"Contoso Detailed Design …"_s;
        QTest::newRow("other markup is text")
            << u"<c>a</c> <b>c0</b> <ddd>"_s << u"<c>a</c> <b>c0</b> <ddd>"_s;
        QTest::newRow("nothing") << QString() << QString();
    }
    void summaries()
    {
        QFETCH(QString, summary);
        QFETCH(QString, plain);
        QCOMPARE(plainSummary(summary), plain);
    }

    // https://learn.microsoft.com/graph/search-concept-events has such an id.
    void idsOfExchangeBecomeThoseOfGraph()
    {
        QCOMPARE(graphIdOf(u"AAMkADEwODY2+iYQBnJ/QabRVDelNhnz-_AAA="_s),
                 u"AAMkADEwODY2_iYQBnJ-QabRVDelNhnz-_AAA="_s);
    }

    void mail()
    {
        const QByteArray json1 = R"({"hitId": "AA/M+k=", "rank": 1,
                     "summary": "<c0>Weekly</c0> digest<ddd/>",
                     "resource": {"@odata.type": "#microsoft.graph.message",
                       "receivedDateTime": "2019-10-07T10:00:09Z", "hasAttachments": true,
                       "subject": "Changes", "bodyPreview": "Here is a summary",
                       "from": {"emailAddress": {"name": "Message Center",
                                                 "address": "gtorres@contoso.com"}}}})";
        QCOMPARE(rowOf(SearchKind::Mail, json1),
                 u"2019-10-07 12:00 +02:00  from Message Center <gtorres@contoso.com>  with "
                 "attachments\n"
                 "  Changes\n"
                 "  Weekly digest…\n"
                 "  id: AA-M_k="_s);
    }

    void anEvent()
    {
        const QByteArray json2 = R"({"hitId": "AA/M+k=", "rank": 1,
                     "summary": "A <c0>summary</c0>",
                     "resource": {"@odata.type": "#microsoft.graph.event",
                       "start": {"dateTime": "2020-06-16T03:30:00Z", "timeZone": "UTC"},
                       "end": {"dateTime": "2020-06-16T04:15:00Z", "timeZone": "UTC"},
                       "isAllDay": false, "sensitivity": "Private", "subject": "Weekly",
                       "type": "Occurrence"}})";
        QCOMPARE(rowOf(SearchKind::Events, json2),
                 u"2020-06-16 Tue 05:30 to 06:15 +02:00  (private, recurring)\n"
                 "  Weekly\n"
                 "  A summary\n"
                 "  id: AA-M_k="_s);
    }

    void file()
    {
        const QByteArray json3 = R"({"hitId": "01F", "rank": 1,
                     "summary": "<c0>Contoso</c0> Design <ddd/>",
                     "resource": {"@odata.type": "#microsoft.graph.driveItem", "id": "01F",
                       "size": 48213, "name": "designs.docx",
                       "lastModifiedDateTime": "2019-06-10T06:37:43Z",
                       "webUrl": "https://contoso.sharepoint.com/designs.docx",
                       "lastModifiedBy": {"user": {"displayName": "Richard Mayer",
                                                   "email": "r@contoso.com"}},
                       "parentReference": {"driveId": "b!x_y", "siteId": "s"}}})";
        QCOMPARE(rowOf(SearchKind::Files, json3),
                 u"designs.docx\n"
                 "  changed 2019-06-10 08:37 +02:00 by Richard Mayer <r@contoso.com>; 48 kB\n"
                 "  https://contoso.sharepoint.com/designs.docx\n"
                 "  Contoso Design …\n"
                 "  id: b!x_y/01F"_s);
    }

    void siteAndList()
    {
        const QByteArray json4 = R"({"hitId": "h", "resource": {
                       "@odata.type": "#microsoft.graph.site", "id": "contoso.sharepoint.com,6,7",
                       "description": "Shops", "displayName": "Retail",
                       "lastModifiedDateTime": "2020-08-30T06:41:56Z",
                       "webUrl": "https://contoso.sharepoint.com/sites/retail"}})";
        QCOMPARE(rowOf(SearchKind::Sites, json4),
                 u"site Retail\n"
                 "  Shops\n"
                 "  changed 2020-08-30 08:41 +02:00\n"
                 "  https://contoso.sharepoint.com/sites/retail\n"
                 "  id: contoso.sharepoint.com,6,7"_s);
        const QByteArray json5 = R"({"hitId": "h", "resource": {
                       "@odata.type": "#microsoft.graph.list", "id": "51eef59e",
                       "name": "Shared Documents", "description": "",
                       "lastModifiedDateTime": "2020-07-08T18:17:59+00:00",
                       "parentReference": {"siteId": "a,b,c"}}})";
        QCOMPARE(rowOf(SearchKind::Sites, json5),
                 u"list Shared Documents\n"
                 "  changed 2020-07-08 20:17 +02:00\n"
                 "  id: 51eef59e  site: a,b,c"_s);
    }

    void chat()
    {
        const QByteArray head = R"({"hitId": "AA", "summary": "...<c0>Test</c0>", "resource": {
                       "id": "1657782060227", "createdDateTime": "2022-07-14T07:01:01Z",
                       "from": {"emailAddress": {"name": "Goncalo Torres",
                                                 "address": "gtorres@contoso.com"}},)";
        const QByteArray json6 = head + R"("subject": "", "channelIdentity": {},
                                 "chatId": "19:bdeff@thread.v2"}})";
        QCOMPARE(rowOf(SearchKind::Chats, json6),
                 u"2022-07-14 09:01 +02:00  from Goncalo Torres <gtorres@contoso.com>\n"
                 "  ...Test\n"
                 "  message: 1657782060227  chat: 19:bdeff@thread.v2"_s);
        const QByteArray json7 = head + R"("subject": "News",
                                 "channelIdentity": {"teamId": "02bd", "channelId": "19:09fc"}}})";
        QCOMPARE(rowOf(SearchKind::Chats, json7),
                 u"2022-07-14 09:01 +02:00  from Goncalo Torres <gtorres@contoso.com>\n"
                 "  News\n"
                 "  ...Test\n"
                 "  message: 1657782060227  team: 02bd  channel: 19:09fc"_s);
    }

    void nothingBreaksOnAnEmptyHit()
    {
        for (const SearchKind kind : {SearchKind::Mail, SearchKind::Events, SearchKind::Files,
                                      SearchKind::Sites, SearchKind::Chats})
            QVERIFY(!searchRow(kind, {}, QTimeZone::utc()).isEmpty());
    }

    // Whatever a hit says, and wherever.
    void nothingHides()
    {
        const QString hidden = u"a\u202e\u200b\n\u0007b"_s;
        const QJsonObject person{
            {u"emailAddress"_s, QJsonObject{{u"name"_s, hidden}, {u"address"_s, hidden}}}};
        const QJsonObject user{
            {u"user"_s, QJsonObject{{u"displayName"_s, hidden}, {u"email"_s, hidden}}}};
        QJsonObject resource{{u"from"_s, person}, {u"lastModifiedBy"_s, user}};
        for (const QString &name :
             {u"id"_s, u"name"_s, u"subject"_s, u"displayName"_s, u"description"_s, u"webUrl"_s,
              u"chatId"_s, u"createdDateTime"_s, u"lastModifiedDateTime"_s, u"receivedDateTime"_s})
            resource.insert(name, hidden);
        resource.insert(u"parentReference"_s, QJsonObject{{u"driveId"_s, hidden}});
        const QJsonObject hit{
            {u"hitId"_s, hidden}, {u"summary"_s, hidden}, {u"resource"_s, resource}};
        for (const SearchKind kind :
             {SearchKind::Events, SearchKind::Files, SearchKind::Sites, SearchKind::Chats}) {
            for (const QString &line : searchRow(kind, hit, QTimeZone::utc()).split(u'\n')) {
                for (const QChar c : line)
                    QVERIFY2(c.isPrint(), qPrintable(searchWord(kind) + u": "_s + line));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestSearchText)
#include "tst_search_text.moc"
