#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a command in a private D-Bus session with an unlocked gnome-keyring and a throw-away HOME:
#   with_keyring.sh COMMAND [ARGUMENT...]
# Exit code 77 (skipped) where dbus-run-session or gnome-keyring-daemon is not installed.
set -eu
for tool in dbus-run-session gnome-keyring-daemon; do
    command -v "$tool" >/dev/null || { echo "with_keyring: $tool is not installed, skipped"; exit 77; }
done
if [ "${GRAPH_VALET_IN_KEYRING_SESSION:-}" != 1 ]; then
    place=$(mktemp -d "${TMPDIR:-/tmp}/gv.XXXXXX")
    mkdir -m 700 "$place/run" "$place/home"
    status=0
    env HOME="$place/home" XDG_RUNTIME_DIR="$place/run" XDG_DATA_HOME="$place/home/.local/share" \
        XDG_CONFIG_HOME="$place/home/.config" XDG_CACHE_HOME="$place/home/.cache" \
        GRAPH_VALET_IN_KEYRING_SESSION=1 \
        dbus-run-session -- sh "$0" "$@" || status=$?
    rm -rf "$place"
    exit "$status"
fi
printf 'test-password' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
"$@"
