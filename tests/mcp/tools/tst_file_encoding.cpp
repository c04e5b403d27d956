// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bytes as text: window by window nothing is lost, doubled or torn.

#include "mcp/tools/file_encoding.h"
#include "mcp/tools/text_piece.h"

#include <QStringEncoder>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestFileEncoding : public QObject
{
    Q_OBJECT

private:
    static QByteArray encoded(const QString &text, FileEncoding encoding)
    {
        switch (encoding) {
        case FileEncoding::Utf8: return text.toUtf8();
        case FileEncoding::Latin1: return text.toLatin1();
        case FileEncoding::Utf16LittleEndian:
            return QByteArray(QStringEncoder(QStringEncoder::Utf16LE).encode(text));
        case FileEncoding::Utf16BigEndian: break;
        }
        return QByteArray(QStringEncoder(QStringEncoder::Utf16BE).encode(text));
    }

private Q_SLOTS:
    void kindsOfFiles_data()
    {
        QTest::addColumn<QString>("mimeType");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isText");
        const QString office = u"application/vnd.openxmlformats-officedocument."_s;
        QTest::newRow("txt") << u"text/plain"_s << u"a.txt"_s << true;
        QTest::newRow("with charset") << u"text/plain; charset=utf-8"_s << u"a"_s << true;
        QTest::newRow("log") << u"application/octet-stream"_s << u"a.LOG"_s << true;
        QTest::newRow("svg") << u"image/svg+xml"_s << u"a.svg"_s << true;
        QTest::newRow("dotfile") << u"application/octet-stream"_s << u".profile"_s << true;
        QTest::newRow("no suffix") << u"application/octet-stream"_s << u"Makefile"_s << true;
        QTest::newRow("unknown suffix") << u"application/octet-stream"_s << u"a.bin"_s << false;
        QTest::newRow("docx") << QString(office + u"wordprocessingml.document"_s) << u"a.docx"_s
                              << false;
        QTest::newRow("pdf") << u"application/pdf"_s << u"a.pdf"_s << false;
        QTest::newRow("png") << u"image/png"_s << u"picture"_s << false;
        QTest::newRow("exe") << u"application/x-msdownload"_s << u"a.txt.exe"_s << false;
    }
    void kindsOfFiles()
    {
        QFETCH(QString, mimeType);
        QFETCH(QString, name);
        QFETCH(bool, isText);
        QCOMPARE(mayBeText(mimeType, name), isText);
    }

    void encodings_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<bool>("isWhole");
        QTest::addColumn<FileEncoding>("encoding");
        QTest::addColumn<int>("mark");
        QTest::newRow("ascii") << "abc"_ba << true << FileEncoding::Utf8 << 0;
        QTest::newRow("utf-8") << "Z\xC3\xBCrich"_ba << true << FileEncoding::Utf8 << 0;
        QTest::newRow("utf-8 with a mark") << "\xEF\xBB\xBF"
                                              "abc"_ba
                                           << true << FileEncoding::Utf8 << 3;
        QTest::newRow("cut character") << "abc\xF0\x9F\x98"_ba << false << FileEncoding::Utf8 << 0;
        QTest::newRow("broken end") << "abc\xF0\x9F\x98"_ba << true << FileEncoding::Latin1 << 0;
        QTest::newRow("latin-1") << "Z\xFCrich"_ba << true << FileEncoding::Latin1 << 0;
        QTest::newRow("utf-16") << QByteArray("\xFF\xFE"
                                              "a\0",
                                              4)
                                << true << FileEncoding::Utf16LittleEndian << 2;
        QTest::newRow("utf-16, big end")
            << QByteArray("\xFE\xFF\0a", 4) << true << FileEncoding::Utf16BigEndian << 2;
        QTest::newRow("empty") << QByteArray() << true << FileEncoding::Utf8 << 0;
    }
    void encodings()
    {
        QFETCH(QByteArray, head);
        QFETCH(bool, isWhole);
        QFETCH(FileEncoding, encoding);
        QFETCH(int, mark);
        QCOMPARE(encodingOf(head, isWhole), encoding);
        QCOMPARE(markSize(head), mark);
    }

    void windowsJoin_data()
    {
        QTest::addColumn<FileEncoding>("encoding");
        QTest::addColumn<QString>("unit");
        QTest::newRow("utf-8") << FileEncoding::Utf8 << u"aü€😀"_s;
        QTest::newRow("utf-8 lines") << FileEncoding::Utf8 << u"größte Lieferung 😀\r\n"_s;
        QTest::newRow("utf-16") << FileEncoding::Utf16LittleEndian << u"aü€😀"_s;
        QTest::newRow("utf-16, big end") << FileEncoding::Utf16BigEndian << u"x😀"_s;
        QTest::newRow("utf-16 lines") << FileEncoding::Utf16LittleEndian << u"abc\n"_s;
        QTest::newRow("latin-1") << FileEncoding::Latin1 << u"Käse, Brötchen\n"_s;
    }
    void windowsJoin()
    {
        QFETCH(FileEncoding, encoding);
        QFETCH(QString, unit);
        for (int shift = 0; shift < 5; ++shift) {
            const QString text = QString(shift, u'-') + unit.repeated(9000);
            const QByteArray all = encoded(text, encoding);
            QString joined;
            qsizetype start = 0;
            int windows = 0;
            for (; start < all.size() && windows < 1000; ++windows) {
                const QByteArray some = all.mid(start, windowSize(encoding));
                const auto window = textWindow(some, encoding, start + some.size() == all.size());
                QVERIFY(window);
                QVERIFY(window->bytes > 0);
                QVERIFY(window->text.toUtf8().size() <= pieceLimit);
                joined += window->text;
                start += window->bytes;
            }
            QCOMPARE(joined.size(), text.size());
            QVERIFY(joined == text);
            QCOMPARE(start, all.size());
            QVERIFY(windows > 1);
        }
    }

    void whatWindowsWrites()
    {
        const auto window =
            textWindow("price \x80 5 \x96 \x93good\x94", FileEncoding::Latin1, true);
        QVERIFY(window);
        QCOMPARE(window->text, u"price € 5 – “good”"_s);
        QCOMPARE(window->bytes, 18);
    }

    // In a file that began as UTF-8.
    void aBrokenPlaceCostsNoMoreThanItself()
    {
        const auto window = textWindow("ab\xFFZ\xC3\xBCrich", FileEncoding::Utf8, true);
        QVERIFY(window);
        QCOMPARE(window->bytes, 10);
        QVERIFY(window->text.startsWith(u"abÿZ"_s));
    }

    void whatIsNoText_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("zero") << QByteArray("abc\0def", 7);
        QTest::newRow("controls") << QByteArray("\x01\x02\x03\x04text").repeated(10);
        QTest::newRow("zip") << QByteArray("PK\x03\x04\x14\0\x06\0", 8);
    }
    void whatIsNoText()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!textWindow(bytes, encodingOf(bytes, true), true));
    }
};

QTEST_GUILESS_MAIN(TestFileEncoding)
#include "tst_file_encoding.moc"
