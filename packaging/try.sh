#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Shows on this machine what Graph Valet does, with a sample tenant instead of Microsoft:
#   sh packaging/try.sh [--keep] [--person adele|alex] [--no-install]
# Installs what is missing (Debian, root or sudo), builds, starts the sandbox and the tray app on a
# throw-away profile with a keyring of its own, signs a sample person in through a real browser, and
# then does what an AI client does. Touches neither your home folder nor your settings, keyring or
# browser, and leaves nothing running. --keep leaves tray and sandbox open to play with.
set -eu
cd "$(dirname "$0")/.."
root=$PWD

usage() {
    echo "usage: sh packaging/try.sh [--keep] [--person adele|alex] [--no-install]" >&2
    exit 2
}
keep='' person=adele install=yes
while [ $# -gt 0 ]; do
    case $1 in
    --keep) keep=yes ;;
    --no-install) install='' ;;
    --person)
        [ $# -ge 2 ] || usage
        person=$2
        shift
        ;;
    *) usage ;;
    esac
    shift
done
case $person in adele | alex) ;; *) usage ;; esac

step=0 doing='' place='' pids='' finished=''
begin() {
    step=$((step + 1))
    doing=$1
    printf '\n[%d/7] %s\n' "$step" "$doing"
}
say() { printf '      %s\n' "$*"; }
fail() {
    printf '\ntry.sh: failed while: %s\n        %s\n' "$doing" "$*" >&2
    exit 1
}

# Processes of the throw-away profile, whoever started them: they have its HOME.
leftovers() {
    [ -n "$place" ] || return 0
    grep -alF "HOME=$place/home" /proc/[0-9]*/environ 2>/dev/null | sed 's|/proc/\([0-9]*\)/.*|\1|' || true
}
alive() { [ -e "/proc/$1/environ" ] && [ "$(cut -d ' ' -f 3 "/proc/$1/stat" 2>/dev/null)" != Z ]; }
stop_all() {
    for pid in $(leftovers) $pids; do
        kill "$pid" 2>/dev/null || true
    done
    tries=0
    for pid in $(leftovers) $pids; do
        while alive "$pid" && [ $tries -lt 150 ]; do
            tries=$((tries + 1))
            sleep 0.1
        done
        kill -9 "$pid" 2>/dev/null || true
    done
}
# shellcheck disable=SC2317 # called by trap
finish() {
    status=$?
    trap '' INT TERM HUP
    trap - EXIT
    if [ "$finished" = kept ]; then
        exit 0
    fi
    if [ "$status" != 0 ] && [ -n "$place" ]; then
        for log in "$place"/*.log; do
            [ -s "$log" ] || continue
            printf '\n--- last lines of %s\n' "${log##*/}" >&2
            tail -n 15 "$log" >&2
        done
    fi
    stop_all
    [ -z "$place" ] || rm -rf "$place"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

begin "Installing what is missing from the distribution"
if [ -n "$install" ]; then
    sh packaging/install_packages.sh try </dev/null || fail "packages are missing, see above"
fi
for tool in cmake ninja python3 chromium chromedriver dbus-daemon gnome-keyring-daemon Xvfb xauth setsid; do
    command -v $tool >/dev/null || fail "$tool is not installed"
done
say "all there"

begin "Building (preset release, in build/release; the first time takes some minutes)"
build_log=$root/build/try-configure.log
mkdir -p build
cmake --preset release </dev/null >"$build_log" 2>&1 || {
    tail -n 30 "$build_log" >&2
    fail "cmake --preset release, see above"
}
cmake --build --preset release --parallel "$(nproc)" \
    --target graph-valet-tray graph-valet graph-valet-sandbox </dev/null \
    || fail "the build, see above"
bin=$root/build/release/bin
say "$("$bin/graph-valet" --version | head -n 1) in build/release/bin"

# Short: socket paths end at 107 bytes.
place=$(mktemp -d /tmp/gvtry.XXXXXX)
mkdir -m 700 "$place/home" "$place/run"
xdg_runtime=${XDG_RUNTIME_DIR:-}

# start NAME COMMAND...: in the background, in a session of its own, with its output in NAME.log.
start() {
    name=$1
    shift
    setsid "$@" </dev/null >"$place/$name.log" 2>&1 &
    pids="$pids $!"
    eval "${name}_pid=$!"
}
# wait_for SECONDS WHAT COMMAND...: until the command succeeds; ends early when process $watch died.
watch=''
wait_for() {
    left=$(($1 * 20))
    what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ $left -gt 0 ] || fail "$what: nothing after a long wait"
        [ -z "$watch" ] || alive "$watch" || fail "$what: the process ended at once"
        sleep 0.05
    done
    watch=''
}

