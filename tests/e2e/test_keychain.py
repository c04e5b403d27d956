# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keychain as it is on people's computers: it comes late, dies, is locked, and is unlocked by the
menu with the password typed into the system's own window."""

import ctypes.util
import shutil
import subprocess
import time
import unittest

import valet_world
import x_windows
from test_tray_icon import Panel
from test_whole_job import ADELE, TOOL, ask
from valet_world import PATIENCE, WorldTest, wait_until

PROMPTER = shutil.which("gcr-prompter", path="/usr/libexec:/usr/lib/gcr:/usr/lib/gcr4")


class ComesAndGoes(WorldTest):
    def keyring(self):
        return [process for name, process in self.world.processes
                if name == "keyring" and process.poll() is None]

    def kill_keyring(self):
        for process in self.keyring():
            process.kill()
            process.wait(PATIENCE)

    def test_late_at_login_and_killed_in_the_middle(self):
        world = self.world
        world.sign_in()
        self.assertEqual(world.status()["keychain"], "ok")
        self.assertEqual(world.console("quit").returncode, 0)

        # At the next login the tray is up before the keyring.
        self.kill_keyring()
        world.start_tray(name="second")
        status = world.wait_state("error")
        self.assertEqual((status["keychain"], status["nextStep"]), ("unavailable", "wait"))
        client = world.client("late")
        result = client.call(TOOL)
        self.assertTrue(result["isError"], result)
        world.start_keyring()
        world.wait_state("signedIn")
        self.assertEqual(world.status()["keychain"], "ok")
        self.assertEqual(ask(client), ADELE)

        # Dead in the middle: the session goes on, and is stored by the one that comes back.
        self.kill_keyring()
        self.assertEqual(ask(client), ADELE)
        world.start_keyring()
        self.assertEqual(ask(client), ADELE)
        self.assertEqual(world.console("sign-out").returncode, 0)
        self.assertEqual(world.keyring_items(), [])
        self.assertEqual(world.counts()["authorize"], 1)


class Locked(WorldTest):
    options = {"display": True}

    def lock(self):
        self.world.gdbus("/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock",
                         "['/org/freedesktop/secrets/collection/login']")

    def test_unlock_by_the_menu(self):
        if not PROMPTER or not ctypes.util.find_library("Xtst"):
            self.skipTest("gcr-prompter or libXtst is not installed")
        world = self.world
        panel = Panel(world)
        self.addCleanup(panel.close)
        world.start_tray(name="first")
        world.sign_in()
        self.assertIsNone(panel.entry("Unlock"), panel.labels())
        self.assertEqual(world.console("quit").returncode, 0)

        self.lock()
        world.start_tray(name="second")
        status = world.wait_state("error")
        self.assertEqual((status["keychain"], status["nextStep"]), ("locked", "unlock"))
        self.assertIn("keychain locked", world.console("status").stdout)
        client = world.client("locked")
        result = client.call(TOOL)
        self.assertIn("Unlock", result["content"][0]["text"])

        prompter = world.spawn("prompter", [PROMPTER], world.session())
        world.wait_alive("prompter", prompter, lambda: "SystemPrompter" in self.names(), "prompter")
        before = x_windows.titles(world.display)
        panel.click("Unlock")
        wait_until(lambda: len(x_windows.titles(world.display)) > len(before),
                   "the window for the password",
                   describe=lambda: f"{x_windows.titles(world.display)} {world.log('prompter')}")
        # It shows before it listens.
        wait_until(lambda: self.typed(), "an unlocked keychain", describe=lambda: str(world.status()))
        self.assertEqual(ask(client), ADELE)
        wait_until(lambda: panel.entry("Unlock") is None, "a menu without Unlock…",
                   describe=lambda: str(panel.labels()))
        self.assertEqual(world.counts()["authorize"], 1)

    def typed(self):
        x_windows.type_into(self.world.display, "test-password")
        until = time.monotonic() + 3
        while time.monotonic() < until:
            if self.world.status()["state"] == "signedIn":
                return True
        return False

    def names(self):
        done = subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/",
             "--method", "org.freedesktop.DBus.ListNames"], env=self.world.session(),
            capture_output=True, text=True, timeout=PATIENCE)
        return done.stdout


if __name__ == "__main__":
    valet_world.main("chromium", "chromedriver", "Xvfb", "xdg-open")
