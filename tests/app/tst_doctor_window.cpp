// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/doctor_window.h"
#include "tests/app/fake_valet.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using doctor::Outcome;

class TestDoctorWindow : public QObject
{
    Q_OBJECT

    static doctor::Report report()
    {
        return {.checks = {{.id = u"program"_s,
                            .title = u"Programs"_s,
                            .finding = u"Both are here."_s,
                            .facts = {{u"tray program"_s, u"/home/adele/bin/tray"_s}}},
                           {.id = u"clock"_s,
                            .title = u"Date and time"_s,
                            .outcome = Outcome::Failed,
                            .finding = u"The clock is <b>1 hour</b> slow."_s,
                            .advice = u"Set it."_s},
                           {.id = u"tray"_s,
                            .title = u"Tray icon"_s,
                            .outcome = Outcome::Warning,
                            .finding = u"There is none."_s},
                           {.id = u"graph"_s,
                            .title = u"Microsoft Graph"_s,
                            .outcome = Outcome::Skipped,
                            .finding = u"Not set up."_s}},
                .time = QDateTime(QDate(2026, 7, 1), QTime(8, 0), QTimeZone::utc()),
                .personal = {{u"/home/adele"_s, u"~"_s}}};
    }
    static QString shownText(const QWidget &window)
    {
        QStringList texts;
        for (const QLabel *label : window.findChildren<QLabel *>()) {
            if (label->isVisible())
                texts.append(label->text());
        }
        return texts.join(u'\n');
    }
    static QPushButton *button(const QWidget &window, const QString &text)
    {
        for (QPushButton *one : window.findChildren<QPushButton *>()) {
            if (one->text().remove(u'&') == text)
                return one;
        }
        return nullptr;
    }
    static QTreeWidget *list(const QWidget &window) { return window.findChild<QTreeWidget *>(); }

private Q_SLOTS:
    void looksWhenItOpensAndShowsTheWorstFirst()
    {
        FakeValet valet;
        DoctorWindow window(&valet);
        QVERIFY(valet.heard.isEmpty());
        window.present();
        QCOMPARE(valet.heard, QStringList{u"examine"_s});
        QVERIFY(shownText(window).contains(u"Looking for problems"_s));
        QVERIFY(!button(window, u"Check again"_s)->isEnabled());
        QVERIFY(!button(window, u"Copy report"_s)->isEnabled());
        window.present(); // it is looking already
        QCOMPARE(valet.heard.size(), 1);

        valet.examineAnswer.answer(report());
        QTRY_VERIFY(shownText(window).contains(u"One thing is in the way"_s));
        QVERIFY(!window.findChild<QProgressBar *>()->isVisible());
        QCOMPARE(list(window)->topLevelItemCount(), 4);
        QCOMPARE(list(window)->currentItem()->text(0), u"Date and time"_s);
        QVERIFY(shownText(window).contains(u"Set it."_s));
        QVERIFY(shownText(window).contains(u"<b>1 hour</b>"_s)); // as it stands there
    }

    void everyOutcomeHasAWordAndAShape()
    {
        FakeValet valet;
        DoctorWindow window(&valet);
        window.present();
        valet.examineAnswer.answer(report());
        QTRY_COMPARE(list(window)->topLevelItemCount(), 4);
        QStringList words;
        QList<QImage> pictures;
        for (int i = 0; i < 4; ++i) {
            const QTreeWidgetItem *item = list(window)->topLevelItem(i);
            words.append(item->text(1));
            pictures.append(item->icon(1).pixmap(32).toImage());
            QVERIFY(item->data(0, Qt::AccessibleTextRole).toString().contains(item->text(1)));
        }
        QCOMPARE(words, (QStringList{u"OK"_s, u"Failed"_s, u"Warning"_s, u"Not checked"_s}));
        for (int i = 0; i < 4; ++i) {
            for (int j = 0; j < i; ++j)
                QVERIFY(pictures.at(i) != pictures.at(j));
        }
    }

    void theSelectionFollowsTheKeyboardAndStaysWhenCheckedAgain()
    {
        FakeValet valet;
        DoctorWindow window(&valet);
        window.present();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        valet.examineAnswer.answer(report());
        QTRY_COMPARE(list(window)->topLevelItemCount(), 4);
        QTest::keyClick(list(window), Qt::Key_Down);
        QVERIFY(shownText(window).contains(u"There is none."_s));
        QVERIFY(!shownText(window).contains(u"What to do"_s)); // it has nothing to be done
        valet.examineAnswer = {};
        button(window, u"Check again"_s)->click();
        QCOMPARE(valet.heard.size(), 2);
        doctor::Report better = report();
        better.checks[1].outcome = Outcome::Ok;
        valet.examineAnswer.answer(better);
        QTRY_VERIFY(shownText(window).contains(u"not as it should be"_s));
        QCOMPARE(list(window)->currentItem()->text(0), u"Tray icon"_s);
    }

    void copiesTheReportAndNamesOnlyWhereWished()
    {
        FakeValet valet;
        DoctorWindow window(&valet);
        window.present();
        valet.examineAnswer.answer(report());
        QTRY_VERIFY(button(window, u"Copy report"_s)->isEnabled());
        QVERIFY(shownText(window).contains(u"no token"_s)); // what is in it is said
        button(window, u"Copy report"_s)->click();
        QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.contains(u"~/bin/tray"_s), qPrintable(copied));
        QVERIFY(!copied.contains(u"adele"_s));
        QVERIFY(copied.contains(u"[Failed] Date and time: The clock"_s));
        QVERIFY(copied.contains(u"What to do: Set it."_s));
        window.findChild<QCheckBox *>()->click();
        button(window, u"Copy report"_s)->click();
        copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.contains(u"/home/adele/bin/tray"_s));
    }

    void closingStopsTheLook()
    {
        FakeValet valet;
        DoctorWindow window(&valet);
        window.present();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        bool isCancelled = false;
        connect(valet.examineCancellation, &Cancellation::cancelled, this,
                [&] { isCancelled = true; });
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(!window.isVisible());
        QVERIFY(isCancelled);
        // What comes late is not shown for what is asked next.
        const auto late = std::exchange(valet.examineAnswer, {});
        window.present();
        QCOMPARE(valet.heard.size(), 2);
        late.answer(report()); // it was ready when the window closed
        QCoreApplication::processEvents();
        QVERIFY(shownText(window).contains(u"Looking for problems"_s));
        valet.examineAnswer.answer(report());
        QTRY_COMPARE(list(window)->topLevelItemCount(), 4);
    }

    void everythingIsReachableByKeyAndName()
    {
        FakeValet valet;
        DoctorWindow window(&valet);
        window.present();
        valet.examineAnswer.answer(report());
        QTRY_COMPARE(list(window)->topLevelItemCount(), 4);
        for (const QPushButton *one : window.findChildren<QPushButton *>())
            QVERIFY(one->focusPolicy() & Qt::TabFocus);
        for (const QLabel *label : window.findChildren<QLabel *>()) {
            if (!label->text().isEmpty())
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        QVERIFY(!list(window)->accessibleName().isEmpty());
        QVERIFY(!window.findChild<QPlainTextEdit *>()->accessibleName().isEmpty());
        QVERIFY(window.findChild<QPlainTextEdit *>()->tabChangesFocus());
    }
};

QTEST_MAIN(TestDoctorWindow)
#include "tst_doctor_window.moc"
