#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs from the distribution what is missing to build, try or test Graph Valet on Debian:
#   sh packaging/install_packages.sh build|try|test [--print] [PACKAGE...]
# Does nothing, and needs no rights, where all is there. --print only names what is missing.
# shellcheck disable=SC2086 # lists of package names are meant to fall apart into words
set -eu

# Compiler, Qt and the libraries (README.md, "Building").
build="cmake ninja-build g++ qt6-base-dev qt6-networkauth-dev qt6-svg-dev qtkeychain-qt6-dev
    libtomlplusplus-dev libvalijson-dev libxml2-dev libyaml-cpp-dev libzip-dev nlohmann-json3-dev"
# What the programs need at run time beside them: keychain, session bus, SVG icons.
run="libsecret-1-0 gnome-keyring dbus dbus-daemon libglib2.0-bin"
# A browser that can be steered, a display without a screen, and what steers them.
try="chromium chromium-driver xvfb xauth fonts-dejavu-core xdg-utils python3"
# The stand-in for a desktop's panel speaks D-Bus; one test has a network of its own.
test="python3-dbus python3-gi gir1.2-glib-2.0 procps libxtst6 iproute2"

say() { echo "install_packages: $*" >&2; }

case ${1:-} in
build) wanted="$build" ;;
try) wanted="$build $run $try" ;;
test) wanted="$build $run $try $test" ;;
*) say "usage: sh packaging/install_packages.sh build|try|test [--print] [PACKAGE...]"; exit 2 ;;
esac
shift
print=
if [ "${1:-}" = --print ]; then
    print=1
    shift
fi

if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian or Ubuntu; please install what these packages hold:" $wanted "$@"
    exit 1
fi
# Qt's SVG plugins have a package of their own from Debian 13 on.
if command -v apt-cache >/dev/null && [ -n "$(apt-cache --names-only search '^qt6-svg-plugins$')" ]; then
    wanted="$wanted qt6-svg-plugins"
fi

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
missing=
for package in $wanted "$@"; do
    installed "$package" || missing="$missing $package"
done
missing=${missing# }
if [ -n "$print" ]; then
    [ -z "$missing" ] || echo "$missing"
    exit 0
fi
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        say "these packages are missing and only root can install them: $missing"
        say "as root: apt-get install --no-install-recommends $missing"
        exit 1
    fi
    as_root=sudo
fi
say "installing from the distribution: $missing"
if [ -n "$as_root" ]; then
    say "sudo may ask for your password"
fi
log=$(mktemp "${TMPDIR:-/tmp}/install_packages.XXXXXX")
trap 'rm -f "$log"' EXIT
# Repeated once: mirrors and proxies hiccup, and the second run goes on where the first one stopped.
attempt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -y "$@" >"$log" 2>&1 \
        || $as_root env DEBIAN_FRONTEND=noninteractive apt-get -y "$@" >"$log" 2>&1
}
if ! attempt update || ! attempt install --no-install-recommends $missing; then
    tail -n 15 "$log" >&2
    say "apt-get failed, see above; needed were: $missing"
    exit 1
fi
