// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/application.h"

#include "app/access_dialog.h"
#include "app/access_window.h"
#include "app/activity_log.h"
#include "app/activity_window.h"
#include "app/base/log.h"
#include "app/base/network/system_proxies.h"
#include "app/bus_name.h"
#include "app/connect_window.h"
#include "app/console_session.h"
#include "app/desktop_url_opener.h"
#include "app/doctor/doctor.h"
#include "app/doctor_window.h"
#include "app/live_valet.h"
#include "app/login_start.h"
#include "app/remembered_answers.h"
#include "app/settings_places.h"
#include "app/settings_window.h"
#include "app/shutdown_signals.h"
#include "app/single_instance.h"
#include "app/status_text.h"
#include "app/status_window.h"
#include "app/tray_host.h"
#include "app/tray_icon.h"
#include "app/unattended_prompt.h"
#include "app/user_messages.h"
#include "auth/keychain_token_store.h"
#include "mcp/local/local_server.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

// Not through the log: it is what the person who typed the command reads.
void say(const QString &sentence)
{
    std::fprintf(stderr, "graph-valet-tray: %s\n", qPrintable(sentence));
}

std::unique_ptr<SingleInstance> makeInstance(const valet_link::Locations &locations,
                                             const Arguments &arguments, DisplayKind display)
{
    using Start = SingleInstance::Start;
    const Start start = arguments.background ? Start::Background
        : display == DisplayKind::Visible    ? Start::ByHandWithDisplay
                                             : Start::ByHand;
    return std::make_unique<SingleInstance>(locations, start);
}

} // namespace

// Made in this order and gone in the reverse one.
struct Application::Parts
{
    std::unique_ptr<SystemLog> systemLog = openSystemLog();
    ActivityLog activity;
    auth::KeychainTokenStore store;
    DesktopUrlOpener opener;
    auth::Accounts accounts;
    RememberedAnswers answers;
    PauseSwitch pauses;
    std::unique_ptr<mcp::AccessPrompt> prompt;
    mcp::McpHost host;
    client_config::ClientConnections connections;
    doctor::Doctor doctor;
    LiveValet valet;
    mcp::LocalServer server;
    std::unique_ptr<StatusWindow> statusWindow;
    std::unique_ptr<AccessWindow> accessWindow;
    std::unique_ptr<SettingsWindow> settingsWindow;
    std::unique_ptr<ActivityWindow> activityWindow; // while it is open
    std::unique_ptr<ConnectWindow> connectWindow;
    std::unique_ptr<DoctorWindow> doctorWindow;
    TrayHost trayHost;
    std::unique_ptr<TrayIcon> icon;

    Parts(const QString &profile, const QString &stateFolder, Settings *settings,
          std::unique_ptr<mcp::AccessPrompt> accessPrompt, bool hasDisplay,
          const LiveValet::Actions &actions, doctor::Doctor::Look look)
        : activity(stateFolder + u"/activity"_s, settings->activityDays())
        , store(stateFolder)
        , accounts(profile, settings->entraConfig(), &store, &opener, nullptr, {}, &activity)
        , answers(settings)
        , pauses(settings)
        , prompt(std::move(accessPrompt))
        , host({.tokens = &accounts,
                .prompt = prompt.get(),
                .approvals = &answers,
                .principalFor =
                    [this](const mcp::ClientIdentity &client) { return accountOf(client); },
                .activity = &activity,
                .downloadFolder = [settings] { return settings->downloadFolder(); },
                .pause = [this] { return pauses.current(); }},
               QUrl(), settings->approvalMode())
        , connections(client_config::ClientConnections::ofThisComputer(profile))
        , doctor(std::move(look), &store)
        , valet(&accounts, &host, &pauses, hasDisplay, withConnections(actions))
    {
        activity.setSystemLog(systemLog.get());
    }

    LiveValet::Actions withConnections(LiveValet::Actions actions)
    {
        actions.connections = &connections;
        return actions;
    }

