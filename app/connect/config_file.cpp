// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect/config_file.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStringConverter>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

using Reason = ConfigProblem::Reason;

constexpr auto backupSuffix = ".graph-valet-backup"_L1;
constexpr QFileDevice::Permissions ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr QFileDevice::Permissions readAndWrite = ownerOnly | QFileDevice::ReadGroup
    | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
constexpr int linksFollowed = 16;

ConfigProblem problem(const QString &path, Reason reason, const QString &what = {})
{
    return {.reason = reason, .file = path, .what = what};
}

// Where the bytes lie: dotfile managers put a link in the client's place.
QString targetOf(const QString &path)
{
    QString target = path;
    for (int i = 0; i < linksFollowed && QFileInfo(target).isSymLink(); ++i)
        target = QFileInfo(target).symLinkTarget();
    return target;
}

bool isText(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    return !decoder.hasError() && !text.contains(QChar(0));
}

} // namespace

Checked<FileText> readFile(const QString &path)
{
    const QString target = targetOf(path);
    const QFileInfo info(target);
    if (info.isSymLink())
        return problem(path, Reason::Unreadable, u"its symbolic links lead nowhere"_s);
    if (!info.exists())
        return FileText{};
    if (info.isDir())
        return problem(path, Reason::Directory);
    if (!info.isFile())
        return problem(path, Reason::Unreadable, u"this is no regular file"_s);
    QFile file(target);
    if (!file.open(QIODevice::ReadOnly))
        return problem(path, Reason::Unreadable, file.errorString());
    const QByteArray bytes = file.read(fileLimit + 1);
    if (file.error() != QFileDevice::NoError)
        return problem(path, Reason::Unreadable, file.errorString());
    if (bytes.size() > fileLimit)
        return problem(path, Reason::TooBig);
    if (!isText(bytes))
        return problem(path, Reason::NotText);
    return FileText{.exists = true, .bytes = bytes};
}

std::optional<ConfigProblem> writeObstacle(const QString &path)
{
    const QFileInfo info(targetOf(path));
    if (info.exists())
        return info.isWritable() && info.permissions().testFlag(QFileDevice::WriteOwner)
            ? std::nullopt
            : std::optional(problem(path, Reason::ReadOnly));
    return std::nullopt;
}

std::optional<ConfigProblem> writeFile(const QString &path, const QByteArray &bytes)
{
    if (auto obstacle = writeObstacle(path))
        return obstacle;
    const QString target = targetOf(path);
    const bool exists = QFileInfo::exists(target);
    if (!QDir().mkpath(QFileInfo(target).path()))
        return problem(path, Reason::Unwritable, u"its folder cannot be made"_s);
    QSaveFile file(target); // keeps the permissions of a file that is there
    if (!file.open(QIODevice::WriteOnly) || (!exists && !file.setPermissions(ownerOnly))
        || file.write(bytes) != bytes.size() || !file.commit())
        return problem(path, Reason::Unwritable, file.errorString());
    return std::nullopt;
}

Checked<QString> backUp(const QString &path, const QByteArray &bytes)
{
    const QFileInfo target(targetOf(path));
    if (!target.exists())
        return QString();
    QDateTime moment = QDateTime::currentDateTimeUtc();
    QString copyPath;
    do { // two within a millisecond
        copyPath = path + u'.' + moment.toString(u"yyyyMMdd'T'HHmmsszzz'Z'"_s) + backupSuffix;
        moment = moment.addMSecs(1);
    } while (QFileInfo::exists(copyPath));
    QFile copy(copyPath);
    // Its permissions before its bytes: keys of other servers may be among them.
    if (!copy.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly)
        || !copy.setPermissions((target.permissions() & readAndWrite) | ownerOnly)
        || copy.write(bytes) != bytes.size() || !copy.flush())
        return problem(path, Reason::Unwritable, copy.errorString());
    copy.close();

    QDir folder(QFileInfo(path).path());
    const QString name = QFileInfo(path).fileName();
    // The newest first: the time in the name sorts like text.
    const QStringList files = folder.entryList(QDir::Files, QDir::Name | QDir::Reversed);
    int kept = 0;
    for (const QString &one : files) {
        if (!one.startsWith(name + u'.') || !one.endsWith(backupSuffix))
            continue;
        if (++kept > backupsKept)
            folder.remove(one);
    }
    return copyPath;
}

} // namespace client_config
