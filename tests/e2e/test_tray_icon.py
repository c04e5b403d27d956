# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tray icon as a desktop's panel sees it, over D-Bus: it registers, tells its state, and its menu
does what it says."""

import json
import pathlib
import subprocess
import sys
import unittest

import valet_world
from test_whole_job import ADELE, ask
from valet_world import WorldTest, wait_until

PANEL = str(pathlib.Path(__file__).resolve().parent / "tray_panel.py")


class Panel:
    def __init__(self, world):
        self.world = world
        self.process = world.spawn("panel", [sys.executable, PANEL], world.session(),
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self.read() != "ready":
            raise AssertionError(world.log("panel"))

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError("the panel ended: " + self.world.log("panel"))
        return json.loads(line)

    def ask(self, words):
        self.process.stdin.write(words.encode() + b"\n")
        self.process.stdin.flush()
        return self.read()

    def item(self):
        return self.ask("item")

    def labels(self):
        entries = self.ask("menu") or []
        return [entry["label"] for entry in entries if entry["visible"]]

    def entry(self, label):
        for entry in self.ask("menu") or []:
            if entry["label"].rstrip("….") == label and entry["visible"]:
                return entry
        return None

    def click(self, label):
        entry = wait_until(lambda: (lambda e: e and e["enabled"] and e)(self.entry(label)),
                           f"menu entry {label}", describe=lambda: str(self.labels()))
        self.ask(f"click {entry['id']}")

    def close(self):
        self.process.stdin.close()
        self.process.wait(valet_world.PATIENCE)
        self.process.stdout.close()


class TrayIcon(WorldTest):
    options = {"display": True}

    def setUp(self):
        super().setUp()
        self.panel = Panel(self.world)
        self.addCleanup(self.panel.close)

    def tooltip(self):
        item = self.panel.item()
        return " ".join(map(str, item["ToolTip"][2:])) if item else ""

    def test_icon_menu_and_tooltip(self):
        world, panel = self.world, self.panel
        tray = world.start_tray()
        item = wait_until(panel.item, "the icon")
        self.assertTrue(item["IconPixmap"] or item["IconName"])
        self.assertIn("Graph Valet", item["Title"] + self.tooltip())
        world.wait_state("signedOut")
        wait_until(lambda: panel.entry("Sign in"), "Sign in…",
                   describe=lambda: str(panel.labels()))
        self.assertIsNone(panel.entry("Sign out"))
        for label in ("Settings", "Quit"):
            self.assertIsNotNone(panel.entry(label), panel.labels())

        client = world.client("panel test")
        signed_out_icon = item["IconPixmap"], item["IconName"]
        panel.click("Sign in")
        world.wait_state("signedIn")
        world.wait_for_browser()
        wait_until(lambda: "Adele Vance" in self.tooltip(), "the account in the tooltip",
                   describe=self.tooltip)
        self.assertEqual(ask(client), ADELE)
        wait_until(lambda: "1" in self.tooltip(), "the number of clients", describe=self.tooltip)
        self.assertTrue([one for one in panel.labels() if "Adele Vance" in one], panel.labels())
        self.assertTrue([one for one in panel.labels() if "client" in one], panel.labels())
        item = panel.item()
        self.assertTrue(item["IconPixmap"] or item["IconName"] != signed_out_icon[1])

        panel.click("Sign out")
        world.wait_state("signedOut")
        # Signed out at once; the keychain takes its time.
        wait_until(lambda: not world.keyring_items(), "an empty keyring")
        wait_until(lambda: panel.entry("Sign in"), "Sign in… again")
        panel.click("Quit")
        self.assertEqual(tray.wait(valet_world.PATIENCE), 0)
        wait_until(lambda: panel.item() is None, "the end of the icon")

    def test_names_cannot_be_markup(self):
        world, panel = self.world, self.panel
        world.start_tray()
        wait_until(panel.item, "the icon")
        world.client("<b>bold</b>\u202e&amp;_x")
        wait_until(lambda: world.status()["clients"], "the client")
        texts = self.tooltip() + " ".join(panel.labels())
        self.assertNotIn("<b>", texts)
        self.assertNotIn("\u202e", texts)


class LateTrayIcon(WorldTest):
    options = {"display": True}

    def test_cancel_and_copy_link_while_signing_in(self):
        world = self.world
        world.browser.write_text("#!/bin/sh\nexit 0\n")  # a browser in which nobody clicks
        panel = Panel(world)
        self.addCleanup(panel.close)
        world.start_tray()
        wait_until(panel.item, "the icon")
        panel.click("Sign in")
        world.wait_state("signingIn")
        wait_until(lambda: panel.entry("Copy sign-in link"), "Copy sign-in link",
                   describe=lambda: str(panel.labels()))
        panel.click("Cancel sign-in")
        world.wait_state("signedOut")


if __name__ == "__main__":
    try:
        import dbus  # noqa: F401
        from gi.repository import GLib  # noqa: F401
    except ImportError as problem:
        print(f"skipped: not installed: python3-dbus or python3-gi ({problem})")
        sys.exit(valet_world.SKIPPED)
    valet_world.main("chromium", "chromedriver", "Xvfb", "xdg-open")
