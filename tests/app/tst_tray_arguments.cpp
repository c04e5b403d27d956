// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/arguments.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestTrayArguments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void accepts_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("environment");
        QTest::addColumn<QString>("profile");
        QTest::addColumn<bool>("background");
        QTest::newRow("nothing at all") << QStringList() << QString() << u"default"_s << false;
        QTest::newRow("background")
            << QStringList{u"--background"_s} << QString() << u"default"_s << true;
        QTest::newRow("profile as two words")
            << QStringList{u"--profile"_s, u"work"_s} << QString() << u"work"_s << false;
        QTest::newRow("profile as one word")
            << QStringList{u"--profile=work-2"_s} << QString() << u"work-2"_s << false;
        QTest::newRow("profile of the environment")
            << QStringList() << u"work"_s << u"work"_s << false;
        QTest::newRow("the argument wins")
            << QStringList{u"--profile=home"_s} << u"work"_s << u"home"_s << false;
    }
    void accepts()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, environment);
        const Arguments arguments = Arguments::parse(words, environment);
        QCOMPARE(arguments.problem, QString());
        QCOMPARE(arguments.wish, Arguments::Wish::Run);
        QTEST(arguments.profile, "profile");
        QTEST(arguments.background, "background");
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("environment");
        QTest::newRow("an unknown option") << QStringList{u"--what"_s} << QString();
        QTest::newRow("a stray word") << QStringList{u"status"_s} << QString();
        QTest::newRow("an option of Qt") << QStringList{u"-platform"_s, u"xcb"_s} << QString();
        QTest::newRow("a profile without a name") << QStringList{u"--profile"_s} << QString();
        QTest::newRow("an empty profile") << QStringList{u"--profile="_s} << QString();
        QTest::newRow("a profile with capitals") << QStringList{u"--profile=Work"_s} << QString();
        QTest::newRow("a profile that climbs") << QStringList{u"--profile=../x"_s} << QString();
        QTest::newRow("a profile of 33 letters")
            << QStringList{u"--profile="_s + QString(33, u'a')} << QString();
        QTest::newRow("a bad profile of the environment") << QStringList() << u"a b"_s;
    }
    void refuses()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, environment);
        QVERIFY(!Arguments::parse(words, environment).problem.isEmpty());
    }

    void helpAndVersionAreWishes()
    {
        QCOMPARE(Arguments::parse({u"--help"_s}, {}).wish, Arguments::Wish::Help);
        QCOMPARE(Arguments::parse({u"--version"_s}, {}).wish, Arguments::Wish::Version);
        QVERIFY(Arguments::usage().contains(u"--background"_s));
    }
};

QTEST_GUILESS_MAIN(TestTrayArguments)
#include "tst_tray_arguments.moc"
