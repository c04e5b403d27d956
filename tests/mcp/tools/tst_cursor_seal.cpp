// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/cursor_seal.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestCursorSeal : public QObject
{
    Q_OBJECT

private:
    static RequestContext contextOf(const QString &principal = u"tenant.adele"_s,
                                    const QString &program = u"/usr/bin/claude"_s)
    {
        RequestContext context;
        context.principal = principal;
        context.client.program = program;
        return context;
    }
    static QJsonObject arguments(const QString &cursor) { return {{u"cursor"_s, cursor}}; }

    const QJsonObject m_state{{u"path"_s, u"/v1.0/me/messages"_s}, {u"from"_s, 7}};
    CursorSeal m_seal;

private Q_SLOTS:
    void opensWhatItSealed()
    {
        const QString cursor = m_seal.seal(u"FindMail"_s, contextOf(), m_state);
        const auto state = m_seal.open(arguments(cursor), u"FindMail"_s, contextOf());
        QVERIFY(state.ok());
        QCOMPARE(*state, m_state);
    }

    void saysHowToGoOn()
    {
        const QString line = m_seal.goOn(u"FindMail"_s, contextOf(), m_state);
        QCOMPARE(line,
                 u"\nMore: call FindMail with {\"cursor\":\"%1\"}"_s.arg(
                     m_seal.seal(u"FindMail"_s, contextOf(), m_state)));
    }

    void isRefusedElsewhere_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QString>("principal");
        QTest::addColumn<QString>("program");
        QTest::newRow("by another tool")
            << u"ReadMail"_s << u"tenant.adele"_s << u"/usr/bin/claude"_s;
        QTest::newRow("for another account")
            << u"FindMail"_s << u"tenant.alex"_s << u"/usr/bin/claude"_s;
        QTest::newRow("for nobody") << u"FindMail"_s << QString() << u"/usr/bin/claude"_s;
        QTest::newRow("to another program")
            << u"FindMail"_s << u"tenant.adele"_s << u"/usr/bin/codex"_s;
        QTest::newRow("cut otherwise")
            << u"FindMail"_s << u"tenant.adele/usr"_s << u"/bin/claude"_s;
    }
    void isRefusedElsewhere()
    {
        QFETCH(QString, tool);
        QFETCH(QString, principal);
        QFETCH(QString, program);
        const QString cursor = m_seal.seal(u"FindMail"_s, contextOf(), m_state);
        const auto state = m_seal.open(arguments(cursor), tool, contextOf(principal, program));
        QVERIFY(!state.ok());
        QCOMPARE(state.error().kind, Error::Kind::BadRequest);
    }

    void eachCharacterCounts()
    {
        const QString cursor = m_seal.seal(u"FindMail"_s, contextOf(), m_state);
        for (qsizetype i = 0; i < cursor.size(); ++i) {
            QString changed = cursor;
            changed[i] = changed.at(i) == u'A' ? u'B' : u'A';
            QVERIFY(!m_seal.open(arguments(changed), u"FindMail"_s, contextOf()).ok());
        }
    }

    void garbage_data()
    {
        QTest::addColumn<QString>("cursor");
        const QString good = m_seal.seal(u"FindMail"_s, contextOf(), m_state);
        QTest::newRow("empty") << QString();
        QTest::newRow("a dot") << u"."_s;
        QTest::newRow("without its seal") << good.section(u'.', 0, 0) + u'.';
        QTest::newRow("without what is sealed") << u'.' + good.section(u'.', 1);
        QTest::newRow("more behind it") << good + u".x"_s;
        QTest::newRow("padded") << QString(good).replace(u'.', u"=."_s);
        QTest::newRow("with a space") << u' ' + good;
        QTest::newRow("no Latin") << QString(good).replace(0, 1, u"ж"_s);
        QTest::newRow("long") << QString(100'000, u'A') + good;
        QTest::newRow("of another process")
            << CursorSeal().seal(u"FindMail"_s, contextOf(), m_state);
    }
    void garbage()
    {
        QFETCH(QString, cursor);
        const auto state = m_seal.open(arguments(cursor), u"FindMail"_s, contextOf());
        QVERIFY(!state.ok());
        QCOMPARE(state.error().kind, Error::Kind::BadRequest);
    }

    void goesAlone()
    {
        QJsonObject more = arguments(m_seal.seal(u"FindMail"_s, contextOf(), m_state));
        more.insert(u"text"_s, u"budget"_s);
        const auto state = m_seal.open(more, u"FindMail"_s, contextOf());
        QVERIFY(!state.ok());
        QVERIFY(state.error().detail.contains(u"alone"_s));
    }
};

QTEST_GUILESS_MAIN(TestCursorSeal)
#include "tst_cursor_seal.moc"
