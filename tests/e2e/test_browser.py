# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The browser that the other tests rely on (tests/support/click_sign_in.py): it clicks what it is
told, tells what it saw, and leaves nothing behind."""

import http.server
import os
import signal
import subprocess
import sys
import threading
import urllib.parse

import valet_world
from valet_world import CLICKER, PATH, WorldTest, all_pids, is_alive, read_bytes, wait_until


class App(http.server.HTTPServer):
    """What the tray's loopback listener does: takes one form and answers with a page."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.forms = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, tenant, state):
        return tenant["authority"] + "/organizations/oauth2/v2.0/authorize?" + urllib.parse.urlencode({
            "client_id": tenant["clientId"], "redirect_uri": f"http://localhost:{self.server_port}",
            "response_type": "code", "response_mode": "form_post",
            "scope": "openid profile User.Read", "state": state * 43, "nonce": state * 42 + "n",
            "code_challenge": "c" * 43, "code_challenge_method": "S256"})


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.forms.append(dict(urllib.parse.parse_qsl(body)))
        page = b"<!DOCTYPE html><title>x</title><h1>You are  signed in</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def do_GET(self):
        self.send_error(404)

    def log_message(self, *_):
        pass


class BrowserTest(WorldTest):
    options = {"keyring": False, "bus": False}

    def setUp(self):
        super().setUp()
        self.app = App()
        self.addCleanup(self.app.server_close)
        self.addCleanup(self.app.shutdown)
        self.folder = self.world.place / "tmp"
        self.folder.mkdir()

    def environment(self):
        return {"PATH": PATH, "HOME": str(self.world.home), "TMPDIR": str(self.folder)}

    def browse(self, url, *options):
        done = subprocess.run([sys.executable, CLICKER, *options, url], env=self.environment(),
                              capture_output=True, text=True, timeout=180)
        self.assert_nothing_left()
        return done

    def assert_nothing_left(self):
        needle = str(self.folder).encode()
        left = [pid for pid in all_pids()
                if needle in read_bytes(f"/proc/{pid}/cmdline") and is_alive(pid)]
        self.assertEqual(left, [])
        self.assertEqual(os.listdir(self.folder), [])

    def test_continue_as_adele(self):
        shots = self.world.place / "shots"
        done = self.browse(self.app.url(self.world.tenant, "a"), "--screenshots", str(shots))
        self.assertEqual((done.returncode, done.stdout), (0, "You are signed in\n"), done.stderr)
        self.assertTrue(self.app.forms[0]["code"].startswith("1.A"))
        self.assertEqual(self.app.forms[0]["state"], "a" * 43)
        self.assertEqual(sorted(os.listdir(shots)), ["answer.png", "sign-in.png"])

    def test_code_with_odd_characters_survives(self):
        self.browse(self.app.url(self.world.tenant, "b"), "--person", "alex")
        self.assertIn(self.app.forms[0]["code"].encode(), self.world.secrets())
        self.assertIn("!", self.app.forms[0]["code"])

    def test_cancel(self):
        done = self.browse(self.app.url(self.world.tenant, "c"), "--cancel")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.app.forms[0]["error"], "access_denied")
        self.assertNotIn("code", self.app.forms[0])

    def test_error_page_is_told(self):
        url = self.app.url(self.world.tenant, "d").replace("localhost", "127.0.0.2")
        done = self.browse(url)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("AADSTS50011", done.stderr)
        self.assertEqual(self.app.forms, [])

    def test_terminated_while_it_waits(self):
        # Nobody answers at the app's address, because this one accepts and says nothing.
        self.app.shutdown()
        log = self.world.place / "browser.log"
        process = subprocess.Popen(
            [sys.executable, CLICKER, self.app.url(self.world.tenant, "e")],
            env={**self.environment(), "CLICK_SIGN_IN_LOG": str(log)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: self.world.counts()["signin"] == 1, "the click", 120)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(60), 1)
        self.assert_nothing_left()
        self.assertEqual(log.read_text(), "failed: ended early\n")


if __name__ == "__main__":
    valet_world.main("chromium", "chromedriver", programs=(valet_world.SANDBOX,))
