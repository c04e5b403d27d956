// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/json_reader.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {
QJsonObject parse(const char *text)
{
    return QJsonDocument::fromJson(text).object();
}
} // namespace

class TestJsonReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhatIsThere()
    {
        JsonReader reader(parse(R"({"s":"a","n":9007199254740993,"b":true,"o":{"x":1}})"));
        QCOMPARE(reader.string("s"_L1), u"a"_s);
        QCOMPARE(reader.integer("n"_L1), 9007199254740993);
        QCOMPARE(reader.boolean("b"_L1), true);
        QCOMPARE(reader.object("o"_L1).value("x"_L1).toInt(), 1);
        QVERIFY2(reader.ok(), qPrintable(reader.problem()));
    }

    void complaintNamesThePath_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("problem");
        QTest::newRow("absent") << QByteArray("{}") << u"params.top is missing"_s;
        QTest::newRow("null") << QByteArray(R"({"top":null})") << u"params.top is null"_s;
        QTest::newRow("string for number")
            << QByteArray(R"({"top":"5"})") << u"params.top is not an integer"_s;
        QTest::newRow("fraction") << QByteArray(R"({"top":5.5})")
                                  << u"params.top is not an integer"_s;
        QTest::newRow("beyond 64 bits")
            << QByteArray(R"({"top":1e300})") << u"params.top is not an integer"_s;
    }
    void complaintNamesThePath()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, problem);
        JsonReader reader(QJsonDocument::fromJson(json).object(), u"params"_s);
        QCOMPARE(reader.integer("top"_L1), 0);
        QCOMPARE(reader.problem(), problem);
    }

    void firstProblemWins()
    {
        JsonReader reader(parse(R"({"b":1})"));
        reader.string("a"_L1);
        reader.boolean("b"_L1);
        QCOMPARE(reader.problem(), u"a is missing"_s);
    }

    void optionalTellsAbsentFromWrong()
    {
        JsonReader reader(parse(R"({"n":null,"s":3})"));
        QVERIFY(!reader.optionalString("absent"_L1));
        QVERIFY(!reader.optionalInteger("n"_L1));
        QVERIFY(reader.ok());
        QVERIFY(!reader.optionalString("s"_L1));
        QCOMPARE(reader.problem(), u"s is not a string"_s);
    }
};

QTEST_GUILESS_MAIN(TestJsonReader)
#include "tst_json_reader.moc"
