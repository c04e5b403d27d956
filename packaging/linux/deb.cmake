# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# The package for Debian and its kin: cpack --preset deb, or packaging/deb.sh.
set(CPACK_GENERATOR "DEB")
set(CPACK_PACKAGE_NAME "graph-valet")
set(CPACK_PACKAGE_CONTACT "${GRAPH_VALET_PACKAGER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Microsoft Graph for the AI clients of a desktop")
# No semicolons: CPack takes them for the end of a line.
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Sign in to Microsoft Entra ID once, from a tray icon, and every AI client of
the desktop can use Microsoft Graph through one local MCP server. The clients
never hold a token, and a person sees and governs what each of them may do.

It needs an app registration in the organisation's directory, and a keyring
with the Secret Service interface (GNOME Keyring, KWallet) to keep a sign-in.")
set(CPACK_PACKAGE_HOMEPAGE_URL "${GRAPH_VALET_HOMEPAGE}")

# With DESTDIR the install scripts see the final folder, which two of the files name.
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX "/usr")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)

# One package, of this component only: never the sandbox.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL runtime)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE "${GRAPH_VALET_DEB_RELEASE}")
set(CPACK_DEBIAN_PACKAGE_SECTION "net")
set(CPACK_DEBIAN_PACKAGE_PRIORITY "optional")
set(CPACK_DEBIAN_COMPRESSION_TYPE "xz")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What no library dependency says: qtkeychain loads libsecret when it runs, Qt its platform plugins, TLS the trust store.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libsecret-1-0, qt6-qpa-plugins, ca-certificates")
# It works without these, but then keeps no sign-in, opens no browser, or is not started by the session.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
    "gnome-keyring | kwalletmanager | keepassxc, xdg-utils, default-dbus-session-bus | dbus-session-bus, dbus-bin")
# Plain GNOME shows no tray icons; the extension does.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "gnome-shell-extension-appindicator, qt6-wayland")
include(CPack)
