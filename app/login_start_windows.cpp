// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Run key of the person: learn.microsoft.com, "Run and RunOnce Registry Keys". What Task
// Manager and Settings turn off stays there and is noted below StartupApproved, which no page of
// Microsoft's describes: REG_BINARY whose first byte is even where it is on. Not run yet.

#include "app/login_start.h"

#include <QDir>
#include <QFileInfo>

#include <array>
#include <string>

#include <windows.h>

using namespace Qt::StringLiterals;

namespace {

constexpr const wchar_t *runKey = L"Software\\Microsoft\\Windows\\CurrentVersion\\Run";
constexpr const wchar_t *approvedKey =
    L"Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run";
constexpr qsizetype commandLimit = 260; // longer ones are not run

Result<Done> doneOr(LSTATUS status, const QString &what)
{
    if (status == ERROR_SUCCESS || status == ERROR_FILE_NOT_FOUND)
        return Done{};
    return Error{.kind = Error::Kind::StorageFault,
                 .detail = u"cannot %1: %2"_s.arg(what, qt_error_string(int(status)))};
}

// Empty where there is none.
QString registeredCommand(const std::wstring &name)
{
    std::array<wchar_t, 2 * commandLimit> text{};
    DWORD bytes = DWORD(sizeof(text));
    const LSTATUS status = RegGetValueW(HKEY_CURRENT_USER, runKey, name.c_str(), RRF_RT_REG_SZ,
                                        nullptr, text.data(), &bytes);
    return status == ERROR_SUCCESS ? QString::fromWCharArray(text.data()) : QString();
}

bool isTurnedOff(const std::wstring &name)
{
    std::array<unsigned char, 64> mark{};
    DWORD bytes = DWORD(mark.size());
    const LSTATUS status = RegGetValueW(HKEY_CURRENT_USER, approvedKey, name.c_str(),
                                        RRF_RT_REG_BINARY, nullptr, mark.data(), &bytes);
    return status == ERROR_SUCCESS && bytes > 0 && (mark[0] & 1) != 0;
}

LSTATUS removeValue(const wchar_t *key, const std::wstring &name)
{
    return RegDeleteKeyValueW(HKEY_CURRENT_USER, key, name.c_str());
}

// A path of Windows holds no quotation mark; profiles are letters, digits and hyphens.
QString commandLine(QStringList words)
{
    words.first() = u'"' + QDir::toNativeSeparators(words.first()) + u'"';
    return words.join(u' ');
}

// The program of a command line like ours.
QString programIn(const QString &line)
{
    const qsizetype end = line.startsWith(u'"') ? line.indexOf(u'"', 1) : -1;
    return end > 0 ? line.mid(1, end - 1) : line.section(u' ', 0, 0);
}

} // namespace

bool LoginStart::isOn() const
{
    const std::wstring value = name().toStdWString();
    const QString line = registeredCommand(value);
    return !line.isEmpty() && !isTurnedOff(value) && QFileInfo(programIn(line)).isFile();
}

Result<Done> LoginStart::setOn(bool on)
{
    const std::wstring value = name().toStdWString();
    if (!on) {
        const auto removed = doneOr(removeValue(runKey, value),
                                    u"take Graph Valet out of the "
                                    "programs that start at login"_s);
        if (removed.ok())
            removeValue(approvedKey, value); // only a note about what is gone
        return removed;
    }
    const QString line = commandLine(command());
    if (line.size() >= commandLimit) {
        return Error{.kind = Error::Kind::StorageFault,
                     .detail = u"the path %1 is too long for a program that starts at login"_s.arg(
                         m_program)};
    }
    const std::wstring text = line.toStdWString();
    const LSTATUS status =
        RegSetKeyValueW(HKEY_CURRENT_USER, runKey, value.c_str(), REG_SZ, text.c_str(),
                        DWORD((text.size() + 1) * sizeof(wchar_t)));
    if (status != ERROR_SUCCESS)
        return doneOr(status, u"add Graph Valet to the programs that start at login"_s);
    // It is the person who turns it on again; without a note it is on.
    return doneOr(removeValue(approvedKey, value), u"turn the start at login on again"_s);
}
