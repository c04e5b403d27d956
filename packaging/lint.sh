#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Looks at the sources without running them. Always: licence lines, the tests that the threat model names, shell scripts.
# In files changed since a commit, or in all: clang-format, clazy, clang-tidy.
#   sh packaging/lint.sh [--since COMMIT] [--build build/ci] [--seconds N]
# clang-tidy and clazy need a configured and built folder (moc output); --seconds ends them in time and says which files
# were left out.
# The last line is "N passed, N failed, N skipped", a check of a file counting as one.
set -u
cd "$(dirname "$0")/.." || exit 1

since='' build=build/ci seconds=0
while [ $# -gt 0 ]; do
    case $1 in
    --since) since=${2-}; shift ;;
    --build) build=${2-}; shift ;;
    --seconds) seconds=${2-}; shift ;;
    *) echo "usage: sh packaging/lint.sh [--since COMMIT] [--build DIRECTORY] [--seconds N]" >&2; exit 2 ;;
    esac
    shift
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
: >"$work/results"

# Every file names its licence itself, or REUSE.toml does it for files that cannot.
sed -n '/^path = \[/,/\]/s/^ *"\(.*\)",*$/\1/p' REUSE.toml >"$work/covered"
set --
while IFS= read -r pattern; do
    set -- "$@" ":(exclude,glob)$pattern"
done <"$work/covered"
git ls-files -- . "$@" | while IFS= read -r file; do
    case $file in LICENSE | LICENSES/*) continue ;; esac
    if head -n 20 "$file" | grep -q 'SPDX-License-Identifier:'; then
        echo "passed licence $file"
    else
        echo "failed licence $file: no SPDX-License-Identifier in its head, and REUSE.toml does not cover it"
    fi
done >>"$work/results"

# The threat model names the test that attacks each row.
# shellcheck disable=SC2016 # these are Markdown's backticks
grep -oE '`(tst|test)_[a-z0-9_]+(::[A-Za-z0-9_]+)?`' .github/SECURITY.md | tr -d '`' | sort -u | while IFS= read -r name; do
    file=$(git ls-files "tests/**/${name%%::*}.cpp" "tests/**/${name%%::*}.py")
    if [ -n "$file" ] && grep -q "\b${name##*::}\b" "$file"; then
        echo "passed threat $name"
    elif [ -n "$file" ] && [ "${name%%::*}" = "$name" ]; then
        echo "passed threat $name"
    else
        echo "failed threat $name: SECURITY.md names a test that is not there"
    fi
done >>"$work/results"

if [ -n "$since" ]; then
    git diff --name-only --diff-filter=d "$since" -- >"$work/changed"
else
    git ls-files >"$work/changed"
fi
grep -E '^(app|auth|mcp|tests)/.*\.(cpp|h|mm|c)$' "$work/changed" >"$work/sources"
# A header is looked at through the file that implements it.
{ cat "$work/sources"; sed -n 's/\.h$/.cpp/p' "$work/sources"; } | grep '\.cpp$' | sort -u >"$work/units.all"
# Tests last, should the time run out.
{ grep -v '^tests/' "$work/units.all"; grep '^tests/' "$work/units.all"; } >"$work/units.ordered"
: >"$work/units"
while IFS= read -r file; do
    ! grep -qF "\"file\": \"$PWD/$file\"" "$build/compile_commands.json" 2>/dev/null || echo "$file" >>"$work/units"
done <"$work/units.ordered"
[ -f "$build/compile_commands.json" ] || echo "skipped all units: $build is not configured" >>"$work/results"

# Other versions of clang-format lay out some lines otherwise; .pre-commit-config.yaml pins the same one.
format=$(command -v clang-format-14) || format=
if [ -n "$format" ]; then
    while IFS= read -r file; do
        if "$format" --dry-run -Werror "$file" >"$work/out" 2>&1; then
            echo "passed format $file"
        else
            echo "failed format $file: run clang-format-14 -i $file"
        fi
    done <"$work/sources" >>"$work/results"
else
    echo "skipped format: clang-format-14 is not installed" >>"$work/results"
fi

if command -v shellcheck >/dev/null; then
    git ls-files -- '*.sh' .ci/run | while IFS= read -r file; do
        if shellcheck -S warning "$file" >&2; then
            echo "passed shellcheck $file"
        else
            echo "failed shellcheck $file"
        fi
    done >>"$work/results"
else
    echo "skipped shellcheck: not installed" >>"$work/results"
fi

cat >"$work/check" <<'CHECK'
tool=$1 file=$2 build=$3 deadline=$4
if [ "$deadline" -gt 0 ] && [ "$(date +%s)" -ge "$deadline" ]; then
    echo "skipped $tool $file: out of time"
    exit
fi
checks=$(cat .clazy)
# A test's locals outlive what it waits for, and it may copy a list.
case $file in tests/*) checks=$checks,no-lambda-in-connect,no-detaching-temporary ;; esac
case $tool in
clang-tidy) out=$(clang-tidy -p "$build" --quiet --extra-arg=-Wno-unknown-warning-option "$file" 2>/dev/null) ;;
clazy) out=$(clazy-standalone -p "$build" -checks="$checks" --extra-arg=-Wno-unknown-warning-option "$file" 2>&1) ;;
esac
status=$?
if [ $status -ne 0 ] || printf '%s' "$out" | grep -q '\[-Wclazy'; then
    printf '%s\n' "$out" >&2
    echo "failed $tool $file: see above"
else
    echo "passed $tool $file"
fi
CHECK
deadline=0
[ "$seconds" -eq 0 ] || deadline=$(($(date +%s) + seconds))
# The quick one first.
for tool in clazy clang-tidy; do
    program=$tool
    [ $tool = clang-tidy ] || program=clazy-standalone
    if ! command -v $program >/dev/null; then
        echo "skipped $tool: not installed" >>"$work/results"
        continue
    fi
    # shellcheck disable=SC2016
    xargs -r -P "$(nproc)" -I FILE sh "$work/check" $tool FILE "$build" "$deadline" <"$work/units" >>"$work/results"
done

grep '^failed' "$work/results"
grep '^skipped' "$work/results"
count() { grep -c "^$1" "$work/results"; }
echo "$(count passed) passed, $(count failed) failed, $(count skipped) skipped"
[ "$(count failed)" -eq 0 ]
