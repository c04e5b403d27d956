#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs every benchmark against real processes on a throw-away profile and prints one table:
#   sh tests/bench/run.sh [BIN [ROUNDS]]     BIN: build/release/bin
# Build first: cmake --preset release && cmake --build --preset release
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=${1:-$here/../../build/release/bin}
GRAPH_VALET_BIN=$(cd "$bin" && pwd)
export GRAPH_VALET_BIN
[ -x "$GRAPH_VALET_BIN/../tests/bin/bench_graph" ] || {
    echo "run: the benchmarks have not been built beside $GRAPH_VALET_BIN" >&2
    exit 1
}
# The distribution's own, as for the end-to-end tests.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
exec "$python" "$here/run.py" "${2:-3}"
