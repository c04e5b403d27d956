// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/access_dialog.h"
#include "app/area_text.h"
#include "app/unattended_prompt.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Decision = mcp::AccessDecision;

class TestAccessDialog : public QObject
{
    Q_OBJECT

    static QString noName(const QString &) { return {}; }

    struct Asked
    {
        std::optional<Result<Decision>> answer;
    };

    // Asks and keeps the answer.
    std::shared_ptr<Asked> ask(AccessDialog &dialog, const mcp::ClientIdentity &client,
                               const Cancellation *withdrawn = nullptr)
    {
        return ask(dialog, mcp::AccessRequest{.client = client}, withdrawn);
    }
    std::shared_ptr<Asked> ask(AccessDialog &dialog, const mcp::AccessRequest &request,
                               const Cancellation *withdrawn = nullptr)
    {
        auto asked = std::make_shared<Asked>();
        whenDone(dialog.ask(request, withdrawn), this,
                 [asked](const Result<Decision> &result) { asked->answer = result; });
        return asked;
    }
    static mcp::ClientIdentity client(const QString &program)
    {
        return {
            .program = program, .pid = 42, .claimedName = u"Claude"_s, .claimedVersion = u"2"_s};
    }
    static QList<AccessQuestion *> windows()
    {
        QList<AccessQuestion *> shown;
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            auto *question = qobject_cast<AccessQuestion *>(widget);
            if (question && question->isVisible())
                shown.append(question);
        }
        return shown;
    }
    static QPushButton *button(const QString &text)
    {
        for (QPushButton *found : windows().constFirst()->findChildren<QPushButton *>()) {
            if (found->text().remove(u'&') == text)
                return found;
        }
        return nullptr;
    }
    static QString fact(const QString &name)
    {
        const auto *label = windows().constFirst()->findChild<QLabel *>(name);
        return label ? label->text().remove(QChar(0x200B)) : QString();
    }
    static bool isArmed() { return windows().size() == 1 && button(u"Allow"_s)->isEnabled(); }