begin "Starting the sample tenant Contoso (graph-valet-sandbox)"
start sandbox env -i "PATH=$PATH" "HOME=$place/home" LANG=C.UTF-8 "$bin/graph-valet-sandbox"
# shellcheck disable=SC2154 # start sets it
watch=$sandbox_pid
wait_for 30 "sandbox" grep -q authority "$place/sandbox.log"
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$place/sandbox.log" | head -n 1; }
authority=$(field authority) graph=$(field graphUrl) client_id=$(field clientId) tenant_id=$(field tenantId)
say "Entra ID at $authority, Microsoft Graph at $graph"

begin "Starting a private D-Bus session, a keyring and graph-valet-tray"
bus=unix:path=$place/run/bus
# The environment of the throw-away person; nothing of yours.
cat >"$place/environment" <<END
PATH=$PATH
HOME=$place/home
USER=$(id -un)
LOGNAME=$(id -un)
SHELL=/bin/sh
LANG=C.UTF-8
XDG_RUNTIME_DIR=$place/run
DBUS_SESSION_BUS_ADDRESS=$bus
BROWSER=$place/browser
CLICK_SIGN_IN_PERSON=$person
CLICK_SIGN_IN_LOG=$place/browser.log
GRAPH_VALET_AUTHORITY=$authority
GRAPH_VALET_GRAPH_URL=$graph
GRAPH_VALET_CLIENT_ID=$client_id
GRAPH_VALET_TENANT_ID=$tenant_id
GRAPH_VALET_CLIENT_APPROVAL=allow
END
cat >"$place/as-sample" <<END
#!/bin/sh
# Runs a command as the throw-away person of try.sh.
set -f
IFS='
'
exec env -i \$(cat "$place/environment") "\$@"
END
chmod 700 "$place/as-sample"
sample="$place/as-sample"
# Without any service to be started by it: the keyring below is the only one.
cat >"$place/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>$bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END
start dbus "$sample" dbus-daemon "--config-file=$place/bus.conf" --nofork --nopidfile
# shellcheck disable=SC2154
watch=$dbus_pid
wait_for 30 "dbus-daemon" test -S "$place/run/bus"
printf 'throw-away' >"$place/run/password"
# shellcheck disable=SC2016 # for the inner shell
start keyring "$sample" sh -c \
    'exec gnome-keyring-daemon --foreground --unlock --components=secrets <"$0"' "$place/run/password"
# shellcheck disable=SC2154
watch=$keyring_pid
wait_for 30 "gnome-keyring-daemon" "$sample" gdbus call --session --dest org.freedesktop.secrets \
    --object-path /org/freedesktop/secrets/collection/login \
    --method org.freedesktop.DBus.Properties.Get org.freedesktop.Secret.Collection Label
rm -f "$place/run/password"

