// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/schema_check.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using mcp::SchemaCheck;

class TestSchemaCheck : public QObject
{
    Q_OBJECT

private:
    static QJsonObject parse(const QByteArray &json)
    {
        const QJsonDocument document = QJsonDocument::fromJson(json);
        if (!document.isObject())
            qFatal("not an object: %s", json.constData());
        return document.object();
    }

private Q_SLOTS:
    void onlySafeSchemasAreAllowed_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("problem"); // empty: none
        const auto row = [](const char *name, const QByteArray &schema, const QString &problem) {
            QTest::newRow(name) << schema << problem;
        };
        const auto property = [](const QByteArray &schema) -> QByteArray {
            return "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"a\":"
                + schema + "}}";
        };
        row("no arguments",
            "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}", {});
        row("every keyword that is allowed",
            "{\"type\":\"object\",\"title\":\"t\",\"description\":\"d\",\"additionalProperties\":"
            "false,"
            "\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"string\",\"enum\":[\"x\"],"
            "\"minLength\":1,"
            "\"maxLength\":2,\"default\":\"x\"},\"n\":{\"type\":\"integer\",\"minimum\":1,"
            "\"maximum\":2},"
            "\"l\":{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"minItems\":0,"
            "\"maxItems\":3}}}",
            {});
        row("empty", "{}", u"root"_s);
        row("a root that is a list", "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
            u"root"_s);
        row("a root with several types",
            "{\"type\":[\"object\"],\"properties\":{},\"additionalProperties\":false}", u"root"_s);
        row("a root without properties", "{\"type\":\"object\",\"additionalProperties\":false}",
            u"properties"_s);
        row("a root that lets anything in", "{\"type\":\"object\",\"properties\":{}}",
            u"additionalProperties"_s);
        row("a root that says so",
            "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":true}",
            u"additionalProperties"_s);
        for (const char *keyword :
             {"pattern", "format", "oneOf", "anyOf", "allOf", "not", "if", "$ref", "$defs",
              "$schema", "const", "prefixItems", "unevaluatedProperties", "patternProperties",
              "multipleOf", "uniqueItems", "dependentRequired"}) {
            QTest::addRow("keyword %s", keyword)
                << property(QByteArray("{\"type\":\"string\",\"") + keyword + "\":\"x\"}")
                << QString::fromLatin1(keyword);
        }
        row("oneOf at the root",
            "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false,\"oneOf\":[]}",
            u"oneOf"_s);
        row("pattern inside items",
            property("{\"type\":\"array\",\"items\":{\"type\":\"string\",\"pattern\":\"x\"}}"),
            u"pattern"_s);
        row("pattern inside an object",
            property("{\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"string\",\"pattern\":"
                     "\"x\"}}}"),
            u"pattern"_s);
        row("an array without items", property("{\"type\":\"array\"}"), u"items"_s);
        row("a property with several types", property("{\"type\":[\"string\",\"null\"]}"),
            u"single type"_s);
        row("a property without a type", property("{}"), u"single type"_s);
        QByteArray deep = "{\"type\":\"string\"}";
        for (int i = 0; i < 20; ++i)
            deep = "{\"type\":\"array\",\"items\":" + deep + "}";
        row("nested very deep", property(deep), u"too deep"_s);
    }
    void onlySafeSchemasAreAllowed()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QString, problem);
        const QString found = SchemaCheck::schemaProblem(parse(schema));
        QCOMPARE(found.isEmpty(), problem.isEmpty());
        QVERIFY2(found.contains(problem), qPrintable(found));
    }

    void argumentsAreChecked_data()
    {
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<QStringList>("words"); // of the complaint; empty: none
        const auto row = [](const char *name, const QByteArray &arguments,
                            const QStringList &words) {
            QTest::newRow(name) << arguments << words;
        };
        row("all fit", "{\"who\":\"me\",\"top\":5,\"tags\":[\"a\"],\"deep\":{\"x\":true}}", {});
        row("only what is required", "{\"who\":\"me\"}", {});
        row("a whole number with a fraction of zero", "{\"who\":\"me\",\"top\":5.0}", {});
        row("not ASCII", "{\"who\":\"Žluťoučký 🦊\"}", {});
        row("a required one is missing", "{}", {u"\"who\""_s, u"missing"_s});
        row("unknown", "{\"who\":\"me\",\"nope\":1}",
            {u"Unknown argument \"nope\""_s, u"\"Probe\""_s, u"Known: deep, tags, top, who"_s});
        row("misspelled and so missing", "{\"whom\":\"me\"}",
            {u"Unknown argument \"whom\""_s, u"Did you mean \"who\"?"_s});
        row("a number as text", "{\"who\":\"me\",\"top\":\"5\"}", {u"\"top\""_s});
        row("text as a number", "{\"who\":5}", {u"\"who\""_s});
        row("a fraction", "{\"who\":\"me\",\"top\":5.5}", {u"\"top\""_s});
        row("too large", "{\"who\":\"me\",\"top\":51}", {u"\"top\""_s});
        row("null", "{\"who\":null}", {u"\"who\""_s});
        row("a list with a wrong entry", "{\"who\":\"me\",\"tags\":[\"a\",2]}", {u"tags"_s});
        row("too long a list", "{\"who\":\"me\",\"tags\":[\"a\",\"b\",\"c\"]}", {u"tags"_s});
        row("wrong inside an object", "{\"who\":\"me\",\"deep\":{\"x\":1}}", {u"deep.x"_s});
    }
    void argumentsAreChecked()
    {
        QFETCH(QByteArray, arguments);
        QFETCH(QStringList, words);
        const auto check = SchemaCheck::compile(parse(
            "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"who\"],"
            "\"properties\":{"
            "\"who\":{\"type\":\"string\"},\"top\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":"
            "50},"
            "\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"maxItems\":2},"
            "\"deep\":{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"boolean\"}}}}}"));
        QVERIFY(check.ok());
        const QString problem = (*check)->problem(u"Probe"_s, parse(arguments));
        QCOMPARE(problem.isEmpty(), words.isEmpty());
        for (const QString &word : words)
            QVERIFY2(problem.contains(word), qPrintable(problem));
    }

    void hugeArgumentsAreHarmless()
    {
        const auto check = SchemaCheck::compile(parse(
            "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"a\":{\"type\":"
            "\"string\",\"maxLength\":10}}}"));
        QVERIFY(check.ok());
        const QJsonObject huge{{u"a"_s, QString(3'000'000, u'x')}};
        QVERIFY(!(*check)->problem(u"Probe"_s, huge).isEmpty());
        QJsonValue deep = 1;
        for (int i = 0; i < 1000; ++i)
            deep = QJsonArray{deep};
        QVERIFY(!(*check)->problem(u"Probe"_s, {{u"a"_s, deep}}).isEmpty());
        QVERIFY((*check)->problem(u"Probe"_s, {{QString(10'000, u'k'), 1}}).size() < 500);
    }

    void aBrokenSchemaIsAnErrorAndNoCrash()
    {
        const auto check = SchemaCheck::compile(parse("{\"type\":\"no-such-type\"}"));
        QVERIFY(!check.ok());
        QCOMPARE(check.error().kind, Error::Kind::Bug);
    }
};

QTEST_GUILESS_MAIN(TestSchemaCheck)
#include "tst_schema_check.moc"
