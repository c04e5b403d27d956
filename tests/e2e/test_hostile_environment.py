# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An AI client (or who wrote its configuration) chooses the environment of the relay. It gains
nothing: neither the running tray process nor one that the relay starts obeys it."""

import http.server
import os
import pathlib
import shutil
import threading
import unittest

import secret_search
import valet_world
from test_whole_job import ADELE, TOOL, ask
from valet_world import TRAY, WorldTest, read_bytes, wait_until

LIBRARY = os.environ.get("E2E_HOSTILE_LIBRARY", "")


class Evil(http.server.ThreadingHTTPServer):
    """An attacker's service; keeps all it is told."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), EvilAnswer)
        self.heard = []
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server_port}"


class EvilAnswer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.server.heard.append(f"{self.requestline}\n{self.headers}".encode()
                                 + self.rfile.read(length))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"id":"evil","displayName":"Evil"}')

    do_POST = do_GET

    def log_message(self, *_):
        pass


class Hostile(WorldTest):
    options = {"display": True}

    def setUp(self):
        super().setUp()
        self.evil = Evil()
        self.addCleanup(self.evil.server_close)
        self.addCleanup(self.evil.shutdown)
        self.libraries = self.world.place / "evil"
        (self.libraries / "platforms").mkdir(parents=True)
        for name in ("libQt6Core.so.6", "libQt6Network.so.6", "libQt6Widgets.so.6",
                     "libQt6DBus.so.6", "libQt6NetworkAuth.so.6", "libstdc++.so.6",
                     "libsecret-1.so.0", "platforms/libqxcb.so", "preload.so"):
            shutil.copy(LIBRARY, self.libraries / name)

    def libraries_environment(self):
        # A sanitized program ends at once where another library is loaded before the sanitizer's.
        preload = {} if valet_world.is_sanitized() else {
            "LD_PRELOAD": str(self.libraries / "preload.so")}
        return {**preload, "LD_LIBRARY_PATH": str(self.libraries),
                "QT_PLUGIN_PATH": str(self.libraries), "QT_QPA_PLATFORM_PLUGIN_PATH":
                str(self.libraries / "platforms"), "QT_QPA_PLATFORM": "offscreen",
                "QT_LOGGING_RULES": "*=true", "XDG_CONFIG_HOME": str(self.libraries),
                "XDG_DATA_HOME": str(self.libraries), "XDG_CONFIG_DIRS": str(self.libraries),
                "BROWSER": "/bin/false", "HTTP_PROXY": self.evil.url, "http_proxy": self.evil.url,
                "ALL_PROXY": self.evil.url, "all_proxy": self.evil.url}

    def assert_nothing_loaded(self):
        pid = self.world.only_tray()
        maps = read_bytes(f"/proc/{pid}/maps").decode()
        self.assertNotIn(str(self.libraries), maps)
        self.assertIn("libQt6Core", maps)
        environment = read_bytes(f"/proc/{pid}/environ").split(b"\0")
        names = {entry.split(b"=")[0].decode() for entry in environment if entry}
        self.assertFalse({name for name in names if name.startswith(("LD_", "QT_"))}, names)
        self.assertFalse(names & {"HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"}, names)
        for marker in self.libraries.rglob("*.loaded"):
            self.assertNotIn(os.path.realpath(TRAY), marker.read_text().splitlines(), marker)

    def test_running_tray_is_untouched(self):
        world = self.world
        world.start_tray()
        world.sign_in()
        client = world.client("hostile", world.stripped(
            GRAPH_VALET_GRAPH_URL=self.evil.url, GRAPH_VALET_AUTHORITY=self.evil.url,
            GRAPH_VALET_CLIENT_ID="11111111-1111-1111-1111-111111111111",
            GRAPH_VALET_TENANT_ID="common", GRAPH_VALET_CLIENT_APPROVAL="allow",
            GRAPH_VALET_READ_ONLY="0", **self.libraries_environment()))
        self.assertEqual(ask(client), ADELE)
        self.assertEqual(self.evil.heard, [])
        self.assertEqual(client.not_json, [])
        self.assert_nothing_loaded()

    def test_cold_start_loads_nothing_of_the_client(self):
        client = self.world.client("hostile", self.world.stripped(**self.libraries_environment()))
        self.assertTrue(client.request("tools/list")["tools"])
        self.assert_nothing_loaded()
        self.assertEqual(self.evil.heard, [])

    def test_direct_cold_start_loads_nothing_of_the_client(self):
        # A setting in the environment keeps the relay from letting the session bus start the tray.
        client = self.world.client("hostile", self.world.stripped(
            GRAPH_VALET_READ_ONLY="0", DISPLAY=self.world.display, **self.libraries_environment()))
        self.assertTrue(client.request("tools/list")["tools"])
        self.assert_nothing_loaded()

    def test_stored_sign_in_is_not_used_with_other_endpoints(self):
        world = self.world
        world.start_tray()
        world.sign_in()
        secrets = world.secrets()
        self.assertEqual(world.console("quit").returncode, 0)
        wait_until(lambda: not world.tray_pids(), "the end of the tray")
        # Loopback endpoints are a sandbox, so these are obeyed; the record belongs to others.
        client = world.client("hostile", world.stripped(
            GRAPH_VALET_GRAPH_URL=self.evil.url, GRAPH_VALET_AUTHORITY=self.evil.url,
            GRAPH_VALET_CLIENT_APPROVAL="allow"))
        status = wait_until(lambda: (lambda s: s["tray"] and s)(world.status()), "the tray")
        self.assertNotEqual(status["state"], "signedIn")
        self.assertIsNone(status["account"])
        client.start("tools/call", {"name": TOOL, "arguments": {}})
        wait_until(lambda: world.status()["state"] == "signingIn", "the call to arrive")
        self.assertEqual(world.console("quit").returncode, 0)
        self.assertEqual(
            secret_search.hits([("the attacker", data) for data in self.evil.heard], secrets), [])
        self.assertEqual(len(world.keyring_items()), 1, "the record is still there")


