// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/user_messages.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

class TestUserMessages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyKindHasItsOwnSentence()
    {
        QSet<QString> seen;
        for (const Error::Kind kind : allErrorKinds()) {
            const QString text = user_messages::forError(Error{.kind = kind});
            QVERIFY2(text.size() > 20 && text.endsWith(u'.'), kindName(kind).data());
            QVERIFY2(!seen.contains(text), kindName(kind).data());
            seen.insert(text);
        }
    }

    void everyCauseHasItsOwnSentence()
    {
        QSet<QString> seen;
        for (const Cause cause : allCauses()) {
            const Error error{.kind = Error::Kind::ServiceFault, .cause = cause};
            const QString text = user_messages::forError(error);
            QVERIFY2(text.endsWith(u'.'), qPrintable(text));
            // Where the cause says no more than the kind, the kind's sentence will do.
            if (cause == Cause::None || cause == Cause::ServiceBusy)
                QCOMPARE(text, user_messages::forError(Error{.kind = Error::Kind::ServiceFault}));
            else
                seen.insert(text);
        }
        QCOMPARE(seen.size(), causeCount - 2);
    }

    void theSentenceNamesTheMenusEntry()
    {
        QVERIFY(user_messages::forError(
                    Error{.kind = Error::Kind::ConsentNeeded, .cause = Cause::AdminConsentMissing})
                    .contains(u"Copy link for the administrator"_s));
    }

    void whoIsInTheWayIsNamed()
    {
        const QString text = user_messages::forError({.kind = Error::Kind::Offline,
                                                      .cause = Cause::IssuerNotTrusted,
                                                      .intermediary = u"Contoso \u202EProxy CA"_s});
        QVERIFY2(text.contains(u"is inspected by \"Contoso [U+202E]Proxy CA\", which"_s),
                 qPrintable(text));
        QVERIFY(user_messages::forError({.kind = Error::Kind::Offline,
                                         .cause = Cause::Proxy,
                                         .intermediary = u"proxy.contoso.example:8080"_s})
                    .contains(u"because the proxy proxy.contoso.example:8080 does"_s));
        QVERIFY(user_messages::forError({.kind = Error::Kind::Offline, .cause = Cause::Proxy})
                    .contains(u"because the proxy of your network does"_s));
    }

    void serviceCodeIsAppended()
    {
        const QString text = user_messages::forError(
            Error{.kind = Error::Kind::SignInNeeded, .serviceCode = u"AADSTS700082"_s});
        QVERIFY2(text.endsWith(u". (AADSTS700082)"_s), qPrintable(text));
    }

    void detailIsForDevelopersExceptWhereASettingIsWrong()
    {
        QVERIFY(!user_messages::forError(Error{.kind = Error::Kind::Offline, .detail = u"ECONN"_s})
                     .contains(u"ECONN"_s));
        QVERIFY(user_messages::forError(Error{.kind = Error::Kind::Misconfigured,
                                              .detail = u"GRAPH_VALET_X is wrong"_s})
                    .contains(u"GRAPH_VALET_X is wrong"_s));
    }

    void waitingTimeIsTold()
    {
        const QString text = user_messages::forError(
            Error{.kind = Error::Kind::Throttled, .retryAfter = std::chrono::seconds(17)});
        QVERIFY2(text.contains(u"17"_s), qPrintable(text));
    }

    void everyStateHasItsOwnName()
    {
        QSet<QString> seen;
        for (int i = 0; i <= int(auth::AccountSession::State::Error); ++i)
            seen.insert(user_messages::forState(auth::AccountSession::State(i)));
        QCOMPARE(seen.size(), 5);
        QVERIFY(!seen.contains(QString()));
    }
};

QTEST_GUILESS_MAIN(TestUserMessages)
#include "tst_user_messages.moc"
