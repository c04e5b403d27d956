// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/local/client_resolver.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// What Linux appends to the path of a running program whose file was replaced by an update.
constexpr auto deletedSuffix = " (deleted)"_L1;

QString withoutDeleted(const QString &program)
{
    return program.endsWith(deletedSuffix) ? program.chopped(deletedSuffix.size()) : program;
}

ClientIdentity identity(const QString &program, qint64 pid)
{
    ClientIdentity client;
    client.program = withoutDeleted(program);
    client.pid = pid;
    return client;
}

// An orphan's new parent; it is nobody's AI client.
bool isSystemProcess(qint64 pid, const QString &program)
{
    static const std::array names{"systemd"_L1, "init"_L1, "launchd"_L1};
    if (pid <= 1)
        return true;
    const QString name = program.section(u'/', -1);
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool isSameFile(const QString &a, const QString &b)
{
    std::error_code problem;
    return std::filesystem::equivalent(a.toStdU16String(), b.toStdU16String(), problem) && !problem;
}

QString relayBeside()
{
    // Windows appends .exe to every program.
    const QString suffix = QFileInfo(QCoreApplication::applicationFilePath()).suffix();
    const bool isExe = suffix.compare("exe"_L1, Qt::CaseInsensitive) == 0;
    return QCoreApplication::applicationDirPath() + u"/graph-valet"_s
        + (isExe ? u".exe"_s : QString());
}

} // namespace

ClientResolver::ClientResolver()
    : ClientResolver(
        relayBeside(),
        {.programOf = [](qint64 pid) { return QString::fromStdString(valet_link::programOf(pid)); },
         .parentOf = [](qint64 pid) -> qint64 { return valet_link::parentOf(pid); }})
{
}

ClientResolver::ClientResolver(QString relayProgram, Processes processes)
    : m_relay(std::move(relayProgram))
    , m_processes(std::move(processes))
{
}

ClientIdentity ClientResolver::identityOf(const valet_link::Peer &peer) const
{
    if (peer.pid <= 0)
        return {};
    const QString program = m_processes.programOf(peer.pid);
    if (!isRelay(program))
        return identity(program, peer.pid);

    const qint64 parent = m_processes.parentOf(peer.pid);
    const QString parentProgram = parent > 0 ? m_processes.programOf(parent) : QString();
    if (parentProgram.isEmpty() || isSystemProcess(parent, parentProgram))
        return {};
    // Process ids are used again: the answer counts only if nothing has moved meanwhile.
    if (m_processes.parentOf(peer.pid) != parent || m_processes.programOf(peer.pid) != program
        || m_processes.programOf(parent) != parentProgram)
        return {};
    return identity(parentProgram, parent);
}

bool ClientResolver::isRelay(const QString &program) const
{
    if (program.isEmpty() || m_relay.isEmpty())
        return false;
    return withoutDeleted(program) == m_relay || isSameFile(program, m_relay);
}

} // namespace mcp
