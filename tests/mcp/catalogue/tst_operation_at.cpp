// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/catalogue/operation_at.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestOperationAt : public QObject
{
    Q_OBJECT

private:
    // "GET /me/messages/{id}" of what fits.
    static QStringList at(const QString &path)
    {
        QStringList found;
        for (const Operation &operation :
             operationsAt(OperationCatalogue::bundled(), path.mid(1).split(u'/')))
            found.append(operation.method + u' ' + operation.path);
        found.sort();
        return found;
    }

private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("get");
        const auto same = [](const char *path) {
            QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(path);
        };
        same("/me");
        same("/me/messages");
        QTest::newRow("a key") << u"/me/messages/AAMkAGUz_Y2N-z="_s << u"/me/messages/{id}"_s;
        QTest::newRow("an address as a key") << u"/users/adele@contoso.com"_s << u"/users/{id}"_s;
        QTest::newRow("a chat's key")
            << u"/chats/19:ab_c@thread.v2/messages"_s << u"/chats/{id}/messages"_s;
        QTest::newRow("a site's key")
            << u"/sites/contoso.sharepoint.com,1-2,3-4"_s << u"/sites/{id}"_s;
        QTest::newRow("a drive's key")
            << u"/drives/b!-RIj2DuyvEyV1T4NlOaMHk8"_s << u"/drives/{id}"_s;
        QTest::newRow("an argument")
            << u"/me/drive/root/search(q='bud get')"_s << u"/me/drive/root/search(q='{q}')"_s;
        QTest::newRow("an argument with a quote")
            << u"/me/drive/root/search(q='it''s')"_s << u"/me/drive/root/search(q='{q}')"_s;
        QTest::newRow("numbers as arguments")
            << u"/drives/b!1/items/2/workbook/worksheets/Sheet1/cell(row=1,column=2)"_s
            << u"/drives/{id}/items/{id}/workbook/worksheets/{id}/cell(row={row},column={column})"_s;
        QTest::newRow("by name") << u"/me/drive/root:/Budget 2027.xlsx"_s
                                 << u"/me/drive/root:/{path}"_s;
        QTest::newRow("by names") << u"/me/drive/root:/Shop/2027/a.txt"_s
                                  << u"/me/drive/root:/{path}"_s;
        QTest::newRow("below a name")
            << u"/me/drive/root:/Shop/2027:/children"_s << u"/me/drive/root:/{path}:/children"_s;
    }
    void finds()
    {
        QFETCH(QString, path);
        QFETCH(QString, get);
        const QStringList found = at(path);
        QVERIFY2(found.contains(u"GET "_s + get), qPrintable(found.join(u", "_s)));
    }

    void findsNothing_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path :
             {"/", "/me/", "/Me", "/me/nothing", "/me/messages/", "/me/messages/$value",
              "/me/messages/delta()/x", "/me/messages/a'b", "/me/messages/a(b)",
              "/me/drive/items/1:/b.txt:/content", "/me/drive/root:/a:/b:/children",
              "/me/drive/root:/a/permissions(1)", "/me/drive/root/search(q='a')/x",
              "/me/drive/root/search(q='a'b')", "/me/drive/root/search(q=a)",
              "/drives/1/items/2/workbook/worksheets/3/cell(row=1,2,column=2)"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }
    void findsNothing()
    {
        QFETCH(QString, path);
        QCOMPARE(at(path), QStringList());
    }

    // A literal name wins over a key, for each method.
    void theClosestOneOfEachMethod()
    {
        const OperationCatalogue some("GET\t/a/{id}\tX\t-\tone\nGET\t/a/b\tX\t-\ttwo\n"
                                      "POST\t/a/{id}\tX\t-\tthree\n");
        const auto found = operationsAt(some, {u"a"_s, u"b"_s});
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0].wording, "two"_L1);
        QCOMPARE(found[1].wording, "three"_L1);
    }
};

QTEST_GUILESS_MAIN(TestOperationAt)
#include "tst_operation_at.moc"
