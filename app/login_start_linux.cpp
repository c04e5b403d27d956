// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Desktop Application Autostart Specification and Desktop Entry Specification, freedesktop.org.

#include "app/login_start.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 sizeLimit = 64 * 1024; // such files have a few hundred bytes

// The person's folder first. Unlike our settings these are the session's, whose variables
// (XDG_CONFIG_HOME, XDG_CONFIG_DIRS) say where it looks.
QStringList filesFor(const QString &profile)
{
    QString name = QStringLiteral(GRAPH_VALET_APP_ID);
    if (profile != "default"_L1)
        name += u'-' + profile;
    QStringList files = QStandardPaths::standardLocations(QStandardPaths::GenericConfigLocation);
    for (QString &file : files)
        file += u"/autostart/%1.desktop"_s.arg(name);
    return files;
}

QString escaped(QString text)
{
    return text.replace(u'\\', u"\\\\"_s)
        .replace(u'\n', u"\\n"_s)
        .replace(u'\r', u"\\r"_s)
        .replace(u'\t', u"\\t"_s);
}

QString unescaped(const QString &text)
{
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'\\' || i + 1 == text.size()) {
            plain += text[i];
            continue;
        }
        const QChar next = text[++i];
        plain += next == u'n' ? u'\n'
            : next == u'r'    ? u'\r'
            : next == u't'    ? u'\t'
            : next == u's'    ? u' '
                              : next.unicode();
    }
    return plain;
}

// The value of Exec: quoting has a layer of its own below that of all texts.
QString execOf(const QStringList &words)
{
    QStringList quoted;
    for (QString word : words) {
        for (const char16_t special : {u'\\', u'"', u'`', u'$'})
            word.replace(QChar(special), QString(u'\\') + QChar(special));
        word.replace(u'%', u"%%"_s);
        quoted << u'"' + word + u'"';
    }
    return escaped(quoted.join(u' '));
}

// What one file says of its own.
struct Entry
{
    bool isThere = false;
    bool isEnabled = false;
};

Entry readEntry(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {.isThere = QFileInfo::exists(path)};
    Entry entry{.isThere = true, .isEnabled = false};
    bool isOurs = false; // inside the group
    bool isHidden = false;
    bool hasExec = false;
    const QStringList lines = QString::fromUtf8(file.read(sizeLimit)).split(u'\n');
    for (const QString &line : lines) {
        const QString text = line.trimmed();
        if (text.startsWith(u'['))
            isOurs = text == "[Desktop Entry]"_L1;
        const qsizetype equals = text.indexOf(u'=');
        if (!isOurs || equals < 0)
            continue;
        const QString key = text.left(equals).trimmed();
        const QString value = unescaped(text.mid(equals + 1).trimmed());
        if (key == "Hidden"_L1)
            isHidden = isHidden || value == "true"_L1;
        else if (key == "X-GNOME-Autostart-enabled"_L1)
            isHidden = isHidden || value == "false"_L1;
        else if (key == "TryExec"_L1)
            isHidden = isHidden || QStandardPaths::findExecutable(value).isEmpty();
        else if (key == "Exec"_L1)
            hasExec = !value.isEmpty();
    }
    entry.isEnabled = hasExec && !isHidden;
    return entry;
}

Error cannot(const QString &what, const QString &path, const QString &why)
{
    return Error{.kind = Error::Kind::StorageFault,
                 .detail = u"cannot %1 %2: %3"_s.arg(what, path, why)};
}

Result<Done> write(const QString &path, const QString &text)
{
    const QString folder = QFileInfo(path).path();
    if (!QDir().mkpath(folder))
        return cannot(u"make"_s, folder, u"the system does not let us"_s);
    QSaveFile file(path);
    const QByteArray bytes = text.toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return cannot(u"write"_s, path, file.errorString());
    return Done{};
}

} // namespace

bool LoginStart::isOn() const
{
    // A file of the person covers the system's of the same name.
    for (const QString &path : filesFor(m_profile)) {
        if (const Entry entry = readEntry(path); entry.isThere)
            return entry.isEnabled;
    }
    return false;
}

Result<Done> LoginStart::setOn(bool on)
{
    const QStringList files = filesFor(m_profile);
    const QString &own = files.first();
    if (on) {
        return write(own,
                     u"[Desktop Entry]\n"
                     "Type=Application\n"
                     "Version=1.0\n"
                     "Name=%1\n"
                     "Comment=Microsoft Graph for AI clients\n"
                     "Icon=%2\n"
                     "TryExec=%3\n" // nothing is left to say where the package is gone
                     "Exec=%4\n"
                     "Terminal=false\n"
                     "StartupNotify=false\n"_s.arg(name(), QStringLiteral(GRAPH_VALET_APP_ID),
                                                   escaped(m_program), execOf(command())));
    }
    for (qsizetype i = 1; i < files.size(); ++i) {
        if (readEntry(files[i]).isThere)
            return write(
                own, u"[Desktop Entry]\nType=Application\nName=%1\nHidden=true\n"_s.arg(name()));
    }
    QFile file(own);
    // A link that leads nowhere does not "exist".
    const QFileInfo info(own);
    if ((info.exists() || info.isSymLink()) && !file.remove())
        return cannot(u"remove"_s, own, file.errorString());
    return Done{};
}
