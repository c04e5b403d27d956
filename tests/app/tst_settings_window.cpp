// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings_window.h"
#include "tests/app/settings_fixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class TestSettingsWindow : public QObject
{
    Q_OBJECT

    static QLineEdit *edit(const SettingsWindow &window, const QString &name)
    {
        for (QLineEdit *found : window.findChildren<QLineEdit *>()) {
            if (found->accessibleName() == name)
                return found;
        }
        return nullptr;
    }
    static QLabel *note(const SettingsWindow &window, const QString &name)
    {
        for (QLabel *found : window.findChildren<QLabel *>()) {
            if (found->accessibleName() == name)
                return found;
        }
        return nullptr;
    }
    static QPushButton *button(const SettingsWindow &window, const QString &text)
    {
        for (QPushButton *found : window.findChildren<QPushButton *>()) {
            if (found->text().remove(u'&') == text)
                return found;
        }
        return nullptr;
    }

private Q_SLOTS:
    void checksWhileTyping_data()
    {
        QTest::addColumn<QString>("clientId");
        QTest::addColumn<QString>("tenant");
        QTest::addColumn<QString>("clientIdNote");
        QTest::addColumn<QString>("tenantNote");
        const QString guid = SettingsFixture::guid();
        QTest::newRow("both right")
            << guid << u"contoso.onmicrosoft.com"_s << QString() << QString();
        QTest::newRow("tenant by id") << guid << guid << QString() << QString();
        QTest::newRow("tenant organizations")
            << guid << u"organizations"_s << QString() << QString();
        QTest::newRow("blanks around it")
            << u' ' + guid + u' ' << u" common "_s << QString() << QString();
        QTest::newRow("both empty") << QString() << QString() << u"Needed"_s << u"Needed"_s;
        QTest::newRow("client id too short")
            << guid.chopped(1) << u"common"_s << u"32 digits"_s << QString();
        QTest::newRow("client id is a name")
            << u"Graph Valet"_s << u"common"_s << u"32 digits"_s << QString();
        QTest::newRow("tenant with a slash")
            << guid << u"contoso.com/x"_s << QString() << u"A tenant is"_s;
        QTest::newRow("tenant is a name") << guid << u"Contoso"_s << QString() << u"A tenant is"_s;
        QTest::newRow("tenant is an address")
            << guid << u"https://contoso.com"_s << QString() << u"A tenant is"_s;
    }
    void checksWhileTyping()
    {
        QFETCH(QString, clientId);
        QFETCH(QString, tenant);
        QFETCH(QString, clientIdNote);
        QFETCH(QString, tenantNote);
        SettingsFixture fixture;
        const auto settings = fixture.make();
        SettingsWindow window(settings.get(), [] { return false; });
        window.present();
        edit(window, u"Client ID"_s)->setText(clientId);
        edit(window, u"Tenant"_s)->setText(tenant);
        const auto matches = [](const QLabel *label, const QString &part) {
            return part.isEmpty() ? !label->isVisible()
                                  : label->isVisible() && label->text().contains(part);
        };
        QVERIFY2(matches(note(window, u"Note on Client ID"_s), clientIdNote),
                 qPrintable(note(window, u"Note on Client ID"_s)->text()));
        QVERIFY2(matches(note(window, u"Note on Tenant"_s), tenantNote),
                 qPrintable(note(window, u"Note on Tenant"_s)->text()));
        QCOMPARE(button(window, u"Save"_s)->isEnabled(),
                 clientIdNote.isEmpty() && tenantNote.isEmpty());
    }

    void savesAndCloses()
    {
        SettingsFixture fixture;
        const auto settings = fixture.make();
        SettingsWindow window(settings.get(), [] { return false; });
        window.present();
        QTest::keyClicks(edit(window, u"Client ID"_s), SettingsFixture::guid());
        QTest::keyClicks(edit(window, u"Tenant"_s), u"contoso.example"_s);
        QSignalSpy saved(settings.get(), &Settings::saved);
        button(window, u"Save"_s)->click();
        QCOMPARE(saved.size(), 1);
        QVERIFY(!window.isVisible());
        QCOMPARE(settings->entraConfig()->tenant, u"contoso.example"_s);
    }

    void escapeChangesNothing()
    {
        SettingsFixture fixture;
        fixture.person = {{u"tenantId"_s, u"contoso.example"_s}};
        const auto settings = fixture.make();
        SettingsWindow window(settings.get(), [] { return false; });
        window.present();
        edit(window, u"Tenant"_s)->setText(u"fabrikam.example"_s);
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(!window.isVisible());
        QCOMPARE(settings->value(Settings::Key::Tenant).text, u"contoso.example"_s);
        window.present();
        QCOMPARE(edit(window, u"Tenant"_s)->text(), u"contoso.example"_s);
    }

    void lockedValuesSayWhy()
    {
        SettingsFixture fixture;
        fixture.policy = {{u"tenantId"_s, u"policy.example"_s}};
        fixture.environment = {{u"GRAPH_VALET_CLIENT_ID"_s, SettingsFixture::guid()}};
        const auto settings = fixture.make();
        SettingsWindow window(settings.get(), [] { return false; });
        window.present();
        QVERIFY(!edit(window, u"Tenant"_s)->isEnabled());
        QCOMPARE(edit(window, u"Tenant"_s)->text(), u"policy.example"_s);
        QVERIFY(note(window, u"Note on Tenant"_s)->text().contains(u"organisation"_s));
        QVERIFY(!edit(window, u"Client ID"_s)->isEnabled());
        QVERIFY(note(window, u"Note on Client ID"_s)->text().contains(u"GRAPH_VALET_CLIENT_ID"_s));
        QVERIFY(!button(window, u"Save"_s)->isEnabled());
    }

    void wrongValueElsewhereIsTold()
    {
        SettingsFixture fixture;
        fixture.person = {{u"clientId"_s, SettingsFixture::guid()},
                          {u"tenantId"_s, u"contoso.example"_s},
                          {u"graphUrl"_s, u"https://graph.evil.example"_s}};
        const auto settings = fixture.make();
        SettingsWindow window(settings.get(), [] { return false; });
        window.present();
        QVERIFY(note(window, u"Problem"_s)->isVisible());
        QVERIFY(!button(window, u"Save"_s)->isEnabled());
    }

    void answersCanBeForgotten()
    {
        SettingsFixture fixture;
        const auto settings = fixture.make();
        settings->setApproval(u"/opt/claude"_s, mcp::AccessDecision::Denied, false);
        settings->setApproval(u"/opt/sandboxed"_s, mcp::AccessDecision::Allowed, true);
        SettingsWindow window(settings.get(), [] { return false; });
        window.present();
        auto *list = window.findChild<QListWidget *>();
        QCOMPARE(list->count(), 1);
        QCOMPARE(list->item(0)->text(), u"Denied: /opt/claude"_s);
        QVERIFY(!button(window, u"Ask again"_s)->isEnabled());
        list->setCurrentRow(0);
        button(window, u"Ask again"_s)->click();
        QCOMPARE(list->count(), 0);
        QVERIFY(!settings->approvalFor(u"/opt/claude"_s, false));
    }
};

QTEST_MAIN(TestSettingsWindow)
#include "tst_settings_window.moc"
