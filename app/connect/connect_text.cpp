// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect/connect_text.h"

#include <QCoreApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ClientConfig", text);
}

} // namespace

QString sentence(const ConfigProblem &problem)
{
    using Reason = ConfigProblem::Reason;
    const QString file = QDir::toNativeSeparators(problem.file);
    const QString &what = problem.what;
    switch (problem.reason) {
    case Reason::UnknownClient: return tr("Graph Valet knows no AI client “%1”.").arg(what);
    case Reason::ClientMissing: return tr("%1 was not found on this computer.").arg(what);
    case Reason::Managed:
        return tr("Your organisation decides which servers this client may use (%1).").arg(what);
    case Reason::NoProgram:
        return tr("The program graph-valet is missing in %1. Please install Graph Valet again.")
            .arg(what);
    case Reason::FleetingProgram:
        return tr("Graph Valet runs from a place that goes away with it (%1). Please install it "
                  "first.")
            .arg(what);
    case Reason::Unreadable: return tr("%1 cannot be read: %2.").arg(file, what);
    case Reason::Directory: return tr("%1 is a folder, not a file.").arg(file);
    case Reason::TooBig: return tr("%1 is too big to be a configuration.").arg(file);
    case Reason::NotText: return tr("%1 is not text in UTF-8.").arg(file);
    case Reason::Broken:
        if (problem.line == 0)
            return tr("%1 is broken: %2. Please mend it first.").arg(file, what);
        return tr("%1 is broken in line %2, column %3: %4. Please mend it first.")
            .arg(file, QString::number(problem.line), QString::number(problem.column), what);
    case Reason::Ambiguous:
        return tr("%1 has “%2” twice, again in line %3. Please remove one of them first.")
            .arg(file, what, QString::number(problem.line));
    case Reason::UnknownShape:
        return tr("%1 holds “%2” in a way that Graph Valet cannot change (line %3).")
            .arg(file, what, QString::number(problem.line));
    case Reason::ReadOnly: return tr("%1 may only be read.").arg(file);
    case Reason::Unwritable: return tr("%1 cannot be written: %2.").arg(file, what);
    case Reason::Changed:
        return tr("%1 has been changed by somebody else in the meantime. Nothing was written; "
                  "please look again.")
            .arg(file);
    case Reason::Unproven:
        return tr("Graph Valet found no way to change %1 without changing more than its own "
                  "entry. Nothing was written.")
            .arg(file);
    case Reason::NothingToUndo: return tr("There is nothing to undo.");
    }
    return {};
}

QString sentence(const ClientState &state)
{
    switch (state.kind) {
    case ClientState::Kind::Missing: return tr("Not found on this computer");
    case ClientState::Kind::NotConnected: return tr("Not connected");
    case ClientState::Kind::Connected: return tr("Connected");
    case ClientState::Kind::OtherProgram:
        return state.program.isEmpty() ? tr("Its entry starts no program")
                                       : tr("Its entry starts %1").arg(state.program);
    case ClientState::Kind::Problem: return sentence(state.problem);
    }
    return {};
}

QString brief(const ClientState &state)
{
    if (state.kind != ClientState::Kind::Problem)
        return sentence(state);
    switch (state.problem.reason) {
    case ConfigProblem::Reason::Managed: return tr("Decided by your organisation");
    case ConfigProblem::Reason::Broken: return tr("Its file is broken");
    default: return tr("Its file cannot be used");
    }
}

QString nextStep(const QString &clientName, Notices notices, Wish wish)
{
    switch (notices) {
    case Notices::AtItsStart: return tr("Quit %1 and start it again.").arg(clientName);
    case Notices::InNewSessions:
        return tr("New sessions of %1 take notice; those that run do not.").arg(clientName);
    case Notices::AtOnce:
        return wish == Wish::Connect
            ? tr("%1 takes notice by itself; it may ask whether you trust the server.")
                  .arg(clientName)
            : tr("%1 takes notice by itself.").arg(clientName);
    }
    return {};
}

QString stateWord(ClientState::Kind kind)
{
    switch (kind) {
    case ClientState::Kind::Missing: return u"missing"_s;
    case ClientState::Kind::NotConnected: return u"notConnected"_s;
    case ClientState::Kind::Connected: return u"connected"_s;
    case ClientState::Kind::OtherProgram: return u"otherProgram"_s;
    case ClientState::Kind::Problem: return u"problem"_s;
    }
    return {};
}

} // namespace client_config