display=''
if [ -n "$keep" ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    display=yours
    {
        [ -z "${DISPLAY:-}" ] || printf 'DISPLAY=%s\nXAUTHORITY=%s\n' "$DISPLAY" "${XAUTHORITY:-$HOME/.Xauthority}"
        case ${WAYLAND_DISPLAY:-} in
        '') ;;
        /*) echo "WAYLAND_DISPLAY=$WAYLAND_DISPLAY" ;;
        *) echo "WAYLAND_DISPLAY=$xdg_runtime/$WAYLAND_DISPLAY" ;;
        esac
    } >>"$place/environment"
    say "on your display"
else
    cookie=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    xauth -q -f "$place/run/Xauthority" add :0 . "$cookie" 2>/dev/null
    : >"$place/run/display"
    # shellcheck disable=SC2016
    start xvfb "$sample" sh -c \
        'exec Xvfb -displayfd 3 -auth "$0/Xauthority" -screen 0 1280x800x24 -nolisten tcp 3>"$0/display"' \
        "$place/run"
    # shellcheck disable=SC2154
    watch=$xvfb_pid
    wait_for 30 "Xvfb" test -s "$place/run/display"
    number=$(cat "$place/run/display")
    xauth -q -f "$place/run/Xauthority" add ":$number" . "$cookie" 2>/dev/null
    printf 'DISPLAY=:%s\nXAUTHORITY=%s\n' "$number" "$place/run/Xauthority" >>"$place/environment"
    say "on the invisible display :$number (Xvfb)"
fi
# xdg-open asks for the desktop's default browser first, then for $BROWSER.
cat >"$place/browser" <<END
#!/bin/sh
exec python3 "$root/tests/support/click_sign_in.py" "\$1"
END
chmod 700 "$place/browser"
mkdir -p "$place/home/.config/GraphValet" "$place/home/.local/share/applications" "$place/home/Downloads"
# What a person chooses in Settings: where an AI client may have files saved.
printf '[General]\ndownloadFolder=%s\n' "$(cd "$place/home/Downloads" && pwd -P)" \
    >"$place/home/.config/GraphValet/graph-valet.conf"
chmod 700 "$place/home/.local"
cat >"$place/home/.local/share/applications/sample-browser.desktop" <<END
[Desktop Entry]
Type=Application
Name=Browser of try.sh
Exec=$place/browser %u
MimeType=x-scheme-handler/http;
END
printf '[Default Applications]\nx-scheme-handler/http=sample-browser.desktop\n' \
    >"$place/home/.config/mimeapps.list"
start tray "$sample" "$bin/graph-valet-tray" --background
# shellcheck disable=SC2154
watch=$tray_pid
status_says() { "$sample" "$bin/graph-valet" status --json | grep -Eq "$1"; }
wait_for 60 "graph-valet-tray" status_says '"tray": ?true'
show_status() { "$sample" "$bin/graph-valet" status 2>&1 | sed 's/^/        /' || true; }
say "graph-valet-tray runs; graph-valet status says:"
show_status

begin "Signing in: graph-valet sign-in, a headless Chromium clicks through the page"
"$sample" "$bin/graph-valet" sign-in --timeout 120 </dev/null >"$place/sign-in.log" 2>&1 \
    || fail "graph-valet sign-in: $(tail -n 1 "$place/sign-in.log")"
# The browser is still reading the answer when the account is there already.
wait_for 60 "the browser" test -s "$place/browser.log"
grep -q '^answer: ' "$place/browser.log" || fail "the browser: $(tail -n 1 "$place/browser.log")"
say "the browser was told: $(sed -n 's/^answer: //p' "$place/browser.log" | head -n 1)"
say "graph-valet status says:"
show_status

begin "Being an AI client: spawning graph-valet stdio, calling every tool"
python3 packaging/try_client.py "$bin/graph-valet" "$place/home" </dev/null || fail "see the line above"

if [ -n "$keep" ]; then
    begin "Leaving tray and sandbox open (--keep)"
    if [ "$display" = yours ]; then
        # From here on the person clicks, in a visible browser with a profile of its own.
        no_sandbox=''
        [ "$(id -u)" != 0 ] || no_sandbox=--no-sandbox
        cat >"$place/browser" <<END
#!/bin/sh
exec chromium --user-data-dir="$place/home/browser" --no-first-run --password-store=basic $no_sandbox "\$1"
END
    fi
    cat >"$place/graph-valet" <<END
#!/bin/sh
exec "$place/as-sample" "$bin/graph-valet" "\$@"
END
    cat >"$place/stop" <<END
#!/bin/sh
# Ends everything that try.sh left running and removes its folder.
"$place/graph-valet" quit >/dev/null 2>&1
pids() { grep -alF "HOME=$place/home" /proc/[0-9]*/environ 2>/dev/null | sed 's|/proc/\([0-9]*\)/.*|\1|'; }
for pid in \$(pids); do kill "\$pid" 2>/dev/null; done
tries=0
while [ -n "\$(pids)" ] && [ \$tries -lt 100 ]; do tries=\$((tries + 1)); sleep 0.1; done
for pid in \$(pids); do kill -9 "\$pid" 2>/dev/null; done
rm -rf "$place"
END
    chmod 700 "$place/graph-valet" "$place/stop"
    say "state:            $place/graph-valet status"
    say "sign out and in:  $place/graph-valet sign-out; $place/graph-valet sign-in"
    say "for an AI client: command $place/graph-valet, argument stdio"
    say "its window:       $place/as-sample $bin/graph-valet-tray"
    say "faults:           $bin/graph-valet-sandbox --help, then for example"
    say "                  curl -d '{\"name\":\"graph-503\"}' $authority/sandbox/fault"
    say "to stop all:      $place/stop"
    [ "$display" = yours ] || say "The tray is on an invisible display; the browser clicks by itself."
    finished=kept
    exit 0
fi

begin "Signing out and stopping everything"
"$sample" "$bin/graph-valet" sign-out </dev/null >"$place/sign-out.log" 2>&1 \
    || fail "graph-valet sign-out: $(tail -n 1 "$place/sign-out.log")"
"$sample" "$bin/graph-valet" quit </dev/null >"$place/quit.log" 2>&1 \
    || fail "graph-valet quit: $(tail -n 1 "$place/quit.log")"
tray_is_gone() { ! alive "$tray_pid"; }
wait_for 30 "the end of graph-valet-tray" tray_is_gone
stop_all
[ -z "$(leftovers)" ] || fail "still running: $(leftovers)"
say "nothing is left running"
finished=yes
printf '\nThat was the whole job. With your own Microsoft account: README.md, "Register the app".\n'
