// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect/config_change.h"

#include "app/connect/config_file.h"

#include <QDir>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

using Reason = ConfigProblem::Reason;

ConfigProblem in(const QString &file, ConfigProblem problem)
{
    problem.file = file;
    return problem;
}

template <class Edit>
Checked<ConfigChange> plan(const QString &client, const QString &file, const ConfigFormat &format,
                           const EntryPlace &place, const EntryMembers *members, Edit edit)
{
    const auto read = readFile(file);
    if (const auto *problem = problemOf(read))
        return *problem;
    const auto &text = std::get<FileText>(read);
    ConfigChange change{.client = client, .file = file, .existed = text.exists};
    change.before = text.bytes;
    const auto before = format.content(change.before);
    if (const auto *problem = problemOf(before))
        return in(file, *problem);
    const auto edited = edit(change.before);
    if (const auto *problem = problemOf(edited))
        return in(file, *problem);
    change.splices = std::get<QList<Splice>>(edited);
    std::sort(change.splices.begin(), change.splices.end(),
              [](const Splice &a, const Splice &b) { return a.at < b.at; });
    change.after = spliced(change.before, change.splices);
    const auto after = format.content(change.after);
    if (problemOf(after)
        || !isProven(std::get<QJsonObject>(before), std::get<QJsonObject>(after), place, members))
        return ConfigProblem{.reason = Reason::Unproven, .file = file};
    if (!change.isEmpty()) {
        if (const auto obstacle = writeObstacle(file))
            return *obstacle;
    }
    return change;
}

QStringList linesOf(const QByteArray &bytes)
{
    QStringList lines = QString::fromUtf8(bytes).split(u'\n');
    for (QString &line : lines) {
        if (line.endsWith(u'\r'))
            line.chop(1);
    }
    while (!lines.isEmpty() && lines.last().trimmed().isEmpty())
        lines.removeLast();
    while (!lines.isEmpty() && lines.first().trimmed().isEmpty())
        lines.removeFirst();
    return lines;
}

} // namespace

bool isProven(const QJsonObject &before, const QJsonObject &after, const EntryPlace &place,
              const EntryMembers *members)
{
    if (withoutEntry(before, place) != withoutEntry(after, place))
        return false;
    const auto entry = entryIn(after, place);
    if (!members)
        return !entry;
    if (!entry)
        return false;
    QJsonObject wanted = entryIn(before, place).value_or(QJsonObject()).toObject();
    for (const auto &[name, value] : *members)
        wanted.insert(name, value);
    return entry->toObject() == wanted;
}

QString preview(const ConfigChange &change)
{
    QStringList lines;
    int shownLine = 0;
    for (const Splice &splice : change.splices) {
        const int line = placeOf(change.before, splice.at).line;
        if (line != shownLine)
            lines.append(
                u"@@ %1:%2 @@"_s.arg(QDir::toNativeSeparators(change.file), QString::number(line)));
        shownLine = line;
        const QStringList gone = linesOf(change.before.mid(splice.at, splice.removed));
        for (const QString &one : gone)
            lines.append(u"- "_s + one);
        const QStringList come = linesOf(splice.inserted);
        for (const QString &one : come)
            lines.append(u"+ "_s + one);
    }
    return lines.join(u'\n');
}

Checked<ConfigChange> planPut(const QString &client, const QString &file,
                              const ConfigFormat &format, const EntryPlace &place,
                              const EntryMembers &members)
{
    return plan(client, file, format, place, &members,
                [&](const QByteArray &text) { return format.put(text, place, members); });
}

Checked<ConfigChange> planTake(const QString &client, const QString &file,
                               const ConfigFormat &format, const EntryPlace &place)
{
    return plan(client, file, format, place, nullptr,
                [&](const QByteArray &text) { return format.take(text, place); });
}

Checked<MadeChange> make(const ConfigChange &change)
{
    const auto read = readFile(change.file);
    if (const auto *problem = problemOf(read))
        return *problem;
    const auto &now = std::get<FileText>(read);
    if (now.exists != change.existed || now.bytes != change.before)
        return ConfigProblem{.reason = Reason::Changed, .file = change.file};
    MadeChange made{.change = change, .backup = {}};
    if (change.isEmpty())
        return made;
    const auto backup = backUp(change.file, change.before);
    if (const auto *problem = problemOf(backup))
        return *problem;
    made.backup = std::get<QString>(backup);
    if (const auto problem = writeFile(change.file, change.after))
        return *problem;
    return made;
}

std::optional<ConfigProblem> undo(const MadeChange &made)
{
    const ConfigChange &change = made.change;
    const auto read = readFile(change.file);
    if (const auto *problem = problemOf(read))
        return *problem;
    if (std::get<FileText>(read).bytes != change.after)
        return ConfigProblem{.reason = Reason::Changed, .file = change.file};
    if (change.existed)
        return writeFile(change.file, change.before);
    QFile file(change.file);
    if (!file.remove()) {
        return ConfigProblem{
            .reason = Reason::Unwritable, .file = change.file, .what = file.errorString()};
    }
    return std::nullopt;
}

} // namespace client_config
