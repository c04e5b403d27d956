# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole machine for one test: a throw-away HOME, a session bus, a keyring, a display, the sandbox
and the programs under test, all real processes. Nothing of the person who runs the tests is touched,
and a test whose processes do not end fails.

The programs find each other as on a real machine, so the session lies in /run/user/<uid>: in a mount
namespace of its own where the system allows one, else below the throw-away folder."""

import json
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
sys.dont_write_bytecode = True
from mcp_stdio import McpClient, McpError, stripped_environment  # noqa: E402,F401

BIN = pathlib.Path(os.environ.get("GRAPH_VALET_BIN", ROOT / "build" / "ci" / "bin")).resolve()
RELAY, TRAY, SANDBOX = (str(BIN / name) for name in
                        ("graph-valet", "graph-valet-tray", "graph-valet-sandbox"))
CLICKER = str(ROOT / "tests" / "support" / "click_sign_in.py")
APP_ID = os.environ.get("GRAPH_VALET_APP_ID", "io.github.graph_valet.GraphValet")
USER = pwd.getpwuid(os.geteuid()).pw_name
PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
SKIPPED = 77
IN_NAMESPACE = os.environ.get("GRAPH_VALET_E2E_NAMESPACE") == "1"
# For what happens at once on an idle machine; a test machine may be anything but idle.
PATIENCE = 60

# Sanitizers end a process with a code of its own; what GUI libraries never free is not ours.
SANITIZER = {"LSAN_OPTIONS": "detect_leaks=0"}


def is_sanitized():
    with open(TRAY, "rb") as file:
        return b"__asan_init" in file.read()


def enter_namespace():
    """Runs this program again in a mount namespace in which the throw-away person is a real one: with
    a home folder that the system knows and a session in /run/user/<uid>. Returns where that is not
    allowed (containers without CAP_SYS_ADMIN)."""
    if IN_NAMESPACE or not shutil.which("unshare"):
        return
    unshare, drop = ["unshare", "--mount"], []
    if os.geteuid() != 0:
        unshare += ["--user", "--map-current-user", "--keep-caps"]
        drop = ["setpriv", "--inh-caps=-all", "--ambient-caps=-all"]
    script = (
        'mount -t tmpfs -o mode=755 tmpfs /run && '
        'mkdir -p -m 700 "/run/user/$(id -u)" /run/valet && '
        '{ echo "$1:x:$(id -u):$(id -g)::/run/valet/home:/bin/sh"; '
        'grep -v "^[^:]*:[^:]*:$(id -u):" /etc/passwd; } >/run/passwd && '
        'mount --bind /run/passwd /etc/passwd && shift && exec "$@"')
    command = unshare + ["sh", "-c", script, "sh", USER, *drop]
    if subprocess.run(command + ["true"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                      stderr=subprocess.DEVNULL).returncode != 0:
        print("e2e: no mount namespace here; the session lies below the throw-away folder instead")
        return
    os.environ["GRAPH_VALET_E2E_NAMESPACE"] = "1"
    sys.stdout.flush()
    os.execvp("unshare", command + [sys.executable, *sys.argv])


def main(*tools, programs=(RELAY, TRAY, SANDBOX)):
    """Entry of a test program. tools: what must be installed; programs: what must be built."""
    missing = [tool for tool in (*tools, "dbus-daemon", "gnome-keyring-daemon", "gdbus")
               if not shutil.which(tool)]
    if missing:
        print("skipped: not installed: " + ", ".join(missing))
        sys.exit(SKIPPED)
    for program in programs:
        if not os.path.exists(program):
            print(f"{program} has not been built", file=sys.stderr)
            sys.exit(1)
    enter_namespace()
    unittest.main(verbosity=2, failfast=False)


def wait_until(check, what, timeout=PATIENCE, describe=lambda: ""):
    """Until check() is true; processes have no common event to wait on."""
    until = time.monotonic() + timeout
    while True:
        value = check()
        if value:
            return value
        if time.monotonic() > until:
            raise AssertionError(f"{what}: not within {timeout} s {describe()}")
        time.sleep(0.02)


def read_bytes(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def read_link(path):
    try:
        return os.readlink(path)
    except OSError:
        return ""


def is_alive(pid):
    stat = read_bytes(f"/proc/{pid}/stat")
    return bool(stat) and stat.rsplit(b")", 1)[1].split()[0] != b"Z"


def all_pids():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


class ProcWatch(threading.Thread):
    """Looks at every argument list and environment of the machine while it runs."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen = set()
        self._stop_now = threading.Event()
        self.start()

    def run(self):
        while not self._stop_now.wait(0.02):
            for pid in all_pids():
                for name in ("cmdline", "environ"):
                    data = read_bytes(f"/proc/{pid}/{name}")
                    if data:
                        self.seen.add(data)

    def stop(self):
        self._stop_now.set()
        self.join()
        return self.seen


