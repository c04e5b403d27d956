#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The AI client of packaging/try.sh: spawns `graph-valet stdio` with as little environment as AI
clients give, lists the tools, calls GetUserDetailsFromGraph and prints the profile, then GetMyPresence
and FindMail, for each of which Entra wants one more consent.

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


def text_of(client, tool, arguments=None):
    """What a model reads; asks again while a page waits in the browser, as a model is told to."""
    for _ in range(3):
        result = client.call(tool, arguments)
        text = " ".join(part["text"] for part in result["content"] if part["type"] == "text")
        if not result.get("isError"):
            return text
        if "page is open" not in text:
            break
    raise McpError(f"{tool} answered: {text}")


def call(client, tool):
    """The facts of a tool with a fixed shape."""
    return json.loads(text_of(client, tool))


def main():
    program, home = sys.argv[1:]
    environment = stripped_environment(home, user=os.environ.get("USER", "nobody"))
    with McpClient([program, "stdio"], environment) as client:
        server = client.initialize("try.sh")
        info = server["serverInfo"]
        say(f"initialize: {info['name']} {info['version']}, MCP {server['protocolVersion']}")
        tools = client.request("tools/list")["tools"]
        say("tools/list: " + ", ".join(tool["name"] for tool in tools))
        profile = call(client, "GetUserDetailsFromGraph")
        say("tools/call GetUserDetailsFromGraph:")
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
        presence = call(client, "GetMyPresence")
        say("tools/call GetMyPresence, after Entra's page has asked for consent to Presence.Read:")
        print()
        print("        " + ", ".join(str(value) for value in presence.values()))
        print(flush=True)
        mails = text_of(client, "FindMail", {"text": "budget"})
        say("tools/call FindMail {text: budget}, after consent to Mail.Read:")
        print()
        print("        " + mails.replace("\n", "\n        "))
        print(flush=True)
        if "Budget 2027" not in mails:
            raise McpError("no mail about the budget was found")
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
