# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""graph-valet connect: the files of AI clients, and that the entry works as it stands there."""

import json
import re
import stat
import unittest

import valet_world
from test_whole_job import TOOL
from valet_world import WorldTest

CURSOR = """{
  // servers of mine
  "mcpServers": {
    "files": { "command": "npx", "env": { "KEY": "sk-of-another-server" } }, // keep
  },
}
"""


class Connect(WorldTest):
    options = {"keyring": False, "bus": False}

    def file(self, name, text):
        path = self.world.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        path.chmod(0o640)
        return path

    def say(self, *words, code=0):
        done = self.world.console("connect", *words)
        self.assertEqual(done.returncode, code, done)
        return done.stdout if code == 0 else done.stderr

    def test_from_nothing_to_an_entry_that_works_and_back(self):
        world = self.world
        path = self.file(".cursor/mcp.json", CURSOR)
        listed = self.say("--list")  # starts the tray
        self.assertRegex(listed, r"(?m)^cursor +Not connected$")
        self.assertRegex(listed, r"(?m)^zed +Not found on this computer$")
        world.only_tray()

        shown = self.say("--dry-run", "cursor")
        self.assertEqual(path.read_text(), CURSOR)
        self.assertIn('+     "graph-valet": {', shown)
        done = self.say("cursor")
        self.assertNotIn("sk-of-another-server", shown + done)
        self.assertRegex(self.say("--list"), r"(?m)^cursor +Connected$")
        self.assertIn("already", self.say("cursor"))
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o640)
        backup = re.search(r"(/\S+graph-valet-backup)", done).group(1)
        self.assertEqual(open(backup, encoding="utf-8").read(), CURSOR)

        text = path.read_text()
        before = CURSOR.splitlines()
        self.assertEqual([line for line in text.splitlines() if line in before], before)
        plain = re.sub(r",(\s*})", r"\1", re.sub(r"//.*", "", text))
        entry = json.loads(plain)["mcpServers"]["graph-valet"]
        self.assertEqual(sorted(entry), ["args", "command"])

        # As the client starts it.
        world.sign_in()
        client = world.client("Cursor", command=[entry["command"], *entry["args"]])
        self.assertFalse(client.call(TOOL).get("isError"))
        clients = world.status()["clients"]
        self.assertEqual([one["id"] for one in clients], [entry["args"][-1]])
        self.assertRegex(clients[0]["id"], "^cursor-[0-9a-f]{8}$")

        self.say("--remove", "cursor")
        self.assertEqual(path.read_text(), CURSOR)
        self.say("--undo", "cursor")
        self.assertEqual(path.read_text(), text)
        self.assertIn("nothing to undo", self.say("--undo", "cursor", code=1))

    def test_other_formats(self):
        codex = self.file(".codex/config.toml", "model = 'x' # mine\n")
        goose = self.file(".config/goose/config.yaml", "# mine\nextensions:\n  a:\n    enabled: true\n")
        for client, path in (("codex", codex), ("goose", goose)):
            before = path.read_text()
            self.say(client)
            self.assertNotEqual(path.read_text(), before)
            self.say("--remove", client)
            self.assertEqual(path.read_text(), before)

    def test_says_why_not(self):
        broken = self.file(".cursor/mcp.json", '{\n  "mcpServers": {\n')
        self.assertIn("line 2, column 17", self.say("cursor", code=1))
        self.assertEqual(broken.read_text(), '{\n  "mcpServers": {\n')
        self.assertIn("not found", self.say("zed", code=1))
        self.assertIn("knows no AI client", self.say("emacs", code=1))
        self.file(".codex/config.toml", "").chmod(0o400)
        self.assertIn("may only be read", self.say("codex", code=1))
        self.assertIn("--list", self.say(code=2))


if __name__ == "__main__":
    valet_world.main("chromium", "chromedriver", "xdg-open")
