// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/access/area_choice.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestAreaChoice : public QObject
{
    Q_OBJECT

private:
    static QStringList wordsOf(const AreaSet &set)
    {
        QStringList words;
        for (const Area area : allAreas()) {
            if (set.contains(area))
                words.append(areaWord(area));
        }
        return words;
    }

private Q_SLOTS:
    void presetsGrow()
    {
        QCOMPARE(wordsOf(areasOf(AreaPreset::Minimal)),
                 (QStringList{u"profile"_s, u"people"_s, u"mail"_s, u"calendar"_s}));
        AreaSet standard = areasOf(AreaPreset::Standard);
        for (const Area area : allAreas()) {
            if (areasOf(AreaPreset::Minimal).contains(area))
                QVERIFY(standard.contains(area));
            QVERIFY(areasOf(AreaPreset::All).contains(area));
        }
        standard.remove(Area::Mail);
        QVERIFY(!standard.contains(Area::Mail));
    }

    void choices_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("areas"); // empty: it is none
        const QStringList minimal = wordsOf(areasOf(AreaPreset::Minimal));
        QTest::newRow("preset") << u"minimal"_s << minimal;
        QTest::newRow("with spaces") << u" minimal "_s << minimal;
        QTest::newRow("some") << u"mail, tasks"_s
                              << QStringList{u"profile"_s, u"mail"_s, u"tasks"_s};
        QTest::newRow("the profile alone") << u"profile"_s << QStringList{u"profile"_s};
        QTest::newRow("empty") << QString() << QStringList();
        QTest::newRow("another word") << u"mail,everything"_s << QStringList();
        QTest::newRow("other case") << u"Minimal"_s << QStringList();
        QTest::newRow("a preset among areas") << u"mail,minimal"_s << QStringList();
    }
    void choices()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, areas);
        const auto choice = areaChoiceOf(text);
        QCOMPARE(choice.has_value(), !areas.isEmpty());
        if (!choice)
            return;
        QCOMPARE(wordsOf(*choice), areas);
        QCOMPARE(wordsOf(*areaChoiceOf(areaChoiceText(*choice))), areas);
    }

    void aPresetIsWrittenAsOne()
    {
        QCOMPARE(areaChoiceText(areasOf(AreaPreset::Minimal)), u"minimal"_s);
        QCOMPARE(areaChoiceText(*areaChoiceOf(u"calendar,people,mail"_s)), u"minimal"_s);
        QCOMPARE(areaChoiceText(*areaChoiceOf(u"tasks,mail"_s)), u"profile,mail,tasks"_s);
    }
};

QTEST_APPLESS_MAIN(TestAreaChoice)
#include "tst_area_choice.moc"
