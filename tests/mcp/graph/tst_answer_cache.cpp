// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/answer_cache.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;

class TestAnswerCache : public QObject
{
    Q_OBJECT

private:
    static KeptAnswer answer(const QString &id, const QByteArray &tag = "\"1\"",
                             qsizetype size = 100)
    {
        return {.body = {{u"id"_s, id}}, .entityTag = tag, .freshUntil = {}, .size = size};
    }

private Q_SLOTS:
    void whatWasKeptIsFound()
    {
        AnswerCache cache;
        cache.keep(u"a"_s, answer(u"1"_s));
        QCOMPARE(cache.find(u"a"_s)->body["id"_L1].toString(), u"1"_s);
        QCOMPARE(cache.find(u"a"_s)->entityTag, QByteArray("\"1\""));
        QVERIFY(!cache.find(u"b"_s));
        cache.clear();
        QVERIFY(!cache.find(u"a"_s));
    }

    void whatCannotBeUsedAgainIsNotKept()
    {
        AnswerCache cache;
        cache.keep(u"a"_s, answer(u"1"_s));
        cache.keep(u"a"_s, answer(u"2"_s, {}));
        QVERIFY(!cache.find(u"a"_s)); // nor the older one, which is wrong now
        KeptAnswer fresh = answer(u"3"_s, {});
        fresh.freshUntil = QDeadlineTimer(1min);
        cache.keep(u"a"_s, fresh);
        QVERIFY(cache.find(u"a"_s));
        cache.keep(u"a"_s, answer(u"4"_s, "\"4\"", AnswerCache::answerLimit + 1));
        QVERIFY(!cache.find(u"a"_s));
    }

    void memoryHasABound()
    {
        AnswerCache cache;
        constexpr int count = 3 * AnswerCache::sizeLimit / AnswerCache::answerLimit;
        for (int i = 0; i < count; ++i) {
            cache.keep(QString::number(i),
                       answer(QString::number(i), "\"1\"", AnswerCache::answerLimit));
        }
        int kept = 0;
        for (int i = 0; i < count; ++i)
            kept += cache.find(QString::number(i)) ? 1 : 0;
        QVERIFY(kept > 0 && kept <= AnswerCache::sizeLimit / AnswerCache::answerLimit);
        QVERIFY(cache.find(QString::number(count - 1)));
    }

    void whatIsOldGoes()
    {
        AnswerCache cache(20ms);
        cache.keep(u"a"_s, answer(u"1"_s));
        QTRY_VERIFY(!cache.find(u"a"_s));
    }
};

QTEST_GUILESS_MAIN(TestAnswerCache)
#include "tst_answer_cache.moc"
