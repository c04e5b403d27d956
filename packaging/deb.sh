#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the package for Debian 12 and newer, and says where it is:
#   sh packaging/deb.sh [--no-install] [--revision N]
# It fits the suite that it was built on, and newer ones as far as their libraries are compatible. DEBFULLNAME and
# DEBEMAIL name who answers for it, as for Debian's own tools.
set -eu
cd "$(dirname "$0")/.."

usage() {
    echo "usage: sh packaging/deb.sh [--no-install] [--revision N]" >&2
    exit 2
}
install=yes revision=1
while [ $# -gt 0 ]; do
    case $1 in
    --no-install) install='' ;;
    --revision) [ $# -ge 2 ] || usage; revision=$2; shift ;;
    *) usage ;;
    esac
    shift
done
umask 022
[ -z "$install" ] || sh packaging/install_packages.sh build dpkg-dev file
# The same sources make the same package.
if [ -z "${SOURCE_DATE_EPOCH:-}" ] && committed=$(git log -1 --format=%ct 2>/dev/null); then
    export SOURCE_DATE_EPOCH="$committed"
fi
set -- "-DGRAPH_VALET_DEB_RELEASE=$revision"
[ -z "${DEBEMAIL:-}" ] || set -- "$@" "-DGRAPH_VALET_PACKAGER=${DEBFULLNAME:-Graph Valet} <$DEBEMAIL>"

cmake --preset release "$@"
# What the package holds, and not the tests.
cmake --build --preset release --parallel "$(nproc)" --target graph-valet graph-valet-tray documents
rm -f build/release/graph-valet_*.deb
cpack --preset deb
package=$(echo build/release/graph-valet_*.deb)
[ -f "$package" ]
echo "package: $package"
