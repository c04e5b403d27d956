# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Processes that die: the relay outlives the tray, the tray outlives everybody, and each call gets
one answer."""

import os
import signal
import subprocess
import unittest

import valet_world
from test_whole_job import ADELE, TOOL, ask
from valet_world import RELAY, McpError, WorldTest, is_alive, wait_until


class Reconnect(WorldTest):
    options = {"display": True}

    def kill_tray(self):
        pid = self.world.only_tray()
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not is_alive(pid), "the end of the tray")

    def test_killed_tray_with_a_call_in_flight(self):
        world = self.world
        world.start_tray()
        world.sign_in()
        client = world.client("survivor")
        self.assertEqual(ask(client), ADELE)
        before = world.counts()["me"]
        world.fault("graph-slow", milliseconds=120_000)
        call = client.start("tools/call", {"name": TOOL, "arguments": {}})
        wait_until(lambda: world.counts()["me"] == before + 1, "the request at Graph")
        self.kill_tray()
        answer = client.answer(call)
        text = str(answer)
        self.assertRegex(text, "(?i)connection (was )?lost|outcome.*unknown")
        # The next call starts the tray again and works without a browser.
        self.assertEqual(ask(client), ADELE)
        self.assertEqual(len(client.answers_to(call)), 1)
        self.assertEqual(world.counts()["authorize"], 1)
        # The handshake was replayed behind the client's back, not answered twice.
        self.assertEqual(len(client.answers_to(1)), 1)
        wait_until(lambda: [one["name"] for one in world.status()["clients"]] == ["survivor"],
                   "the client in the status", describe=lambda: str(world.status()))
        self.assertEqual(client.close(), 0)
        self.assertEqual(client.not_json, [])

    def test_killed_again_and_again(self):
        world = self.world
        world.start_tray()
        clients = [world.client(f"survivor {number}") for number in range(3)]
        for _ in range(3):
            self.kill_tray()
            for client in clients:
                try:
                    tools = client.request("tools/list")["tools"]
                except McpError as problem:
                    # Sent before the relay knew; the next one must work.
                    self.assertIn("connection lost", str(problem))
                    tools = client.request("tools/list")["tools"]
                self.assertTrue(tools)
            world.only_tray()

    def test_ends_of_a_relay(self):
        world = self.world
        tray = world.start_tray()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL):
            with self.subTest(number.name):
                client = world.client("signal")
                client.process.send_signal(number)
                client.process.wait(valet_world.PATIENCE)
                wait_until(lambda: world.status()["clients"] == [], "the end of the session")
                client.close()
        with self.subTest("closed stdin"):
            client = world.client("stdin")
            self.assertEqual(client.close(), 0)
        with self.subTest("closed stdout"):
            process = subprocess.Popen([RELAY, "stdio"], env=world.stripped(),
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL)
            process.stdout.close()
            process.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
            process.stdin.flush()
            process.wait(valet_world.PATIENCE)
            process.stdin.close()
        wait_until(lambda: not world.own_pids(os.path.realpath(RELAY)), "the end of all relays")
        self.assertIsNone(tray.poll())
        self.assertEqual(world.status()["clients"], [])

    def test_answers_still_due_are_written_after_the_end_of_input(self):
        world = self.world
        world.start_tray()
        client = world.client("quick")
        call = client.start("tools/list")
        self.assertEqual(client.close(), 0)
        self.assertEqual(len(client.answers_to(call)), 1)

    def test_many_relays_start_one_tray(self):
        clients = [self.world.client() for _ in range(12)]
        calls = [client.start("initialize", {
            "protocolVersion": "2025-11-25", "capabilities": {},
            "clientInfo": {"name": "race", "version": "1"}}) for client in clients]
        for client, call in zip(clients, calls):
            self.assertEqual(client.result(call)["serverInfo"]["name"], "graph-valet")
        self.world.only_tray()

    def test_quit_with_relays_attached(self):
        world = self.world
        world.start_tray()
        client = world.client("attached")
        self.assertEqual(world.console("quit").returncode, 0)
        wait_until(lambda: not world.tray_pids(), "the end of the tray")
        self.assertIsNone(client.process.poll(), "the relay ended with the tray")
        self.assertEqual(client.close(), 0)
        self.assertEqual(world.tray_pids(), [])


if __name__ == "__main__":
    valet_world.main("chromium", "chromedriver", "Xvfb", "xdg-open")
