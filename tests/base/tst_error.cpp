// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/error.h"

#include <QSet>
#include <QTest>

class TestError : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyKindHasItsOwnName()
    {
        QSet<QString> names;
        for (const Error::Kind kind : allErrorKinds())
            names.insert(kindName(kind));
        QCOMPARE(names.size(), Error::kindCount);
    }
};

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
