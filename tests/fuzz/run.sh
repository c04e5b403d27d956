#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the fuzz targets with libFuzzer and runs one after the other:
#   sh tests/fuzz/run.sh [--seconds N] [TARGET...]
# Each gets N seconds (600) and starts from its corpus, of which a copy grows and is thrown away. A finding is kept in
# build/fuzz/findings/; its path is said, and the exit code is 1. The last line is "N passed, N failed, N skipped".
set -u
cd "$(dirname "$0")/../.." || exit 1

usage() {
    echo "usage: sh tests/fuzz/run.sh [--seconds N] [TARGET...]" >&2
    exit 2
}
seconds=600
targets=
while [ $# -gt 0 ]; do
    case $1 in
    --seconds) [ $# -ge 2 ] || usage; seconds=$2; shift ;;
    -*) usage ;;
    *) targets="$targets fuzz_${1#fuzz_}" ;;
    esac
    shift
done
case $seconds in '' | *[!0-9]*) usage ;; esac
if [ -z "$targets" ]; then
    for file in tests/fuzz/fuzz_*.cpp; do
        targets="$targets $(basename "$file" .cpp)"
    done
fi

passed=0 failed=0 skipped=0
finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}
has_libfuzzer() {
    command -v clang++ >/dev/null || return 1
    echo 'extern "C" int LLVMFuzzerTestOneInput(const char *, unsigned long) { return 0; }' \
        | clang++ -x c++ - -fsanitize=fuzzer -o /dev/null 2>/dev/null
}
if ! has_libfuzzer; then
    for target in $targets; do
        echo "skipped: $target: no clang++ with libFuzzer is installed (Debian: clang, libclang-rt-14-dev)"
        skipped=$((skipped + 1))
    done
    finish
fi

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
findings=$PWD/build/fuzz/findings
# shellcheck disable=SC2086 # a list of names
if ! { cmake --preset fuzz && cmake --build --preset fuzz --target $targets; } >"$work/build" 2>&1; then
    tail -n 30 "$work/build"
    echo "failed: the targets could not be built, see above"
    failed=1
    finish
fi
mkdir -p "$findings"

# last NAME: the newest number behind it in what libFuzzer said.
last() { grep -oE "$1 *[0-9]+" "$work/said" | tail -n 1 | grep -oE '[0-9]+$'; }

for target in $targets; do
    dictionary=json
    [ "$target" != fuzz_reply_handler ] || dictionary=http
    [ "$target" != fuzz_html_text ] || dictionary=html
    [ "$target" != fuzz_document_text ] || dictionary=document
    mkdir "$work/$target"
    cp "tests/fuzz/corpus/${target#fuzz_}/"* "$work/$target/" || exit 1
    start=$(date +%s)
    "build/fuzz/tests/bin/$target" "$work/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -dict="tests/fuzz/$dictionary.dict" -artifact_prefix="$findings/$target-" -print_final_stats=1 \
        >"$work/said" 2>&1 </dev/null
    status=$?
    what="$(last 'number_of_executed_units:') executions in $(($(date +%s) - start)) s, $(last 'cov:') edges"
    if [ $status -eq 0 ]; then
        passed=$((passed + 1))
        echo "passed: $target: $what, no finding"
    else
        failed=$((failed + 1))
        grep -A 1 -E 'BROKEN: |ERROR: |SUMMARY: |runtime error: ' "$work/said"
        echo "failed: $target: $what, finding: $(sed -n 's/.*Test unit written to //p' "$work/said" | tail -n 1)"
    fi
done
finish
