// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings_window.h"

#include "app/display_text.h"
#include "app/plain_label.h"
#include "app/state_icon.h"
#include "app/user_messages.h"
#include "auth/clouds.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QStyle>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace {

// The letters are what Entra's portal shows; auth::EntraConfig has the last word.
bool isGuid(const QString &text)
{
    static const QRegularExpression pattern(
        u"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"_s);
    return pattern.match(text).hasMatch();
}

bool isTenant(const QString &text)
{
    static const QRegularExpression domain(
        u"^(?=.{1,253}$)([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z0-9-]{2,63}$"_s);
    return isGuid(text) || text == "organizations"_L1 || text == "common"_L1
        || text == "consumers"_L1 || domain.match(text).hasMatch();
}

struct CloudLabel
{
    QLatin1StringView name;
    const char *text;
};
constexpr std::array cloudLabels{
    CloudLabel{"global"_L1,
               QT_TRANSLATE_NOOP("SettingsWindow", "Worldwide (nearly all organisations)")},
    CloudLabel{"usGov"_L1, QT_TRANSLATE_NOOP("SettingsWindow", "US Government (GCC High)")},
    CloudLabel{"usGovDod"_L1,
               QT_TRANSLATE_NOOP("SettingsWindow", "US Government (Department of Defense)")},
    CloudLabel{"china"_L1, QT_TRANSLATE_NOOP("SettingsWindow", "China (operated by 21Vianet)")},
};
static_assert(cloudLabels.size() == auth::clouds.size());

} // namespace

SettingsWindow::SettingsWindow(Settings *settings)
    : m_settings(settings)
    , m_cloud(new QComboBox(this))
    , m_cloudNote(makeNote(tr("Cloud")))
    , m_areas(new AreaPicker(this))
    , m_folderLabel(plainLabel(this))
    , m_chooseFolder(new QPushButton(tr("C&hoose…"), this))
    , m_noFolder(new QPushButton(tr("Non&e"), this))
    , m_folderNote(makeNote(tr("Folder for downloads")))
    , m_problem(plainLabel(this))
    , m_save(nullptr)
{
    setWindowTitle(tr("Graph Valet: Settings"));
    setWindowIcon(state_icon::forProgram());

    auto *registration = new QGroupBox(tr("App registration in Microsoft Entra ID"), this);
    auto *form = new QFormLayout(registration);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_clientId = makeField(tr("Client ID"), u"11111111-2222-3333-4444-555555555555"_s);
    m_tenant = makeField(tr("Tenant"), u"contoso.onmicrosoft.com"_s);
    makeCloud();
    form->addRow(tr("&Client ID"), m_clientId.edit);
    form->addRow(QString(), m_clientId.note);
    // Not "&Tenant": Qt measures "Te" kerned, draws it unkerned, and cuts the last letter.
    form->addRow(tr("Te&nant"), m_tenant.edit);
    form->addRow(QString(), m_tenant.note);
    form->addRow(tr("C&loud"), m_cloud);
    form->addRow(QString(), m_cloudNote);

    auto *ways = new QGroupBox(tr("Signing in and out"), this);
    auto *waysLayout = new QVBoxLayout(ways);
    m_deviceCode = makeSwitch(
        tr("Device code"), tr("Allow signing in with a &device code"),
        tr("For computers without a browser. Whoever talks you into entering a code of theirs is "
           "signed in as you."));
    waysLayout->addWidget(m_deviceCode.box);
    waysLayout->addWidget(m_deviceCode.note);
    m_signOutInBrowser = makeSwitch(
        tr("Sign-out in the browser"), tr("Sign &out in the browser too"),
        tr("After a sign-out Microsoft's page asks which account to sign out of its web pages."));
    waysLayout->addWidget(m_signOutInBrowser.box);
    waysLayout->addWidget(m_signOutInBrowser.note);

    m_problem->setAccessibleName(tr("Problem"));
    auto *box = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_save = box->button(QDialogButtonBox::Save);

    auto *all = new QVBoxLayout(this);
    all->addWidget(registration);
    all->addWidget(m_problem);
    all->addWidget(m_areas);
    all->addWidget(ways);
    all->addWidget(makeDownloads());
    all->addStretch();
    all->addWidget(box);

    connect(m_clientId.edit, &QLineEdit::textChanged, this, &SettingsWindow::check);
    connect(m_tenant.edit, &QLineEdit::textChanged, this, &SettingsWindow::check);
    connect(m_cloud, &QComboBox::currentIndexChanged, this, &SettingsWindow::check);
    connect(m_areas, &AreaPicker::changed, this, &SettingsWindow::check);
    for (const Switch &one : {m_deviceCode, m_signOutInBrowser})
        connect(one.box, &QCheckBox::toggled, this, &SettingsWindow::check);
    connect(box, &QDialogButtonBox::accepted, this, &SettingsWindow::save);
    connect(box, &QDialogButtonBox::rejected, this, &QWidget::close);
    load();
    resize(sizeHint().expandedTo({520, 420}));
}

