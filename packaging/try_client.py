#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The AI client of packaging/try.sh: spawns `graph-valet stdio` with as little environment as AI
clients give, lists the tools, calls GetUserDetailsFromGraph and prints the profile.

    try_client.py GRAPH_VALET HOME"""

import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "support"))
sys.dont_write_bytecode = True
from mcp_stdio import McpClient, McpError, stripped_environment  # noqa: E402

LABELS = [
    ("displayName", "Name"), ("jobTitle", "Job title"), ("mail", "Mail"),
    ("userPrincipalName", "Signs in as"), ("businessPhones", "Telephone"),
    ("mobilePhone", "Mobile"), ("officeLocation", "Office"), ("preferredLanguage", "Language"),
    ("id", "Object id"),
]


def say(text):
    print(f"      {text}", flush=True)


def main():
    program, home = sys.argv[1:]
    environment = stripped_environment(home, user=os.environ.get("USER", "nobody"))
    with McpClient([program, "stdio"], environment) as client:
        server = client.initialize("try.sh")
        info = server["serverInfo"]
        say(f"initialize: {info['name']} {info['version']}, MCP {server['protocolVersion']}")
        tools = client.request("tools/list")["tools"]
        say("tools/list: " + ", ".join(tool["name"] for tool in tools))
        result = client.call("GetUserDetailsFromGraph")
        texts = [part["text"] for part in result["content"] if part["type"] == "text"]
        if result.get("isError"):
            raise McpError("the tool answered: " + " ".join(texts))
        say("tools/call GetUserDetailsFromGraph:")
        profile = result.get("structuredContent") or json.loads(texts[0])
        print()
        for key, label in LABELS:
            value = profile.get(key)
            if isinstance(value, list):
                value = ", ".join(value)
            if value:
                print(f"        {label + ':':<13} {value}")
        print(flush=True)
        if not profile.get("displayName"):
            raise McpError("the profile has no name: " + json.dumps(profile))
        code = client.close()
        if client.not_json:
            raise McpError(f"a line on stdout was no MCP message: {client.not_json[0]!r}")
        if code != 0:
            raise McpError(f"graph-valet stdio ended with {code}: {client.error_text()}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (McpError, OSError, KeyError, ValueError) as problem:
        print(f"try_client: {problem or type(problem).__name__}", file=sys.stderr)
        sys.exit(1)
