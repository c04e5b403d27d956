// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/files/download_mark_posix.h"
#include "mcp/files/part_file.h"
#include "mcp/files/safe_file_name.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr mode_t ownerOnly = S_IRUSR | S_IWUSR;

QString reason(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

bool isFull(int error)
{
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

class Descriptor
{
public:
    explicit Descriptor(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    Descriptor(Descriptor &&other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
    {
    }
    Descriptor &operator=(Descriptor &&) = delete;
    Q_DISABLE_COPY(Descriptor)
    ~Descriptor() { close(); }

    bool isOpen() const { return m_descriptor >= 0; }
    int get() const { return m_descriptor; }
    // False where what was written is lost only now, as network file systems have it.
    bool close()
    {
        return !isOpen() || ::close(std::exchange(m_descriptor, -1)) == 0 || errno == EINTR;
    }

private:
    int m_descriptor;
};

class PosixPartFile : public PartFile
{
public:
    PosixPartFile(Descriptor folder, Descriptor file, const QString &name, const QString &part)
        : m_folder(std::move(folder))
        , m_file(std::move(file))
        , m_name(name)
        , m_part(QFile::encodeName(part))
    {
    }
    Q_DISABLE_COPY_MOVE(PosixPartFile)
    ~PosixPartFile() override
    {
        if (!m_isKept)
            ::unlinkat(m_folder.get(), m_part.constData(), 0);
    }

    std::optional<Error> write(const QByteArray &bytes) override
    {
        qsizetype done = 0;
        while (done < bytes.size()) {
            const ssize_t count =
                ::write(m_file.get(), bytes.constData() + done, size_t(bytes.size() - done));
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return cannotWrite(reason(errno), isFull(errno));
            done += count;
        }
        // In small portions, so that the last one keeps nobody waiting.
        m_unsynced += bytes.size();
        if (m_unsynced >= syncSize && !sync())
            return cannotWrite(reason(errno), isFull(errno));
        return std::nullopt;
    }

    Result<QString> keep(const QString &source) override
    {
        markAsDownloaded(m_file.get(), source);
        if (!sync() || !m_file.close())
            return cannotWrite(reason(errno), isFull(errno));
        for (int number = 1; number <= namesLimit; ++number) {
            const QString name = numberedName(m_name, number);
            const int error = take(QFile::encodeName(name));
            if (error == 0) {
                m_isKept = true;
                (void)::fsync(m_folder.get());
                return name;
            }
            if (error != EEXIST)
                return cannotWrite(reason(error), isFull(error));
        }
        return folderUnusable(u"it has too many files of this name"_s);
    }

private:
    bool sync()
    {
        m_unsynced = 0;
        // EINVAL: what it lies on knows no such thing.
        return ::fsync(m_file.get()) == 0 || errno == EINVAL;
    }

    // 0 or errno. A link fails where the name is taken; a rename would replace what is there.
    int take(const QByteArray &name)
    {
        const int folder = m_folder.get();
        if (::linkat(folder, m_part.constData(), folder, name.constData(), 0) == 0) {
            ::unlinkat(folder, m_part.constData(), 0);
            return 0;
        }
        if (errno == EEXIST || errno == ENOENT)
            return errno;
        // No links there, as on a USB stick: the name is taken first, then what took it is
        // replaced.
        const Descriptor placeholder(::openat(folder, name.constData(),
                                              O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                              ownerOnly));
        if (!placeholder.isOpen())
            return errno;
        if (::renameat(folder, m_part.constData(), folder, name.constData()) == 0)
            return 0;
        const int error = errno;
        ::unlinkat(folder, name.constData(), 0);
        return error;
    }

    Descriptor m_folder;
    Descriptor m_file;
    QString m_name;
    QByteArray m_part;
    qint64 m_unsynced = 0;
    bool m_isKept = false;
};

} // namespace

Result<std::unique_ptr<PartFile>> PartFile::create(const QString &folder, const QString &name)
{
    // A link anywhere on the way would lead elsewhere than where the person pointed.
    if (QFileInfo(folder).canonicalFilePath() != folder)
        return folderUnusable(u"it is gone, or a link has taken its place"_s);
    Descriptor open(::open(QFile::encodeName(folder).constData(),
                           O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!open.isOpen())
        return folderUnusable(reason(errno));
    for (int number = 1; number <= namesLimit; ++number) {
        const QString part = numberedName(name, number) + u".part"_s;
        Descriptor file(::openat(open.get(), QFile::encodeName(part).constData(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, ownerOnly));
        if (file.isOpen()) {
            return std::unique_ptr<PartFile>(
                std::make_unique<PosixPartFile>(std::move(open), std::move(file), name, part));
        }
        if (errno != EEXIST)
            return cannotWrite(reason(errno), isFull(errno));
    }
    return folderUnusable(u"it has too many files of this name"_s);
}

} // namespace mcp