SettingsWindow::Field SettingsWindow::makeField(const QString &name, const QString &example)
{
    Field field{new QLineEdit(this), makeNote(name)};
    field.edit->setAccessibleName(name);
    field.edit->setPlaceholderText(example);
    field.edit->setMaxLength(300);
    return field;
}

QLabel *SettingsWindow::makeNote(const QString &name)
{
    QLabel *note = plainLabel(this);
    note->setAccessibleName(tr("Note on %1").arg(name));
    return note;
}

SettingsWindow::Switch SettingsWindow::makeSwitch(const QString &name, const QString &label,
                                                  const QString &meaning)
{
    Switch made{new QCheckBox(label, this), makeNote(name), meaning};
    made.box->setAccessibleDescription(meaning);
    made.note->setIndent(made.box->style()->pixelMetric(QStyle::PM_IndicatorWidth)
                         + made.box->style()->pixelMetric(QStyle::PM_CheckBoxLabelSpacing));
    return made;
}

void SettingsWindow::makeCloud()
{
    m_cloud->setAccessibleName(tr("Cloud"));
    m_cloud->setPlaceholderText(tr("Another one"));
    for (const CloudLabel &label : cloudLabels)
        m_cloud->addItem(tr(label.text), QString(label.name));
}

QWidget *SettingsWindow::makeDownloads()
{
    auto *downloads = new QGroupBox(tr("Files that AI clients save"), this);
    m_folderLabel->setAccessibleName(tr("Folder for downloads"));
    m_chooseFolder->setAccessibleName(tr("Choose the folder for downloads"));
    m_noFolder->setAccessibleName(tr("No folder for downloads"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_folderLabel, 1);
    row->addWidget(m_chooseFolder);
    row->addWidget(m_noFolder);
    auto *layout = new QVBoxLayout(downloads);
    layout->addLayout(row);
    layout->addWidget(m_folderNote);
    connect(m_chooseFolder, &QPushButton::clicked, this, &SettingsWindow::chooseFolder);
    connect(m_noFolder, &QPushButton::clicked, this, [this] {
        showFolder({});
        check();
    });
    return downloads;
}

void SettingsWindow::present()
{
    if (!isVisible())
        load();
    show();
    raise();
    activateWindow();
}

void SettingsWindow::load()
{
    loadField(m_clientId, Settings::Key::ClientId);
    loadField(m_tenant, Settings::Key::Tenant);
    loadCloud();
    loadSwitch(m_deviceCode, Settings::Key::AllowDeviceCode,
               m_settings->deviceCodeRule().isAllowed);
    loadSwitch(m_signOutInBrowser, Settings::Key::SignOutInBrowser,
               m_settings->signsOutInBrowser());
    m_areas->setChoice(m_settings->value(Settings::Key::Areas).text);
    m_areas->setLocked(lockedBecause(Settings::Key::Areas));
    loadDownloads();
    m_loaded = choice();
    check();
}

void SettingsWindow::loadField(const Field &field, Settings::Key key)
{
    field.edit->setText(m_settings->value(key).text);
    // Dark themes of Qt 6.4 leave the example black on black.
    QPalette colours = field.edit->palette();
    QColor example = colours.color(QPalette::Text);
    example.setAlphaF(0.6F);
    colours.setColor(QPalette::PlaceholderText, example);
    field.edit->setPalette(colours);
    field.edit->setReadOnly(m_settings->isLocked(key));
    field.edit->setEnabled(!m_settings->isLocked(key));
}

void SettingsWindow::loadCloud()
{
    const bool isLocked = !cloudLockedBecause().isEmpty();
    // Addresses of their own may be those of no cloud.
    const auth::Cloud *cloud = m_settings->addressOrigin()
        ? nullptr
        : auth::cloudNamed(m_settings->value(Settings::Key::Cloud).text);
    m_cloud->setCurrentIndex(cloud ? m_cloud->findData(QString(cloud->name)) : -1);
    m_cloud->setEnabled(!isLocked);
}

void SettingsWindow::loadDownloads()
{
    const QString locked = lockedBecause(Settings::Key::DownloadFolder);
    showFolder(m_settings->downloadFolder());
    m_chooseFolder->setEnabled(locked.isEmpty());
    const QString meaning = tr("An AI client that you allow to use your files can have copies of "
                               "them put here. It never overwrites a file, and saves no programs.");
    m_folderNote->setText(locked.isEmpty() ? meaning : meaning + u'\n' + locked);
}

void SettingsWindow::showFolder(const QString &folder)
{
    m_folder = folder;
    m_folderLabel->setText(folder.isEmpty() ? tr("None: nothing is saved.")
                                            : display_text::shown(QDir::toNativeSeparators(folder),
                                                                  display_text::pathLimit));
    m_noFolder->setEnabled(!folder.isEmpty()
                           && lockedBecause(Settings::Key::DownloadFolder).isEmpty());
}

void SettingsWindow::chooseFolder()
{
    const QString start = m_folder.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)
        : m_folder;
    auto *dialog = new QFileDialog(this, tr("Folder for downloads"), start);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &chosen) {
        // What is chosen now is what is meant, wherever its links lead later.
        const QString folder = QFileInfo(chosen).canonicalFilePath();
        if (!folder.isEmpty())
            showFolder(folder);
        check();
    });
    dialog->open();
}