class Denied(WorldTest):
    options = {"display": True, "approval": "deny"}

    def test_running_tray_keeps_its_approval(self):
        world = self.world
        world.start_tray()
        world.sign_in()
        client = world.client("hostile", world.stripped(GRAPH_VALET_CLIENT_APPROVAL="allow"))
        result = client.call(TOOL)
        self.assertTrue(result.get("isError"), result)
        self.assertEqual(world.counts()["me"], 0)


class Microsoft(WorldTest):
    """Endpoints as delivered. Nothing is sent to them: every call is refused before that."""

    options = {"approval": None, "microsoft": True}

    def test_cold_start_cannot_loosen_the_approval(self):
        world = self.world
        client = world.client("hostile", world.stripped(
            GRAPH_VALET_CLIENT_APPROVAL="allow", GRAPH_VALET_READ_ONLY="0"))
        result = client.call(TOOL)
        self.assertTrue(result.get("isError"), result)
        self.assertRegex(result["content"][0]["text"], "(?i)not allowed|cannot be asked|clientApproval")
        self.assertEqual(world.status()["state"], "signedOut")
        self.assertEqual(world.counts()["authorize"], 0)

    def test_cold_start_with_foreign_endpoints_is_refused(self):
        world = self.world
        for environment in (
                {"GRAPH_VALET_GRAPH_URL": "https://graph.evil.example"},
                {"GRAPH_VALET_AUTHORITY": "https://login.evil.example"},
                {"GRAPH_VALET_GRAPH_URL": "http://graph.microsoft.com"},
                {"GRAPH_VALET_GRAPH_URL": world.tenant["graphUrl"]},
                {"GRAPH_VALET_GRAPH_URL": "https://graph.microsoft.us"}):
            with self.subTest(str(environment)):
                client = world.client("hostile", world.stripped(**environment))
                client.close()
                wait_until(lambda: not world.tray_pids() or world.status()["state"] == "error",
                           "a refusal", describe=lambda: str(world.status()))
                world.console("quit")
                wait_until(lambda: not world.tray_pids(), "the end of the tray")


if __name__ == "__main__":
    if not LIBRARY:
        raise SystemExit("E2E_HOSTILE_LIBRARY is not set; run it through ctest")
    valet_world.main("chromium", "chromedriver", "Xvfb", "xdg-open")
