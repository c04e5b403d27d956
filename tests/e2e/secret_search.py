# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for credentials, byte by byte, where none may ever be."""

import base64
import os
import urllib.parse

from valet_world import read_bytes


def needles(secrets):
    """The whole value, pieces of it, and what encodings make of them."""
    found = {}
    for secret in secrets:
        middle = len(secret) // 2
        forms = {
            secret, secret[:40], secret[-40:], secret[max(0, middle - 16):middle + 16],
            urllib.parse.quote(secret, safe="").encode(), base64.b64encode(secret)[:-4],
            base64.b64encode(b"x" + secret)[4:-4], base64.b64encode(b"xx" + secret)[4:-4],
            secret.hex().encode(), secret.decode().encode("utf-16-le"),
        }
        for form in forms:
            # Shorter ones might be there by chance.
            if len(form) >= 20:
                found[form] = secret
    return found


def hits(haystacks, secrets):
    """haystacks: (where, bytes). Sentences about what was found."""
    wanted = needles(secrets)
    return [f"{where} holds {secret[:6].decode()}… ({len(secret)} bytes)"
            for where, data in haystacks for form, secret in wanted.items() if form in data]


def files_below(*folders):
    for folder in folders:
        for base, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(base, name)
                if os.path.isfile(path):
                    yield path, read_bytes(path)