void SettingsWindow::loadSwitch(const Switch &what, Settings::Key key, bool isOn)
{
    const QString locked = lockedBecause(key);
    what.box->setChecked(isOn);
    what.box->setEnabled(locked.isEmpty());
    what.note->setText(locked.isEmpty() ? what.meaning : what.meaning + u'\n' + locked);
}

QString SettingsWindow::lockedBecause(Settings::Key key) const
{
    switch (m_settings->value(key).origin) {
    case Settings::Origin::Policy:
        return tr("Set by your organisation; it cannot be changed here.");
    case Settings::Origin::Environment:
        return tr("Set by the environment variable %1; it cannot be changed here.")
            .arg(Settings::environmentVariable(key));
    case Settings::Origin::Person:
    case Settings::Origin::Default: break;
    }
    return {};
}

QString SettingsWindow::cloudLockedBecause() const
{
    if (const auto origin = m_settings->addressOrigin()) {
        switch (*origin) {
        case Settings::Origin::Policy: return lockedBecause(Settings::Key::Authority);
        case Settings::Origin::Environment:
            return tr("The environment names the addresses of the sign-in service and of Graph "
                      "itself, so the cloud cannot be chosen here.");
        case Settings::Origin::Person:
        case Settings::Origin::Default:
            return tr("Your settings file names the addresses of the sign-in service and of Graph "
                      "itself, so the cloud cannot be chosen here.");
        }
    }
    return lockedBecause(Settings::Key::Cloud);
}

Settings::Choice SettingsWindow::choice() const
{
    const QString cloud = m_cloud->currentData().toString();
    return {.clientId = m_clientId.edit->text().trimmed(),
            .tenant = m_tenant.edit->text().trimmed(),
            .cloud = cloud.isEmpty() ? m_settings->value(Settings::Key::Cloud).text : cloud,
            .allowsDeviceCode = m_deviceCode.box->isChecked(),
            .signsOutInBrowser = m_signOutInBrowser.box->isChecked(),
            .areas = m_areas->choice(),
            .downloadFolder = m_folder};
}

void SettingsWindow::check()
{
    const auto show = [](QLabel *note, const QString &locked, const QString &problem) {
        note->setText(locked.isEmpty() ? problem : locked);
        note->setVisible(!note->text().isEmpty());
    };
    const Settings::Choice chosen = choice();
    const QString &clientId = chosen.clientId;
    const QString &tenant = chosen.tenant;
    QString clientIdProblem;
    if (clientId.isEmpty())
        clientIdProblem = tr("Needed: the \"Application (client) ID\" of your app registration.");
    else if (!isGuid(clientId))
        clientIdProblem =
            tr("A client ID has 32 digits 0-9 and a-f in five groups, as in the example.");
    QString tenantProblem;
    if (tenant.isEmpty())
        tenantProblem = tr("Needed: the \"Directory (tenant) ID\", or a domain of your "
                           "organisation.");
    else if (!isTenant(tenant))
        tenantProblem = tr("A tenant is an ID, a domain such as contoso.onmicrosoft.com, or one of "
                           "organizations, common and consumers.");
    show(m_clientId.note, lockedBecause(Settings::Key::ClientId), clientIdProblem);
    show(m_tenant.note, lockedBecause(Settings::Key::Tenant), tenantProblem);
    show(m_cloudNote, cloudLockedBecause(), {});

    const bool fieldsAreFine = clientIdProblem.isEmpty() && tenantProblem.isEmpty();
    const auto config = m_settings->entraConfigWith(chosen);
    const bool isFine = fieldsAreFine && config.ok();
    m_problem->setText(fieldsAreFine && !config.ok() ? user_messages::forError(config.error())
                                                     : QString());
    m_problem->setVisible(!m_problem->text().isEmpty());
    const bool isAllLocked =
        !m_clientId.edit->isEnabled() && !m_tenant.edit->isEnabled() && !m_cloud->isEnabled();
    // What has nothing to do with a registration that is wrong can be saved beside it.
    const bool isOtherChanged = chosen.allowsDeviceCode != m_loaded.allowsDeviceCode
        || chosen.signsOutInBrowser != m_loaded.signsOutInBrowser || chosen.areas != m_loaded.areas
        || chosen.downloadFolder != m_loaded.downloadFolder;
    m_save->setEnabled((isFine && !isAllLocked)
                       || (isOtherChanged && chosen.isSameRegistration(m_loaded)));
}

void SettingsWindow::save()
{
    const auto saved = m_settings->savePerson(choice());
    if (saved.ok()) {
        close();
        return;
    }
    m_problem->setText(
        tr("The settings could not be saved in %1.")
            .arg(display_text::shown(saved.error().detail, display_text::pathLimit)));
    m_problem->show();
}
