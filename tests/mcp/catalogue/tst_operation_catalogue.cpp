// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every line of the bundled catalogue against its format, and what is hidden of it.

#include "mcp/catalogue/hidden_operations.h"
#include "mcp/catalogue/operation_effect.h"

#include <QFile>
#include <QResource>
#include <QSet>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

// The scopes of the generator's input, and its additions.
QSet<QString> knownScopes()
{
    QSet<QString> scopes;
    for (const QString &name : {u"operations.tsv"_s, u"additions.tsv"_s}) {
        QFile file(QStringLiteral(CATALOGUE_INPUT) + u'/' + name);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
        for (const QString &line : lines) {
            const QStringList fields = line.split(u'\t');
            for (const int column : {2, 4}) {
                const QStringList names = fields.value(column).split(u',', Qt::SkipEmptyParts);
                scopes.unite({names.begin(), names.end()});
            }
        }
    }
    return scopes;
}

bool isLetterOrDigit(QChar c)
{
    return c.unicode() < 128 && c.isLetterOrNumber();
}

// What is wrong with one segment of a path; empty: nothing.
QString segmentProblem(const QString &segment)
{
    if (segment.isEmpty())
        return u"an empty segment"_s;
    int open = 0;
    for (const QChar c : segment) {
        if (!isLetterOrDigit(c) && !u"{}()=',$:._"_s.contains(c))
            return u"the character "_s + c;
        open += c == u'{' || c == u'(' ? 1 : c == u'}' || c == u')' ? -1 : 0;
        if (open < 0)
            return u"a bracket that closes nothing"_s;
    }
    if (open != 0)
        return u"an open bracket"_s;
    if (segment.contains("()"_L1))
        return u"empty parentheses"_s;
    return {};
}

QString pathProblem(const QString &path)
{
    if (!path.startsWith(u'/') || path.startsWith("/v1.0"_L1) || path.startsWith("/beta"_L1))
        return u"no path without version"_s;
    QStringList segments = path.split(u'/');
    segments.removeFirst();
    for (const QString &segment : segments) {
        if (QString problem = segmentProblem(segment); !problem.isEmpty())
            return problem;
    }
    return {};
}

} // namespace

class TestOperationCatalogue : public QObject
{
    Q_OBJECT

private:
    const OperationCatalogue &m_catalogue = OperationCatalogue::bundled();

    static QString nameOf(const Operation &operation)
    {
        return operation.method + u' ' + operation.path;
    }

private Q_SLOTS:
    void everyLineOfTheResourceIsAnOperation()
    {
        const QResource resource(u":/mcp/catalogue/graph_operations.tsv"_s);
        QCOMPARE(resource.compressionAlgorithm(), QResource::NoCompression);
        const QByteArray bytes = resource.uncompressedData();
        int lines = 0;
        for (const QByteArray &line : bytes.split('\n'))
            lines += line.isEmpty() || line.startsWith('#') ? 0 : 1;
        QCOMPARE(m_catalogue.size(), lines);
        QVERIFY(lines > 4900);
        // The index counts operations in 16 bits.
        QVERIFY(lines < std::numeric_limits<quint16>::max());
    }

    void everyOperationIsAsTheFormatSays()
    {
        const QSet<QString> methods{u"GET"_s, u"POST"_s, u"PATCH"_s, u"PUT"_s, u"DELETE"_s};
        const QSet<QString> scopes = knownScopes();
        QVERIFY(scopes.size() > 400);
        QSet<QString> names;
        for (int i = 0; i < m_catalogue.size(); ++i) {
            const Operation operation = m_catalogue.at(i);
            const QString name = nameOf(operation);
            QVERIFY2(methods.contains(operation.method), qPrintable(name));
            QVERIFY2(pathProblem(operation.path).isEmpty(),
                     qPrintable(name + u": "_s + pathProblem(operation.path)));
            QVERIFY2(!names.contains(name), qPrintable(name));
            names.insert(name);
            QVERIFY2(operation.scope.isEmpty() || scopes.contains(operation.scope),
                     qPrintable(name + u' ' + operation.scope));
            QVERIFY2(!operation.scope.isEmpty() || !operation.needsAdministrator, qPrintable(name));
        }
    }

