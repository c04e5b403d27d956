#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a real systemd for one person of a fresh system, in a mount namespace of its own, and has an AI client's relay
# start the installed tray in that session: by the unit, and by a transient unit where it brings settings along.
#   sh packaging/linux/unit_check.sh PERSON DISPLAY
# A part of packaging/deb_check.sh --here. Ends with 77 where systemd cannot run (a container without cgroups of its own).
set -u
person=$1 display=$2
if [ "${3:-}" != inside ]; then
    # In a chroot "/" is no mount whose propagation could be changed.
    unchanged=''
    unshare --mount true 2>/dev/null || unchanged='--propagation unchanged'
    # shellcheck disable=SC2086 # an option and its value
    exec unshare --mount $unchanged sh "$0" "$person" "$display" inside
fi
uid=$(id -u "$person")
run=/run/user/$uid
unit=app-$(basename "$(echo /usr/share/dbus-1/services/*GraphValet.service)")
as_person() {
    setpriv --reuid="$uid" --regid="$uid" --init-groups env -i HOME="/home/$person" USER="$person" PATH=/usr/bin:/bin "$@"
}
control() { as_person XDG_RUNTIME_DIR="$run" systemctl --user "$@"; }
fail() {
    echo "unit_check: $*" >&2
    control status --no-pager "$unit" >&2
    exit 1
}
unable() {
    echo "unit_check: systemd cannot run here: $*" >&2
    exit 77
}
# wait_for COMMAND...: for half a minute.
wait_for() {
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || return 1
        sleep 0.1
    done
}

# What a booted system has: its mark, a cgroup of the person's own, their runtime folder.
mount -t tmpfs -o mode=755 tmpfs /run || unable "no mounts"
mkdir -p /run/systemd/system /run/user
install -d -m 700 -o "$person" "$run"
group=/sys/fs/cgroup
if [ ! -e $group/cgroup.procs ]; then
    group=/sys/fs/cgroup/systemd
    if [ ! -e $group/cgroup.procs ]; then
        mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup && mkdir $group \
            && mount -t cgroup -o none,name=systemd cgroup $group || unable "no cgroups"
    fi
fi
group=$group/unit-check.$$
mkdir $group 2>/dev/null && echo $$ >$group/cgroup.procs && chown -R "$person" $group || unable "no cgroup to make"
# shellcheck disable=SC2317 # called by trap
finish() {
    control exit 2>/dev/null
    wait
    echo $$ >"${group%/*}/cgroup.procs"
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null
}
trap finish EXIT
as_person XDG_RUNTIME_DIR="$run" /lib/systemd/systemd --user --log-target=null </dev/null >/dev/null 2>&1 &
wait_for test -S "$run/bus" || unable "it does not come up"
wait_for control list-units || unable "it does not answer"
# As a desktop does at login.
control set-environment "DISPLAY=$display" || unable "it does not listen"

tray() { as_person graph-valet status --json | sed -n 's/.*"pid": *\([0-9]*\).*/\1/p'; }
no_tray() { as_person graph-valet status --json | grep -Eq '"tray": ?false'; }
variable() { tr '\0' '\n' <"/proc/$1/environ" | grep -Fx "$2"; }
# relay VARIABLE...: an AI client asks, with hardly any environment.
relay() {
    rm -f "$run/in" "$run/answer"
    mkfifo "$run/in" "$run/answer" && chown "$person" "$run/in" "$run/answer"
    as_person "$@" timeout 60 graph-valet stdio <"$run/in" >"$run/answer" &
    client=$!
    exec 3>"$run/in" 4<"$run/answer"
    echo '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"unit_check","version":"1"}}}' >&3
    read -r line <&4
    exec 3>&- 4<&-
    wait $client
    echo "$line" | grep -q '"serverInfo"' || fail "the relay was not served: $line"
}

relay
pid=$(tray)
[ "$(control show -P MainPID "$unit")" = "$pid" ] || fail "the tray $pid is not the unit's"
[ "$(control show -P ActiveState "$unit")" = active ] || fail "the unit is not active"
variable "$pid" "DISPLAY=$display" >/dev/null || fail "the unit has not the session's display"
grep -Eq '^Max core file size +0 +0 ' "/proc/$pid/limits" || fail "a crash would write a core file"
as_person graph-valet quit
wait_for no_tray || fail "quit did not end the unit"
wait_for test "$(control show -P ActiveState "$unit")" = inactive || fail "the unit has not ended well"

relay GRAPH_VALET_READ_ONLY=1 "DISPLAY=$display"
pid=$(tray)
[ "$(control show -P ActiveState "$unit")" = inactive ] || fail "the unit was started where a setting is brought along"
grep -q 'app\.slice/run-.*\.service' "/proc/$pid/cgroup" || fail "the tray is not a transient unit: $(cat "/proc/$pid/cgroup")"
variable "$pid" GRAPH_VALET_READ_ONLY=1 >/dev/null || fail "the setting was lost"
grep -Eq '^Max core file size +0 +0 ' "/proc/$pid/limits" || fail "a crash of the transient unit would write a core file"
control show -P PartOf "$unit" | grep -q graphical-session.target || fail "the unit would outlive the session"
as_person graph-valet quit
wait_for no_tray || fail "quit did not end the transient unit"
echo "unit_check: both starts are fine"
