# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Run by `cmake --install` and cpack, after the variables of CMakeLists.txt.
get_filename_component(prefix "${CMAKE_INSTALL_PREFIX}" ABSOLUTE)
get_filename_component(GRAPH_VALET_BINDIR "${install_bindir}" ABSOLUTE BASE_DIR "${prefix}")
get_filename_component(data "${install_datadir}" ABSOLUTE BASE_DIR "${prefix}")
# systemd.unit(5): below /usr and /usr/local it looks in lib/, below ~/.local in share/.
if(prefix STREQUAL "/usr" OR prefix STREQUAL "/usr/local")
    set(units "${prefix}/lib/systemd/user")
else()
    set(units "${data}/systemd/user")
endif()

# systemd and D-Bus split and unescape what they start.
if(GRAPH_VALET_BINDIR MATCHES "[^A-Za-z0-9/._+-]")
    message(WARNING "Not for a folder with this name: ${GRAPH_VALET_BINDIR}; the session cannot start "
        "graph-valet-tray there, graph-valet does so itself")
    return()
endif()
foreach(pair "dbus.service.in|${data}/dbus-1/services/${GRAPH_VALET_APP_ID}.service"
             "systemd.service.in|${units}/app-${GRAPH_VALET_APP_ID}.service")
    string(REPLACE "|" ";" pair "${pair}")
    list(GET pair 0 template)
    list(GET pair 1 file)
    message(STATUS "Installing: $ENV{DESTDIR}${file}")
    configure_file("${template_folder}/${template}" "$ENV{DESTDIR}${file}" @ONLY NO_SOURCE_PERMISSIONS)
    list(APPEND CMAKE_INSTALL_MANIFEST_FILES "${file}")
endforeach()
