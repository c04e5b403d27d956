// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/log.h"
#include "app/base/secret.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestLog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fileHoldsOneLineAnEventAndIsPrivate()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"log"_s);
        logging::install();
        QVERIFY(logging::addFile(path));
        qCInfo(lcApp) << "first\nforged line";
        qCWarning(lcAuth) << "token" << Secret("hunter2");
        qInstallMessageHandler(nullptr);

        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines.at(0).contains("info graphvalet.app: "));
        QVERIFY(lines.at(1).contains("***"));
        QVERIFY(!lines.at(1).contains("hunter2"));
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void fileDoesNotGrowForEver()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"log"_s);
        logging::install();
        QVERIFY(logging::addFile(path));
        const QString filler(4000, u'x');
        for (int i = 0; i < 600; ++i)
            qCInfo(lcApp) << filler;
        qInstallMessageHandler(nullptr);
        QVERIFY(QFile(path).size() <= 1024 * 1024 + 8192);
        QVERIFY(QFile::exists(path + u".1"_s));
    }
};

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
