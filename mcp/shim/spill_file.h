// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bytes that the operating system keeps for this process and nobody else, under no name and not in
// its address space. Never on a disk. Grows on demand; an empty one costs nothing.

#pragma once

#include <cstddef>
#include <string_view>

class SpillFile
{
public:
    SpillFile() = default;
    ~SpillFile();
    SpillFile(const SpillFile &) = delete;
    SpillFile &operator=(const SpillFile &) = delete;

    // False where there is no such thing, or no room for it.
    bool write(std::size_t offset, std::string_view bytes);
    // How much was read; 0 where that fails.
    std::size_t read(std::size_t offset, char *bytes, std::size_t count) const;
    // Gives all of it back.
    void clear();

private:
    int m_descriptor = -1;
};
