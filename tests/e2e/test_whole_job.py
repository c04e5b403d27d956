# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job from the first start to the last trace of it, and what may be found of its secrets
afterwards: nothing."""

import json
import os
import threading
import unittest

import secret_search
import valet_world
from valet_world import (RELAY, McpError, ProcWatch, World, WorldTest, is_alive, read_bytes,
                         wait_until)

ADELE = {
    "id": "87d349ed-44d7-43e1-9a83-5f2406dee5bd", "displayName": "Adele Vance",
    "givenName": "Adele", "surname": "Vance", "jobTitle": "Retail Manager",
    "mail": "AdeleV@contoso.com", "userPrincipalName": "AdeleV@contoso.onmicrosoft.com",
    "officeLocation": "18/2111", "businessPhones": ["+1 425 555 0109"],
    "preferredLanguage": "en-US", "department": "Retail", "companyName": "Contoso",
}
ALEX = {
    "id": "4782e723-f4f4-4af3-a76e-25e3bab0d896", "displayName": "Alex Wilber",
    "givenName": "Alex", "surname": "Wilber", "jobTitle": "Marketing Assistant",
    "mail": "AlexW@contoso.com", "userPrincipalName": "AlexW@contoso.onmicrosoft.com",
    "officeLocation": "Zürich 131/1104", "mobilePhone": "+1 858 555 0111",
    "businessPhones": ["+1 858 555 0110", "+41 43 555 01 10"], "preferredLanguage": "de-CH",
    "companyName": "Contoso",
}
TOOL = "GetUserDetailsFromGraph"


def profile_of(result):
    text = result["content"][0]["text"]
    if result.get("isError"):
        raise McpError(text)
    profile = json.loads(text)
    if profile != result["structuredContent"]:
        raise AssertionError(f"text and structuredContent differ: {result}")
    return profile


def ask(client, attempts=4):
    """Calls the tool as a model would: again, when it is told that the sign-in page is open."""
    for _ in range(attempts):
        result = client.call(TOOL, timeout=90)
        if not result.get("isError") or "page is open" not in result["content"][0]["text"]:
            return profile_of(result)
    raise AssertionError(f"still not signed in: {result}")


def activity(world, calls=False):
    """What the activity log says so far, without or only the tool calls; every line an object, files and folder for
    this user alone."""
    folder = world.home / ".local" / "state" / "graph-valet" / "default" / "activity"
    lines = []
    for path in sorted(folder.iterdir()):
        if path.stat().st_mode & 0o777 != 0o600 or folder.stat().st_mode & 0o777 != 0o700:
            raise AssertionError(f"{path}: others may look into it")
        lines += [json.loads(line) for line in path.read_text().splitlines()]
    return [line for line in lines if (line["event"] == "toolCall") == calls]


class WholeJob(WorldTest):
    options = {"display": True}

    def assert_clean_end(self, client):
        self.assertEqual(client.close(), 0, client.error_text())
        self.assertEqual(client.not_json, [])

    def test_from_cold_start_to_quit(self):
        world = self.world
        watch = ProcWatch()
        client = world.client()
        server = client.initialize("whole job")
        self.assertEqual(server["serverInfo"]["name"], "graph-valet")
        self.assertIn(TOOL, [tool["name"] for tool in client.request("tools/list")["tools"]])
        world.only_tray()
        self.assertEqual(world.counts()["authorize"], 0, "a page was opened before any call")

        self.assertEqual(ask(client), ADELE)
        pages = world.wait_for_browser()
        self.assertEqual(len(pages), 1)
        self.assertRegex(pages[0], r"(?i)^answer: .*signed in")
        status = world.status()
        self.assertEqual(status["state"], "signedIn")
        self.assertEqual(status["account"], {
            "username": ADELE["userPrincipalName"], "name": ADELE["displayName"],
            "tenantId": world.tenant["tenantId"]})
        self.assertEqual([one["name"] for one in status["clients"]], ["whole job"])
        self.assertIsNotNone(status["clients"][0]["lastCall"])
        self.assertEqual(len(world.keyring_items()), 1)

        # The tray ends and comes back: no browser, the same client goes on.
        self.assertEqual(world.console("quit").returncode, 0)
        wait_until(lambda: not world.tray_pids(), "the end of the tray")
        self.assertFalse(world.status()["tray"])
        world.start_tray()
        world.wait_state("signedIn")
        self.assertEqual(ask(client), ADELE)
        self.assertEqual(world.counts()["authorize"], 1)
        self.assertEqual(world.counts()["token:authorization_code"], 1)
        self.assertGreaterEqual(world.counts()["token:refresh_token"], 1)

        secrets = world.secrets()
        self.assertGreaterEqual(len(secrets), 7, "code, verifier, two sets of tokens")
        places = list(secret_search.files_below(world.place, world.run))
        self.assertEqual(secret_search.hits(places, secrets), [])

        signed_out = world.console("sign-out")
        self.assertEqual(signed_out.returncode, 0, signed_out.stderr)
        self.assertEqual(world.keyring_items(), [])
        log = activity(world)
        self.assertEqual([(line["event"], line["outcome"]) for line in log],
                         [("signIn", "ok"), ("refresh", "ok"), ("signOut", "ok")])
        for line in log:
            self.assertEqual(line["account"]["username"], ADELE["userPrincipalName"])
            self.assertRegex(line["time"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\Z")
        for line in log[:2]:  # both because a client called
            self.assertEqual(line["client"]["name"], "whole job")
            self.assertEqual(line["scopes"], ["User.Read"])
            self.assertTrue(line["requestId"])
        calls = activity(world, calls=True)
        self.assertEqual(calls[-1]["outcome"], "ok")
        for line in calls:
            self.assertEqual((line["tool"], line["words"]), (TOOL, "Read your profile"))
            self.assertEqual(line["client"]["name"], "whole job")
            self.assertGreater(line["bytes"], 0)
        self.assertEqual(world.status()["state"], "signedOut")
        self.assertEqual(world.counts()["logout"], 0)
        self.assertEqual(world.console("status").returncode, 1)
        self.assertEqual(world.console("quit").returncode, 0)
        wait_until(lambda: not world.tray_pids(), "the end of the tray")
        self.assert_clean_end(client)
        wait_until(lambda: not world.own_pids(os.path.realpath(RELAY)), "the end of all relays")
        self.assertEqual(list(world.home.glob(".local/state/graph-valet/*/*.sock*")), [])
        self.assertEqual(world.counts()["violations"], [])

        # Every line, argument list, environment and file of the whole session.
        self.assertGreater(len(watch.stop()), 50)
        seen = [(f"MCP {way}", line) for way, line in client.lines]
        seen += [("relay's stderr", client.errors)]
        seen += [("an argument list or environment", data) for data in watch.seen]
        seen += list(secret_search.files_below(world.place, world.run))
        self.assertTrue([where for where, _ in seen if "/activity/" in where])
        self.assertEqual(secret_search.hits(seen, world.secrets()), [])
        # The search itself finds what is there.
        self.assertTrue(secret_search.hits([("here", b"{" + secrets[0] + b"}")], secrets))

    def test_signs_out_in_the_browser_too(self):
        world = self.world
        file = world.home / ".config" / "GraphValet" / "graph-valet.conf"
        with open(file, "a", encoding="utf-8") as text:
            text.write("signOutInBrowser=1\n")
        world.start_tray()
        self.assertEqual(world.console("sign-out").returncode, 0)  # of nobody: no page
        world.sign_in()
        self.assertEqual(world.console("sign-out").returncode, 0)
        self.assertIn("signed out", world.wait_for_browser(2)[1])
        self.assertEqual(world.counts()["logout"], 1)
        self.assertEqual(world.counts()["violations"], [])
        self.assertEqual(world.console("quit").returncode, 0)

    def test_clients_share_one_page(self):
        clients = [self.world.client(f"client {number}") for number in range(4)]
        profiles = {}

        def work(client):
            profiles[client] = ask(client)
        threads = [threading.Thread(target=work, args=(client,)) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([profiles.get(client) for client in clients], [ADELE] * 4)
        counts = self.world.counts()
        self.assertEqual((counts["authorize"], counts["token"]), (1, 1))
        self.world.only_tray()
        self.assertEqual(len(self.world.status()["clients"]), 4)
        for client in clients:
            self.assert_clean_end(client)

    def test_service_troubles(self):
        world = self.world
        world.start_tray()
        world.sign_in()
        client = world.client("troubles")
        self.assertEqual(ask(client), ADELE)
        for fault, what in [("graph-401-once", "a fresh token"), ("graph-503", "patience"),
                            ("graph-429", "patience"), ("graph-claims-malformed", "a fresh token"),
                            ("graph-claims-challenge", "a token with the claims")]:
            with self.subTest(fault):
                world.fault(fault)
                self.assertEqual(ask(client), ADELE, what)
        for fault in ("graph-403", "graph-404", "graph-500", "graph-html", "graph-truncated",
                      "graph-redirect"):
            with self.subTest(fault):
                world.fault(fault, -1)  # always: a broken GET may be repeated
                result = client.call(TOOL)
                self.assertTrue(result.get("isError"), result)
                world.fault("none")
                self.assertEqual(ask(client), ADELE)
        self.assertEqual(world.counts()["violations"], [])
        self.assertEqual(world.counts()["foreign"], 0, "a redirect was followed with a token")

        self.assertEqual(world.counts()["authorize"], 1)

        # A challenge that only the person can answer: the call that met it is answered after that.
        world.fault("claims-need-person")
        world.fault("graph-claims-challenge")
        self.assertEqual(ask(client), ADELE)
        self.assertEqual(world.counts()["authorize"], 2)
        # One that never ends does end, and says whom to ask.
        world.fault("graph-claims-challenge-always", -1)
        result = client.call(TOOL)
        self.assertTrue(result.get("isError"), result)
        self.assertIn("administrator", str(result))
        world.fault("none")
        pages = world.counts()["authorize"]
        self.assertEqual(ask(client), ADELE)

        # The refresh token is revoked: the person is needed again, and says so.
        world.control("revoke", {"accessTokens": True})
        self.assertEqual(ask(client), ADELE)
        self.assertEqual(world.counts()["authorize"], pages + 1)
        self.assertEqual(len(world.keyring_items()), 1)

        # Offline signs nobody out.
        sandbox = dict(world.processes)["sandbox"]
        sandbox.terminate()
        sandbox.wait()
        result = client.call(TOOL, timeout=60)
        self.assertTrue(result.get("isError"))
        self.assertEqual(world.status()["state"], "signedIn")


class AlexTest(WorldTest):
    options = {"display": True, "person": "alex"}

    def test_code_with_odd_characters_and_name_with_umlaut(self):
        client = self.world.client("alex")
        self.assertEqual(ask(client), ALEX)
        self.assertEqual(self.world.counts()["violations"], [])


class CancelTest(WorldTest):
    options = {"display": True, "cancel": True}

    def test_cancelled_page_is_not_opened_again_at_once(self):
        world = self.world
        client = world.client("cancel")
        result = client.call(TOOL, timeout=90)
        self.assertTrue(result.get("isError"))
        self.assertIn("cancelled", result["content"][0]["text"])
        self.assertRegex(world.wait_for_browser()[0], r"(?i)^answer: .*(not|cancel)")
        again = client.call(TOOL)
        self.assertTrue(again.get("isError"))
        self.assertIn("cancelled", again["content"][0]["text"])
        self.assertEqual(world.counts()["authorize"], 1)
        self.assertEqual(world.status()["state"], "signedOut")
        self.assertEqual(world.keyring_items(), [])
        done = world.console("sign-in", "--timeout", "120", timeout=180)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, "(?i)cancel")
        self.assertEqual(world.counts()["authorize"], 2)


class WithoutSession(WorldTest):
    """SSH to a server: no display, no session bus, no keyring."""

    options = {"keyring": False, "bus": False}

    def test_session_lives_in_memory_only_and_says_so(self):
        world = self.world
        world.sign_in()  # starts the tray
        status = world.status()
        self.assertEqual((status["state"], status["keychain"], status["memoryOnly"]),
                         ("signedIn", "absent", True))
        client = world.client("ssh")
        self.assertEqual(ask(client), ADELE)
        secrets = world.secrets()
        self.assertEqual(
            secret_search.hits(secret_search.files_below(world.place, world.run), secrets), [])
        pid = world.only_tray()
        self.assertEqual(world.console("quit").returncode, 0)
        wait_until(lambda: not is_alive(pid), "the end of the tray")
        world.start_tray()
        status = world.wait_state("signedOut")
        self.assertEqual(status["keychain"], "absent")
        self.assertIsNone(status["account"])
        self.assertRegex(status["error"], "(?i)keychain")

    def test_sign_in_prints_the_address(self):
        done = self.world.console("sign-in", "--timeout", "120", timeout=180)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(self.world.tenant["authority"] + "/" + self.world.tenant["tenantId"]
                      + "/oauth2/v2.0/authorize?", done.stderr)
        self.assertEqual(done.stdout.count("http"), 0)
        self.assertIn("lasts only as long as Graph Valet runs (keychain: there is none)", done.stderr)


if __name__ == "__main__":
    valet_world.main("chromium", "chromedriver", "Xvfb", "xdg-open")
