// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/files/part_file.h"
#include "mcp/files/safe_file_name.h"

#include <QDir>
#include <QFileInfo>

#include <string>
#include <windows.h>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr DWORD quotaExceeded = 1295; // ERROR_DISK_QUOTA_EXCEEDED, which older headers lack

std::wstring wide(const QString &path)
{
    // Names longer than MAX_PATH, and none of Windows' own rewriting of them.
    return (u"\\\\?\\"_s + QDir::toNativeSeparators(path)).toStdWString();
}

QString reason(DWORD error)
{
    return u"error %1 of Windows"_s.arg(error);
}

bool isFull(DWORD error)
{
    return error == ERROR_DISK_FULL || error == ERROR_HANDLE_DISK_FULL
        || error == ERROR_FILE_TOO_LARGE || error == quotaExceeded;
}

// Placeholders of a cloud drive are reparse points too, and no links.
bool isLink(const std::wstring &path)
{
    WIN32_FIND_DATAW data{};
    const HANDLE found = FindFirstFileW(path.c_str(), &data);
    if (found == INVALID_HANDLE_VALUE)
        return true;
    FindClose(found);
    return (data.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0
        && (data.dwReserved0 == IO_REPARSE_TAG_SYMLINK
            || data.dwReserved0 == IO_REPARSE_TAG_MOUNT_POINT);
}

class WindowsPartFile : public PartFile
{
public:
    WindowsPartFile(const QString &folder, HANDLE file, const QString &name, const QString &part)
        : m_folder(folder)
        , m_file(file)
        , m_name(name)
        , m_part(wide(part))
    {
    }
    Q_DISABLE_COPY_MOVE(WindowsPartFile)
    ~WindowsPartFile() override
    {
        close();
        if (!m_isKept)
            DeleteFileW(m_part.c_str());
    }

    std::optional<Error> write(const QByteArray &bytes) override
    {
        DWORD count = 0;
        if (!WriteFile(m_file, bytes.constData(), DWORD(bytes.size()), &count, nullptr)
            || count != DWORD(bytes.size())) {
            const DWORD error = GetLastError();
            return cannotWrite(reason(error), isFull(error));
        }
        m_unsynced += bytes.size();
        if (m_unsynced >= syncSize) {
            m_unsynced = 0;
            FlushFileBuffers(m_file);
        }
        return std::nullopt;
    }

    Result<QString> keep(const QString &source) override
    {
        if (!FlushFileBuffers(m_file)) {
            const DWORD error = GetLastError();
            return cannotWrite(reason(error), isFull(error));
        }
        close();
        mark(source);
        for (int number = 1; number <= namesLimit; ++number) {
            const QString name = numberedName(m_name, number);
            // Without MOVEFILE_REPLACE_EXISTING it fails where the name is taken.
            if (MoveFileExW(m_part.c_str(), wide(m_folder + u'/' + name).c_str(),
                            MOVEFILE_WRITE_THROUGH)) {
                m_isKept = true;
                return name;
            }
            const DWORD error = GetLastError();
            if (error != ERROR_ALREADY_EXISTS && error != ERROR_FILE_EXISTS)
                return cannotWrite(reason(error), isFull(error));
        }
        return folderUnusable(u"it has too many files of this name"_s);
    }

private:
    void close()
    {
        if (m_file != INVALID_HANDLE_VALUE)
            CloseHandle(m_file);
        m_file = INVALID_HANDLE_VALUE;
    }

    // The mark of the web: a stream of NTFS; elsewhere there is none.
    void mark(const QString &source) const
    {
        const HANDLE stream = CreateFileW((m_part + L":Zone.Identifier").c_str(), GENERIC_WRITE, 0,
                                          nullptr, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
        if (stream == INVALID_HANDLE_VALUE)
            return;
        QByteArray text = "[ZoneTransfer]\r\nZoneId=3\r\n";
        if (!source.isEmpty())
            text += "HostUrl=" + source.toUtf8() + "\r\n";
        DWORD count = 0;
        WriteFile(stream, text.constData(), DWORD(text.size()), &count, nullptr);
        CloseHandle(stream);
    }

    QString m_folder;
    HANDLE m_file;
    QString m_name;
    std::wstring m_part;
    qint64 m_unsynced = 0;
    bool m_isKept = false;
};

} // namespace

Result<std::unique_ptr<PartFile>> PartFile::create(const QString &folder, const QString &name)
{
    if (QFileInfo(folder).canonicalFilePath() != folder || isLink(wide(folder)))
        return folderUnusable(u"it is gone, or a link has taken its place"_s);
    for (int number = 1; number <= namesLimit; ++number) {
        const QString part = folder + u'/' + numberedName(name, number) + u".part"_s;
        const HANDLE file =
            CreateFileW(wide(part).c_str(), GENERIC_WRITE, 0, nullptr, CREATE_NEW,
                        FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
        if (file != INVALID_HANDLE_VALUE) {
            return std::unique_ptr<PartFile>(
                std::make_unique<WindowsPartFile>(folder, file, name, part));
        }
        const DWORD error = GetLastError();
        if (error != ERROR_FILE_EXISTS && error != ERROR_ALREADY_EXISTS)
            return cannotWrite(reason(error), isFull(error));
    }
    return folderUnusable(u"it has too many files of this name"_s);
}

} // namespace mcp
