#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The AI client of packaging/try.sh: spawns `graph-valet stdio` with as little environment as AI
clients give, lists the tools and calls each of them. For most of them Entra wants one more consent,
which the browser of try.sh gives.

    try_client.py GRAPH_VALET HOME"""

import json
import os
import pathlib
import re
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


def id_in(answer, label="id"):
    """The first id that an answer names, for the tool that reads one."""
    match = re.search(rf"\b{label}: (\S+)", answer)
    if not match:
        raise McpError(f"no {label} in: {answer}")
    return match[1]


# tool, its arguments (a function of the answer before), and what the sample tenant has to tell.
CALLS = [
    ("GetMyPresence", {}, "InAMeeting"),
    ("FindPeople", {"text": "Megan"}, "MeganB@contoso.com"),
    ("FindMail", {"text": "budget"}, "Budget 2027"),
    ("ReadMail", lambda before: {"id": id_in(before)}, "Subject: "),
    ("GetAgenda", {"since": "2026-11-23", "until": "2026-11-29"}, "Budget 2027, signature"),
    ("ReadEvent", lambda before: {"id": id_in(before)}, "Subject: "),
    ("GetFreeBusy", {"people": ["MeganB@contoso.com"], "since": "2026-11-24", "until": "2026-11-24",
                     "minutes": 30}, "2026-11-24"),
    ("FindFiles", {"text": "notes"}, "Notes.txt"),
    ("ReadFile", lambda before: {"id": id_in(before)}, "Hannover"),
    ("DownloadFile", {"id": "me/01ADV7NOTES"}, "Notes.txt"),
    ("ReadTeams", {}, "id: "),
    ("ListTasks", {}, "due"),
    ("ReadNotes", {}, "page"),
    ("SearchMicrosoft365", {"kind": "files", "text": "budget"}, "Winter brief.md"),
    ("FindGraphOperation", {"query": "list contact folders"}, "/me/contactFolders"),
    ("CallGraph", {"path": "/me/presence?$select=availability"}, "Busy"),
]
SHOWN = 9  # lines of an answer


def shown(text):
    lines = text.splitlines()
    rest = [f"... and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN + 1 else []
    for line in (lines[:SHOWN] if rest else lines) + rest:
        print("        " + (line if len(line) <= 150 else line[:149] + "\u2026"))
    print(flush=True)


def call_all(client, listed):
    answer = ""
    for tool, arguments, expected in CALLS:
        if callable(arguments):
            arguments = arguments(answer)
        say(f"tools/call {tool} {json.dumps(arguments) if arguments else ''}")
        print()
        answer = text_of(client, tool, arguments)
        shown(answer)
        if expected not in answer:
            raise McpError(f"{tool} says nothing of {expected!r}: {answer}")
    missed = set(listed) - {call[0] for call in CALLS} - {"GetUserDetailsFromGraph"}
    if missed:
        raise McpError("tools that were not called: " + ", ".join(sorted(missed)))


def main():
    program, home = sys.argv[1:]
    environment = stripped_environment(home, user=os.environ.get("USER", "nobody"))
    with McpClient([program, "stdio"], environment) as client:
        server = client.initialize("try.sh")
        info = server["serverInfo"]
        say(f"initialize: {info['name']} {info['version']}, MCP {server['protocolVersion']}")
        tools = [tool["name"] for tool in client.request("tools/list")["tools"]]
        say("tools/list: " + ", ".join(tools))
        profile = json.loads(text_of(client, "GetUserDetailsFromGraph"))
        say("tools/call GetUserDetailsFromGraph")
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
        call_all(client, tools)
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
