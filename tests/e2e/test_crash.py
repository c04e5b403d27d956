# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the tray process at moments around a refresh never costs the session: the person is
asked once, at the beginning, and never again.

    GRAPH_VALET_KILLS=200 [GRAPH_VALET_SEED=N] test_crash.py

The first call of every tray process refreshes, as access tokens live in memory only. A third of the
kills come around the request, a third around Entra's answer and the keychain write after it, a third
when Graph has been asked; the sandbox says when that is, so no machine is too slow for them."""

import os
import random
import signal
import sys
import time

import valet_world
from test_whole_job import ADELE, TOOL, ask
from valet_world import McpError, WorldTest, is_alive, wait_until

KILLS = int(os.environ.get("GRAPH_VALET_KILLS", "20"))
SEED = int(os.environ.get("GRAPH_VALET_SEED", "0")) or random.SystemRandom().randrange(1, 2**31)
ANSWER_AFTER = 0.1  # seconds that the sandbox takes to answer where the kill is to come around it


class Crash(WorldTest):
    options = {"display": True}

    def kill_tray(self):
        pid = self.world.only_tray()
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not is_alive(pid), "the end of the tray")

    def first_call(self, name):
        """A client whose call is the first one of a new tray process; not waited for."""
        client = self.world.client(name)  # its relay starts the tray
        return client, client.start("tools/call", {"name": TOOL, "arguments": {}})

    def wait_for_requests(self, endpoint, count):
        wait_until(lambda: self.world.counts()[endpoint] >= count, f"a request to {endpoint}")

    def wait_for_moment(self, kind, before, chance):
        """before: the sandbox's counts when the call was sent."""
        if kind == "request":
            time.sleep(chance.uniform(0, 0.03))
        elif kind == "answer":
            self.wait_for_requests("token", before["token"] + 1)
            time.sleep(chance.uniform(0, 2 * ANSWER_AFTER))
        else:
            self.wait_for_requests("me", before["me"] + 1)

    def test_kills_around_a_refresh_cost_nobody_the_session(self):
        world = self.world
        print(f"seed {SEED}, {KILLS} kills", file=sys.stderr)
        chance = random.Random(SEED)
        world.start_tray()
        world.sign_in()
        self.kill_tray()
        for number in range(KILLS):
            kind = ("request", "answer", "graph")[number % 3]
            before = world.counts()
            if kind == "answer":
                world.fault("token-slow", milliseconds=int(ANSWER_AFTER * 1000))
            elif kind == "graph":
                world.fault("graph-slow", milliseconds=60_000)
            client, call = self.first_call(f"victim {number}")
            self.wait_for_moment(kind, before, chance)
            self.kill_tray()
            client.answer(call)  # its own, or that the connection was lost
            self.assertEqual(len(client.answers_to(call)), 1)
            # The next call works, and nobody asks the person.
            try:
                profile = ask(client)
            except McpError as problem:
                # Sent before the relay knew.
                self.assertIn("connection lost", str(problem))
                profile = ask(client)
            self.assertEqual(profile, ADELE, f"after kill {number}")
            self.assertEqual(world.status()["state"], "signedIn")
            self.assertEqual(world.counts()["authorize"], 1, f"after kill {number}")
            self.assertEqual(len(world.keyring_items()), 1)
            client.close()
            self.kill_tray()
        counts = world.counts()
        # That many were killed between Entra's answer and the keychain's.
        print(f"refreshes with an old token: {counts.get('refreshWithReplacedToken', 0)}",
              file=sys.stderr)
        self.assertEqual(counts["violations"], [])


if __name__ == "__main__":
    valet_world.main("chromium", "chromedriver", "Xvfb", "xdg-open")
