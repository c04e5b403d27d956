# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mistakes of people and administrators: said clearly, where somebody looks, and at once."""

import subprocess
import unittest

import valet_world
from test_whole_job import TOOL, activity
from valet_world import PATIENCE, TRAY, WorldTest


class NotConfigured(WorldTest):
    options = {"configured": False, "keyring": False, "bus": False}

    def test_is_told_to_the_person_and_to_the_model(self):
        world = self.world
        world.start_tray()
        status = world.status()
        self.assertEqual(status["state"], "error")
        self.assertRegex(status["error"], "(?i)client id|tenant|set up|registration")
        self.assertEqual(world.console("status").returncode, 1)
        client = world.client("unconfigured")
        self.assertTrue(client.request("tools/list")["tools"])
        result = client.call(TOOL)
        self.assertTrue(result.get("isError"))
        self.assertRegex(result["content"][0]["text"], "client id and the tenant")
        done = world.console("sign-in", "--timeout", "20")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, "(?i)client id|tenant|set up|registration")
        self.assertEqual(world.counts()["authorize"], 0)


class RequiredRole(WorldTest):
    options = {"keyring": False, "bus": False}

    def test_without_the_role_nothing_is_done_until_it_is_assigned(self):
        world = self.world
        with open(world.home / ".config" / "GraphValet" / "graph-valet.conf", "a") as file:
            file.write("requireRole=1\n")
        world.start_tray(GRAPH_VALET_REQUIRE_ROLE="0")  # no variable of ours
        world.sign_in()
        client = world.client("role")
        result = client.call(TOOL)
        self.assertTrue(result.get("isError"), result)
        self.assertIn("GraphValet.Reader", result["content"][0]["text"])
        status = world.status()
        self.assertEqual((status["state"], status["nextStep"]), ("signedIn", "askAdministrator"))
        self.assertIn("GraphValet.Reader", status["error"])
        world.control("roles", {"person": "adele", "roles": ["GraphValet.Reader"]})
        self.assertEqual(world.console("sign-out").returncode, 0)
        world.sign_in()
        self.assertFalse(client.call(TOOL).get("isError"))
        self.assertNotIn("GraphValet.", str(world.status()["error"]))
        log = activity(world)
        self.assertEqual([(line["event"], line["outcome"]) for line in log],
                         [("signIn", "ok"), ("roleAccess", "refused"), ("signOut", "ok"),
                          ("signIn", "ok")])
        self.assertEqual(log[1]["error"], {"kind": "Denied", "cause": "RoleMissing"})
        self.assertEqual((log[1]["client"]["name"], log[1]["tool"]), ("role", TOOL))


class Mistakes(WorldTest):
    options = {"keyring": False, "bus": False}

    def run_tray(self, *arguments, **environment):
        return subprocess.run([TRAY, *arguments], env=self.world.session(**environment),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/",
                              timeout=PATIENCE)

    def test_bad_values_end_the_start_with_a_reason(self):
        for name, value in [
                ("GRAPH_VALET_AUTHORITY", "http://login.microsoftonline.com"),
                ("GRAPH_VALET_AUTHORITY", "https://login.evil.example"),
                ("GRAPH_VALET_AUTHORITY", "not a url"),
                ("GRAPH_VALET_GRAPH_URL", "https://graph.evil.example"),
                ("GRAPH_VALET_GRAPH_URL", "ftp://127.0.0.1"),
                ("GRAPH_VALET_CLIENT_ID", "not-a-guid"),
                ("GRAPH_VALET_TENANT_ID", "../evil"),
                ("GRAPH_VALET_CLIENT_APPROVAL", "maybe"),
                ("GRAPH_VALET_READ_ONLY", "perhaps")]:
            with self.subTest(f"{name}={value}"):
                done = self.run_tray(**{name: value})
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertEqual(done.stdout, "")
                self.assertRegex(done.stderr, "(?i)" + {
                    "GRAPH_VALET_AUTHORITY": "authority|url", "GRAPH_VALET_GRAPH_URL": "graph",
                    "GRAPH_VALET_CLIENT_ID": "client.id", "GRAPH_VALET_TENANT_ID": "tenant",
                    }.get(name, name))
        self.assertEqual(self.world.tray_pids(), [])

    def test_bad_value_of_a_start_in_the_background_is_in_the_status(self):
        # Nobody reads what such a start prints.
        self.world.start_tray(GRAPH_VALET_CLIENT_ID="not-a-guid")
        status = self.world.status()
        self.assertEqual(status["state"], "error")
        self.assertTrue(status["error"])

    def test_unknown_words_of_the_tray(self):
        for arguments in (["--nonsense"], ["nonsense"], ["--profile"], ["--profile", "../x"],
                          ["--profile", "UPPER"], ["--profile", ""]):
            with self.subTest(str(arguments)):
                done = self.run_tray(*arguments)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertTrue(done.stderr.strip())
                self.assertEqual(done.stdout, "")
        self.assertEqual(self.run_tray(GRAPH_VALET_PROFILE="a b").returncode, 2)

    def test_unknown_words_at_the_console(self):
        for words in ([], ["nonsense"], ["--nonsense"], ["status", "--yaml"], ["stdio", "extra"],
                      ["sign-in", "--timeout"], ["sign-in", "--timeout", "soon"],
                      ["sign-in", "--timeout", "-1"], ["status", "--profile", "../x"]):
            with self.subTest(str(words)):
                done = self.world.console(*words)
                self.assertEqual(done.returncode, 2, done)
                self.assertIn("graph-valet", done.stderr)
                self.assertEqual(done.stdout, "")
        self.assertEqual(self.world.tray_pids(), [], "a mistake started the tray")

    def test_help_and_version_start_nothing(self):
        for words in (["--help"], ["--version"]):
            done = self.world.console(*words)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("graph-valet", done.stdout)
            done = self.run_tray(*words)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.world.tray_pids(), [])

    def test_status_sign_out_and_quit_start_nothing(self):
        status = self.world.status()
        self.assertEqual((status["tray"], status["account"]), (False, None))
        self.assertEqual(self.world.console("status").returncode, 1)
        self.assertEqual(self.world.console("quit").returncode, 0)
        self.assertEqual(self.world.tray_pids(), [])

    def test_profiles_are_separate(self):
        world = self.world
        world.start_tray()
        world.sign_in()
        self.assertEqual(world.console("status").returncode, 0)
        done = world.console("status", "--json", "--profile", "work")
        self.assertEqual(done.returncode, 1)
        self.assertIn('"tray":false', done.stdout.replace(" ", ""))
        self.assertEqual(world.console("quit", "--profile", "work").returncode, 0)
        world.only_tray()


if __name__ == "__main__":
    valet_world.main("chromium", "chromedriver", "xdg-open")
