// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// memfd_create(2).

#include "mcp/shim/spill_file.h"

#include <cerrno>
#include <sys/mman.h>
#include <unistd.h>

SpillFile::~SpillFile()
{
    clear();
}

bool SpillFile::write(std::size_t offset, std::string_view bytes)
{
    if (m_descriptor < 0)
        m_descriptor = ::memfd_create("graph-valet", MFD_CLOEXEC);
    if (m_descriptor < 0)
        return false;
    while (!bytes.empty()) {
        const ssize_t count =
            ::pwrite(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        offset += static_cast<std::size_t>(count);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

std::size_t SpillFile::read(std::size_t offset, char *bytes, std::size_t count) const
{
    ssize_t got = -1;
    do {
        got = ::pread(m_descriptor, bytes, count, static_cast<off_t>(offset));
    } while (got < 0 && errno == EINTR);
    return got < 0 ? 0 : static_cast<std::size_t>(got);
}

void SpillFile::clear()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}
