# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Rules about the text of the sources: SPDX header, platform conditionals only in suffix files.
#   cmake -DROOT=<project> -P tests/check_rules.cmake

set(offences "")
set(names "")
foreach(room app auth mcp tests)
    file(GLOB_RECURSE found RELATIVE "${ROOT}" "${ROOT}/${room}/*.h" "${ROOT}/${room}/*.cpp" "${ROOT}/${room}/*.mm" "${ROOT}/${room}/*.c")
    list(FILTER found EXCLUDE REGEX "node_modules")
    list(APPEND names ${found})
endforeach()
foreach(name IN LISTS names)
    file(READ "${ROOT}/${name}" text)
    # REUSE-IgnoreStart
    if(NOT text MATCHES "SPDX-License-Identifier: GPL-3.0-or-later")
    # REUSE-IgnoreEnd
        string(APPEND offences "\n  ${name}: no SPDX licence line")
    endif()
    # mcp/link/peer.h names the one type that differs.
    if(text MATCHES "Q_OS_|_WIN32|__APPLE__|__linux__" AND NOT name MATCHES "_(posix|linux|macos|windows)\\.(cpp|mm|h)$"
       AND NOT name MATCHES "^tests/" AND NOT name STREQUAL "mcp/link/peer.h")
        string(APPEND offences "\n  ${name}: platform code belongs into a _posix, _linux, _macos or _windows file")
    endif()
    if(name MATCHES "^(app|auth|mcp)/" AND text MATCHES "[.>]exec\\(\\)" AND NOT name STREQUAL "app/main.cpp")
        string(APPEND offences "\n  ${name}: exec() makes a nested event loop")
    endif()
endforeach()
if(offences)
    message(FATAL_ERROR "Rules are broken:${offences}")
endif()
