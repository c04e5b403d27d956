// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/doctor/local_checks.h"

#include "app/display_text.h"
#include "app/status_report.h"
#include "app/status_text.h"
#include "app/user_messages.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;
using display_text::pathLimit;
using display_text::shown;
using State = auth::AccountSession::State;

namespace doctor {

QString relayOfThisInstallation()
{
    const QString folder = QCoreApplication::applicationDirPath();
    QStringList folders{folder};
    if (folder.endsWith("/Contents/MacOS"_L1))
        folders.append(QDir::cleanPath(folder + u"/../../../bin"_s));
    return QStandardPaths::findExecutable(u"graph-valet"_s, folders);
}

QString relayInPath()
{
    return QStandardPaths::findExecutable(u"graph-valet"_s);
}

namespace local {
namespace {

struct LocalChecks
{
    Q_DECLARE_TR_FUNCTIONS(LocalChecks)
public:
    static QString programTitle() { return tr("Programs"); }
    static QString bothPrograms(const QString &version)
    {
        return tr("Both programs are here, version %1.").arg(version);
    }
    static QString noRelay()
    {
        return tr("The program graph-valet, which AI clients start, was not found.");
    }
    static QString relayElsewhere(const QString &where)
    {
        return tr("The program graph-valet is not beside this one; AI clients start %1.")
            .arg(where);
    }
    static QString installAgain()
    {
        return tr(
            "Install Graph Valet again, completely; the two programs belong into one folder.");
    }
    static QString relayFails() { return tr("The program graph-valet does not run."); }
    static QString otherVersion(const QString &relay, const QString &own)
    {
        return tr("graph-valet has version %1, and Graph Valet runs as version %2.")
            .arg(relay, own);
    }
    static QString restart()
    {
        return tr("Quit Graph Valet and start it again. If that does not help, install it again.");
    }

    static QString settingsTitle() { return tr("Settings"); }
    static QString settingsFine() { return tr("The settings can be used."); }
    static QString settingsManaged()
    {
        return tr("The settings can be used. Your organisation has set some of them.");
    }
    static QString settingsUnreadable() { return tr("The file of your settings is damaged."); }
    static QString repairFile(const QString &file)
    {
        return tr("Correct or delete %1, then open Settings.").arg(file);
    }
    static QString notSetUp() { return tr("Graph Valet is not set up yet."); }
    static QString settingWrong() { return tr("A setting is wrong."); }

    static QString keychainTitle() { return tr("Keychain"); }
    static QString keychainKeeps()
    {
        return tr("The keychain keeps what is given to it, and gives it back.");
    }
    static QString keychainUntried()
    {
        return tr("No problem with the keychain is known. It was not tried out, because that may "
                  "ask you for its password.");
    }
    static QString keychainBad() { return tr("The keychain cannot be used as it is."); }
    static QString keychainRefuses() { return tr("The keychain did not keep a test entry."); }
    static QString memoryOnly()
    {
        return tr("The keychain works, but your sign-in is not in it yet, and ends with Graph "
                  "Valet.");
    }
    static QString useOnce()
    {
        return tr("Let an AI client use your account once, or sign in again.");
    }

    static QString trayTitle() { return tr("Tray icon"); }
    static QString trayThere() { return tr("This desktop shows the icon."); }
    static QString trayAway() { return tr("This desktop shows no tray icon."); }
    static QString gnomeExtension()
    {
        return tr(
            "Install and switch on the GNOME extension \"AppIndicator and KStatusNotifierItem "
            "Support\". Until then start Graph Valet again to see its window.");
    }
    static QString startAgain()
    {
        return tr("Add a system tray to your panel. Until then start Graph Valet again to see its "
                  "window.");
    }
    static QString trayLater() { return tr("Graph Valet still looks for a tray."); }
    static QString noDisplay()
    {
        return tr("Graph Valet runs without a display, so it has no icon, and new AI clients "
                  "cannot ask you.");
    }
    static QString startWithDisplay()
    {
        return tr("Start graph-valet-tray on your desktop; it takes over. Without a desktop the "
                  "console does the same: graph-valet --help.");
    }

