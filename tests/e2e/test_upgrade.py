# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Releases that meet: a relay that stays while the tray process under it is upgraded, replaced by an
older one, or was always of another release. The other releases are the programs under test with
words of the same length exchanged in them."""

import os
import pathlib
import unittest

import valet_world
from valet_world import RELAY, TRAY, WorldTest, is_alive, wait_until

OLD_VERSION = os.environ.get("GRAPH_VALET_VERSION", "0.1.0")
NEW_VERSION = OLD_VERSION[:-1] + ("9" if OLD_VERSION[-1] != "9" else "8")
# Of a description in tools/list.
OLD_WORDS, NEW_WORDS = "right now: availability", "just now!: availability"
MODERN = {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": {},
          "io.modelcontextprotocol/clientInfo": {"name": "modern", "version": "1"}}
SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId"


def wide(text):
    return text.encode("utf-16-le")


# The tools changed with the release.
NEW_TRAY = [(OLD_VERSION.encode(), NEW_VERSION.encode()), (wide(OLD_VERSION), wide(NEW_VERSION)),
            (wide(OLD_WORDS), wide(NEW_WORDS))]
# Knows nothing of lists: as releases before the member came into the hello.
BEFORE_LISTS = [(OLD_VERSION.encode(), NEW_VERSION.encode()), (b"\0lists\0", b"\0lizts\0"),
                (b"\0seen\0", b"\0zeen\0")]


def install(program, folder, words=()):
    """A copy of the program in which the words are exchanged, put there as an installer does."""
    data = pathlib.Path(program).read_bytes()
    for old, new in words:
        if old not in data or len(old) != len(new):
            raise AssertionError(f"{program} does not hold {old!r}")
        data = data.replace(old, new)
    folder.mkdir(exist_ok=True)
    target = folder / os.path.basename(program)
    temporary = folder / ".new"
    temporary.write_bytes(data)
    temporary.chmod(0o755)
    temporary.rename(target)
    return str(target)


class Upgrade(WorldTest):
    options = {"display": True, "activation": False}

    def setUp(self):
        super().setUp()
        self.folder = self.world.place / "installed"
        self.relay = install(RELAY, self.folder)
        self.tray = install(TRAY, self.folder)

    def start_tray(self):
        world = self.world
        process = world.spawn("installed-tray", [self.tray, "--background"], world.session())
        world.wait_alive("installed-tray", process, lambda: world.status().get("tray"), "tray")

    def upgrade(self, words=(), relay=None):
        """Other files in the place of the running ones; the old process ends."""
        pid = self.world.status()["pid"]
        install(TRAY, self.folder, words)
        self.assertEqual(self.world.console("quit").returncode, 0)
        wait_until(lambda: not is_alive(pid), "the end of the old tray process")

    def described(self, client, **params):
        tools = client.request("tools/list", params)["tools"]
        return [tool["description"] for tool in tools if tool["name"] == "GetMyPresence"][0]

    def changes(self, client, method="notifications/tools/list_changed"):
        return [message["params"] for message in client.messages
                if message.get("method") == method]

    def test_an_upgraded_tray_process_tells_what_changed(self):
        self.start_tray()
        legacy = self.world.client("legacy", command=[self.relay, "stdio"])
        modern = self.world.client(command=[self.relay, "stdio"])
        listen = modern.start("subscriptions/listen", {
            "notifications": {"toolsListChanged": True, "resourcesListChanged": True},
            "_meta": MODERN})
        modern.wait_for(lambda m: m.get("method") == "notifications/subscriptions/acknowledged")
        for client, params in ((legacy, {}), (modern, {"_meta": MODERN})):
            self.assertIn(OLD_WORDS, self.described(client, **params))

        self.upgrade(NEW_TRAY)
        # The next call of each starts the new one, which says what is new before or after it answers.
        for client, params in ((legacy, {}), (modern, {"_meta": MODERN})):
            self.assertTrue(client.request("resources/list", params)["resources"])
            wait_until(lambda one=client: self.changes(one), "the notification")
        self.assertEqual(self.world.status()["version"], NEW_VERSION)
        self.assertEqual(self.changes(legacy), [{}])
        self.assertEqual(self.changes(modern), [{"_meta": {SUBSCRIPTION: listen}}])
        for client, params in ((legacy, {}), (modern, {"_meta": MODERN})):
            self.assertIn(NEW_WORDS, self.described(client, **params))
            # The resources are the same ones.
            self.assertEqual(self.changes(client, "notifications/resources/list_changed"), [])
            self.assertIsNone(client.process.poll())
            self.assertEqual(client.not_json, [])
        # One acknowledgement, though two tray processes gave one each.
        self.assertEqual(len([m for m in modern.messages if m.get("method", "").endswith(
            "acknowledged")]), 1)
        self.assertEqual(modern.answers_to(listen), [])
        # The same release again: nothing is new.
        self.upgrade(NEW_TRAY)
        for client, params in ((legacy, {}), (modern, {"_meta": MODERN})):
            self.assertTrue(client.request("tools/list", params)["tools"])
            self.assertEqual(len(self.changes(client)), 1)
        # At the end the stream ends with a result.
        self.assertEqual(modern.close(), 0)
        self.assertEqual(modern.answers_to(listen)[0]["result"]["resultType"], "complete")

    def test_an_old_relay_with_a_new_tray_process(self):
        self.relay = install(RELAY, self.folder, BEFORE_LISTS)
        self.start_tray()
        client = self.world.client("old relay", command=[self.relay, "stdio"])
        self.assertIn(OLD_WORDS, self.described(client))
        self.upgrade(NEW_TRAY)
        self.assertIn(NEW_WORDS, self.described(client))
        self.assertEqual(client.close(), 0)

    def test_a_new_relay_with_an_old_tray_process(self):
        self.tray = install(TRAY, self.folder, BEFORE_LISTS)
        self.start_tray()
        client = self.world.client("new relay", command=[self.relay, "stdio"])
        self.assertIn(OLD_WORDS, self.described(client))
        # It named no lists, so its successor says that they may be others.
        self.upgrade()
        self.assertTrue(client.request("resources/templates/list") is not None)
        wait_until(lambda: self.changes(client), "the notification")
        self.assertEqual(client.close(), 0)


if __name__ == "__main__":
    valet_world.main("Xvfb")
