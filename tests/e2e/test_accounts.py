# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Consent in steps, asked of the person for each AI client, and several accounts at once."""

import ctypes.util
import json
import os
import shutil
import sys

import secret_search
import valet_world
import x_windows
from test_tray_icon import Panel
from test_whole_job import ADELE, ALEX, ask
from valet_world import RELAY, WorldTest, wait_until

PRESENCE = {"availability": "Busy", "activity": "InAMeeting",
            "statusMessage": "Stocktaking until noon"}


def activity(world):
    """The lines of the activity log, oldest first."""
    folder = world.home / ".local" / "state" / "graph-valet" / "default" / "activity"
    return [json.loads(line) for file in sorted(folder.glob("*.jsonl"))
            for line in file.read_text().splitlines()]


class StepByStep(WorldTest):
    options = {"display": True, "approval": "ask"}

    def setUp(self):
        if not ctypes.util.find_library("Xtst"):
            self.skipTest("libXtst is not installed")
        super().setUp()

    def answer_question(self, title, key):
        """Answers the window with its key, as a person: again where it did not listen yet."""
        display = self.world.display

        def is_shown():
            return any(title in shown for shown in x_windows.titles(display))
        wait_until(is_shown, f"the question {title!r}",
                   describe=lambda: str(x_windows.titles(display)))

        def is_answered():
            x_windows.press(display, key, held="Alt_L")
            return not is_shown()
        wait_until(is_answered, "an answered question")

    def call(self, client, tool):
        """Starts the call; returns a function that waits for its text and whether it is an error."""
        number = client.start("tools/call", {"name": tool, "arguments": {}})

        def end():
            result = client.result(number, 90)
            return result["content"][0]["text"], bool(result.get("isError"))
        return end

    def test_an_area_is_asked_for_when_it_is_needed(self):
        world = self.world
        world.start_tray()
        world.sign_in()
        client = world.client("first")
        profile = self.call(client, "GetUserDetailsFromGraph")
        self.answer_question("new AI client", "a")
        self.assertFalse(profile()[1])

        presence = self.call(client, "GetMyPresence")
        self.answer_question("wants more", "a")
        text, is_error = presence()
        self.assertFalse(is_error, text)
        self.assertEqual(json.loads(text), PRESENCE)
        self.assertEqual(world.counts()["authorize"], 2)
        world.wait_for_browser(2)
        self.assertEqual(world.status()["state"], "signedIn")

        # Neither the person nor Entra is asked again, also not by the next process.
        self.assertFalse(self.call(client, "GetMyPresence")()[1])
        self.assertEqual(world.console("quit").returncode, 0)
        world.start_tray(name="again")
        world.wait_state("signedIn")
        self.assertFalse(self.call(client, "GetMyPresence")()[1])
        self.assertEqual(world.counts()["authorize"], 2)

        # Another program has nothing of it: asked anew, and refused.
        other_program = world.place / "other-ai"
        shutil.copy(os.path.realpath(sys.executable), other_program)
        relay = ("import subprocess, sys; "
                 f"sys.exit(subprocess.run([{RELAY!r}, 'stdio']).returncode)")
        other = world.client("second", command=[str(other_program), "-c", relay],
                             environment=world.stripped(PYTHONHOME=sys.base_prefix))
        refused = self.call(other, "GetMyPresence")
        self.answer_question("new AI client", "d")
        text, is_error = refused()
        self.assertTrue(is_error)
        self.assertIn("does not allow", text)
        self.assertEqual(world.counts()["authorize"], 2)
        self.assertEqual(world.counts()["violations"], [])

        lines = activity(world)
        told = [(line["event"], line["outcome"]) for line in lines if line["event"] not in ("refresh", "toolCall")]
        self.assertEqual(told, [("signIn", "ok"), ("clientAccess", "ok"), ("areaAccess", "ok"), ("stepUp", "ok"),
                                ("clientAccess", "refused")])
        calls = [(line["tool"], line["outcome"]) for line in lines if line["event"] == "toolCall"]
        self.assertEqual(calls, [("GetUserDetailsFromGraph", "ok"), ("GetMyPresence", "ok"), ("GetMyPresence", "ok"),
                                 ("GetMyPresence", "ok"), ("GetMyPresence", "refused")])
        step = next(line for line in lines if line["event"] == "stepUp")
        self.assertEqual(step["account"]["username"], ADELE["userPrincipalName"])
        self.assertIn("Presence.Read", step["scopes"])
        self.assertTrue(step["client"]["program"].endswith(os.path.basename(
            os.path.realpath(sys.executable))), step)
        self.assertEqual(secret_search.hits(
            list(secret_search.files_below(world.place, world.run)), world.secrets()), [])

    def test_a_no_on_microsofts_page_is_kept(self):
        world = self.world
        world.start_tray()
        world.sign_in()
        client = world.client("first")
        presence = self.call(client, "GetMyPresence")
        world.cancel = True
        world.write_browser()
        self.answer_question("new AI client", "a")
        text, is_error = presence()
        self.assertTrue(is_error)
        self.assertIn("did not accept", text)
        # From now on the valet refuses by itself; the rest goes on.
        text, is_error = self.call(client, "GetMyPresence")()
        self.assertTrue(is_error)
        self.assertIn("this part of their Microsoft account", text)
        self.assertEqual(world.counts()["authorize"], 2)
        self.assertEqual(ask(client), ADELE)


