// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A change of one client's configuration: planned, shown, made, undone. Planning proves that
// nothing but our entry changes; making it reads the file again and refuses where somebody wrote it
// since.

#pragma once

#include "app/connect/config_format.h"

#include <QByteArray>
#include <QString>

namespace client_config {

struct ConfigChange
{
    QString client; // id
    QString file;
    bool existed = false;
    QByteArray before = {};
    QByteArray after = {};
    QList<Splice> splices = {}; // from before to after

    // It is so already.
    bool isEmpty() const { return before == after; }
};

struct MadeChange
{
    ConfigChange change;
    QString backup; // empty where there was no file
};

// Whole lines that go ("-") and come ("+"), with where they are; never a line that stays: keys of
// other servers lie there, and what is shown ends in terminals and pictures.
QString preview(const ConfigChange &change);

// Whether nothing but the entry differs: what was asked for is there, what it held besides is still
// there. members: null where it was to be taken away.
bool isProven(const QJsonObject &before, const QJsonObject &after, const EntryPlace &place,
              const EntryMembers *members);

Checked<ConfigChange> planPut(const QString &client, const QString &file,
                              const ConfigFormat &format, const EntryPlace &place,
                              const EntryMembers &members);
Checked<ConfigChange> planTake(const QString &client, const QString &file,
                               const ConfigFormat &format, const EntryPlace &place);

Checked<MadeChange> make(const ConfigChange &change);
// nullopt: the file is as it was before. Refused where it is not what make() wrote.
std::optional<ConfigProblem> undo(const MadeChange &made);

} // namespace client_config
