#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Looks into a package that packaging/deb.sh has made, and runs its programs from an unpacked copy:
#   sh packaging/deb_check.sh PACKAGE.deb
# With --here it also installs, starts, upgrades, removes and purges it, as root and in this very system: for a fresh
# Debian in a container or a chroot only.
#   sh packaging/deb_check.sh --here PACKAGE.deb
# Needs nothing of the build. The last line is "N passed, N failed, N skipped".
set -u
export LC_ALL=C.UTF-8

here=''
[ "${1:-}" != --here ] || { here=yes; shift; }
package=${1:-}
if [ $# -ne 1 ] || [ ! -f "$package" ]; then
    echo "usage: sh packaging/deb_check.sh [--here] PACKAGE.deb" >&2
    exit 2
fi
package=$(cd "$(dirname "$package")" && pwd)/${package##*/}
if [ -n "$here" ] && [ "$(id -u)" != 0 ]; then
    echo "deb_check: --here installs packages: run it as root, in a container or a chroot" >&2
    exit 2
fi

work=$(mktemp -d) || exit 1
chmod 755 "$work"
pids=''
# shellcheck disable=SC2317 # called by trap
finish() {
    for pid in $pids; do kill "$pid" 2>/dev/null; done
    rm -rf "$work"
}
trap finish EXIT

passed=0 failed=0 skipped=0
# check WHAT COMMAND...: silent where it holds.
check() {
    what=$1
    shift
    if "$@" >"$work/out" 2>&1; then
        passed=$((passed + 1))
        echo "passed: $what"
    else
        failed=$((failed + 1))
        echo "failed: $what"
        sed 's/^/        /' "$work/out"
    fi
}
# check_with TOOL WHAT COMMAND...
check_with() {
    if command -v "$1" >/dev/null; then
        shift
        check "$@"
    else
        skipped=$((skipped + 1))
        echo "skipped: $2: $1 is not installed"
    fi
}
done_now() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}
# wait_for COMMAND...: for a minute.
wait_for() {
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || return 1
        sleep 0.1
    done
}
is_not() { ! "$@"; }

dpkg-deb -x "$package" "$work/tree" && dpkg-deb -e "$package" "$work/control" || exit 1
tree=$work/tree
id=$(basename "$(echo "$tree"/usr/share/applications/*.desktop)" .desktop)
version=$(dpkg-deb -f "$package" Version)

# ---- What is in it

expected="usr/bin/graph-valet
usr/bin/graph-valet-tray
usr/lib/systemd/user/app-$id.service
usr/share/applications/$id.desktop
usr/share/dbus-1/services/$id.service
usr/share/doc/graph-valet/changelog.Debian.gz
usr/share/doc/graph-valet/changelog.gz
usr/share/doc/graph-valet/copyright
usr/share/icons/hicolor/scalable/apps/$id.svg
usr/share/icons/hicolor/symbolic/apps/$id-symbolic.svg
usr/share/man/man1/graph-valet-tray.1.gz
usr/share/man/man1/graph-valet.1.gz
usr/share/metainfo/$id.metainfo.xml"
holds_what_it_should() {
    printf '%s\n' "$expected" | sort >"$work/expected"
    (cd "$tree" && find . ! -type d | cut -c 3- | sort) | diff "$work/expected" -
}
no_sandbox() { ! find "$tree" -iname '*sandbox*' | grep . && ! grep -rl graph-valet-sandbox "$tree/usr/bin"; }
no_scripts() { [ "$(find "$work/control" -mindepth 1 ! -name control ! -name md5sums | wc -l)" = 0 ]; }
depends_on() { dpkg-deb -f "$package" Depends | tr ',|' '\n' | grep -Eq "^ *$1( |\$)"; }
recommends_a_keyring() { dpkg-deb -f "$package" Recommends | grep -q gnome-keyring; }
no_placeholder() { ! grep -rE '@[A-Z_]+@' "$tree/usr/share" "$tree/usr/lib"; }
hardened() {
    readelf -W -h -l -d "$tree/usr/bin/$1" >"$work/elf" || return 1
    grep -q 'Type: *DYN' "$work/elf" && grep -q 'GNU_RELRO' "$work/elf" && grep -q 'BIND_NOW\|Flags:.* NOW' "$work/elf" \
        && ! grep -E 'RPATH|RUNPATH' "$work/elf" && ! readelf -W -S "$tree/usr/bin/$1" | grep -F ' .symtab'
}
check "holds what it should, and nothing else" holds_what_it_should
check "holds no sandbox" no_sandbox
check "has no maintainer scripts and no conffiles" no_scripts
check "no placeholder is left" no_placeholder
for library in libsecret-1-0 libqt6widgets6 libqt6networkauth6 libqt6keychain1 libc6; do
    check "depends on $library" depends_on "$library(t64)?"
done
check "recommends a keyring" recommends_a_keyring
for program in graph-valet graph-valet-tray; do
    check_with readelf "$program is stripped, position independent and without a run path" hardened $program
done
check_with desktop-file-validate "the desktop file is valid" desktop-file-validate "$tree/usr/share/applications/$id.desktop"
check_with appstreamcli "the metainfo is valid" appstreamcli validate --no-net "$tree/usr/share/metainfo/$id.metainfo.xml"
# Only Debian's own archive wants a bug closed by the first upload.
check_with lintian "lintian has no errors and no warnings" lintian --allow-root --fail-on error,warning \
    --suppress-tags initial-upload-closes-no-bugs "$package"

# ---- The programs, as somebody without anything has them

mkdir "$work/home"
as_nobody() { env -i HOME="$work/home" PATH="$tree/usr/bin:/usr/bin:/bin" "$@"; }
says_version() { as_nobody "$1" --version | grep -F " ${version%-*}"; }
says_no_tray() {
    as_nobody graph-valet status --json >"$work/status"
    [ $? -eq 1 ] && grep -Eq '"tray": ?false' "$work/status"
}
left_nothing() { [ -z "$(find "$work/home" -mindepth 1)" ]; }
check "graph-valet --version" says_version graph-valet
check "graph-valet status --json finds no tray" says_no_tray
check "neither leaves anything behind" left_nothing
libraries_are_here() { ! ldd "$tree/usr/bin/graph-valet-tray" | grep 'not found'; }
if [ -z "$here" ]; then
    if libraries_are_here >/dev/null; then
        check "graph-valet-tray --version" says_version graph-valet-tray
    else
        skipped=$((skipped + 1))
        echo "skipped: graph-valet-tray --version: its libraries are not installed"
    fi
    done_now
fi

# ---- In a fresh system

apt() { DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-install-recommends "$@"; }
status_is() { [ "$(dpkg-query -W -f '${db:Status-Status} ${Version}' graph-valet 2>/dev/null)" = "$*" ]; }
apt update >/dev/null 2>&1
check "apt installs it" apt install "$package"
check "it is installed" status_is installed "$version"
check "its files are those of the package" dpkg --verify graph-valet
check "apt finds nothing to mend" apt check

# A person with a session: a runtime folder, a bus, a display. What the relay's launch looks for is all there.
apt install dbus-bin dbus-daemon xvfb xauth procps >"$work/apt" 2>&1 || { cat "$work/apt"; exit 1; }
useradd --create-home --shell /bin/sh valet-person || exit 1
uid=$(id -u valet-person)
run=/run/user/$uid
mkdir -p /run/user && install -d -m 700 -o valet-person "$run"
become_person="setpriv --reuid=$uid --regid=$uid --init-groups env -i HOME=/home/valet-person USER=valet-person PATH=/usr/bin:/bin"
# shellcheck disable=SC2086 # words
as_person() { $become_person "$@"; }
# start NAME COMMAND...: in the background, as the person.
start() {
    log=$work/$1.log
    shift
    # shellcheck disable=SC2086
    (exec $become_person "$@") </dev/null >"$log" 2>&1 &
    pids="$pids $!"
}
install -d -m 1777 /tmp/.X11-unix # from the boot, elsewhere
: >"$work/display" && chown valet-person "$work/display"
# shellcheck disable=SC2016 # for the inner shell
start xvfb sh -c 'exec Xvfb -displayfd 3 -screen 0 1024x768x24 -nolisten tcp 3>"$0"' "$work/display"
check "a display" wait_for test -s "$work/display"
display=:$(cat "$work/display")
start bus DISPLAY="$display" XDG_RUNTIME_DIR="$run" dbus-daemon --session --nofork --nopidfile \
    "--address=unix:path=$run/bus"
check "a session bus" wait_for test -S "$run/bus"

# Empty where none runs.
tray_pid() { as_person graph-valet status --json 2>/dev/null | sed -n 's/.*"pid": *\([0-9]*\).*/\1/p'; }
tray_runs() { as_person graph-valet status --json 2>/dev/null | grep -Eq '"tray": ?true'; }
no_process() { ! pgrep -u valet-person -f graph-valet-tray; }
# An AI client: nothing in its environment but HOME, PATH and USER.
relay_starts_the_tray() {
    mkfifo "$work/in" "$work/answer" && chown valet-person "$work/in" "$work/answer" || return 1
    as_person timeout 60 graph-valet stdio <"$work/in" >"$work/answer" &
    relay=$!
    exec 3>"$work/in" 4<"$work/answer"
    echo '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"deb_check","version":"1"}}}' >&3
    read -r line <&4
    exec 3>&- 4<&-
    wait $relay
    echo "$line"
    echo "$line" | grep -q '"serverInfo"'
}
started_by_the_bus() {
    [ -n "$tray" ] || return 1
    tr '\0' '\n' <"/proc/$tray/environ" | grep '^DBUS_STARTER_ADDRESS=' && grep 'with a display' /home/valet-person/.local/state/graph-valet/default/*.log
}
still_answers() { [ -n "$tray" ] && [ "$(tray_pid)" = "$tray" ]; }
is_gone() { [ -n "$tray" ] && { [ ! -e "/proc/$tray/exe" ] || grep -q '^State:.*Z' "/proc/$tray/status"; }; }

check "graph-valet --version, installed" as_person graph-valet --version
check "graph-valet-tray --version, installed" as_person graph-valet-tray --version
check "no tray runs" is_not tray_runs
check "an AI client's relay starts the tray and is served" relay_starts_the_tray
tray=$(tray_pid)
check "it was started by the session bus and has the session's display" started_by_the_bus
check "graph-valet quit ends it" as_person graph-valet quit
check "it is gone" wait_for is_gone

# The same where systemd runs the session.
apt install systemd dbus-user-session >"$work/apt" 2>&1 || { cat "$work/apt"; exit 1; }
check "the unit is valid" env XDG_RUNTIME_DIR="$work" systemd-analyze --user --man=no verify "/usr/lib/systemd/user/app-$id.service"
sh "${0%/*}/linux/unit_check.sh" valet-person "$display" >"$work/units" 2>&1
case $? in
0) check "a relay starts the tray as its unit, or as a transient one" true ;;
77)
    skipped=$((skipped + 1))
    echo "skipped: $(tail -n 1 "$work/units")"
    ;;
*) check "a relay starts the tray as its unit, or as a transient one" sh -c 'cat "$0"; exit 1' "$work/units" ;;
esac

# ---- Upgrade, with the tray running

newer=$version+newer
dpkg-deb -R "$package" "$work/newer" && sed -i "s/^Version: .*/Version: $newer/" "$work/newer/DEBIAN/control" \
    && dpkg-deb --root-owner-group -b "$work/newer" "$work/newer.deb" >/dev/null || exit 1
rm -f "$work/in" "$work/answer"
check "a relay starts it again" relay_starts_the_tray
tray=$(tray_pid)
check "apt upgrades it" apt install "$work/newer.deb"
check "the newer version is installed" status_is installed "$newer"
check "the tray that runs goes on" still_answers
check "graph-valet quit ends it" as_person graph-valet quit
check "it is gone" wait_for is_gone
start tray DISPLAY="$display" XDG_RUNTIME_DIR="$run" "DBUS_SESSION_BUS_ADDRESS=unix:path=$run/bus" graph-valet-tray --background
check "the newer tray starts by hand" wait_for tray_runs
tray=$(tray_pid)
is_the_newer() { [ "$(readlink "/proc/$tray/exe")" = /usr/bin/graph-valet-tray ]; }
check "it is the installed one" is_the_newer

# ---- Remove and purge

alive() { [ -n "$tray" ] && [ -e "/proc/$tray/exe" ]; }
check "apt removes it" apt remove graph-valet
check "the tray that runs goes on until it is ended" alive
[ -z "$tray" ] || kill "$tray"
check "a signal ends it" wait_for is_gone
check "no process is left" wait_for no_process
check "apt installs it again" apt install "$package"
check "apt purges it" apt purge graph-valet
is_purged() { ! dpkg-query -W -f '${db:Status-Status}' graph-valet 2>/dev/null | grep -E 'installed|config-files'; }
check "dpkg knows nothing of it" is_purged
nothing_is_left() {
    ! find / -xdev \( -path /proc -o -path /sys -o -path /home -o -path /run/user -o -path /root -o -path "$work" -o -path "$package" \) -prune \
        -o \( -iname '*graph-valet*' -o -iname '*graphvalet*' -o -iname '*graph_valet*' \) -print | grep -v "^${package%/*}/" | grep .
}
check "nothing of it is left outside of homes" nothing_is_left
home_is_untouched() { [ -d /home/valet-person/.local/state/graph-valet/default ]; }
check "what the person had is still there" home_is_untouched
done_now
