// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/security_windows.h"

#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

namespace valet_link {

namespace {

bool isWellKnown(PSID sid, WELL_KNOWN_SID_TYPE type)
{
    return ::IsWellKnownSid(sid, type) != FALSE;
}

bool grantsOnlyToUs(PACL list, PSID user)
{
    if (!list)
        return false; // no list: everybody
    ACL_SIZE_INFORMATION size = {};
    if (!::GetAclInformation(list, &size, sizeof size, AclSizeInformation))
        return false;
    for (DWORD i = 0; i < size.AceCount; ++i) {
        void *entry = nullptr;
        if (!::GetAce(list, i, &entry))
            return false;
        const auto *header = static_cast<const ACE_HEADER *>(entry);
        if (header->AceType == ACCESS_DENIED_ACE_TYPE)
            continue;
        if (header->AceType != ACCESS_ALLOWED_ACE_TYPE)
            return false;
        auto *allowed = static_cast<ACCESS_ALLOWED_ACE *>(entry);
        PSID sid = &allowed->SidStart;
        if (allowed->Mask != 0 && !::EqualSid(sid, user) && !isWellKnown(sid, WinLocalSystemSid)
            && !isWellKnown(sid, WinBuiltinAdministratorsSid)
            && !isWellKnown(sid, WinCreatorOwnerSid))
            return false;
    }
    return true;
}

} // namespace

std::wstring wide(std::string_view text)
{
    const int size = static_cast<int>(text.size());
    const int count =
        ::MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text.data(), size, nullptr, 0);
    std::wstring out(static_cast<std::size_t>(count > 0 ? count : 0), L'\0');
    if (count > 0)
        ::MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text.data(), size, out.data(), count);
    return out;
}

std::string utf8(std::wstring_view text)
{
    const int size = static_cast<int>(text.size());
    const int count =
        ::WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr);
    std::string out(static_cast<std::size_t>(count > 0 ? count : 0), '\0');
    if (count > 0)
        ::WideCharToMultiByte(CP_UTF8, 0, text.data(), size, out.data(), count, nullptr, nullptr);
    return out;
}

std::string lastErrorText()
{
    const DWORD code = ::GetLastError();
    wchar_t text[512];
    DWORD size = ::FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS,
                                  nullptr, code, 0, text, 512, nullptr);
    while (size > 0 && (text[size - 1] <= L' ' || text[size - 1] == L'.'))
        --size;
    return utf8(std::wstring_view(text, size)) + " (" + std::to_string(code) + ")";
}

std::optional<std::vector<unsigned char>> userOf(void *process)
{
    HANDLE token = nullptr;
    if (!::OpenProcessToken(process, TOKEN_QUERY, &token))
        return std::nullopt;
    alignas(TOKEN_USER) unsigned char buffer[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    DWORD size = 0;
    const BOOL good = ::GetTokenInformation(token, TokenUser, buffer, sizeof buffer, &size);
    ::CloseHandle(token);
    if (!good)
        return std::nullopt;
    PSID sid = reinterpret_cast<const TOKEN_USER *>(buffer)->User.Sid;
    const auto *bytes = static_cast<const unsigned char *>(sid);
    return std::vector<unsigned char>(bytes, bytes + ::GetLengthSid(sid));
}

std::optional<std::vector<unsigned char>> ownUser()
{
    return userOf(::GetCurrentProcess());
}

bool sameSid(const std::vector<unsigned char> &one, const std::vector<unsigned char> &other)
{
    return !one.empty() && one == other;
}

PrivateDescriptor::PrivateDescriptor()
{
    const auto user = ownUser();
    LPWSTR text = nullptr;
    if (!user || !::ConvertSidToStringSidW(const_cast<unsigned char *>(user->data()), &text))
        return;
    const std::wstring sid = text;
    ::LocalFree(text);
    // Owner: the user, also in an elevated process, whose files would else belong to
    // Administrators.
    const std::wstring sddl = L"O:" + sid + L"D:P(A;OICI;FA;;;" + sid + L")(A;OICI;FA;;;SY)";
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (::ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl.c_str(), SDDL_REVISION_1,
                                                               &descriptor, nullptr))
        m_descriptor = descriptor;
}

PrivateDescriptor::~PrivateDescriptor()
{
    if (m_descriptor)
        ::LocalFree(m_descriptor);
}

bool isPrivateObject(const std::wstring &path, std::string &error)
{
    const auto user = ownUser();
    if (!user) {
        error = "cannot tell who this user is: " + lastErrorText();
        return false;
    }
    PSID sid = const_cast<unsigned char *>(user->data());
    PSID owner = nullptr;
    PACL list = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    const DWORD code = ::GetNamedSecurityInfoW(
        path.c_str(), SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
        &owner, nullptr, &list, nullptr, &descriptor);
    if (code != ERROR_SUCCESS) {
        ::SetLastError(code);
        error = "cannot read the rights of " + utf8(path) + ": " + lastErrorText();
        return false;
    }
    const bool ours =
        owner && (::EqualSid(owner, sid) || isWellKnown(owner, WinBuiltinAdministratorsSid));
    const bool alone = grantsOnlyToUs(list, sid);
    ::LocalFree(descriptor);
    if (!ours)
        error = utf8(path) + " belongs to another user";
    else if (!alone)
        error = "other users have rights on " + utf8(path) + "; delete it and start again";
    return ours && alone;
}

} // namespace valet_link