class WorldTest(unittest.TestCase):
    """A test with a World of its own; keyword arguments of World in `options`."""

    options = {}

    def setUp(self):
        self.world = self.enterContext(World(**self.options))


class World:
    """One throw-away machine. Use as a context manager, or start() and stop()."""

    def __init__(self, display=False, keyring=True, bus=True, configured=True, approval="allow",
                 sandbox_arguments=(), person="adele", cancel=False, activation=True,
                 microsoft=False):
        self.display_wanted, self.keyring_wanted, self.bus_wanted = display, keyring, bus
        self.configured, self.approval = configured, approval
        self.sandbox_arguments, self.activation = sandbox_arguments, activation
        self.person, self.cancel = person, cancel
        self.microsoft = microsoft  # endpoints as delivered; nothing may ever be sent there
        self.processes = []  # (name, Popen), in the order of their start
        self.clients = []
        self.display = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            if hasattr(self, "place"):
                self.print_logs()
            self.stop()
            raise
        return self

    def __exit__(self, kind, *_):
        if kind:
            self.print_logs()
        left = self.stop()
        if left and not kind:
            raise AssertionError("processes that did not end: " + "; ".join(left))

    def start(self):
        # Short: socket paths end at 107 bytes.
        if IN_NAMESPACE:
            self.place = pathlib.Path("/run/valet")
            self.run = pathlib.Path(f"/run/user/{os.geteuid()}")
            for folder in (self.place, self.run):
                for entry in folder.iterdir():
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        else:
            self.place = pathlib.Path(tempfile.mkdtemp(prefix="gve.", dir="/tmp"))
            self.run = self.place / "run"
            self.run.mkdir(mode=0o700)
        self.home = self.place / "home"
        self.home.mkdir(mode=0o700)
        self.browser_log = self.place / "browser.log"
        self.start_sandbox()
        self.write_settings()
        self.write_browser()
        if self.display_wanted:
            self.start_display()
        if self.bus_wanted:
            self.start_bus()
        if self.keyring_wanted:
            self.start_keyring()

    # --- parts of the machine

    def spawn(self, name, command, environment, **more):
        more.setdefault("stdin", subprocess.DEVNULL)
        with open(self.place / f"{name}.log", "ab") as log:
            process = subprocess.Popen(command, env=environment, stderr=log, cwd="/",
                                       start_new_session=True, **{"stdout": log, **more})
        self.processes.append((name, process))
        return process

    def log(self, name):
        return read_bytes(self.place / f"{name}.log").decode(errors="replace")

    def wait_alive(self, name, process, check, what):
        def done():
            if process.poll() is not None:
                raise AssertionError(f"{name} ended with {process.returncode}: {self.log(name)[-800:]}")
            return check()
        return wait_until(done, what, describe=lambda: self.log(name)[-800:])

    def start_sandbox(self):
        process = self.spawn("sandbox", [SANDBOX, *self.sandbox_arguments],
                             {"PATH": PATH, "HOME": str(self.home), **SANITIZER})
        self.wait_alive("sandbox", process, lambda: "authority" in self.log("sandbox"), "sandbox")
        line = [text for text in self.log("sandbox").splitlines() if "authority" in text][0]
        self.tenant = json.loads(line)

    def write_settings(self):
        """As the person would have them; authority and Graph belong to the sandbox."""
        folder = self.home / ".config" / "GraphValet"
        folder.mkdir(parents=True)
        lines = ["[General]"]
        if not self.microsoft:
            lines += [f"authority={self.tenant['authority']}", f"graphUrl={self.tenant['graphUrl']}"]
        if self.configured:
            lines += [f"clientId={self.tenant['clientId']}", f"tenantId={self.tenant['tenantId']}"]
        if self.approval:
            lines.append(f"clientApproval={self.approval}")
        (folder / "graph-valet.conf").write_text("\n".join(lines) + "\n")

    def write_browser(self):
        """The default browser of this machine, both for $BROWSER and for a desktop."""
        self.browser = self.place / "browser"
        python = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
        self.browser.write_text(
            f'#!/bin/sh\nCLICK_SIGN_IN_PERSON={self.person} CLICK_SIGN_IN_LOG={self.browser_log} '
            f'CLICK_SIGN_IN_CANCEL={int(self.cancel)} exec {python} {CLICKER} "$1"\n')
        self.browser.chmod(0o700)
        applications = self.home / ".local" / "share" / "applications"
        applications.mkdir(parents=True, exist_ok=True)
        (applications / "test-browser.desktop").write_text(
            "[Desktop Entry]\nType=Application\nName=Test browser\n"
            f"Exec={self.browser} %u\nMimeType=x-scheme-handler/http;\n")
        (self.home / ".config" / "mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/http=test-browser.desktop\n")

    def start_display(self):
        # A desktop always has clients and never resets; between two trays this one would have none.
        reader, writer = os.pipe()
        process = self.spawn("xvfb", ["Xvfb", "-displayfd", str(writer), "-screen", "0",
                                      "1280x800x24", "-nolisten", "tcp", "-noreset"],
                             {"PATH": PATH, "HOME": str(self.home)}, pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise AssertionError("Xvfb: " + self.log("xvfb")[-500:])
        self.display = f":{number}"
        return process

    def start_bus(self):
        services = self.home / ".local" / "share" / "dbus-1" / "services"
        services.mkdir(parents=True)
        if self.activation:
            (services / f"{APP_ID}.service").write_text(
                f"[D-BUS Service]\nName={APP_ID}\nExec={TRAY} --background\n")
        configuration = self.place / "bus.conf"
        configuration.write_text(f"""<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path={self.run}/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
""")
        process = self.spawn("dbus", ["dbus-daemon", f"--config-file={configuration}", "--nofork",
                                      "--nopidfile"], self.session())
        self.wait_alive("dbus", process, (self.run / "bus").exists, "session bus")

    def start_keyring(self):
        process = self.spawn("keyring", ["gnome-keyring-daemon", "--foreground", "--unlock",
                                         "--components=secrets"], self.session(),
                             stdin=subprocess.PIPE)
        process.stdin.write(b"test-password")
        process.stdin.close()
        self.wait_alive("keyring", process, lambda: self.gdbus(
            "/org/freedesktop/secrets/collection/login", "org.freedesktop.DBus.Properties.Get",
            "org.freedesktop.Secret.Collection", "Label", may_fail=True), "keyring")

    def gdbus(self, path, method, *arguments, may_fail=False):
        done = subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path",
             path, "--method", method, *arguments], env=self.session(), capture_output=True,
            text=True, timeout=PATIENCE)
        if done.returncode != 0:
            if may_fail:
                return ""
            raise AssertionError(f"gdbus {method}: {done.stderr}")
        return done.stdout.strip()

    def keyring_items(self):
        """Paths of the entries that Graph Valet left in the keyring."""
        text = self.gdbus("/org/freedesktop/secrets/collection/login",
                          "org.freedesktop.DBus.Properties.Get",
                          "org.freedesktop.Secret.Collection", "Items")
        return [part.strip(" '") for part in text[text.index("[") + 1:text.rindex("]")]
                .replace("objectpath", "").split(",") if part.strip(" '")]

    # --- environments

    def session(self, **more):
        """What programs of the person's session have."""
        environment = {
            "PATH": PATH, "HOME": str(self.home), "USER": USER, "LOGNAME": USER, "SHELL": "/bin/sh",
            "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(self.run), "BROWSER": str(self.browser),
            **SANITIZER,
        }
        if self.bus_wanted:
            environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self.run}/bus"
        if self.display:
            environment["DISPLAY"] = self.display
        environment.update(more)
        return {name: value for name, value in environment.items() if value is not None}

    def stripped(self, **more):
        """What an AI client gives to the servers that it spawns."""
        environment = stripped_environment(str(self.home), PATH, USER, **SANITIZER)
        if not IN_NAMESPACE:
            # Where the test cannot have /run/user/<uid>, it has to say where the session is.
            environment.update({name: self.session()[name] for name in
                                ("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY")
                                if name in self.session()})
        environment.update(more)
        return environment

    # --- the programs under test

    def start_tray(self, *arguments, wait=True, name="tray", **more):
        process = self.spawn(name, [TRAY, *(arguments or ("--background",))], self.session(**more))
        if wait:
            self.wait_alive(name, process, lambda: self.status().get("tray"), "tray")
        return process

    def console(self, *words, timeout=PATIENCE, environment=None):
        """Runs graph-valet with these words to its end."""
        return subprocess.run([RELAY, *words], env=environment or self.session(),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/",
                              timeout=timeout)

    def status(self):
        done = self.console("status", "--json")
        try:
            return json.loads(done.stdout)
        except ValueError as error:
            raise AssertionError(f"status --json: {done.stdout!r} {done.stderr!r}") from error

    def wait_state(self, state):
        return wait_until(lambda: (lambda s: s["state"] == state and s)(self.status()),
                          f"state {state}", describe=lambda: str(self.status()))

    def client(self, name=None, environment=None, command=None):
        """An AI client that has spawned its server; named ones have shaken hands."""
        client = McpClient(command or [RELAY, "stdio"], environment or self.stripped())
        self.clients.append(client)
        if name:
            client.initialize(name)
        return client

    def sign_in(self):
        done = self.console("sign-in", "--timeout", "120", timeout=180)
        if done.returncode != 0:
            raise AssertionError(f"sign-in: {done.stderr} browser: {self.browser_answers()}")
        self.wait_for_browser()

    def browser_answers(self):
        return self.browser_log.read_text().splitlines() if self.browser_log.exists() else []

    def wait_for_browser(self, count=1):
        """Until the browser has read the app's answer page so many times; returns what it read."""
        return wait_until(lambda: len(self.browser_answers()) >= count and self.browser_answers(),
                          f"{count} answer pages in the browser", 120)

    # --- the sandbox's controls

    def control(self, path, body=None):
        request = urllib.request.Request(
            self.tenant["authority"] + "/sandbox/" + path,
            data=None if body is None else json.dumps(body).encode())
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=PATIENCE) as reply:
            return json.load(reply)

    def counts(self):
        return self.control("requests")

    def secrets(self):
        return [value.encode() for value in self.control("secrets")["values"]]

    def fault(self, name, times=1, **more):
        self.control("fault", {"name": name, "times": times, **more})

    # --- the end

    def own_pids(self, program=None):
        """Processes with this HOME, whoever started them. Another test that runs at the same time
        has the same HOME in another namespace."""
        needle = f"HOME={self.home}".encode()
        namespace = read_link("/proc/self/ns/mnt")
        return [pid for pid in all_pids()
                if needle in read_bytes(f"/proc/{pid}/environ").split(b"\0") and is_alive(pid)
                and read_link(f"/proc/{pid}/ns/mnt") == namespace
                and (program is None or read_link(f"/proc/{pid}/exe") == program)]

    def tray_pids(self):
        return self.own_pids(os.path.realpath(TRAY))

    def only_tray(self):
        """The process id of the one tray process; one that was started too many is on its way out."""
        def one():
            pids = self.tray_pids()
            return pids[0] if len(pids) == 1 else None
        return wait_until(one, "exactly one tray process", describe=lambda: str(self.tray_pids()))

    def print_logs(self):
        for log in sorted(self.place.glob("*.log")) + sorted(self.home.rglob("*.log")):
            text = read_bytes(log).decode(errors="replace")[-3000:]
            if text.strip():
                print(f"--- {log}\n{text}", file=sys.stderr)

    def stop(self):
        """Ends everything; returns the names of processes that had to be killed."""
        for client in self.clients:
            if client.process.poll() is None:
                client.close()
        for _, process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        left = []
        if hasattr(self, "home"):
            for pid in self.own_pids():
                try:
                    os.kill(pid, signal.SIGTERM)
                except ProcessLookupError:
                    pass
            until = time.monotonic() + 30
            while self.own_pids() and time.monotonic() < until:
                for _, process in self.processes:
                    process.poll()
                time.sleep(0.02)
            for pid in self.own_pids():
                left.append(f"{pid} {read_bytes(f'/proc/{pid}/cmdline')!r}")
                os.kill(pid, signal.SIGKILL)
        for _, process in self.processes:
            process.wait()
        if hasattr(self, "place"):
            shutil.rmtree(self.place, ignore_errors=True)
            if IN_NAMESPACE:
                self.place.mkdir(mode=0o700, exist_ok=True)
        return left