class Several(WorldTest):
    options = {"display": True}

    def use_browser_of(self, person):
        self.world.person = person
        self.world.write_browser()

    def names(self):
        return [(one["username"], one["default"]) for one in self.world.status()["accounts"]]

    def test_two_accounts_side_by_side(self):
        world = self.world
        panel = Panel(world)
        self.addCleanup(panel.close)
        adele, alex = ADELE["userPrincipalName"], ALEX["userPrincipalName"]
        world.start_tray()
        world.sign_in()
        self.assertEqual(self.names(), [(adele, True)])
        self.assertIsNone(panel.entry("Default account"))
        self.use_browser_of("alex")
        done = world.console("sign-in", "--another", "--timeout", "120", timeout=180)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(alex, done.stdout)
        self.assertEqual(self.names(), [(adele, True), (alex, False)])
        self.assertEqual(len(world.keyring_items()), 2)
        text = world.console("status").stdout
        self.assertIn(f"({adele}), the default\n", text)
        self.assertIn(f"({alex})\n", text)

        client = world.client("both")
        self.assertEqual(ask(client), ADELE)
        entry = wait_until(lambda: panel.entry("Default account"), "the choice in the menu")
        choice = next(one for one in entry["children"] if "Alex" in one["label"])
        panel.ask(f"click {choice['id']}")
        wait_until(lambda: self.names() == [(alex, True), (adele, False)], "the new default",
                   describe=lambda: str(self.names()))
        self.assertEqual(ask(client), ALEX)

        # Both, and who is the default, outlive the process.
        self.assertEqual(world.console("quit").returncode, 0)
        world.start_tray(name="again")
        world.wait_state("signedIn")
        self.assertEqual(self.names(), [(alex, True), (adele, False)])
        self.assertEqual(ask(client), ALEX)

        away = world.console("sign-out", "--account", "nobody@contoso.com")
        self.assertEqual(away.returncode, 1)
        self.assertIn("nobody@contoso.com is not signed in", away.stderr)
        self.assertEqual(world.console("sign-out", "--account", alex.upper()).returncode, 0)
        self.assertEqual(self.names(), [(adele, True)])
        self.assertEqual(len(world.keyring_items()), 1)
        self.assertEqual(ask(client), ADELE)
        self.assertEqual(world.console("sign-out").returncode, 0)
        self.assertEqual(world.keyring_items(), [])
        self.assertEqual(world.status()["accounts"], [])
        self.assertEqual(world.counts()["violations"], [])
        out = [(line["event"], line["account"]["username"]) for line in activity(world)
               if line["event"] in ("signIn", "signOut")]
        self.assertEqual(out, [("signIn", adele), ("signIn", alex), ("signOut", alex),
                               ("signOut", adele)])


if __name__ == "__main__":
    valet_world.main("chromium", "chromedriver", "Xvfb", "xdg-open")
