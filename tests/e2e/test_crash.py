# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the tray process at moments around a refresh never costs the session: the person is
asked once, at the beginning, and never again.

    GRAPH_VALET_KILLS=200 [GRAPH_VALET_SEED=N] test_crash.py

The first call of every tray process refreshes, as access tokens live in memory only; the kills are
spread over the time that such a call takes: keychain read, request, answer, keychain write, Graph."""

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

    def test_kills_around_a_refresh_cost_nobody_the_session(self):
        world = self.world
        print(f"seed {SEED}, {KILLS} kills", file=sys.stderr)
        chance = random.Random(SEED)
        world.start_tray()
        world.sign_in()
        self.kill_tray()

        # How long such a call takes here, undisturbed.
        client, call = self.first_call("undisturbed")
        start = time.monotonic()
        client.answer(call)
        span = (time.monotonic() - start) * 1.3
        client.close()
        self.kill_tray()

        early = refreshed = 0
        for number in range(KILLS):
            before = world.counts()
            client, call = self.first_call(f"victim {number}")
            time.sleep(span * (number + chance.random()) / KILLS)
            self.kill_tray()
            client.answer(call)  # its own, or that the connection was lost
            self.assertEqual(len(client.answers_to(call)), 1)
            after = world.counts()
            early += after["token"] == before["token"]
            refreshed += after["me"] > before["me"]
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
        print(f"killed before the request {early}, after Graph was asked {refreshed}, in between "
              f"{KILLS - early - refreshed}; refreshes with an old token "
              f"{counts.get('refreshWithReplacedToken', 0)}", file=sys.stderr)
        # The moments lie around the refresh, not all on one side of it.
        self.assertLess(early, KILLS)
        self.assertLess(refreshed, KILLS)
        self.assertEqual(counts["violations"], [])


if __name__ == "__main__":
    valet_world.main("chromium", "chromedriver", "Xvfb", "xdg-open")
