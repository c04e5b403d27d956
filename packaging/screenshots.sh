#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the pictures of resources/screenshots again: tray icon and menu on a light and a dark panel, the question about a new
# AI client, and the windows with accounts and AI clients, with the activity and with what can be connected, all against the sandbox's made-up people.
# Leaves nothing running.
#   sh packaging/screenshots.sh [BIN [OUT]]        default: build/release/bin resources/screenshots
# Needs Xvfb, trayer, scrot, xdotool, ImageMagick, dbus-run-session, gnome-keyring-daemon and python3.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
bin=$(cd "${1:-build/release/bin}" && pwd)
mkdir -p "${2:-resources/screenshots}"
out=$(cd "${2:-resources/screenshots}" && pwd)
for tool in Xvfb trayer scrot xdotool convert dbus-run-session gnome-keyring-daemon python3; do
    command -v $tool >/dev/null || { echo "screenshots: $tool is not installed" >&2; exit 1; }
done

if [ "${GRAPH_VALET_PICTURE_WORLD:-}" != yes ]; then
    place=$(mktemp -d /tmp/gvpic.XXXXXX)
    trap 'rm -rf "$place"' EXIT
    mkdir -m 700 "$place/home" "$place/run"
    env -i PATH="$PATH" LANG=C.UTF-8 HOME="$place/home" XDG_RUNTIME_DIR="$place/run" GRAPH_VALET_PICTURE_WORLD=yes \
        dbus-run-session -- sh packaging/screenshots.sh "$bin" "$out"
    exit
fi

pids=''
# shellcheck disable=SC2317 # called by trap
finish() {
    status=$?
    [ $status = 0 ] || tail -n 20 "$HOME/log" >&2
    for pid in $pids; do
        kill "$pid" 2>/dev/null || true
    done
}
trap finish EXIT
# start COMMAND...: in the background until the end of the script.
start() {
    "$@" >>"$HOME/log" 2>&1 &
    pids="$! $pids"
}
# wait_for WHAT COMMAND...: at most 20 s.
wait_for() {
    what=$1 left=200
    shift
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ $left -gt 0 ] || { echo "screenshots: $what did not come" >&2; exit 1; }
        sleep 0.1
    done
}

printf picture | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
# shellcheck disable=SC2016 # for the inner shell
start sh -c 'exec Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -noreset 3>"$HOME/display"'
wait_for Xvfb test -s "$HOME/display"
DISPLAY=:$(cat "$HOME/display")
export DISPLAY
start sh -c "exec \"$bin/graph-valet-sandbox\" >\"$HOME/sandbox\""
wait_for "the sandbox" grep -q authority "$HOME/sandbox"
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$HOME/sandbox"; }
GRAPH_VALET_AUTHORITY=$(field authority) GRAPH_VALET_GRAPH_URL=$(field graphUrl)
GRAPH_VALET_CLIENT_ID=$(field clientId) GRAPH_VALET_TENANT_ID=$(field tenantId)
export GRAPH_VALET_AUTHORITY GRAPH_VALET_GRAPH_URL GRAPH_VALET_CLIENT_ID GRAPH_VALET_TENANT_ID
printf '#!/bin/sh\nexec python3 "%s/tests/support/click_sign_in.py" "$@"\n' "$root" >"$HOME/browser"
chmod +x "$HOME/browser"
export BROWSER="$HOME/browser"
# With a display xdg-open asks the desktop's files before $BROWSER.
mkdir -p "$HOME/.local/share/applications" "$HOME/.config"
printf '[Desktop Entry]\nType=Application\nName=Clicks\nExec=%s %%u\nMimeType=x-scheme-handler/http;\n' \
    "$HOME/browser" >"$HOME/.local/share/applications/clicks.desktop"
printf '[Default Applications]\nx-scheme-handler/http=clicks.desktop\n' >"$HOME/.config/mimeapps.list"

