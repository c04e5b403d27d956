# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an AI client does: spawns `graph-valet stdio` and speaks MCP with it. Used by packaging/try.sh
and by the end-to-end tests. Standard library only.

Every line of both directions is kept in `lines`, so that a test can look at all of them."""

import json
import subprocess
import threading
import time

VERSION = "2025-11-25"


class McpError(Exception):
    """The server's JSON-RPC error, or that no answer came."""

    def __init__(self, message, code=None, data=None):
        super().__init__(message)
        self.code = code
        self.data = data


def stripped_environment(home, path="/usr/local/bin:/usr/bin:/bin", user="root", **more):
    """What the TypeScript SDK leaves of an environment, of which nearly all AI clients are made."""
    return {"HOME": home, "PATH": path, "USER": user, "LOGNAME": user, "SHELL": "/bin/sh",
            "TERM": "dumb", **more}


class McpClient:
    """A spawned server and what it said."""

    def __init__(self, command, environment):
        self.lines = []  # ("out" or "in", bytes) in order
        self.messages = []  # parsed, of the server
        self.not_json = []  # what may never be on stdout
        self._ended = False
        self._changed = threading.Condition()
        self._next_id = 0
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/")
        self.errors = b""
        self._readers = [threading.Thread(target=self._read, daemon=True),
                         threading.Thread(target=self._read_errors, daemon=True)]
        for reader in self._readers:
            reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _read(self):
        for line in self.process.stdout:
            with self._changed:
                self.lines.append(("in", line))
                try:
                    message = json.loads(line)
                    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
                        self.not_json.append(line)
                    else:
                        self.messages.append(message)
                except ValueError:
                    self.not_json.append(line)
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _read_errors(self):
        for line in self.process.stderr:
            self.errors += line

    def write(self, data):
        """Bytes as they are."""
        self.lines.append(("out", data))
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        self.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")

    def notify(self, method, params=None):
        self.send({"jsonrpc": "2.0", "method": method, **({"params": params} if params else {})})

    def start(self, method, params=None):
        """Sends a request and returns its id."""
        self._next_id += 1
        message = {"jsonrpc": "2.0", "id": self._next_id, "method": method}
        if params is not None:
            message["params"] = params
        self.send(message)
        return self._next_id

    def wait_for(self, check, timeout=60, what="the expected message", after=0):
        """The first message of the server that check() likes; past ones too, but for the first
        `after` ones."""
        until = time.monotonic() + timeout
        seen = after
        with self._changed:
            while True:
                while seen < len(self.messages):
                    if check(self.messages[seen]):
                        return self.messages[seen]
                    seen += 1
                if self._ended:
                    raise McpError(f"{what} did not come, the server ended: {self.error_text()}")
                left = until - time.monotonic()
                if left <= 0:
                    raise McpError(f"{what} did not come within {timeout} s: {self.error_text()}")
                self._changed.wait(left)

    def answers_to(self, request_id):
        with self._changed:
            return [m for m in self.messages if m.get("id") == request_id and "method" not in m]

    def answer(self, request_id, timeout=60):
        """The whole response, an error included."""
        return self.wait_for(lambda m: m.get("id") == request_id and "method" not in m, timeout,
                             f"the answer to request {request_id}")

    def result(self, request_id, timeout=60):
        message = self.answer(request_id, timeout)
        if "error" in message:
            error = message["error"]
            raise McpError(error.get("message", "?"), error.get("code"), error.get("data"))
        return message["result"]

    def request(self, method, params=None, timeout=60):
        return self.result(self.start(method, params), timeout)

    def initialize(self, name="end-to-end test", version=VERSION, timeout=60):
        result = self.request("initialize", {
            "protocolVersion": version, "capabilities": {},
            "clientInfo": {"name": name, "version": "1.0"}}, timeout)
        self.notify("notifications/initialized")
        return result

    def call(self, tool, arguments=None, timeout=60):
        return self.request("tools/call", {"name": tool, "arguments": arguments or {}}, timeout)

    def error_text(self):
        return self.errors.decode(errors="replace").strip()[-1000:] or "nothing on stderr"

    def close(self, timeout=10):
        """Closes stdin, as a client does that ends; returns the exit code."""
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for reader in self._readers:
            reader.join(timeout)
        self.process.stdout.close()
        self.process.stderr.close()
        return self.process.returncode
