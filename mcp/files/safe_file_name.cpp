// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/files/safe_file_name.h"

#include "mcp/protocol/plain_text.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype nameLimit = 180; // bytes of UTF-8
constexpr qsizetype suffixLimit = 20; // characters that count as one

// https://learn.microsoft.com/windows/win32/fileio/naming-a-file, "Naming Conventions", whatever
// follows the first dot; and names that the desktop gives a meaning.
bool isReserved(const QString &name)
{
    static const QRegularExpression device(
        u"\\A(con|prn|aux|nul|clock\\$|conin\\$|conout\\$|(com|lpt)[0-9\u00B9\u00B2\u00B3])\\s*(\\.|\\z)"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QSet<QString> special{u"desktop.ini"_s, u"autorun.inf"_s, u"folder.htt"_s,
                                       u"thumbs.db"_s};
    return device.match(name).hasMatch() || special.contains(name.toLower());
}

// Where the last suffix begins; the size where there is none.
qsizetype suffixStart(const QString &name)
{
    const auto dot = name.lastIndexOf(u'.');
    return dot > 0 && name.size() - dot <= suffixLimit ? dot : name.size();
}

QString trimmedAtEnd(QString name)
{
    while (!name.isEmpty() && (name.back() == u'.' || name.back().isSpace()))
        name.chop(1);
    return name;
}

QString shortened(const QString &name)
{
    const auto start = suffixStart(name);
    const QString suffix = name.mid(start);
    QString stem = name.left(start);
    if (name.toUtf8().size() <= nameLimit)
        return name;
    while (!stem.isEmpty() && (stem + suffix).toUtf8().size() > nameLimit)
        stem.chop(stem.back().isLowSurrogate() && stem.size() > 1 ? 2 : 1);
    return trimmedAtEnd(stem) + suffix;
}

} // namespace

QString safeFileName(const QString &name)
{
    static const QRegularExpression forbidden(u"[<>:\"/\\\\|?*]"_s);
    // Cut first: a name of megabytes is not worth cleaning.
    QString safe =
        withoutHiddenCharacters(name.left(1000), false).normalized(QString::NormalizationForm_C);
    safe.replace(forbidden, u"_"_s);
    while (!safe.isEmpty() && (safe.front() == u'.' || safe.front().isSpace()))
        safe.remove(0, 1);
    safe = trimmedAtEnd(shortened(trimmedAtEnd(safe)));
    if (safe.isEmpty())
        return u"file"_s;
    return isReserved(safe) ? u'_' + safe : safe;
}

bool isProgramName(const QString &name)
{
    // Windows, macOS, Linux: programs, installers, scripts, shortcuts, disk images, and what opens
    // a page or a program of somebody's choice. Documents with macros are not among them: the mark
    // of the download keeps Office from running these.
    static const QSet<QString> suffixes{u"exe"_s,
                                        u"com"_s,
                                        u"scr"_s,
                                        u"pif"_s,
                                        u"msi"_s,
                                        u"msp"_s,
                                        u"mst"_s,
                                        u"msix"_s,
                                        u"msixbundle"_s,
                                        u"appx"_s,
                                        u"appxbundle"_s,
                                        u"appinstaller"_s,
                                        u"application"_s,
                                        u"appref-ms"_s,
                                        u"bat"_s,
                                        u"cmd"_s,
                                        u"ps1"_s,
                                        u"ps1xml"_s,
                                        u"ps2"_s,
                                        u"psm1"_s,
                                        u"psd1"_s,
                                        u"psc1"_s,
                                        u"vbs"_s,
                                        u"vbe"_s,
                                        u"vb"_s,
                                        u"js"_s,
                                        u"jse"_s,
                                        u"mjs"_s,
                                        u"cjs"_s,
                                        u"ws"_s,
                                        u"wsf"_s,
                                        u"wsc"_s,
                                        u"wsh"_s,
                                        u"sct"_s,
                                        u"hta"_s,
                                        u"cpl"_s,
                                        u"msc"_s,
                                        u"reg"_s,
                                        u"inf"_s,
                                        u"ins"_s,
                                        u"isp"_s,
                                        u"lnk"_s,
                                        u"url"_s,
                                        u"website"_s,
                                        u"scf"_s,
                                        u"library-ms"_s,
                                        u"search-ms"_s,
                                        u"searchconnector-ms"_s,
                                        u"settingcontent-ms"_s,
                                        u"diagcab"_s,
                                        u"theme"_s,
                                        u"themepack"_s,
                                        u"gadget"_s,
                                        u"chm"_s,
                                        u"hlp"_s,
                                        u"dll"_s,
                                        u"ocx"_s,
                                        u"sys"_s,
                                        u"drv"_s,
                                        u"xll"_s,
                                        u"wll"_s,
                                        u"rdp"_s,
                                        u"iso"_s,
                                        u"img"_s,
                                        u"vhd"_s,
                                        u"vhdx"_s,
                                        u"wim"_s,
                                        u"app"_s,
                                        u"dmg"_s,
                                        u"pkg"_s,
                                        u"mpkg"_s,
                                        u"command"_s,
                                        u"tool"_s,
                                        u"workflow"_s,
                                        u"action"_s,
                                        u"scpt"_s,
                                        u"scptd"_s,
                                        u"applescript"_s,
                                        u"terminal"_s,
                                        u"webloc"_s,
                                        u"inetloc"_s,
                                        u"fileloc"_s,
                                        u"mobileconfig"_s,
                                        u"prefpane"_s,
                                        u"kext"_s,
                                        u"dylib"_s,
                                        u"sh"_s,
                                        u"bash"_s,
                                        u"zsh"_s,
                                        u"csh"_s,
                                        u"ksh"_s,
                                        u"fish"_s,
                                        u"run"_s,
                                        u"bin"_s,
                                        u"out"_s,
                                        u"elf"_s,
                                        u"so"_s,
                                        u"deb"_s,
                                        u"rpm"_s,
                                        u"snap"_s,
                                        u"appimage"_s,
                                        u"flatpak"_s,
                                        u"flatpakref"_s,
                                        u"flatpakrepo"_s,
                                        u"desktop"_s,
                                        u"service"_s,
                                        u"jar"_s,
                                        u"jnlp"_s,
                                        u"py"_s,
                                        u"pyw"_s,
                                        u"pyc"_s,
                                        u"pyz"_s,
                                        u"pyzw"_s,
                                        u"rb"_s,
                                        u"pl"_s,
                                        u"php"_s,
                                        u"lua"_s,
                                        u"tcl"_s,
                                        u"apk"_s,
                                        u"crx"_s,
                                        u"xpi"_s};
    const auto dot = name.lastIndexOf(u'.');
    return dot >= 0 && suffixes.contains(name.mid(dot + 1).toLower());
}

QString numberedName(const QString &name, int number)
{
    if (number <= 1)
        return name;
    const auto start = suffixStart(name);
    return u"%1 (%2)%3"_s.arg(name.left(start), QString::number(number), name.mid(start));
}

} // namespace mcp