    // The person's choice for this program, also while that account is signed out: its calls are
    // nobody else's.
    QString accountOf(const mcp::ClientIdentity &client) const
    {
        const QString chosen = answers.accountFor(client.program);
        return chosen.isEmpty() ? accounts.defaultPrincipal() : chosen;
    }
};

Application::Application(const Arguments &arguments, DisplayKind display, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
    , m_display(display)
{
}

Application::~Application()
{
    if (!m_parts)
        return;
    m_parts->server.close();
    valet_link::removeRendezvous(*m_locations);
    m_parts.reset();
    // The lock, a child of ours, goes last.
}

std::optional<int> Application::prepare()
{
    std::string problem;
    m_locations = valet_link::locationsFor(m_arguments.profile.toStdString(), problem);
    if (!m_locations || !valet_link::ensurePrivateDirectory(m_locations->stateDirectory, problem)) {
        say(QString::fromStdString(problem));
        return 1;
    }
    if (!logging::addFile(QString::fromStdString(m_locations->logFile)))
        qCWarning(lcApp) << "the log file cannot be written";

    m_settings = std::make_unique<Settings>(settings_places::openPolicy(),
                                            QProcessEnvironment::systemEnvironment(),
                                            settings_places::openPerson(m_arguments.profile));
    if (const auto mistake = m_settings->environmentProblem()) {
        qCCritical(lcApp).noquote() << "a setting is wrong:" << mistake->detail;
        // Who started it by hand can correct it now. A relay's start goes on in state Error, so
        // that tray, status and model tell what is wrong.
        if (!m_arguments.background) {
            say(user_messages::forError(*mistake));
            return 2;
        }
    }
    m_proxies = new network::SystemProxies;
    QNetworkProxyFactory::setApplicationProxyFactory(m_proxies); // takes it over
    auto *signals = new ShutdownSignals(this);
    connect(signals, &ShutdownSignals::requested, this, [this] { leave(0); });
    QTimer::singleShot(0, this, &Application::begin);
    return std::nullopt;
}

void Application::begin()
{
    auto *instance = makeInstance(*m_locations, m_arguments, m_display).release();
    instance->setParent(this);
    connect(instance, &SingleInstance::acquired, this, &Application::run);
    connect(instance, &SingleInstance::elsewhere, this, [this](bool shown) {
        if (!m_arguments.background && !shown)
            say(u"Graph Valet is running already, without a window."_s);
        leave(0);
    });
    connect(instance, &SingleInstance::failed, this,
            [this](const QString &reason) { leave(1, reason); });
    instance->begin();
}

void Application::run(const QList<auth::KeyedRecord> &records)
{
    const auto isSandbox = [this] { return m_parts && m_parts->valet.status().isSandbox; };
    const bool isVisible = m_display == DisplayKind::Visible;
    std::unique_ptr<mcp::AccessPrompt> prompt;
    AccessDialog *dialog = nullptr;
    if (isVisible) {
        auto made = std::make_unique<AccessDialog>(
            isSandbox, [this](const QString &principal) { return accountName(principal); });
        dialog = made.get();
        prompt = std::move(made);
    } else {
        prompt = std::make_unique<UnattendedPrompt>();
    }
    m_parts = std::make_unique<Parts>(
        m_arguments.profile, QString::fromStdString(m_locations->stateDirectory), m_settings.get(),
        std::move(prompt), isVisible,
        LiveValet::Actions{
            .showStatus = [this] { return showStatus(); },
            .showAccess = [this] { return showAccess(); },
            .showSettings = [this] { return showSettings(); },
            .showActivity = [this] { return showActivity(); },
            .showDoctor = [this] { return showDoctor(); },
            .examine =
                [this](Cancellation *cancellation) {
                    return m_parts->doctor.examine(cancellation);
                },
            .startsAtLogin = [this] { return LoginStart(m_arguments.profile).isOn(); },
            .setStartsAtLogin =
                [this](bool on) { return LoginStart(m_arguments.profile).setOn(on); },
            .quit = [this] { leave(0); },
            .deviceCodeRule = [this] { return m_settings->deviceCodeRule(); },
            .keepDefault =
                [this, isSandbox](const QString &principal) {
                    m_settings->setDefaultAccount(principal, isSandbox());
                },
            .signedOut = [this] { openLogoutPage(); },
            .showConnect = [this] { return showConnect(); }},
        [this] { return surroundings(); });
    applySettings();
    if (!listen())
        return;
    qCInfo(lcApp).noquote() << "Graph Valet" << GRAPH_VALET_VERSION << "profile"
                            << m_arguments.profile << (isVisible ? "with" : "without")
                            << "a display";

    connect(m_settings.get(), &Settings::saved, this, &Application::applySettings);
    m_parts->accounts.adopt(records);
    m_parts->accounts.start();
    bus_name::claim(m_arguments.profile);
    if (!isVisible)
        return;
    connect(&m_parts->trayHost, &TrayHost::ready, this, &Application::showIcon);
    connect(dialog, &AccessDialog::questionShown, this, [this] {
        if (m_parts->icon)
            m_parts->icon->notify(tr("A new AI client asks for your Microsoft account. Please "
                                     "answer in the window."));
    });
    m_parts->trayHost.start();
}

QString Application::accountName(const QString &principal) const
{
    const auth::AccountSession *session = m_parts ? m_parts->accounts.find(principal) : nullptr;
    const auto account = session ? session->account() : std::nullopt;
    return account ? status_text::name(*account) : QString();
}

bool Application::listen()
{
    mcp::LocalServer &server = m_parts->server;
    server.setLists(m_parts->host.listsText());
    connect(&m_parts->host, &mcp::McpHost::listsChanged, this,
            [this] { m_parts->server.setLists(m_parts->host.listsText()); });
    connect(&server, &mcp::LocalServer::mcpConnected, this,
            [this](mcp::LinkConnection *connection) { m_parts->host.accept(connection); });
    const auto ownProgram =
        QString::fromStdString(valet_link::programOf(QCoreApplication::applicationPid()));
    connect(&server, &mcp::LocalServer::consoleConnected, this,
            [this, ownProgram](mcp::LinkConnection *connection) {
                new ConsoleSession(connection, &m_parts->valet, ownProgram); // its child
            });

    std::string problem;
    const std::string &folder = m_locations->socketDirectory;
    if (!folder.empty() && !valet_link::ensurePrivateDirectory(folder, problem)) {
        leave(1, QString::fromStdString(problem));
        return false;
    }
    const auto listening = server.listen(QString::fromStdString(m_locations->socket));
    if (!listening.ok()) {
        leave(1, u"AI clients cannot be served: %1."_s.arg(listening.error().detail));
        return false;
    }
    const valet_link::Rendezvous rendezvous{
        .socket = m_locations->socket,
        .pid = QCoreApplication::applicationPid(),
        .version = GRAPH_VALET_VERSION,
        .trayProgram = QCoreApplication::applicationFilePath().toStdString()};
    if (!valet_link::writeRendezvous(*m_locations, rendezvous, problem)) {
        leave(1, QString::fromStdString(problem));
        return false;
    }
    return true;
}

void Application::applySettings()
{
    const auto config = m_settings->entraConfig();
    const bool isSandbox = config.ok() && config->isLoopback();
    if (!config.ok())
        qCWarning(lcApp).noquote() << "not ready:" << config.error().detail;
    m_parts->activity.setDays(m_settings->activityDays());
    if (config.ok()) {
        m_proxies->prepare(config->authority);
        m_proxies->prepare(config->graphUrl);
    }
    m_parts->answers.setSandbox(isSandbox);
    m_parts->host.setApprovalMode(m_settings->approvalMode());
    m_parts->host.setOffer(
        {.areas = m_settings->areas(), .operations = m_settings->operationsShown()});
    m_parts->host.setRoleRequired(m_settings->isRoleRequired());
    m_parts->host.setGraphUrl(config.ok() ? config->graphUrl : QUrl());
    m_parts->accounts.prefer(m_settings->defaultAccount(isSandbox));
    m_parts->accounts.setConfig(config);
    m_parts->valet.setSandbox(isSandbox);
}

void Application::showIcon()
{
    m_parts->icon = std::make_unique<TrayIcon>(&m_parts->valet);
    const bool hasTray = TrayIcon::hasTray();
    if (m_parts->statusWindow)
        m_parts->statusWindow->setHasTray(hasTray);
    if (!hasTray)
        qCInfo(lcApp) << "no system tray; the icon appears if one comes";
    if (m_arguments.background)
        return;
    const auto config = m_settings->entraConfig();
    if (!config.ok() && config.error().kind == Error::Kind::NotConfigured)
        showSettings();
    else if (!hasTray)
        showStatus();
}

void Application::openLogoutPage()
{
    const auto config = m_settings->entraConfig();
    if (config.ok() && m_settings->signsOutInBrowser())
        m_parts->opener.open(config->logoutUrl());
}

bool Application::showStatus()
{
    if (!m_parts->statusWindow) {
        m_parts->statusWindow = std::make_unique<StatusWindow>(&m_parts->valet);
        // Before the icon exists nothing may look for a tray; see TrayHost.
        m_parts->statusWindow->setHasTray(m_parts->icon && TrayIcon::hasTray());
    }
    m_parts->statusWindow->present();
    return true;
}

bool Application::showAccess()
{
    if (!m_parts->accessWindow)
        m_parts->accessWindow = std::make_unique<AccessWindow>(&m_parts->valet, m_settings.get());
    m_parts->accessWindow->present();
    return true;
}

bool Application::showActivity()
{
    if (!m_parts->activityWindow) {
        m_parts->activityWindow =
            std::make_unique<ActivityWindow>(&m_parts->valet, &m_parts->activity);
        // What it has read goes with it.
        connect(
            m_parts->activityWindow.get(), &ActivityWindow::closed, this,
            [this] {
                if (m_parts->activityWindow && !m_parts->activityWindow->isVisible())
                    m_parts->activityWindow.reset();
            },
            Qt::QueuedConnection);
    }
    m_parts->activityWindow->present();
    return true;
}

bool Application::showConnect()
{
    if (!m_parts->connectWindow)
        m_parts->connectWindow = std::make_unique<ConnectWindow>(&m_parts->connections);
    m_parts->connectWindow->present();
    return true;
}

bool Application::showSettings()
{
    if (!m_parts->settingsWindow) {
        m_parts->settingsWindow = std::make_unique<SettingsWindow>(m_settings.get());
    }
    m_parts->settingsWindow->present();
    return true;
}

bool Application::showDoctor()
{
    if (!m_parts->doctorWindow)
        m_parts->doctorWindow = std::make_unique<DoctorWindow>(&m_parts->valet);
    m_parts->doctorWindow->present();
    return true;
}

doctor::Surroundings Application::surroundings() const
{
    return {.profile = m_arguments.profile,
            .trayProgram = QCoreApplication::applicationFilePath(),
            .relayProgram = doctor::relayOfThisInstallation(),
            .relayInPath = doctor::relayInPath(),
            .config = m_settings->entraConfig(),
            .settings = m_settings->overview(),
            .environment = QProcessEnvironment::systemEnvironment(),
            .status = m_parts->valet.status(),
            .isLoaded = m_parts->valet.isLoaded(),
            .display = m_display,
            // Before the icon exists nothing may look for a tray; see TrayHost.
            .hasTray = m_parts->icon ? std::optional(TrayIcon::hasTray()) : std::nullopt,
            .locations = *m_locations,
            .isListening = m_parts->server.isListening()};
}

void Application::leave(int code, const QString &sentence)
{
    if (!sentence.isEmpty()) {
        say(sentence);
        qCCritical(lcApp).noquote() << sentence;
    }
    // exit() and not quit(): that would ask every window, an open question included.
    QCoreApplication::exit(code);
}