    static QString socketTitle() { return tr("Connection for AI clients"); }
    static QString socketFine() { return tr("AI clients can connect, and nobody but you."); }
    static QString notListening() { return tr("Graph Valet does not listen for AI clients."); }
    static QString cannotConnect() { return tr("Graph Valet cannot be reached by AI clients."); }
    static QString notPrivate() { return tr("Others may enter the folder of the connection."); }
    static QString notFound()
    {
        return tr("AI clients do not find Graph Valet, because the note of where it listens is "
                  "gone or wrong.");
    }
    static QString restartForSocket()
    {
        return tr("Quit Graph Valet and start it again. Programs that clean up folders must spare "
                  "the one named here.");
    }
    static QString makePrivate(const QString &folder)
    {
        return tr("Quit Graph Valet, delete %1, and start it again.").arg(folder);
    }

    static QString accountTitle() { return tr("Microsoft account"); }
    static QString isSignedIn(const QString &who) { return tr("Signed in: %1.").arg(who); }
    static QString keychainUnread() { return tr("The keychain is still being read."); }
    static QString checkAgain() { return tr("Check again in a moment."); }
    static QString notSignedIn() { return tr("Nobody is signed in."); }
    static QString signIn()
    {
        return tr("Choose \"Sign in…\" in the menu, or run graph-valet sign-in.");
    }
    static QString finish() { return tr("A sign-in is under way."); }
    static QString sandbox()
    {
        return tr("These are made-up people of the sandbox, not Microsoft.");
    }