private Q_SLOTS:
    void cleanup() { QVERIFY(windows().isEmpty()); }

    void showsWhoAsks()
    {
        AccessDialog dialog([] { return false; }, noName);
        const auto asked = ask(dialog, client(u"/opt/claude/bin/claude"_s));
        QCOMPARE(windows().size(), 1);
        QCOMPARE(fact(u"program"_s), u"claude"_s);
        QCOMPARE(fact(u"path"_s), u"/opt/claude/bin/claude"_s);
        QCOMPARE(fact(u"pid"_s), u"42"_s);
        QCOMPARE(fact(u"claimedName"_s), u"“Claude 2” (its own words, not checked)"_s);
        QVERIFY(!windows().constFirst()->isModal());
        QVERIFY(!windows().constFirst()->parentWidget());
    }

    void answers_data()
    {
        QTest::addColumn<QString>("buttonText");
        QTest::addColumn<Decision>("expected");
        QTest::newRow("Allow") << u"Allow"_s << Decision::Allowed;
        QTest::newRow("Deny") << u"Deny"_s << Decision::Denied;
    }
    void answers()
    {
        QFETCH(QString, buttonText);
        AccessDialog dialog([] { return false; }, noName);
        const auto asked = ask(dialog, client(u"/a"_s));
        QTRY_VERIFY(isArmed());
        button(buttonText)->click();
        QTRY_VERIFY(asked->answer);
        QTEST(asked->answer->value(), "expected");
        QTRY_VERIFY(windows().isEmpty());
    }

    void keysAndCrossMeanNo_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("Enter") << int(Qt::Key_Return);
        QTest::newRow("Escape") << int(Qt::Key_Escape);
        QTest::newRow("the window's cross") << 0;
    }
    void keysAndCrossMeanNo()
    {
        QFETCH(int, key);
        AccessDialog dialog([] { return false; }, noName);
        const auto asked = ask(dialog, client(u"/a"_s));
        QTRY_VERIFY(isArmed());
        if (key != 0)
            QTest::keyClick(windows().constFirst(), Qt::Key(key));
        else
            windows().constFirst()->close();
        QTRY_VERIFY(asked->answer);
        QCOMPARE(asked->answer->value(), Decision::Denied);
    }

    void keysBeforeItIsArmedAnswerNothing()
    {
        AccessDialog dialog([] { return false; }, noName);
        const auto asked = ask(dialog, client(u"/a"_s));
        QVERIFY(!isArmed());
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Escape, Qt::Key_Space})
            QTest::keyClick(windows().constFirst(), key);
        QTest::keyClick(windows().constFirst(), Qt::Key_A, Qt::AltModifier);
        QTest::mouseClick(button(u"Allow"_s), Qt::LeftButton);
        QTRY_VERIFY(isArmed());
        QVERIFY(!asked->answer);
        QCOMPARE(windows().size(), 1);
    }

    void showsOneQuestionAtATime()
    {
        AccessDialog dialog([] { return false; }, noName);
        QSignalSpy shown(&dialog, &AccessDialog::questionShown);
        const auto first = ask(dialog, client(u"/first"_s));
        const auto second = ask(dialog, client(u"/second"_s));
        QCOMPARE(windows().size(), 1);
        QCOMPARE(fact(u"path"_s), u"/first"_s);
        QTRY_VERIFY(isArmed());
        button(u"Allow"_s)->click();
        QTRY_VERIFY(first->answer);
        QCOMPARE(windows().size(), 1);
        QCOMPARE(fact(u"path"_s), u"/second"_s);
        QVERIFY(!isArmed());
        QVERIFY(!second->answer);
        QTRY_VERIFY(isArmed());
        button(u"Deny"_s)->click();
        QTRY_VERIFY(second->answer);
        QCOMPARE(first->answer->value(), Decision::Allowed);
        QCOMPARE(second->answer->value(), Decision::Denied);
        QCOMPARE(shown.size(), 2);
    }

    void oneAnswerServesAllQuestionsOfAProgram()
    {
        AccessDialog dialog([] { return false; }, noName);
        const auto first = ask(dialog, client(u"/same"_s));
        const auto other = ask(dialog, client(u"/other"_s));
        const auto second = ask(dialog, client(u"/same"_s));
        QTRY_VERIFY(isArmed());
        button(u"Allow"_s)->click();
        QTRY_VERIFY(first->answer && second->answer);
        QCOMPARE(second->answer->value(), Decision::Allowed);
        QVERIFY(!other->answer);
        QCOMPARE(fact(u"path"_s), u"/other"_s);
    }

    void oneAnswerServesOnlyItselfWhereTheProgramIsUnknown()
    {
        AccessDialog dialog([] { return false; }, noName);
        const auto first = ask(dialog, client({}));
        const auto second = ask(dialog, client({}));
        QVERIFY(fact(u"program"_s).startsWith(u"Unknown"_s));
        QTRY_VERIFY(isArmed());
        button(u"Allow"_s)->click();
        QTRY_VERIFY(first->answer);
        QVERIFY(!second->answer);
        QCOMPARE(windows().size(), 1);
    }

    void saysWhoseAccountItIsAbout()
    {
        AccessDialog dialog([] { return true; },
                            [](const QString &principal) { return u"Adele <b> "_s + principal; });
        const auto asked = ask(dialog, {.client = client(u"/a"_s), .principal = u"tid.oid"_s});
        QCOMPARE(fact(u"account"_s), u"Adele <b> tid.oid"_s);
        QVERIFY(!fact(u"sandbox"_s).isEmpty());
    }

    void saysWhatANewClientWantsFirst()
    {
        AccessDialog dialog([] { return false; }, noName);
        const auto asked = ask(dialog, {.client = client(u"/a"_s), .area = mcp::Area::Calendar});
        QCOMPARE(fact(u"question"_s), u"May this program use your Microsoft account?"_s);
        QCOMPARE(fact(u"wish"_s), u"Read your calendar"_s);
    }

    void asksAboutOneMoreArea_data()
    {
        QTest::addColumn<int>("area");
        for (const mcp::Area area : mcp::allAreas())
            QTest::newRow(qPrintable(areaWord(area))) << int(area);
    }
    void asksAboutOneMoreArea()
    {
        QFETCH(int, area);
        AccessDialog dialog([] { return false; }, noName);
        const mcp::AccessRequest request{
            .client = client(u"/a"_s), .area = mcp::Area(area), .isNewClient = false};
        const auto asked = ask(dialog, request);
        QCOMPARE(fact(u"question"_s), area_text::question(request.area));
        QVERIFY(fact(u"question"_s).endsWith(u'?'));
        QVERIFY(fact(u"wish"_s).isEmpty());
        QVERIFY(!area_text::name(request.area).isEmpty());
        QVERIFY(!area_text::wish(request.area).isEmpty());
        QCOMPARE(windows().constFirst()->windowTitle(), u"Graph Valet: an AI client wants more"_s);
    }

    void oneAnswerServesOnlyTheSameArea()
    {
        AccessDialog dialog([] { return false; }, noName);
        mcp::AccessRequest request{
            .client = client(u"/a"_s), .area = mcp::Area::Calendar, .isNewClient = false};
        const auto calendar = ask(dialog, request);
        request.area = mcp::Area::Mail;
        const auto mail = ask(dialog, request);
        QTRY_VERIFY(isArmed());
        button(u"Allow"_s)->click();
        QTRY_VERIFY(calendar->answer);
        QVERIFY(!mail->answer);
        QCOMPARE(fact(u"question"_s), area_text::question(mcp::Area::Mail));
    }

    void withdrawnQuestionsClose()
    {
        AccessDialog dialog([] { return false; }, noName);
        Cancellation firstGone;
        Cancellation secondGone;
        const auto first = ask(dialog, client(u"/first"_s), &firstGone);
        const auto second = ask(dialog, client(u"/second"_s), &secondGone);
        const auto third = ask(dialog, client(u"/third"_s));
        secondGone.cancel();
        QTRY_VERIFY(second->answer);
        QCOMPARE(second->answer->error().kind, Error::Kind::Cancelled);
        QCOMPARE(fact(u"path"_s), u"/first"_s);
        firstGone.cancel();
        QTRY_VERIFY(first->answer);
        QCOMPARE(first->answer->error().kind, Error::Kind::Cancelled);
        QCOMPARE(windows().size(), 1);
        QCOMPARE(fact(u"path"_s), u"/third"_s);
    }

    void questionWithdrawnBeforeItCameIsNotShown()
    {
        AccessDialog dialog([] { return false; }, noName);
        Cancellation gone;
        gone.cancel();
        const auto asked = ask(dialog, client(u"/a"_s), &gone);
        QTRY_VERIFY(asked->answer);
        QCOMPARE(asked->answer->error().kind, Error::Kind::Cancelled);
    }

    void fullQueueIsBusyNotDenied()
    {
        AccessDialog dialog([] { return false; }, noName);
        QList<std::shared_ptr<Asked>> waiting;
        for (std::size_t i = 0; i < AccessDialog::queueLimit; ++i)
            waiting.append(ask(dialog, client(u"/%1"_s.arg(i))));
        const auto oneTooMany = ask(dialog, client(u"/x"_s));
        QTRY_VERIFY(oneTooMany->answer);
        QCOMPARE(oneTooMany->answer->error().kind, Error::Kind::Busy);
        for (const auto &asked : std::as_const(waiting))
            QVERIFY(!asked->answer);
    }

    void outsideTextIsPlainShortAndVisible()
    {
        AccessDialog dialog([] { return true; }, noName);
        mcp::ClientIdentity hostile = client(u"/opt/"_s + QString(10'000, u'x') + u"/evil"_s);
        hostile.claimedName = u"<b>Microsoft</b>\u202E"_s + QString(10'000, u'W');
        const auto asked = ask(dialog, hostile);
        AccessQuestion *window = windows().constFirst();
        for (const QLabel *label : window->findChildren<QLabel *>()) {
            if (!label->text().isEmpty())
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        QVERIFY(fact(u"claimedName"_s).contains(u"<b>Microsoft</b>[U+202E]"_s));
        QVERIFY(fact(u"claimedName"_s).size() < 200);
        QVERIFY(fact(u"path"_s).size() <= 400);
        QVERIFY(fact(u"path"_s).endsWith(u"/evil"_s));
        QVERIFY(fact(u"sandbox"_s).contains(u"Sandbox"_s));
        QVERIFY2(window->width() < 1000 && window->height() < 700,
                 qPrintable(u"%1 x %2"_s.arg(window->width()).arg(window->height())));
    }

    void nobodyToAskMeansNoWithTheSettingToChange()
    {
        UnattendedPrompt prompt;
        std::optional<Result<Decision>> answer;
        whenDone(prompt.ask({.client = client(u"/a"_s)}, nullptr), this,
                 [&](const Result<Decision> &result) { answer = result; });
        QTRY_VERIFY(answer);
        QCOMPARE(answer->error().kind, Error::Kind::Denied);
        QVERIFY(answer->error().detail.contains(u"GRAPH_VALET_CLIENT_APPROVAL"_s));
        QVERIFY(answer->error().detail.contains(u"clientApproval"_s));
    }
};

QTEST_MAIN(TestAccessDialog)
#include "tst_access_dialog.moc"
