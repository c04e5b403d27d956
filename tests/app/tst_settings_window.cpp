// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings_window.h"
#include "auth/clouds.h"
#include "tests/app/settings_fixture.h"

#include <QDir>
#include <QFileDialog>
#include <QSignalSpy>
#include <QTemporaryDir>
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
    static QCheckBox *checkBox(const SettingsWindow &window, const QString &text)
    {
        for (QCheckBox *found : window.findChildren<QCheckBox *>()) {
            if (found->text().remove(u'&') == text)
                return found;
        }
        return nullptr;
    }
    static QComboBox *comboBox(const SettingsWindow &window, const QString &name)
    {
        for (QComboBox *found : window.findChildren<QComboBox *>()) {
            if (found->accessibleName() == name)
                return found;
        }
        return nullptr;
    }
    static QComboBox *cloud(const SettingsWindow &window) { return comboBox(window, u"Cloud"_s); }
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
        SettingsWindow window(settings.get());
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
        SettingsWindow window(settings.get());
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
        SettingsWindow window(settings.get());
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
        SettingsWindow window(settings.get());
        window.present();
        QVERIFY(!edit(window, u"Tenant"_s)->isEnabled());
        QCOMPARE(edit(window, u"Tenant"_s)->text(), u"policy.example"_s);
        QVERIFY(note(window, u"Note on Tenant"_s)->text().contains(u"organisation"_s));
        QVERIFY(!edit(window, u"Client ID"_s)->isEnabled());
        QVERIFY(note(window, u"Note on Client ID"_s)->text().contains(u"GRAPH_VALET_CLIENT_ID"_s));
        QVERIFY(cloud(window)->isEnabled()); // the one thing to choose, so it can be saved
        QVERIFY(!note(window, u"Note on Cloud"_s)->isVisible());
        QVERIFY(button(window, u"Save"_s)->isEnabled());
    }

    void theCloudIsChosenByItsName()
    {
        SettingsFixture fixture;
        fixture.person = {{u"clientId"_s, SettingsFixture::guid()},
                          {u"tenantId"_s, u"contoso.example"_s}};
        const auto settings = fixture.make();
        SettingsWindow window(settings.get());
        window.present();
        QVERIFY(cloud(window)->currentText().startsWith(u"Worldwide"_s));
        QCOMPARE(cloud(window)->count(), int(auth::clouds.size()));
        cloud(window)->setFocus();
        QTest::keyClick(cloud(window), Qt::Key_End);
        QVERIFY(cloud(window)->currentText().startsWith(u"China"_s));
        button(window, u"Save"_s)->click();
        QCOMPARE(settings->entraConfig()->graphUrl.host(), u"microsoftgraph.chinacloudapi.cn"_s);
        window.present();
        QVERIFY(cloud(window)->currentText().startsWith(u"China"_s));
    }

    void aCloudThatIsNotTheirsToChooseSaysWhy_data()
    {
        QTest::addColumn<SettingsFixture::Values>("policy");
        QTest::addColumn<SettingsFixture::Values>("environment");
        QTest::addColumn<SettingsFixture::Values>("person");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("why");
        using Values = SettingsFixture::Values;
        QTest::newRow("policy") << Values{{u"cloud"_s, u"usGovDod"_s}} << Values() << Values()
                                << u"US Government (Department of Defense)"_s
                                << u"Set by your organisation"_s;
        QTest::newRow("addresses of the environment")
            << Values()
            << Values{{u"GRAPH_VALET_AUTHORITY"_s, u"http://127.0.0.1:1"_s},
                      {u"GRAPH_VALET_GRAPH_URL"_s, u"http://127.0.0.1:2"_s}}
            << Values{{u"cloud"_s, u"china"_s}} << QString() << u"The environment names"_s;
        QTest::newRow("addresses of policy")
            << Values{{u"authority"_s, u"https://login.contoso.example"_s},
                      {u"graphUrl"_s, u"https://graph.contoso.example"_s}}
            << Values() << Values() << QString() << u"Set by your organisation"_s;
        QTest::newRow("addresses of their own file")
            << Values() << Values()
            << Values{{u"authority"_s, u"https://login.microsoftonline.us"_s},
                      {u"graphUrl"_s, u"https://graph.microsoft.us"_s}}
            << QString() << u"Your settings file names"_s;
    }
    void aCloudThatIsNotTheirsToChooseSaysWhy()
    {
        QFETCH(SettingsFixture::Values, policy);
        QFETCH(SettingsFixture::Values, environment);
        QFETCH(SettingsFixture::Values, person);
        QFETCH(QString, shown);
        QFETCH(QString, why);
        SettingsFixture fixture;
        fixture.policy = policy;
        fixture.environment = environment;
        fixture.person = person;
        fixture.person.append(
            {{u"clientId"_s, SettingsFixture::guid()}, {u"tenantId"_s, u"contoso.example"_s}});
        const auto settings = fixture.make();
        SettingsWindow window(settings.get());
        window.present();
        QVERIFY(!cloud(window)->isEnabled());
        QCOMPARE(cloud(window)->currentText(), shown);
        QVERIFY2(note(window, u"Note on Cloud"_s)->text().startsWith(why),
                 qPrintable(note(window, u"Note on Cloud"_s)->text()));
        // What the person had chosen stays theirs.
        const QString before = settings->value(Settings::Key::Cloud).text;
        button(window, u"Save"_s)->click();
        QCOMPARE(settings->value(Settings::Key::Cloud).text, before);
    }

    void wrongValueElsewhereIsTold()
    {
        SettingsFixture fixture;
        fixture.person = {{u"clientId"_s, SettingsFixture::guid()},
                          {u"tenantId"_s, u"contoso.example"_s},
                          {u"graphUrl"_s, u"https://graph.evil.example"_s}};
        const auto settings = fixture.make();
        SettingsWindow window(settings.get());
        window.present();
        QVERIFY(note(window, u"Problem"_s)->isVisible());
        QVERIFY(!button(window, u"Save"_s)->isEnabled());
    }

    void deviceCodesCanBeAllowed()
    {
        SettingsFixture fixture; // without a registration
        const auto settings = fixture.make();
        SettingsWindow window(settings.get());
        window.present();
        auto *box = checkBox(window, u"Allow signing in with a device code"_s);
        QVERIFY(box && !box->isChecked());
        QVERIFY(note(window, u"Note on Device code"_s)->text().contains(u"signed in as you"_s));
        QVERIFY(!button(window, u"Save"_s)->isEnabled());
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Space);
        QVERIFY(!settings->deviceCodeRule().isAllowed);
        button(window, u"Save"_s)->click();
        QVERIFY(settings->deviceCodeRule().isAllowed);
        window.present();
        QVERIFY(box->isChecked());
        box->click();
        // A registration that is wrong is not saved by the way.
        edit(window, u"Tenant"_s)->setText(u"Contoso"_s);
        QVERIFY(!button(window, u"Save"_s)->isEnabled());
        edit(window, u"Tenant"_s)->clear();
        button(window, u"Save"_s)->click();
        QVERIFY(!settings->deviceCodeRule().isAllowed);
        QVERIFY(
            !QSettings(fixture.personFile(), QSettings::IniFormat).contains(u"allowDeviceCode"_s));
    }

    void signingOutInTheBrowserCanBeChosen()
    {
        SettingsFixture fixture;
        const auto settings = fixture.make();
        SettingsWindow window(settings.get());
        window.present();
        auto *box = checkBox(window, u"Sign out in the browser too"_s);
        QVERIFY(box && !box->isChecked());
        box->click();
        button(window, u"Save"_s)->click();
        QVERIFY(settings->signsOutInBrowser());
        QVERIFY(!settings->deviceCodeRule().isAllowed);
        fixture.policy = {{u"signOutInBrowser"_s, u"0"_s}};
        const auto managed = fixture.make();
        QVERIFY(!managed->signsOutInBrowser());
        SettingsWindow other(managed.get());
        other.present();
        QVERIFY(!checkBox(other, u"Sign out in the browser too"_s)->isEnabled());
        QVERIFY(note(other, u"Note on Sign-out in the browser"_s)
                    ->text()
                    .contains(u"Set by your organisation"_s));
    }

    void areasAreChosenByPresetOrOneByOne()
    {
        SettingsFixture fixture;
        const auto settings = fixture.make();
        SettingsWindow window(settings.get());
        window.present();
        auto *preset = comboBox(window, u"What AI clients can be given"_s);
        auto *mail = checkBox(window, u"Mail"_s);
        auto *files = checkBox(window, u"Files"_s);
        QVERIFY(preset && mail && files && mail->isChecked() && files->isChecked());
        QCOMPARE(preset->currentText(), u"Standard"_s);
        QTest::keyClick(preset, Qt::Key_Up); // Minimal
        QVERIFY(mail->isChecked() && !files->isChecked());
        mail->click();
        QCOMPARE(preset->currentText(), u"My own choice"_s);
        // The registration is empty, and still that can be saved.
        button(window, u"Save"_s)->click();
        QCOMPARE(mcp::areaChoiceText(settings->areas()), u"profile,people,calendar"_s);

        window.present();
        QVERIFY(!mail->isChecked());
        mail->click();
        QVERIFY(preset->currentText().startsWith(u"Minimal"_s));
        QTest::keyClick(preset, Qt::Key_End);
        QTest::keyClick(preset, Qt::Key_Up); // Everything
        button(window, u"Save"_s)->click();
        QCOMPARE(settings->value(Settings::Key::Areas).text, u"all"_s);
    }

    void areasOfTheOrganisationAreLocked()
    {
        SettingsFixture fixture;
        fixture.policy = {{u"areas"_s, u"mail"_s}};
        const auto settings = fixture.make();
        SettingsWindow window(settings.get());
        window.present();
        QVERIFY(!comboBox(window, u"What AI clients can be given"_s)->isEnabled());
        QVERIFY(!checkBox(window, u"Mail"_s)->isEnabled());
        QVERIFY(checkBox(window, u"Mail"_s)->isChecked());
        QVERIFY(!checkBox(window, u"Files"_s)->isChecked());
        QVERIFY(note(window, u"Note on what AI clients can be given"_s)
                    ->text()
                    .contains(u"Set by your organisation"_s));
    }

    void theFolderForDownloadsIsChosen()
    {
        SettingsFixture fixture;
        const QTemporaryDir temporary;
        const QString folder = QFileInfo(temporary.path()).canonicalFilePath() + u"/here"_s;
        const QString link = temporary.filePath(u"link"_s);
        QVERIFY(QDir().mkdir(folder) && QFile::link(folder, link));
        const auto settings = fixture.make();
        SettingsWindow window(settings.get());
        window.present();
        const QLabel *label = note(window, u"Folder for downloads"_s);
        QVERIFY(label);
        QCOMPARE(label->text(), u"None: nothing is saved."_s);
        QVERIFY(!button(window, u"None"_s)->isEnabled());
        button(window, u"Choose…"_s)->click();
        auto *dialog = window.findChild<QFileDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->fileMode(), QFileDialog::Directory);
        Q_EMIT dialog->fileSelected(link);
        dialog->close();
        // What is saved is where it leads, so that the link may not be turned later.
        QVERIFY(label->text().contains(u"here"_s));
        QCOMPARE(settings->downloadFolder(), QString());
        button(window, u"Save"_s)->click();
        QCOMPARE(settings->downloadFolder(), folder);
        window.present();
        button(window, u"None"_s)->click();
        button(window, u"Save"_s)->click();
        QCOMPARE(settings->downloadFolder(), QString());
        QVERIFY(
            !QSettings(fixture.personFile(), QSettings::IniFormat).contains(u"downloadFolder"_s));
    }

    void theOrganisationMayChooseTheFolder()
    {
        SettingsFixture fixture;
        fixture.policy = {{u"downloadFolder"_s, QDir::homePath()}};
        fixture.person = {{u"downloadFolder"_s, u"/tmp"_s}};
        const auto settings = fixture.make();
        SettingsWindow window(settings.get());
        window.present();
        QVERIFY(!button(window, u"Choose…"_s)->isEnabled());
        QVERIFY(!button(window, u"None"_s)->isEnabled());
        QVERIFY(note(window, u"Note on Folder for downloads"_s)
                    ->text()
                    .contains(u"Set by your organisation"_s));
        QCOMPARE(settings->downloadFolder(), QFileInfo(QDir::homePath()).canonicalFilePath());
    }

    void whatTheOrganisationSaysOfDeviceCodesIsShown_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<bool>("isOn");
        QTest::newRow("allowed") << u"1"_s << true;
        QTest::newRow("forbidden") << u"0"_s << false;
        QTest::newRow("unreadable") << u"maybe"_s << false;
    }
    void whatTheOrganisationSaysOfDeviceCodesIsShown()
    {
        QFETCH(QString, policy);
        QFETCH(bool, isOn);
        SettingsFixture fixture;
        fixture.policy = {{u"allowDeviceCode"_s, policy}};
        fixture.person = {{u"allowDeviceCode"_s, isOn ? u"0"_s : u"1"_s}};
        const auto settings = fixture.make();
        SettingsWindow window(settings.get());
        window.present();
        auto *box = checkBox(window, u"Allow signing in with a device code"_s);
        QVERIFY(!box->isEnabled());
        QCOMPARE(box->isChecked(), isOn);
        QVERIFY(
            note(window, u"Note on Device code"_s)->text().contains(u"Set by your organisation"_s));
    }
};

QTEST_MAIN(TestSettingsWindow)
#include "tst_settings_window.moc"
