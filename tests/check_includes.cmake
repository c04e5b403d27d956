# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# The rooms' dependency direction: app -> mcp, auth -> app/base. Names file and line of an offence.
#   cmake -DROOT=<project> -P tests/check_includes.cmake

set(offences "")

# room: a folder; allowed: regular expression of project includes that its files may use.
function(check_room room allowed except)
    file(GLOB_RECURSE files "${ROOT}/${room}/*.h" "${ROOT}/${room}/*.cpp" "${ROOT}/${room}/*.mm")
    foreach(file IN LISTS files)
        file(RELATIVE_PATH name "${ROOT}" "${file}")
        if(except AND name MATCHES "${except}")
            continue()
        endif()
        file(STRINGS "${file}" lines REGEX "^[ \t]*#[ \t]*include")
        foreach(line IN LISTS lines)
            if(line MATCHES "\"((app|auth|mcp|tests)/[^\"]*)\"" AND NOT CMAKE_MATCH_1 MATCHES "${allowed}")
                set(offences "${offences}\n  ${name} must not include ${CMAKE_MATCH_1}" PARENT_SCOPE)
                set(offences "${offences}\n  ${name} must not include ${CMAKE_MATCH_1}")
            elseif(line MATCHES "\"([^\"/]*)\"" AND NOT line MATCHES "\\.moc\"")
                set(offences "${offences}\n  ${name}: ${CMAKE_MATCH_1} needs its full path from the project root" PARENT_SCOPE)
                set(offences "${offences}\n  ${name}: ${CMAKE_MATCH_1} needs its full path from the project root")
            endif()
            if(forbidden AND line MATCHES "${forbidden}")
                set(offences "${offences}\n  ${name} must not have: ${line}" PARENT_SCOPE)
                set(offences "${offences}\n  ${name} must not have: ${line}")
            endif()
        endforeach()
    endforeach()
endfunction()

set(forbidden "<(Q[A-Z]|Qt|qt6keychain)")
check_room(mcp/link "^mcp/link/" "")
check_room(mcp/shim "^mcp/(link|shim)/" "")
set(forbidden "<(QWidget|QApplication|QMenu|QIcon|QGui|QPixmap|QDialog|QtWidgets|QtGui|QSystemTray)")
check_room(app/base "^app/base/" "")
check_room(auth "^(app/base|auth)/" "")
check_room(mcp "^(app/base/|mcp/|auth/token_source\\.h$)" "^mcp/(shim|link)/")
check_room(mcp/protocol "^(app/base/|mcp/protocol/|mcp/local/client_identity\\.h$)" "")
check_room(mcp/catalogue "^mcp/catalogue/" "")
check_room(app/connect "^app/connect/" "")
check_room(mcp/documents "^(mcp/documents/|mcp/protocol/plain_text\\.h$)" "")
set(forbidden "")
check_room(app "^(app|auth|mcp)/" "^app/base/")

if(offences)
    message(FATAL_ERROR "Include directions are broken:${offences}")
endif()
