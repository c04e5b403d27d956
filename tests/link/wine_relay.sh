#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Compiles link and shim for Windows with mingw-w64 and runs graph-valet.exe under wine against a small
# pipe server:
#   tests/link/wine_relay.sh BUILD_FOLDER
# Exit code 77 (skipped) where mingw-w64 or wine is not installed.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:?the build folder is missing}
for tool in x86_64-w64-mingw32-g++-posix wine; do
    command -v "$tool" >/dev/null || { echo "wine_relay: $tool is not installed, skipped"; exit 77; }
done
cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DGRAPH_VALET_RELAY_ONLY=ON \
    -DCMAKE_COMPILE_WARNING_AS_ERROR=ON \
    -DCMAKE_TOOLCHAIN_FILE="$source/packaging/windows/mingw-w64.cmake" >/dev/null
cmake --build "$build"

# Nothing but Windows' own libraries may be needed.
if x86_64-w64-mingw32-objdump -p "$build/bin/graph-valet.exe" | grep 'DLL Name' | grep -i -E 'libstdc|libgcc|winpthread|qt'; then
    echo "wine_relay: graph-valet.exe needs libraries that Windows does not have"
    exit 1
fi

place=$(mktemp -d "${TMPDIR:-/tmp}/gv.XXXXXX")
export WINEPREFIX="$place/wine" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe=" LC_ALL=C.UTF-8
unset DISPLAY WAYLAND_DISPLAY
trap 'wineserver -k >/dev/null 2>&1 || true; rm -rf "$place"' EXIT
mkdir -p "$place/programs"
cp "$build/bin/graph-valet.exe" "$build/tests/bin/relay-check.exe" "$place/programs/"
wineboot --init >/dev/null 2>&1 || true
cd "$place/programs"
status=0
timeout 240 wine relay-check.exe 'graph-valet.exe' || status=$?
exit "$status"
