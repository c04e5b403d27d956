// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the Windows files of link and shim share: UTF-16, security identifiers, descriptors.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace valet_link {

std::wstring wide(std::string_view utf8);
std::string utf8(std::wstring_view wide);

// Text of the last error, "Access is denied (5)".
std::string lastErrorText();

// Binary security identifier of the user a process runs as; process: a HANDLE with
// PROCESS_QUERY_LIMITED_INFORMATION.
std::optional<std::vector<unsigned char>> userOf(void *process);
std::optional<std::vector<unsigned char>> ownUser();
bool sameSid(const std::vector<unsigned char> &one, const std::vector<unsigned char> &other);

// A SECURITY_DESCRIPTOR that lets in this user and the system only, inherited by what is made
// below.
class PrivateDescriptor
{
public:
    PrivateDescriptor();
    ~PrivateDescriptor();
    PrivateDescriptor(const PrivateDescriptor &) = delete;
    PrivateDescriptor &operator=(const PrivateDescriptor &) = delete;

    void *get() const { return m_descriptor; } // null where it could not be made

private:
    void *m_descriptor = nullptr;
};

// Belongs to this user, and nobody but this user, the system and administrators has rights on it.
bool isPrivateObject(const std::wstring &path, std::string &error);

} // namespace valet_link
