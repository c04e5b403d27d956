#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A browser that clicks: opens the sandbox's sign-in page in a real, headless Chromium, picks a
person, clicks Continue or Cancel, waits for the app's answer page and prints its text.

    click_sign_in.py [--person adele|alex] [--cancel] [--screenshots DIRECTORY] [--timeout S] URL

Meant for $BROWSER, so everything can be set in the environment too: CLICK_SIGN_IN_PERSON,
CLICK_SIGN_IN_CANCEL=1, CLICK_SIGN_IN_SCREENSHOTS, CLICK_SIGN_IN_LOG (a file that gets one line for
each page: "answer: <text>" or "failed: <reason>").

Exit code 0 where the app answered, 1 where not, 77 where Chromium or chromedriver is not installed.
Leaves no process, no profile and nothing in HOME. Standard library only."""

import argparse
import base64
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # W3C WebDriver, section 12


class Failure(Exception):
    """What went wrong, in a sentence."""


class Driver:
    """One chromedriver with one session; everything it leaves lies in one folder."""

    def __init__(self, deadline):
        self.deadline = deadline
        self.session = None
        self.process = None
        # Short: Chromium puts a socket below it, and socket paths end at 107 bytes.
        self.folder = tempfile.mkdtemp(prefix="gvb.")

    def start(self):
        chromedriver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "LANG": "C.UTF-8",
            "HOME": self.folder,
            "TMPDIR": self.folder,
            "XDG_CONFIG_HOME": self.folder,
            "XDG_CACHE_HOME": self.folder,
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "DBUS_SYSTEM_BUS_ADDRESS": "disabled:",
        }
        self.process = subprocess.Popen(
            [chromedriver, "--port=0"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=environment, cwd="/", start_new_session=True, text=True)
        port = None
        for line in self.process.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                port = found.group(1)
                break
        if port is None:
            raise Failure("chromedriver did not start")
        self.base = f"http://127.0.0.1:{port}"
        arguments = [
            "--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-default-apps", "--disable-extensions", "--disable-breakpad",
            "--disable-crash-reporter", "--disable-dev-shm-usage", "--password-store=basic",
            "--no-proxy-server", "--window-size=1000,800", f"--user-data-dir={self.folder}/profile",
        ]
        # Chromium's own sandbox refuses root, and has no user namespaces in containers and chroots.
        # Without it, it still sees nothing but our own pages on loopback.
        attempts = [arguments + ["--no-sandbox"]]
        if os.geteuid() != 0:
            attempts.insert(0, arguments)
        for attempt in attempts:
            try:
                self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
                    "browserName": "chrome",
                    "goog:chromeOptions": {"binary": chromium, "args": attempt},
                }}})["sessionId"]
                return
            except Failure:
                if attempt is attempts[-1]:
                    raise

    def call(self, method, path, body=None):
        if self.session:
            path = f"/session/{self.session}{path}"
        data = json.dumps(body if body is not None else {}).encode() if method == "POST" else None
        request = urllib.request.Request(self.base + path, data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        patience = max(1.0, self.deadline - time.monotonic())
        # Straight to 127.0.0.1, whatever proxy the environment names.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=patience) as reply:
                return json.load(reply)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise Failure(f"{value['error']}: {value['message'].splitlines()[0]}") from error
        except OSError as error:
            raise Failure(f"chromedriver does not answer: {error}") from error

    def element(self, css):
        return self.call("POST", "/element", {"using": "css selector", "value": css})[ELEMENT]

    def elements(self, css):
        found = self.call("POST", "/elements", {"using": "css selector", "value": css})
        return [one[ELEMENT] for one in found]

    def text(self, css):
        return self.call("GET", f"/element/{self.element(css)}/text").strip()

    def click(self, css):
        self.call("POST", f"/element/{self.element(css)}/click", {})

    def save_screenshot(self, directory, name):
        if directory:
            os.makedirs(directory, exist_ok=True)
            with open(os.path.join(directory, name), "wb") as file:
                file.write(base64.b64decode(self.call("GET", "/screenshot")))

    def stop(self):
        self.deadline = time.monotonic() + 10
        if self.session:
            try:
                self.call("DELETE", "")
            except Failure:
                pass
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        # Helpers of Chromium that outlive it are known by our folder in their arguments.
        needle = self.folder.encode() + b"/"
        until = time.monotonic() + 10
        while True:
            left = [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc")))
                    if pid != os.getpid() and needle in command_line(pid)]
            if not left:
                break
            for pid in left:
                try:
                    os.kill(pid, signal.SIGTERM if time.monotonic() < until else signal.SIGKILL)
                except ProcessLookupError:
                    pass
            time.sleep(0.02)
        shutil.rmtree(self.folder, ignore_errors=True)


def command_line(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read().replace(b"\0", b" ")
    except OSError:
        return b""


def wait_for(driver, what, check):
    """Polls, because WebDriver has no events; a page that is being replaced is no failure."""
    while True:
        try:
            value = check()
            if value:
                return value
        except Failure as failure:
            if "stale element" not in str(failure) and "no such element" not in str(failure):
                raise
        if time.monotonic() > driver.deadline:
            raise Failure(f"{what} did not come; the page is: {driver.text('body')[:300]}")
        time.sleep(0.02)


def sign_in(driver, options):
    driver.call("POST", "/url", {"url": options.url})
    if driver.elements("#logged-out"):
        return driver.text("#logged-out")
    # --auto: the page is the app's answer already.
    if not driver.elements("#continue"):
        if driver.elements("#service-error"):
            raise Failure(driver.text("#service-error"))
    else:
        driver.click(f"#person-{options.person}")
        driver.save_screenshot(options.screenshots, "sign-in.png")
        driver.click("#cancel" if options.cancel else "#continue")
    here = options.url.split("/", 3)[2]

    def answered():
        address = driver.call("GET", "/url")
        if driver.elements("#service-error"):
            raise Failure(driver.text("#service-error"))
        if address.startswith("chrome-error:"):
            raise Failure("the app's address does not answer: " + driver.text("body")[:300])
        there = address.split("/", 3)[2] != here
        done = driver.call("POST", "/execute/sync",
                           {"script": "return document.readyState", "args": []}) == "complete"
        return there and done and driver.text("body")

    text = wait_for(driver, "the app's answer page", answered)
    driver.save_screenshot(options.screenshots, "answer.png")
    return text


def main():
    environment = os.environ
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--person", default=environment.get("CLICK_SIGN_IN_PERSON", "adele"))
    parser.add_argument("--cancel", action="store_true",
                        default=environment.get("CLICK_SIGN_IN_CANCEL") == "1")
    parser.add_argument("--screenshots", default=environment.get("CLICK_SIGN_IN_SCREENSHOTS"))
    parser.add_argument("--timeout", type=float, default=90)
    parser.add_argument("url")
    options = parser.parse_args()
    for tool in ("chromium", "chromedriver"):
        if not shutil.which(tool):
            print(f"click_sign_in: {tool} is not installed", file=sys.stderr)
            return 77

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(1))
    driver = Driver(time.monotonic() + options.timeout)
    code, outcome = 1, "failed: ended early"
    try:
        driver.start()
        outcome, code = "answer: " + " ".join(sign_in(driver, options).split()), 0
    except Failure as failure:
        outcome = f"failed: {failure}"
    finally:
        # A second signal must not leave a browser behind.
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        driver.stop()
        log = environment.get("CLICK_SIGN_IN_LOG")
        if log:
            with open(log, "a", encoding="utf-8") as file:
                file.write(outcome + "\n")
    print(outcome.removeprefix("answer: "), file=sys.stdout if code == 0 else sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
