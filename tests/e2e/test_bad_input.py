# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What no client should send: each gets the right JSON-RPC error, the connection lives, and the tray
process does not notice more than that."""

import json
import socket
import unittest

import valet_world
from valet_world import WorldTest, read_bytes, wait_until

PARSE, INVALID, METHOD, PARAMS, VERSION = -32700, -32600, -32601, -32602, -32022


def request(method, params=None, **more):
    message = {"jsonrpc": "2.0", "id": "x", "method": method, **more}
    if params is not None:
        message["params"] = params
    return json.dumps({key: value for key, value in message.items() if value != "absent"}).encode()


def modern(version="2026-07-28", **more):
    meta = {"io.modelcontextprotocol/protocolVersion": version,
            "io.modelcontextprotocol/clientCapabilities": {}, **more}
    return {"_meta": {key: value for key, value in meta.items() if value != "absent"}}


LINES = [
    ("garbage", b"GET / HTTP/1.1", PARSE),
    ("half an object", b'{"jsonrpc":"2.0","id":1,"method":"ping"', PARSE),
    ("two objects", request("ping") + b" " + request("ping"), PARSE),
    ("invalid UTF-8", b'{"jsonrpc":"2.0","id":1,"method":"\xff\xfe\xc0\x80"}', PARSE),
    ("a surrogate in UTF-8", b'{"jsonrpc":"2.0","id":1,"method":"\xed\xa0\x80"}', PARSE),
    ("a zero byte", b'{"jsonrpc":"2.0","id":1,\x00"method":"ping"}', PARSE),
    ("deep array", b"[" * 200_000, PARSE),
    ("deep and closed", b"[" * 200_000 + b"]" * 200_000, PARSE),
    ("deep inside a request", b'{"jsonrpc":"2.0","id":1,"method":"ping","params":'
     + b'{"a":' * 100_000 + b"1" + b"}" * 100_001, PARSE),
    ("5 MiB", b'{"jsonrpc":"2.0","id":1,"method":"' + b"x" * (5 << 20) + b'"}', INVALID),
    ("5 MiB without any structure", b"\x01" * (5 << 20), INVALID),
    ("a lone number", b"5", INVALID),
    ("a lone text", b'"ping"', INVALID),
    ("null", b"null", INVALID),
    ("empty array", b"[]", INVALID),
    ("array where there are no batches", b"[" + request("ping") + b"]", INVALID),
    ("another JSON-RPC", request("ping", jsonrpc="1.0"), INVALID),
    ("no JSON-RPC", request("ping", jsonrpc="absent"), INVALID),
    ("method is a number", request(5), INVALID),
    ("no method", request("absent"), INVALID),
    ("id is null", request("ping", id=None), INVALID),
    ("id is an object", request("ping", id={}), INVALID),
    ("id is a fraction", request("ping", id=1.5), INVALID),
    ("params are a list", request("tools/list", []), PARAMS),
    ("params are a text", request("tools/list", "x"), PARAMS),
    ("unknown method", request("prompts/list"), METHOD),
    ("method with a line feed", request("ping\n"), METHOD),
    ("unknown tool", request("tools/call", {"name": "rm"}), PARAMS),
    ("tool name is a number", request("tools/call", {"name": 5}), PARAMS),
    ("tool name is missing", request("tools/call", {}), PARAMS),
    ("arguments are a text",
     request("tools/call", {"name": "GetUserDetailsFromGraph", "arguments": "x"}), PARAMS),
    ("uri of a resource is a number", request("resources/read", {"uri": 5}), PARAMS),
    ("a cursor of somebody else", request("tools/list", {"cursor": "x"}), PARAMS),
    ("initialize without a version", request("initialize", {"capabilities": {}}), PARAMS),
    ("unknown revision", request("tools/list", modern("1900-01-01")), VERSION),
    ("modern without capabilities", request("tools/list", modern(
        **{"io.modelcontextprotocol/clientCapabilities": "absent"})), PARAMS),
    ("modern ping", request("ping", modern()), METHOD),
]


class BadInput(WorldTest):
    options = {"keyring": False, "bus": False}

    def setUp(self):
        super().setUp()
        self.world.start_tray()
        self.pid = self.world.only_tray()

    def assert_tray_unharmed(self):
        self.assertEqual(self.world.only_tray(), self.pid)
        self.assertNotRegex(self.world.log("tray"), "(?i)sanitizer|runtime error|assert|segmentation")

    def assert_refused(self, client, line, code):
        known = len(client.messages)
        client.write(line + b"\n")
        message = client.wait_for(lambda m: "error" in m and m.get("id") in (None, "x", 1),
                                  what="an error", after=known)
        self.assertEqual(message["error"]["code"], code, message)
        self.assertIsInstance(message["error"]["message"], str)
        self.assertLess(len(json.dumps(message)), 2000, "the line is not sent back")
        if code in (PARSE, INVALID) and line != request(5):
            self.assertNotEqual(message.get("id", "absent"), None, "MCP: no id instead of null")

    def test_each_line_gets_its_error(self):
        client = self.world.client("bad input")
        for name, line, code in LINES:
            with self.subTest(name):
                self.assert_refused(client, line, code)
                self.assertEqual(client.request("ping"), {})
        self.assert_tray_unharmed()
        self.assertEqual(client.not_json, [])
        self.assertEqual(client.close(), 0)

    def test_before_any_handshake(self):
        client = self.world.client()
        for method in ("tools/list", "tools/call"):
            self.assert_refused(client, request(method, {"name": "GetUserDetailsFromGraph"}), PARAMS)
        for line in (b"garbage", b"[" * 100_000, b"\xff"):
            self.assert_refused(client, line, PARSE)
        self.assertEqual(client.request("ping"), {})
        # A handshake afterwards is as good as one before.
        client.initialize("late")
        self.assertTrue(client.request("tools/list")["tools"])
        self.assert_tray_unharmed()

    def test_unknown_versions_are_negotiated(self):
        for wish in ("1999-01-01", "2099-12-31", "latest", ""):
            client = self.world.client()
            answer = client.initialize("versions", version=wish)["protocolVersion"]
            self.assertIn(answer, ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"), wish)
            self.assertTrue(client.request("tools/list")["tools"])
            self.assertEqual(client.close(), 0)

    def test_unknown_argument_is_told_to_the_model(self):
        client = self.world.client("arguments")
        result = client.call("GetUserDetailsFromGraph", {"userId": "x"})
        self.assertTrue(result.get("isError"))
        self.assertIn("userId", result["content"][0]["text"])

    def test_lines_in_pieces(self):
        client = self.world.client("pieces")
        other = self.world.client("other")
        line = request("ping", id=77) + b"\n"
        client.write(line[:20])
        self.assertEqual(other.request("ping"), {})
        self.assertEqual(client.answers_to(77), [])
        client.write(line[20:])
        self.assertEqual(client.result(77), {})
        for byte in request("ping", id=78) + b"\r\n":
            client.write(bytes([byte]))
        self.assertEqual(client.result(78), {})
        client.write(b"\n\r\n \n" + request("ping", id=79) + b"\n")
        self.assertEqual(client.result(79), {})

    def test_many_requests_at_once(self):
        client = self.world.client("many")
        count = 2000
        client.write(b"".join(request("ping", id=1000 + n) + b"\n" for n in range(count)))
        for number in range(count):
            self.assertEqual(client.result(1000 + number), {})
        self.assert_tray_unharmed()

    def test_notifications_are_never_answered(self):
        client = self.world.client("notifications")
        known = len(client.messages)
        for line in (b'{"jsonrpc":"2.0","method":"nonsense"}',
                     b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":5}',
                     b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":9}}',
                     b'{"jsonrpc":"2.0","id":12345,"result":{}}',
                     b'{"jsonrpc":"2.0","id":"y","error":{"code":1,"message":"no"}}'):
            client.write(line + b"\n")
        self.assertEqual(client.request("ping"), {})
        self.assertEqual(len(client.messages), known + 1)

    def test_end_of_input_in_the_middle(self):
        client = self.world.client("end")
        client.write(b'{"jsonrpc":"2.0","id":9,"method":"pi')
        self.assertEqual(client.close(), 0)
        self.assertEqual(client.answers_to(9), [])
        self.assert_tray_unharmed()


class BadSocket(WorldTest):
    """Straight on the tray's socket, past the relay."""

    options = {"keyring": False, "bus": False}

    def setUp(self):
        super().setUp()
        self.world.start_tray()
        self.pid = self.world.only_tray()
        found = list(self.world.home.glob(".local/state/graph-valet/default/*"))
        rendezvous = [path for path in found if b'"socket"' in read_bytes(path)]
        self.assertEqual(len(rendezvous), 1, found)
        self.path = json.loads(read_bytes(rendezvous[0]))["socket"]

    def connect(self, first=b""):
        connection = socket.socket(socket.AF_UNIX)
        self.addCleanup(connection.close)
        # Blocking, so that it waits while the queue of the listener is full.
        connection.connect(self.path)
        connection.settimeout(valet_world.PATIENCE)
        try:
            connection.sendall(first)
        except OSError:
            pass  # the other side has had enough
        return connection

    def read_all(self, connection):
        data = b""
        while True:
            try:
                part = connection.recv(65536)
            except ConnectionResetError:
                return data
            if not part:
                return data
            data += part

    def test_bad_hellos_are_refused(self):
        for name, hello in [
                ("no JSON", b"hello\n"), ("MCP at once", request("ping") + b"\n"),
                ("another link", b'{"link":99,"version":"9.9.9","role":"mcp"}\n'),
                ("another role", b'{"link":1,"version":"0.1.0","role":"root"}\n'),
                ("invalid UTF-8", b'{"link":1,"version":"\xff","role":"mcp"}\n'),
                ("endless", b"x" * 100_000), ("deep", b"[" * 4000 + b"\n")]:
            with self.subTest(name):
                answer = self.read_all(self.connect(hello))
                self.assertNotIn(b'"result"', answer)
                if answer:
                    self.assertIn("error", json.loads(answer.splitlines()[0]))
                if name == "another link":
                    self.assertIn(b"99", answer)
        self.assertEqual(self.world.client("after").request("ping"), {})
        self.assertEqual(self.world.only_tray(), self.pid)

    def test_bad_console_words(self):
        hello = b'{"link":1,"version":"0.1.0","role":"console"}\n'
        for name, line, code in [
                ("garbage", b"status\n", PARSE),
                ("unknown word", request("rm") + b"\n", METHOD),
                ("invalid UTF-8", b'\xff\n', PARSE)]:
            with self.subTest(name):
                connection = self.connect(hello + line)
                lines = connection.makefile("rb")
                self.assertEqual(json.loads(lines.readline())["role"], "console")
                self.assertEqual(json.loads(lines.readline())["error"]["code"], code)
        self.assertEqual(self.world.only_tray(), self.pid)

    def test_more_connections_than_there_may_be(self):
        hello = b'{"link":1,"version":"0.1.0","role":"mcp"}\n'
        connections = [self.connect(hello) for _ in range(300)]
        served = refused = 0
        for connection in connections:
            line = connection.makefile("rb").readline()
            if b'"role"' in line:
                served += 1
            else:
                refused += 1
        self.assertEqual((served, refused), (256, 44))
        for connection in connections:
            connection.close()
        wait_until(lambda: self.world.status()["clients"] == [], "the end of all connections")
        self.assertEqual(self.world.client("after").request("ping"), {})
        self.assertEqual(self.world.only_tray(), self.pid)

    def test_client_that_never_reads(self):
        hello = b'{"link":1,"version":"0.1.0","role":"mcp"}\n'
        connection = self.connect(hello)
        connection.settimeout(0.2)
        line = request("tools/list", modern()) + b"\n"
        try:
            for _ in range(20_000):
                connection.sendall(line)
        except OSError:
            pass
        # Whatever became of it, others are served and memory is bounded.
        self.assertEqual(self.world.client("other").request("ping"), {})
        size = [int(text.split()[1]) for text in
                read_bytes(f"/proc/{self.pid}/status").decode().splitlines()
                if text.startswith("VmRSS")][0]
        if not valet_world.is_sanitized():
            self.assertLess(size, 300_000, "kB of memory")


if __name__ == "__main__":
    valet_world.main()
