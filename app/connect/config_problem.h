// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Why a client's configuration cannot be read or changed. A value, like app/base/error.h, but about
// a file of another program: it says where in the file. The person's sentence is in connect_text.

#pragma once

#include <QString>

#include <variant>

namespace client_config {

struct ConfigProblem
{
    enum class Reason {
        UnknownClient, // nobody knows this name
        ClientMissing, // the client is not on this computer
        Managed, // an organisation decides about servers; what: the file or key that says so
        NoProgram, // graph-valet is not beside the tray program; what: where it was looked for
        FleetingProgram, // it is in a folder that goes away; what: that folder
        Unreadable, // what: the system's words
        Directory, // a folder has the file's name
        TooBig,
        NotText, // not UTF-8
        Broken, // line and column say where, what: how
        Ambiguous, // a name on the way to the entry is there twice; what: that name
        UnknownShape, // something else is where the entry belongs; what: that name
        ReadOnly,
        Unwritable, // what: the system's words
        Changed, // somebody wrote it since it was read
        Unproven, // after the change something else would be different; a mistake of ours
        NothingToUndo,
    };

    Reason reason = Reason::Unproven;
    QString file = {};
    int line = 0; // from 1; 0: not known
    int column = 0; // characters, from 1
    QString what = {}; // outside text
};

template <class T>
using Checked = std::variant<T, ConfigProblem>;

template <class T>
const ConfigProblem *problemOf(const Checked<T> &checked)
{
    return std::get_if<ConfigProblem>(&checked);
}

} // namespace client_config