# An AI client: a program of its own that starts the relay, shakes hands, calls the tool, and stays.
# A copy, so that the operating system tells another name than python3.
cp "$(python3 -c 'import os, sys; print(os.path.realpath(sys.executable))')" "$HOME/example-ai"
PYTHONHOME=$(python3 -c 'import sys; print(sys.base_prefix)')
cat >"$HOME/client.py" <<'END'
import json, signal, subprocess, sys
relay = subprocess.Popen([sys.argv[1], "stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
signal.signal(signal.SIGTERM, lambda *_: (relay.stdin.close(), sys.exit(0)))
def say(**message):
    relay.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    relay.stdin.flush()
say(id=1, method="initialize", params={"protocolVersion": "2025-06-18", "capabilities": {},
    "clientInfo": {"name": "Example AI", "version": "1.0"}})
relay.stdout.readline()
say(method="notifications/initialized")
for call in sys.argv[2:]:
    tool, _, arguments = call.partition("=")
    say(id=2, method="tools/call", params={"name": tool, "arguments": json.loads(arguments or "{}")})
    if call != sys.argv[-1]:
        while '"id":2' not in relay.stdout.readline():
            pass
signal.pause()
END
client_pids=''
client() {
    start env PYTHONHOME="$PYTHONHOME" "$HOME/example-ai" "$HOME/client.py" "$bin/graph-valet" "$@"
    client_pids="$! $client_pids"
}

# Qt reads the colours of KDE's settings without KDE.
dark_colours() {
    mkdir -p "$HOME/.config"
    for group in View Window Button Tooltip Selection; do
        background=35,38,41 foreground=239,240,241
        [ $group != Selection ] || background=61,108,160
        printf '[Colors:%s]\nBackgroundNormal=%s\nBackgroundAlternate=49,54,59\nForegroundNormal=%s\n' \
            $group $background $foreground
        printf 'ForegroundInactive=161,169,177\nForegroundLink=61,174,233\nForegroundVisited=155,89,182\n\n'
    done >"$HOME/.config/kdeglobals"
}


# picture NAME PANEL_COLOUR DESKTOP_COLOUR: the panel with the icon and the open menu.
picture() {
    trayer --edge bottom --align right --widthtype percent --width 100 --heighttype pixel --height 32 --SetDockType false \
        --SetPartialStrut false --transparent true --alpha 0 --tint "$2" >>"$HOME/log" 2>&1 &
    trayer_pid=$!
    pids="$trayer_pid $pids"
    "$bin/graph-valet-tray" >>"$HOME/log" 2>&1 &
    tray_pid=$!
    pids="$tray_pid $pids"
    wait_for "the tray app" "$bin/graph-valet" status --json
    client
    client
    sleep 2
    xdotool mousemove 1264 769 click 3
    sleep 1
    xdotool key Up key Up key Up key Up key Up key Up key Up key Up key Up key Right
    sleep 1
    scrot -o "$HOME/whole.png"
    convert "$HOME/whole.png" -fill "$3" -draw 'color 0,0 floodfill' -crop 640x400+640+400 +repage -colors 64 -strip "$out/$1.png"
    xdotool key Escape
    kill "$trayer_pid"
    # shellcheck disable=SC2086 # a list
    kill $client_pids
    client_pids=''
    "$bin/graph-valet" quit
    wait "$tray_pid" || true
}

GRAPH_VALET_CLIENT_APPROVAL=ask
export GRAPH_VALET_CLIENT_APPROVAL
"$bin/graph-valet" sign-in --timeout 60 >>"$HOME/log" 2>&1
"$bin/graph-valet" quit
picture tray-light 0xe8e8e8 '#c3d2e0'
dark_colours
export QT_QPA_PLATFORMTHEME=kde KDE_SESSION_VERSION=5
picture tray-dark 0x202326 '#0d1b2a'

# window NAME TITLE: the window with this title.
window() {
    wait_for "the window $2" xdotool search --onlyvisible --name "$2"
    sleep 1
    window=$(xdotool search --onlyvisible --name "$2" | tail -n 1)
    eval "$(xdotool getwindowgeometry --shell "$window" | grep -E '^(X|Y|WIDTH|HEIGHT)=')"
    # shellcheck disable=SC2154 # xdotool told them
    scrot -o -a "$X,$Y,$WIDTH,$HEIGHT" "$HOME/window.png"
    convert "$HOME/window.png" -colors 64 -strip "$out/$1.png"
}

# press TITLE KEY: until the window with this title has gone, as it may not listen yet.
press() {
    wait_for "the end of $1" sh -c "xdotool key '$2'; sleep 0.3; ! xdotool search --onlyvisible --name '$1'"
}

unset QT_QPA_PLATFORMTHEME KDE_SESSION_VERSION
printf '#!/bin/sh\nCLICK_SIGN_IN_PERSON=alex exec python3 "%s/tests/support/click_sign_in.py" "$@"\n' "$root" >"$HOME/browser"
"$bin/graph-valet" sign-in --another --timeout 60 >>"$HOME/log" 2>&1
"$bin/graph-valet" quit
start "$bin/graph-valet-tray" --background
wait_for "the tray app" "$bin/graph-valet" status --json
client GetUserDetailsFromGraph GetMyPresence
window question "new AI client"
press "new AI client" alt+a
window area "wants more"
press "wants more" alt+d
printf '#!/bin/sh\nexec python3 "%s/tests/support/click_sign_in.py" "$@"\n' "$root" >"$HOME/browser"
client 'FindMail={"text":"budget"}' 'FindMail={"from":"Megan","unread":true}' 'FindMail={"since":"2026-11-01"}' \
    GetUserDetailsFromGraph 'FindGraphOperation={"query":"list my groups"}' 'ReadMail={"id":"none"}' GetMyPresence
wait_for "the question about mail" xdotool search --onlyvisible --name "wants more"
press "wants more" alt+a
"$bin/graph-valet-tray" # brings the window of the one that runs
wait_for "the status window" xdotool search --onlyvisible --name "^Graph Valet$"
sleep 1
xdotool key alt+a
window accounts "Accounts and AI clients"
press "Accounts and AI clients" Escape
"$bin/graph-valet-tray"
sleep 1
xdotool key alt+v
wait_for "the activity" xdotool search --onlyvisible --name "Graph Valet: Activity"
xdotool key Tab Tab Tab Tab Tab Tab Down Down Down
window activity "Graph Valet: Activity"
press "Graph Valet: Activity" Escape
mkdir -p "$HOME/.cursor" "$HOME/.config/Code/User" "$HOME/.codex"
printf '{\n  "mcpServers": {\n  }\n}\n' >"$HOME/.cursor/mcp.json"
"$bin/graph-valet-tray"
sleep 1
xdotool key alt+n
window connect "Connect"
"$bin/graph-valet" quit
ls -l "$out"
