// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/state_icon.h"

#include <QColor>
#include <QImage>
#include <QTest>

using State = auth::AccountSession::State;

namespace {

// Relative luminance, WCAG 2.
double luminance(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

double contrast(double a, double b)
{
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace

class TestStateIcon : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void standsOutOnEveryPanel_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("size");
        QTest::addColumn<QColor>("panel");
        const char *names[] = {"signed out", "signing in", "signed in",
                               "needs you",  "error",      "paused"};
        for (int state = 0; state < 6; ++state) {
            for (const int size : {16, 22, 32, 64}) {
                for (const QColor &panel : {QColor(Qt::white), QColor(Qt::black)}) {
                    QTest::addRow("%s at %d px on %s", names[state], size,
                                  panel == Qt::white ? "white" : "black")
                        << state << size << panel;
                }
            }
        }
    }
    void standsOutOnEveryPanel()
    {
        QFETCH(int, state);
        QFETCH(int, size);
        QFETCH(QColor, panel);
        const QImage image =
            state_icon::forStatus(State(state % 5), state == 5).pixmap(size).toImage();
        QCOMPARE(image.size(), QSize(size, size));
        int clear = 0;
        const double back = luminance(panel);
        for (int y = 0; y < size; ++y) {
            for (int x = 0; x < size; ++x) {
                const QColor color = image.pixelColor(x, y);
                // 3 : 1 is WCAG's bar for graphics; amber on white reaches 2, and carries its dark
                // sign.
                if (color.alphaF() > 0.9 && contrast(luminance(color), back) >= 3.0)
                    ++clear;
            }
        }
        QVERIFY2(clear >= size * size / 14, qPrintable(QString::number(clear)));
    }

    void everyStateHasItsOwnShape()
    {
        QList<QImage> images{state_icon::forProgram().pixmap(22).toImage()};
        for (int i = 0; i < 6; ++i) {
            const QImage image = state_icon::forStatus(State(i % 5), i == 5)
                                     .pixmap(22)
                                     .toImage()
                                     .convertToFormat(QImage::Format_Grayscale8);
            QVERIFY(!images.contains(image));
            images.append(image);
        }
    }
};

QTEST_MAIN(TestStateIcon)
#include "tst_state_icon.moc"
