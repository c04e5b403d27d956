// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Texts to words, and questions to what they ask for.

#include "mcp/catalogue/search_question.h"
#include "mcp/catalogue/search_vocabulary.h"
#include "mcp/catalogue/search_words.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestSearchWords : public QObject
{
    Q_OBJECT

private:
    static QString joined(const std::vector<std::string> &words)
    {
        QStringList list;
        for (const std::string &word : words)
            list.append(QString::fromStdString(word));
        return list.join(u' ');
    }
    static QString joined(const SearchQuestion &question)
    {
        QStringList list;
        for (const SearchQuestion::Word &word : question.words)
            list.append(QString::fromStdString(word.word));
        return list.join(u' ');
    }

private Q_SLOTS:
    void segmentsAreParted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("two words") << u"mailFolders"_s << u"mail folders"_s;
        QTest::newRow("capitals within") << u"cloudPCs"_s << u"cloud pcs"_s;
        QTest::newRow("capitals at the beginning") << u"PCUser"_s << u"pc user"_s;
        QTest::newRow("digits") << u"oauth2PermissionGrants"_s << u"oauth2 permission grants"_s;
        QTest::newRow("other characters") << u"$value, (a)/b"_s << u"value a b"_s;
        QTest::newRow("nothing") << u""_s << u""_s;
    }
    void segmentsAreParted()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QCOMPARE(joined(wordsOf(text.toStdString())), words);
    }

    void questionsMayBeInAnyScript_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("accents are dropped")
            << u"Réunion à l\u2019École"_s << u"reunion a l ecole"_s;
        QTest::newRow("full width letters") << u"ｍａｉｌ"_s << u"mail"_s;
        QTest::newRow("no Latin letter") << u"ਮੇਰੀਆਂ ਫਾਈਲਾਂ"_s << u""_s;
        QTest::newRow("a picture parts words") << u"my📎files"_s << u"my files"_s;
        QTest::newRow("half a surrogate pair")
            << QString(u"mail"_s + QChar(0xD83D) + u"box"_s) << u"mail box"_s;
    }
    void questionsMayBeInAnyScript()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QCOMPARE(joined(wordsOfQuestion(text)), words);
    }

    void wordsAreMadeNormal_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("normal");
        const auto row = [](const char *word, const char *normal) {
            QTest::newRow(word) << QString::fromLatin1(word) << QString::fromLatin1(normal);
        };
        row("messages", "message");
        row("replies", "reply");
        row("searches", "search");
        row("boxes", "box");
        row("businesses", "business");
        row("access", "access");
        row("status", "status");
        row("statuses", "status");
        row("analysis", "analysis");
        row("emails", "mail");
        row("licences", "license");
        row("people", "person");
        row("bosses", "manager");
        row("is", "is");
    }
    void wordsAreMadeNormal()
    {
        QFETCH(QString, word);
        QFETCH(QString, normal);
        QCOMPARE(QString::fromStdString(normalWord(word.toStdString())), normal);
    }

    void otherFormsAreThoughtOf_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("form");
        const auto row = [](const char *word, const char *form) {
            QTest::newRow(word) << QString::fromLatin1(word) << QString::fromLatin1(form);
        };
        row("shared", "share");
        row("planned", "plan");
        row("replied", "reply");
        row("recently", "recent");
        row("meet", "meeting");
        row("share", "sharing");
        row("open", "opened");
    }
    void otherFormsAreThoughtOf()
    {
        QFETCH(QString, word);
        QFETCH(QString, form);
        const std::vector<std::string> forms = otherForms(word.toStdString());
        QVERIFY2(std::ranges::find(forms, form.toStdString()) != forms.end(),
                 qPrintable(joined(forms)));
    }

    void questionsAreUnderstood_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::addColumn<uint>("verb");
        QTest::addColumn<bool>("isChanging");
        QTest::addColumn<int>("owner");
        const auto row = [](const char *text, const char *words, unsigned verb, bool isChanging,
                            Owner owner) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(words) << verb
                                << isChanging << int(owner);
        };
        row("list my messages", "message", Verb::list, false, Owner::Me);
        row("delete a mail", "delete mail", Verb::remove, true, Owner::Unsaid);
        row("please create an event", "create event", Verb::create, true, Owner::Unsaid);
        row("send a mail", "send mail", 0, true, Owner::Unsaid);
        row("which files were shared with me", "file shared", Verb::get | Verb::list, false,
            Owner::Me);
        row("rows of a list", "row list", 0, false, Owner::Unsaid);
        row("turn down an invitation", "decline invitation", 0, true, Owner::Unsaid);
        row("list shared mailbox messages", "mailbox message", Verb::list, false, Owner::Others);
        row("my manager's user", "manager user", 0, false, Owner::Others);
        row("what's new", "new", Verb::get | Verb::list, false, Owner::Unsaid);
        row("", "", 0, false, Owner::Unsaid);
    }
    void questionsAreUnderstood()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QFETCH(uint, verb);
        QFETCH(bool, isChanging);
        QFETCH(int, owner);
        const SearchQuestion question = questionOf(text);
        QCOMPARE(joined(question), words);
        QCOMPARE(question.verb, verb);
        QCOMPARE(question.isChanging, isChanging);
        QCOMPARE(int(question.owner), owner);
    }

    void whatIsBeyondTheLimitIsNotRead()
    {
        QCOMPARE(joined(questionOf(QString(longestQuestion, u' ') + u"mail"_s)), QString());
        QCOMPARE(joined(questionOf(QString(longestQuestion - 4, u' ') + u"mail"_s)), u"mail"_s);
    }

    void aPathIsTakenAsOne()
    {
        QCOMPARE(questionOf(u"GET /v1.0/me/events/{event-id}/accept").path,
                 "/me/events/{id}/accept");
        QCOMPARE(questionOf(u"/me").path, "/me");
        QCOMPARE(questionOf(u"free/busy times").path, "");
        QCOMPARE(questionOf(u"/").path, "/");
    }

    void phrasesAreMadeOfPlainWords()
    {
        for (const Phrase &phrase : phrases()) {
            QVERIFY(wordsOf(phrase.words).size() > 1);
            QVERIFY(!wordsOf(phrase.meaning).empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestSearchWords)
#include "tst_search_words.moc"
