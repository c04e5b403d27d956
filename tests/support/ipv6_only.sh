#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a command in a network of its own whose one address is ::1, which localhost means there too.
#   sh tests/support/ipv6_only.sh COMMAND [ARGUMENT]...
# Exit code 77, "skipped", where the system allows no namespaces or has no IPv6.
set -u
skip() {
    echo "ipv6_only: $1, skipped"
    exit 77
}

if [ "${1-}" != --inside ]; then
    unshare --user --map-root-user --net --mount true 2>/dev/null \
        || skip 'the system allows no namespaces here (a chroot never does)'
    exec unshare --user --map-root-user --net --mount sh "$0" --inside "$@"
fi
shift
ip link set lo up || skip 'the network cannot be set up'
ip address del 127.0.0.1/8 dev lo 2>/dev/null
ip -6 address show dev lo | grep -q '::1/128' || skip 'the system has no IPv6'
hosts=$(mktemp) || exit 1
echo '::1 localhost' >"$hosts"
mount --bind "$hosts" /etc/hosts || skip 'the name localhost cannot be changed'
rm -f "$hosts"
exec "$@"