    void everyOperationIsWorded()
    {
        for (int i = 0; i < m_catalogue.size(); ++i) {
            const Operation operation = m_catalogue.at(i);
            const QString wording = operation.wording;
            const QString problem = nameOf(operation) + u": "_s + wording;
            QVERIFY2(wording.size() >= 10 && wording.size() <= 120, qPrintable(problem));
            QVERIFY2(wording.front().isUpper() && wording == wording.simplified(),
                     qPrintable(problem));
            for (const QChar c : wording)
                QVERIFY2(c.unicode() >= 32 && c.unicode() < 127 && c != u'{', qPrintable(problem));
        }
    }

    void aLineOfAnotherShapeIsLeftOut()
    {
        const OperationCatalogue catalogue("# comment\n"
                                           "# GET\t/comment\tA\t-\tB\n"
                                           "GET\t/me\tUser.Read\t-\tGets it\n"
                                           "\n"
                                           "GET\t/short\n"
                                           "GET\t/long\tA\t-\tB\tC\n"
                                           "POST\t/subscriptions\t-\ta\tCreates it");
        QCOMPARE(catalogue.size(), 2);
        QCOMPARE(catalogue.at(0).path, "/me"_L1);
        QCOMPARE(catalogue.at(0).scope, "User.Read"_L1);
        QVERIFY(!catalogue.at(0).needsAdministrator);
        QCOMPARE(catalogue.at(1).scope, QLatin1StringView());
        QVERIFY(catalogue.at(1).needsAdministrator);
        QCOMPARE(catalogue.at(1).wording, "Creates it"_L1);
        QCOMPARE(OperationCatalogue("").size(), 0);
    }

    void whatIsHiddenAndWhy_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("hiding");
        const auto row = [](const char *title, const QString &name, Hiding hiding) {
            QTest::newRow(title) << name << int(hiding);
        };
        row("one's own mail", u"GET /me/messages"_s, Hiding::None);
        row("a wider scope will do without an administrator", u"GET /me/calendarView"_s,
            Hiding::None);
        row("no scope at all", u"GET /subscriptions"_s, Hiding::None);
        row("every scope needs an administrator", u"GET /me/manager"_s, Hiding::Administrator);
        row("keys of encrypted disks", u"GET /informationProtection/bitlocker/recoveryKeys/{id}"_s,
            Hiding::Secret);
        row("access passes", u"GET /me/authentication/temporaryAccessPassMethods"_s,
            Hiding::Secret);
        row("client secrets", u"POST /applications/{id}/addPassword"_s, Hiding::Secret);
    }
    void whatIsHiddenAndWhy()
    {
        QFETCH(QString, name);
        QFETCH(int, hiding);
        for (int i = 0; i < m_catalogue.size(); ++i) {
            if (nameOf(m_catalogue.at(i)) == name) {
                QCOMPARE(int(hidingOf(m_catalogue.at(i))), hiding);
                return;
            }
        }
        QFAIL("no such operation");
    }

    void onlyGetAndAFewPostsRead()
    {
        const auto effect = [](QLatin1StringView method, QLatin1StringView path) {
            return effectOf({.method = method, .path = path, .scope = {}, .wording = {}});
        };
        QCOMPARE(effect("GET"_L1, "/me/messages"_L1), Effect::Reads);
        QCOMPARE(effect("POST"_L1, "/search/query"_L1), Effect::ReadsByPost);
        QCOMPARE(effect("POST"_L1, "/users/{id}/calendar/getSchedule"_L1), Effect::ReadsByPost);
        QCOMPARE(effect("POST"_L1, "/me/messages"_L1), Effect::Writes);
        QCOMPARE(effect("PATCH"_L1, "/search/query"_L1), Effect::Writes);
        QCOMPARE(effect("POST"_L1, "/$batch"_L1), Effect::Writes);
        for (int i = 0; i < m_catalogue.size(); ++i) {
            const Operation operation = m_catalogue.at(i);
            if (operation.method != "GET"_L1 && operation.method != "POST"_L1)
                QCOMPARE(effectOf(operation), Effect::Writes);
        }
    }
};

QTEST_GUILESS_MAIN(TestOperationCatalogue)
#include "tst_operation_catalogue.moc"
