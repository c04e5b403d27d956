#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs what is missing, builds, runs every test and says how it went:
#   sh packaging/test.sh [--preset NAME] [--no-install] [--no-interop] [--units | --end-to-end]
# The last line is "N passed, N failed, N skipped"; a program of tests and a client of others count as one each.
set -u
cd "$(dirname "$0")/.." || exit 1

usage() {
    echo "usage: sh packaging/test.sh [--preset ci|sanitize|dev|release] [--no-install] [--no-interop]" \
        "[--units | --end-to-end]" >&2
    exit 2
}

preset=ci
install=yes
interop=yes
select=
while [ $# -gt 0 ]; do
    case $1 in
    --preset) [ $# -ge 2 ] || usage; preset=$2; shift ;;
    --no-install) install= ;;
    --no-interop) interop= ;;
    --units) select='--label-exclude end-to-end' ;;
    --end-to-end) select='--label-regex end-to-end' ;;
    *) usage ;;
    esac
    shift
done

passed=0 failed=0 skipped=0 lines='' notes=''
count() { printf '%s\n' "$lines" | grep -c "^$1: "; }
say() { printf '\n== %s\n' "$1"; }
note() {
    notes="$notes
$1"
}
finish() {
    say "Summary (preset $preset)"
    [ -z "$notes" ] || printf '%s\n' "${notes#?}"
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ]
    exit
}
# must WHAT COMMAND...: without it nothing further makes sense.
must() {
    what=$1
    shift
    say "$what"
    "$@" </dev/null || {
        failed=$((failed + 1))
        note "failed: $what"
        finish
    }
}

[ -z "$install" ] || must "Installing what is missing" sh packaging/install_packages.sh test
if [ -n "$install" ] && [ -n "$interop" ] && ! command -v npm >/dev/null; then
    sh packaging/install_packages.sh test npm || note "npm could not be installed"
fi
must "Configuring" cmake --preset "$preset"
must "Building" cmake --build --preset "$preset" --parallel "$(nproc)"

say "Testing"
report=$PWD/build/$preset/tests.xml
rm -f "$report"
# shellcheck disable=SC2086 # an option and its word
ctest --preset "$preset" --parallel "$(nproc)" $select --output-junit "$report" </dev/null
status=$?
if [ -f "$report" ]; then
    # One line a test: a skipped one with the reason that it printed last; one that could not start has failed.
    lines=$(awk '
        /<testcase / { name = $2; gsub(/name=|"/, "", name); how = "failed"; last = "" }
        /<testcase .*status="run"/ { how = "passed" }
        /<skipped message="(SKIP_|Disabled)/ { how = "skipped" }
        { line = $0; gsub(/<[^>]*>|^[ \t]+/, "", line); if (line ~ /[^ ]/) last = line }
        /<\/testcase>/ { print how ": " name (how == "skipped" ? ": " last : "") }' "$report")
    passed=$(count passed)
    failed=$(count failed)
    skipped=$(count skipped)
    lines=$(printf '%s\n' "$lines" | grep -v '^passed: ')
    [ -z "$lines" ] || note "$lines"
fi
if [ $status -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1
    note "failed: ctest ended with $status"
fi

if [ -n "$interop" ]; then
    say "MCP clients of others"
    lines=$(sh tests/interop/run.sh "build/$preset/bin" </dev/null 2>&1)
    status=$?
    printf '%s\n' "$lines"
    passed=$((passed + $(count passed)))
    skipped=$((skipped + $(count skipped)))
    lost=$(count failed)
    [ $status -eq 0 ] || [ $status -eq 77 ] || [ "$lost" -gt 0 ] || lost=1
    failed=$((failed + lost))
    [ "$lost" -eq 0 ] || note "failed: $lost clients of others (above)"
    lines=$(printf '%s\n' "$lines" | grep '^skipped: ')
    [ -z "$lines" ] || note "$lines"
fi
finish
