# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two tray processes at once: one with a display takes the place of one without, everybody else
makes way, and no session is lost."""

import unittest

import valet_world
import x_windows
from test_whole_job import ADELE, ask
from valet_world import PATIENCE, WorldTest, wait_until


class TakeOver(WorldTest):
    # No keyring: the session exists in the memory of the first process only.
    options = {"display": True, "keyring": False}

    def test_display_takes_over_and_nothing_is_lost(self):
        world = self.world
        first = world.start_tray(name="first", DISPLAY=None)
        world.sign_in()
        client = world.client("steady")
        self.assertEqual(ask(client), ADELE)

        second = world.start_tray("--profile", "default", name="second", wait=False)
        self.assertEqual(first.wait(PATIENCE), 0, world.log("first"))
        wait_until(lambda: world.status().get("pid") == second.pid, "the second process",
                   describe=lambda: world.log("second"))
        status = world.wait_state("signedIn")
        self.assertTrue(status["memoryOnly"])
        wait_until(lambda: world.status()["keychain"] == "absent", "what the keychain is like",
                   describe=lambda: str(world.status()))
        self.assertEqual(ask(client), ADELE)
        self.assertEqual(world.counts()["authorize"], 1)
        self.assertIsNone(second.poll())
        self.assertEqual(client.not_json, [])

    def test_second_start_by_hand_shows_the_first_ones_window(self):
        world = self.world
        first = world.start_tray(name="first")
        self.assertFalse([t for t in x_windows.titles(world.display) if "Graph Valet" in t],
                         "--background opened a window")
        second = world.start_tray("--profile", "default", name="second", wait=False)
        self.assertEqual(second.wait(PATIENCE), 0, world.log("second"))
        self.assertIsNone(first.poll())
        wait_until(lambda: [t for t in x_windows.titles(world.display) if "Graph Valet" in t],
                   "a window", describe=lambda: str(x_windows.titles(world.display)))
        self.assertEqual(world.status()["pid"], first.pid)

    def test_background_start_leaves_the_first_alone(self):
        world = self.world
        for environment in ({}, {"DISPLAY": None}):
            with self.subTest(str(environment)):
                first = world.start_tray(name="first", **environment)
                second = world.start_tray(name="second", wait=False)
                self.assertEqual(second.wait(PATIENCE), 0, world.log("second"))
                self.assertEqual(world.status()["pid"], first.pid)
                self.assertEqual(world.console("quit").returncode, 0)
                self.assertEqual(first.wait(PATIENCE), 0)

    def test_start_by_hand_without_a_display_makes_way(self):
        world = self.world
        first = world.start_tray(name="first")
        second = world.start_tray("--profile", "default", name="second", wait=False, DISPLAY=None)
        self.assertEqual(second.wait(PATIENCE), 0, world.log("second"))
        self.assertEqual(world.status()["pid"], first.pid)


if __name__ == "__main__":
    valet_world.main("chromium", "chromedriver", "Xvfb", "xdg-open")