    static QString clientsTitle() { return tr("AI clients"); }
    static QString noClients() { return tr("No AI client is connected."); }
    static QString connectOne()
    {
        return tr("Start your AI client. If it does not know Graph Valet yet, give it the command "
                  "\"graph-valet stdio\" as an MCP server, for example: claude mcp add graph-valet "
                  "--scope user -- graph-valet stdio");
    }
    static QString oneClient() { return tr("One AI client is connected."); }
    static QString manyClients(int count)
    {
        return tr("%1 AI clients are connected.").arg(QString::number(count));
    }
};

QString path(const QString &text)
{
    return shown(text, pathLimit);
}

QString path(const std::string &text)
{
    return path(QString::fromStdString(text));
}

// Whose presence can change what the programs do; their values may hold passwords.
QStringList telltales(const QProcessEnvironment &environment)
{
    static const QStringList others{
        u"http_proxy"_s,    u"https_proxy"_s,     u"all_proxy"_s,        u"no_proxy"_s,
        u"HTTP_PROXY"_s,    u"HTTPS_PROXY"_s,     u"ALL_PROXY"_s,        u"NO_PROXY"_s,
        u"SSL_CERT_FILE"_s, u"SSL_CERT_DIR"_s,    u"OPENSSL_CONF"_s,     u"QTKEYCHAIN_BACKEND"_s,
        u"LD_PRELOAD"_s,    u"LD_LIBRARY_PATH"_s, u"QT_PLUGIN_PATH"_s,   u"QT_QPA_PLATFORM"_s,
        u"QT_NO_GLIB"_s,    u"BROWSER"_s,         u"DYLD_LIBRARY_PATH"_s};
    QStringList found;
    const QStringList names = environment.keys();
    for (const QString &name : names) {
        if (name.startsWith("GRAPH_VALET_"_L1) || others.contains(name))
            found.append(shown(name));
    }
    found.sort();
    return found;
}

QString permissionText(const QFileInfo &file)
{
    const auto bits = file.permissions();
    const auto digit = [bits](QFile::Permission read, QFile::Permission write,
                              QFile::Permission execute) {
        return ((bits & read) ? 4 : 0) + ((bits & write) ? 2 : 0) + ((bits & execute) ? 1 : 0);
    };
    return u"0%1%2%3"_s.arg(digit(QFile::ReadOwner, QFile::WriteOwner, QFile::ExeOwner))
        .arg(digit(QFile::ReadGroup, QFile::WriteGroup, QFile::ExeGroup))
        .arg(digit(QFile::ReadOther, QFile::WriteOther, QFile::ExeOther));
}

} // namespace

Check program(const Surroundings &around, const Result<QString> &relayVersion)
{
    const QString own = QString::fromLatin1(GRAPH_VALET_VERSION);
    Check check{.id = u"program"_s,
                .title = LocalChecks::programTitle(),
                .facts = {{u"version"_s, own},
                          {u"profile"_s, around.profile},
                          {u"qt"_s, QString::fromLatin1(qVersion())},
                          {u"system"_s, shown(QSysInfo::prettyProductName())},
                          {u"tray program"_s, path(around.trayProgram)}}};
    if (around.relayProgram.isEmpty()) {
        const bool isElsewhere = !around.relayInPath.isEmpty();
        check.outcome = isElsewhere ? Outcome::Warning : Outcome::Failed;
        check.finding = isElsewhere ? LocalChecks::relayElsewhere(path(around.relayInPath))
                                    : LocalChecks::noRelay();
        check.advice = LocalChecks::installAgain();
        return check;
    }
    check.facts.append({u"relay program"_s, path(around.relayProgram)});
    if (!relayVersion.ok()) {
        check.outcome = Outcome::Failed;
        check.finding = LocalChecks::relayFails();
        check.advice = LocalChecks::installAgain();
        check.facts.append({u"problem"_s, shown(relayVersion.error().detail, 200)});
    } else if (*relayVersion != own) {
        check.outcome = Outcome::Warning;
        check.finding = LocalChecks::otherVersion(shown(*relayVersion), own);
        check.advice = LocalChecks::restart();
    } else {
        check.finding = LocalChecks::bothPrograms(own);
    }
    return check;
}

Check settings(const Surroundings &around)
{
    Check check{.id = u"settings"_s,
                .title = LocalChecks::settingsTitle(),
                .facts = {{u"file"_s, path(around.settings.file)}}};
    if (!around.settings.managed.isEmpty())
        check.facts.append({u"set by the organisation"_s, around.settings.managed.join(u", "_s)});
    const QStringList variables = telltales(around.environment);
    if (!variables.isEmpty())
        check.facts.append({u"environment variables"_s, variables.join(u", "_s)});
    if (around.config.ok()) {
        const auth::EntraConfig &config = *around.config;
        check.facts += {{u"client id"_s, config.clientId},
                        {u"tenant"_s, shown(config.tenant)},
                        {u"authority"_s, shown(config.authorityText(), pathLimit)},
                        {u"graph"_s, shown(config.graphUrl.toString(), pathLimit)}};
    }
    if (!around.settings.isReadable) {
        check.outcome = Outcome::Failed;
        check.finding = LocalChecks::settingsUnreadable();
        check.advice = LocalChecks::repairFile(path(around.settings.file));
    } else if (!around.config.ok()) {
        const Error &error = around.config.error();
        check.outcome = Outcome::Failed;
        check.finding = error.kind == Error::Kind::NotConfigured ? LocalChecks::notSetUp()
                                                                 : LocalChecks::settingWrong();
        check.advice = user_messages::forError(error);
    } else {
        check.finding = around.settings.managed.isEmpty() ? LocalChecks::settingsFine()
                                                          : LocalChecks::settingsManaged();
    }
    return check;
}

Check keychain(const Surroundings &around, const std::optional<Result<Done>> &probe)
{
    Check check{.id = u"keychain"_s,
                .title = LocalChecks::keychainTitle(),
                .facts = {{u"state"_s, shown(status_report::keychainWord(around.status))}}};
    const auto fail = [&check](const QString &finding, const Error &error) {
        // Without one everything but keeping the sign-in works.
        check.outcome = error.cause == Cause::KeychainAbsent ? Outcome::Warning : Outcome::Failed;
        check.finding = finding;
        check.advice = user_messages::forError(error);
    };
    if (around.status.keychain) {
        fail(LocalChecks::keychainBad(), *around.status.keychain);
    } else if (probe && !probe->ok()) {
        check.facts.append({u"probe"_s, shown(probe->error().serviceCode)});
        fail(LocalChecks::keychainRefuses(), probe->error());
    } else if (around.status.isMemoryOnly) {
        check.outcome = Outcome::Warning;
        check.finding = LocalChecks::memoryOnly();
        check.advice = LocalChecks::useOnce();
    } else if (probe) {
        check.finding = LocalChecks::keychainKeeps();
        check.facts.append({u"probe"_s, u"written, read, deleted"_s});
    } else {
        check.finding = LocalChecks::keychainUntried();
    }
    return check;
}

Check trayHost(const Surroundings &around)
{
    const QString desktop = around.environment.value(u"XDG_CURRENT_DESKTOP"_s);
    Check check{.id = u"tray"_s, .title = LocalChecks::trayTitle()};
    if (!desktop.isEmpty())
        check.facts.append({u"desktop"_s, shown(desktop)});
    if (around.display != DisplayKind::Visible) {
        check.outcome = Outcome::Warning;
        check.finding = LocalChecks::noDisplay();
        check.advice = LocalChecks::startWithDisplay();
    } else if (!around.hasTray) {
        check.outcome = Outcome::Skipped;
        check.finding = LocalChecks::trayLater();
        check.advice = LocalChecks::checkAgain();
    } else if (!*around.hasTray) {
        const bool isGnome = desktop.contains("GNOME"_L1, Qt::CaseInsensitive);
        check.outcome = Outcome::Warning;
        check.finding = LocalChecks::trayAway();
        check.advice = isGnome ? LocalChecks::gnomeExtension() : LocalChecks::startAgain();
    } else {
        check.finding = LocalChecks::trayThere();
    }
    return check;
}

Check socket(const Surroundings &around, const Result<Done> &ownConnection)
{
    const valet_link::Locations &where = around.locations;
    Check check{.id = u"socket"_s,
                .title = LocalChecks::socketTitle(),
                .facts = {{u"socket"_s, path(where.socket)}}};
    std::string privacy;
    bool isPrivate = true;
    if (!where.socketDirectory.empty()) { // a pipe of Windows has none
        isPrivate = valet_link::isPrivateDirectory(where.socketDirectory, privacy);
        const QFileInfo file(QString::fromStdString(where.socket));
        check.facts += {{u"folder"_s, path(where.socketDirectory)},
                        {u"folder mode"_s,
                         permissionText(QFileInfo(QString::fromStdString(where.socketDirectory)))},
                        {u"socket mode"_s, file.exists() ? permissionText(file) : u"absent"_s},
                        {u"owner"_s, file.exists() ? shown(file.owner()) : u"absent"_s}};
    }
    const auto note = valet_link::readRendezvous(where);
    const bool isFound =
        note && note->socket == where.socket && note->pid == QCoreApplication::applicationPid();
    check.facts.append({u"rendezvous"_s, path(where.rendezvousFile)});
    check.outcome = Outcome::Failed;
    check.advice = LocalChecks::restartForSocket();
    if (!around.isListening) {
        check.finding = LocalChecks::notListening();
    } else if (!isPrivate) {
        check.finding = LocalChecks::notPrivate();
        check.advice = LocalChecks::makePrivate(path(where.socketDirectory));
        check.facts.append({u"problem"_s, path(privacy)});
    } else if (!ownConnection.ok()) {
        check.finding = LocalChecks::cannotConnect();
        check.facts.append({u"problem"_s, path(ownConnection.error().detail)});
    } else if (!isFound) {
        check.finding = LocalChecks::notFound();
    } else {
        check.outcome = Outcome::Ok;
        check.finding = LocalChecks::socketFine();
        check.advice.clear();
    }
    return check;
}

Check account(const Surroundings &around)
{
    const Status &status = around.status;
    Check check{.id = u"account"_s,
                .title = LocalChecks::accountTitle(),
                .facts = {{u"state"_s, user_messages::forState(status.state)},
                          {u"accounts"_s, QString::number(status.accounts.size())}}};
    const QString hint = status_text::hint(status);
    if (!around.isLoaded) {
        check.outcome = Outcome::Skipped;
        check.finding = LocalChecks::keychainUnread();
        check.advice = LocalChecks::checkAgain();
    } else if (!around.config.ok()) {
        check.outcome = Outcome::Skipped;
        check.finding = LocalChecks::notSignedIn();
        check.advice = user_messages::forError(around.config.error());
    } else if (status.state == State::SignedIn) {
        const QString who = shown(status_text::account(status), 200);
        check.finding = LocalChecks::isSignedIn(who);
        if (status.problem && status.problem->kind != Error::Kind::StorageFault) {
            check.outcome = Outcome::Warning;
            check.advice = hint;
        }
    } else if (status.state == State::SigningIn) {
        check.outcome = Outcome::Warning;
        check.finding = LocalChecks::finish();
        check.advice = hint;
    } else {
        const bool isMereSignOut = status.state == State::SignedOut
            && (!status.problem || status.problem->kind == Error::Kind::StorageFault);
        check.outcome = isMereSignOut ? Outcome::Warning : Outcome::Failed;
        check.finding = status.state == State::SignedOut ? LocalChecks::notSignedIn()
                                                         : status_text::state(status);
        // What the keychain has is told there.
        check.advice = isMereSignOut || hint.isEmpty() ? LocalChecks::signIn() : hint;
    }
    if (status.isSandbox && status.state == State::SignedIn)
        check.finding += u' ' + LocalChecks::sandbox();
    return check;
}

Check clients(const Surroundings &around)
{
    const auto &connected = around.status.clients;
    Check check{.id = u"clients"_s, .title = LocalChecks::clientsTitle()};
    if (connected.isEmpty()) {
        check.finding = LocalChecks::noClients();
        check.advice = LocalChecks::connectOne();
        return check;
    }
    check.finding = connected.size() == 1 ? LocalChecks::oneClient()
                                          : LocalChecks::manyClients(int(connected.size()));
    int number = 0;
    for (const mcp::ConnectedClient &client : connected) {
        const QString last =
            client.lastCall.isValid() ? client.lastCall.toUTC().toString(Qt::ISODate) : u"none"_s;
        check.facts.append({u"client %1"_s.arg(++number),
                            u"%1, since %2, last call %3"_s.arg(
                                shown(status_report::clientLine(client), 200),
                                client.since.toUTC().toString(Qt::ISODate), last)});
    }
    return check;
}

QList<Personal> personalIn(const Surroundings &around)
{
    QList<Personal> personal{{path(QDir::homePath()), u"~"_s},
                             {path(QDir::toNativeSeparators(QDir::homePath())), u"~"_s}};
    const auto add = [&personal](const auth::Account &account) {
        // "a…@contoso.example": whoever helps sees which organisation it is, and not who.
        const QString domain = account.username.section(u'@', 1);
        const QString shortened = account.username.left(1) + u'…'
            + (domain.isEmpty() ? QString() : u'@' + shown(domain, 200));
        for (const bool isShown : {true, false}) { // shown() may stand around both together
            const auto text = [isShown](const QString &plain) {
                return isShown ? shown(plain, 200) : plain;
            };
            personal.append({text(account.username), shortened});
            personal.append({text(account.name), account.name.left(1) + u'…'});
        }
    };
    if (around.status.account)
        add(*around.status.account);
    for (const AccountStatus &one : around.status.accounts)
        add(one.account);
    return personal;
}

} // namespace local
} // namespace doctor
