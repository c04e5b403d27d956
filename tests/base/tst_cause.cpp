// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/cause.h"

#include "app/base/error.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

class TestCause : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCauseButNoneEndsSomehow()
    {
        for (const Cause cause : allCauses()) {
            // A kind that ends by nothing itself, so that only the cause can say it.
            const Error error{.kind = Error::Kind::Denied, .cause = cause};
            QCOMPARE(nextStepFor(error) == NextStep::None, cause == Cause::None);
        }
    }

    void theCauseOutranksTheKind()
    {
        const Error declined{.kind = Error::Kind::SignInNeeded, .cause = Cause::PolicyBlock};
        QCOMPARE(nextStepFor(declined), NextStep::AskAdministrator);
    }

    void kindsWithoutACause_data()
    {
        QTest::addColumn<QString>("word");
        for (const Error::Kind kind : allErrorKinds()) {
            using Kind = Error::Kind;
            QString word;
            if (kind == Kind::SignInNeeded || kind == Kind::NoAnswer)
                word = u"signIn"_s;
            else if (kind == Kind::ConsentNeeded)
                word = u"giveConsent"_s;
            else if (kind == Kind::NotConfigured || kind == Kind::Misconfigured)
                word = u"fixRegistration"_s;
            else if (kind == Kind::Busy || kind == Kind::Offline || kind == Kind::Timeout
                     || kind == Kind::Throttled || kind == Kind::ServiceFault)
                word = u"wait"_s;
            QTest::newRow(kindName(kind).data()) << word;
        }
    }
    void kindsWithoutACause()
    {
        for (const Error::Kind kind : allErrorKinds()) {
            if (kindName(kind) == QLatin1StringView(QTest::currentDataTag()))
                QTEST(nextStepWord(nextStepFor(Error{.kind = kind})), "word");
        }
    }

    void wordsDiffer()
    {
        QSet<QString> words;
        for (int step = 0; step <= int(NextStep::CheckNetwork); ++step)
            words.insert(nextStepWord(NextStep(step)));
        QCOMPARE(words.size(), int(NextStep::CheckNetwork) + 1);
    }
};

QTEST_APPLESS_MAIN(TestCause)
#include "tst_cause.moc"
