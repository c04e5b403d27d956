// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// For systems where only files with a name, or memory of our own, would do: memory then.

#include "mcp/shim/spill_file.h"

SpillFile::~SpillFile() = default;

bool SpillFile::write(std::size_t, std::string_view)
{
    return false;
}

std::size_t SpillFile::read(std::size_t, char *, std::size_t) const
{
    return 0;
}

void SpillFile::clear()
{
    m_descriptor = -1;
}
