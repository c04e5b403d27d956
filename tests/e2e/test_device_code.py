# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""No browser here: sign-in with a device code, which has to be allowed first, and with a link that
somebody else opens. The machine has no display; the test is the other device."""

import signal
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request

import secret_search
import valet_world
from test_whole_job import ADELE, ask
from valet_world import PATIENCE, RELAY, ProcWatch, WorldTest, wait_until


class Console:
    """`graph-valet sign-in ...` while it runs: what it has printed so far, and its end."""

    def __init__(self, world, *words):
        self.words = words
        self.errors = ""
        self.process = subprocess.Popen(
            [RELAY, "sign-in", *words], env=world.session(), stdin=subprocess.DEVNULL, cwd="/",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stderr:
            self.errors += line

    def line_after(self, text):
        """The line below the one that ends like this."""
        def found():
            lines = self.errors.splitlines(keepends=True)
            for above, line in zip(lines, lines[1:]):
                if above.rstrip().endswith(text) and line.endswith("\n"):
                    return line.strip()
            return None
        return wait_until(found, f"a line after {text!r}", describe=lambda: self.errors)

    def end(self):
        out = self.process.stdout.read()
        code = self.process.wait(PATIENCE)
        self.reader.join()
        self.process.stdout.close()
        self.process.stderr.close()
        return code, out, self.errors


def other_device(url, **fields):
    """What its browser gets: the page, or the answer to the form."""
    data = urllib.parse.urlencode(fields).encode() if fields else None
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(url, data=data), timeout=PATIENCE) as reply:
            return reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


class DeviceCodeTest(WorldTest):
    options = {"display": False}

    def allow(self):
        file = self.world.home / ".config" / "GraphValet" / "graph-valet.conf"
        with open(file, "a", encoding="utf-8") as text:
            text.write("allowDeviceCode=1\n")

    def begin(self):
        console = Console(self.world, "--device-code", "--timeout", "120")
        return console, console.line_after("on any device:"), console.line_after("this code:")


class Allowed(DeviceCodeTest):
    def test_signs_in_from_another_device(self):
        world = self.world
        self.allow()
        watch = ProcWatch()
        console, page, code = self.begin()
        self.assertEqual(page, world.tenant["authority"] + "/devicelogin")
        self.assertRegex(code, "^[A-Z]{9}$")
        self.assertEqual(world.status()["state"], "signingIn")
        self.assertIn('name="code"', other_device(page))
        self.assertIn("AADSTS70018", other_device(page, code="AAAAAAAAA", person="adele",
                                                  action="continue"))
        wait_until(lambda: world.counts().get(
            "token:urn:ietf:params:oauth:grant-type:device_code", 0) >= 2, "two polls")
        self.assertIn("You have signed in", other_device(page, code=code.lower(), person="adele",
                                                         action="continue"))
        ended = console.end()
        self.assertEqual(ended[0], 0, ended)
        self.assertEqual(ended[1], "Signed in as Adele Vance (AdeleV@contoso.onmicrosoft.com).\n")
        self.assertEqual(world.status()["state"], "signedIn")
        self.assertEqual(len(world.keyring_items()), 1)
        client = world.client("after the code")
        self.assertEqual(ask(client), ADELE)

        counts = world.counts()
        self.assertEqual((counts["authorize"], counts["devicecode"]), (0, 1))
        self.assertEqual(counts["violations"], [])
        self.assertEqual(world.browser_answers(), [])
        # The codes and tokens are nowhere; the one that is typed only where the person reads it.
        seen = [(f"MCP {way}", line) for way, line in client.lines]
        seen += [("an argument list or environment", data) for data in watch.stop()]
        files = list(secret_search.files_below(world.place, world.run))
        seen += files
        self.assertEqual([where for where, data in seen if code.encode() in data], [])
        seen += [("what the console printed", (ended[1] + ended[2]).encode())]
        self.assertEqual(secret_search.hits(seen, world.secrets()), [])
        logs = [data for where, data in files if where.endswith("graph-valet.log")]
        self.assertTrue(any(b"device code" in data for data in logs), "the log was not searched")

    def test_ends(self):
        for name, fault, action, expected in [
                ("declined", None, "cancel", "did not accept"),
                ("expired", "device-expired", "continue", "not finished in time"),
                ("the app is no public client", "device-off", None, "AADSTS7000218")]:
            with self.subTest(name):
                world = self.world
                if not world.tray_pids():
                    self.allow()
                if fault:
                    world.fault(fault)
                if action:
                    console, page, code = self.begin()
                    other_device(page, code=code, person="adele", action=action)
                else:
                    console = Console(world, "--device-code")
                code, out, errors = console.end()
                self.assertEqual((code, out), (1, ""), errors)
                self.assertIn(expected, errors)
                self.assertEqual(world.wait_state("signedOut")["account"], None)
                world.fault("none")

    def test_ctrl_c_ends_the_code(self):
        world = self.world
        self.allow()
        console, page, code = self.begin()
        console.process.send_signal(signal.SIGINT)
        console.end()
        world.wait_state("signedOut")
        polls = world.counts()["token"]
        # The person may enter it all the same: nobody takes what comes of it.
        self.assertIn("You have signed in", other_device(page, code=code, person="adele",
                                                         action="continue"))
        console, page, code = self.begin()
        other_device(page, code=code, person="alex", action="continue")
        ended = console.end()
        self.assertEqual(ended[0], 0, ended)
        self.assertIn("Alex Wilber", ended[1])
        self.assertGreater(world.counts()["token"], polls)

    def test_takes_the_place_of_a_page_that_nobody_can_use_here(self):
        world = self.world
        self.allow()
        waiting = Console(world, "--no-browser", "--timeout", "120")
        link = waiting.line_after("to sign in:")
        console, page, code = self.begin()
        self.assertNotEqual(page, link)
        other_device(page, code=code, person="adele", action="continue")
        for one in (console, waiting):
            ended = one.end()
            self.assertEqual(ended[0], 0, ended)
        self.assertIn(code, waiting.errors)


class NotAllowed(DeviceCodeTest):
    def test_is_refused_and_says_which_setting_to_change(self):
        world = self.world
        # What an AI client could set for the tray that it starts.
        world.start_tray(GRAPH_VALET_ALLOW_DEVICE_CODE="1", ALLOW_DEVICE_CODE="1",
                         allowDeviceCode="1")
        done = world.console("sign-in", "--device-code")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("allowDeviceCode=1", done.stderr)
        self.assertIn(str(world.home / ".config/GraphValet/graph-valet.conf"), done.stderr)
        self.assertEqual(world.counts()["devicecode"], 0)
        self.assertEqual(world.status()["state"], "signedOut")
        # Done as told, and no restart.
        tray = world.only_tray()
        self.allow()
        console, page, code = self.begin()
        other_device(page, code=code, person="adele", action="continue")
        ended = console.end()
        self.assertEqual(ended[0], 0, ended)
        self.assertEqual(world.only_tray(), tray)


class LinkOnly(DeviceCodeTest):
    def test_no_browser_prints_the_link_only(self):
        world = self.world
        console = Console(world, "--no-browser", "--timeout", "120")
        link = console.line_after("Open this page to sign in:")
        self.assertTrue(link.startswith(world.tenant["authority"]), link)
        self.assertEqual(world.browser_answers(), [])
        self.assertEqual(world.counts()["authorize"], 0, "somebody opened the page")
        # The person opens it by hand, in whatever browser.
        opened = subprocess.run([str(world.browser), link], env=world.session(), cwd="/",
                                stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                timeout=180)
        self.assertEqual(opened.returncode, 0, opened.stderr)
        ended = console.end()
        self.assertEqual(ended[0], 0, ended)
        self.assertEqual(ended[1], "Signed in as Adele Vance (AdeleV@contoso.onmicrosoft.com).\n")
        self.assertEqual(world.counts()["authorize"], 1)


if __name__ == "__main__":
    valet_world.main("chromium", "chromedriver")
