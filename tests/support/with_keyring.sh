#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a command in a private D-Bus session with an unlocked gnome-keyring and a throw-away HOME:
#   with_keyring.sh [--bare] COMMAND [ARGUMENT...]
# --bare: no keyring runs and the bus starts none; the command starts gnome-keyring-daemon itself.
# Exit code 77 (skipped) where dbus-run-session or gnome-keyring-daemon is not installed.
set -eu
for tool in dbus-run-session gnome-keyring-daemon; do
    command -v "$tool" >/dev/null || { echo "with_keyring: $tool is not installed, skipped"; exit 77; }
done
bare=
if [ "${1:-}" = --bare ]; then
    bare=1
    shift
fi
if [ "${GRAPH_VALET_IN_KEYRING_SESSION:-}" != 1 ]; then
    place=$(mktemp -d "${TMPDIR:-/tmp}/gv.XXXXXX")
    mkdir -m 700 "$place/run" "$place/home"
    cat >"$place/bare.conf" <<'END'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END
    status=0
    env HOME="$place/home" XDG_RUNTIME_DIR="$place/run" XDG_DATA_HOME="$place/home/.local/share" \
        XDG_CONFIG_HOME="$place/home/.config" XDG_CACHE_HOME="$place/home/.cache" \
        GRAPH_VALET_IN_KEYRING_SESSION=1 \
        dbus-run-session ${bare:+--config-file="$place/bare.conf"} -- \
        sh "$0" ${bare:+--bare} "$@" || status=$?
    rm -rf "$place"
    exit "$status"
fi
if [ -z "$bare" ]; then
    printf 'test-password' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
fi
"$@"
