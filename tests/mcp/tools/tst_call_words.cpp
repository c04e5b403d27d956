// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/all_tools.h"
#include "mcp/tools/call_words.h"
#include "tests/mcp/support/tool_calls.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestCallWords : public QObject
{
    Q_OBJECT

private:
    QList<Tool> m_tools;

    QString wordsOf(const QString &name, const QJsonObject &arguments) const
    {
        for (const Tool &tool : m_tools) {
            if (tool.name == name && tool.inWords)
                return tool.inWords(arguments);
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase() { m_tools = allTools(nullptr); }

    void everyToolHasWords()
    {
        for (const Tool &tool : m_tools) {
            QVERIFY2(tool.inWords, qPrintable(tool.name + u" has no inWords"_s));
            QVERIFY(!tool.inWords({}).isEmpty());
        }
        for (const ToolCall &call : toolCalls()) {
            const QString words = wordsOf(QString::fromLatin1(call.tool), call.arguments);
            QVERIFY2(!words.isEmpty(), call.tool);
            QVERIFY2(!words.contains(u"%1"), qPrintable(words));
            QVERIFY2(!words.contains(u"“”"), qPrintable(words));
        }
    }

    void aCallInWords_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QJsonObject>("arguments");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *tool, const QJsonObject &arguments, const QString &words) {
            QTest::newRow(qPrintable(words)) << QString::fromLatin1(tool) << arguments << words;
        };
        row("FindMail", {{u"text"_s, u" budget "_s}}, u"Search mail for “budget”"_s);
        row("FindMail", {}, u"List mail"_s);
        row("FindMail",
            {{u"text"_s, u"budget"_s},
             {u"from"_s, u"Adele"_s},
             {u"folder"_s, u"inbox"_s},
             {u"since"_s, u"2026-11-01"_s},
             {u"until"_s, u"2026-11-30"_s},
             {u"unread"_s, true},
             {u"hasAttachments"_s, true}},
            u"Search mail for “budget”, from “Adele”, in the folder “inbox”, since 2026-11-01, "
            "until 2026-11-30, unread, with attachments"_s);
        row("FindMail", {{u"cursor"_s, u"sealed"_s}}, u"Go on with a list of mail"_s);
        row("ReadMail", {{u"id"_s, u"AAMkAGUzY2Nz-0001_AAA="_s}}, u"Read mail “…001_AAA=”"_s);
        row("ReadMail", {{u"id"_s, u"short"_s}, {u"thread"_s, true}},
            u"Read the conversation of mail “short”"_s);
        row("GetAgenda", {}, u"Look at today's calendar"_s);
        row("GetAgenda", {{u"since"_s, u"2026-11-01"_s}},
            u"Look at the calendar, since 2026-11-01"_s);
        row("GetAgenda", {{u"calendar"_s, u"Shop"_s}}, u"Look at the calendar “Shop”"_s);
        row("FindFiles", {}, u"List the files in OneDrive"_s);
        row("FindFiles", {{u"text"_s, u"budget"_s}}, u"Search files for “budget”"_s);
        row("FindFiles", {{u"text"_s, u"budget"_s}, {u"folder"_s, u"me/01"_s}},
            u"Search files for “budget”, in the folder “me/01”"_s);
        row("ReadFile", {{u"id"_s, u"me/01"_s}}, u"Read file “me/01”"_s);
        row("DownloadFile", {{u"id"_s, u"me/01"_s}}, u"Save file “me/01” on this computer"_s);
        row("ReadTeams", {{u"team"_s, u"t"_s}, {u"channel"_s, u"c"_s}},
            u"Read channel “c” in Teams"_s);
        row("ListTasks", {{u"done"_s, true}}, u"List tasks, completed ones too"_s);
        row("SearchMicrosoft365", {{u"kind"_s, u"files"_s}, {u"text"_s, u"budget"_s}},
            u"Search “files” for “budget”"_s);
        row("GetFreeBusy", {{u"people"_s, QJsonArray{u"a@b.c"_s, u"d@e.f"_s}}},
            u"See when people are busy: “a@b.c”, “d@e.f”"_s);
        row("FindPeople", {{u"text"_s, u"Megan"_s}}, u"Search people for “Megan”"_s);
        row("CallGraph", {{u"path"_s, u"/me/messages?$filter=subject eq 'secret'&$top=5"_s}},
            u"GET /me/messages?$filter&$top"_s);
        row("CallGraph", {{u"path"_s, u"/me/messages/AAMkAGUzY2NzLTRkYTEtMessages-01_AAA=/body"_s}},
            u"GET /me/messages/…-01_AAA=/body"_s);
        row("CallGraph", {{u"path"_s, u"/$batch"_s}, {u"body"_s, u"{\"requests\":[]}"_s}},
            u"POST /$batch"_s);
    }
    void aCallInWords()
    {
        QFETCH(QString, tool);
        QFETCH(QJsonObject, arguments);
        QTEST(wordsOf(tool, arguments), "words");
    }

    // Words are made of arguments that no schema was held against yet.
    void hostileArgumentsStayShort()
    {
        const QString huge(100000, u'x');
        const QList<QJsonValue> values{
            huge,
            1,
            true,
            QJsonValue::Null,
            QJsonArray{huge, 1, QJsonObject{}},
            QJsonObject{},
            QString(u'/' + huge + u'/' + huge + u"?a="_s + huge + u'&' + huge)};
        for (const Tool &tool : m_tools) {
            const QStringList names = tool.inputSchema.value("properties"_L1).toObject().keys();
            for (const QJsonValue &value : values) {
                QJsonObject arguments;
                for (const QString &name : names) {
                    if (name != u"cursor")
                        arguments.insert(name, value);
                }
                const QString words = tool.inWords(arguments);
                QVERIFY2(words.size() < 500, qPrintable(tool.name));
                QVERIFY(!words.isEmpty());
            }
        }
    }

    void aWordCannotEndItsQuotes()
    {
        QCOMPARE(wordsOf(u"FindMail"_s, {{u"text"_s, u"a”, from “b"_s}}),
                 u"Search mail for “a\", from \"b”"_s);
    }
};

QTEST_GUILESS_MAIN(TestCallWords)
#include "tst_call_words.moc"
