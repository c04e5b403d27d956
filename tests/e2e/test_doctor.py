# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`graph-valet doctor`: what is wrong is found and said, what is right is left alone."""

import json
import os

import valet_world
from valet_world import WorldTest

IDS = ["program", "settings", "keychain", "tray", "socket", "clock", "proxy", "authority", "graph",
       "registration", "account", "clients"]


class DoctorTest(WorldTest):
    def report(self, code):
        done = self.world.console("doctor", "--json")
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual(report["ok"], code == 0)
        return report, {check["id"]: check for check in report["checks"]}

    def edit_settings(self, old, new):
        file = self.world.home / ".config" / "GraphValet" / "graph-valet.conf"
        text = file.read_text()
        self.assertIn(old, text)
        file.write_text(text.replace(old, new))


class Healthy(DoctorTest):
    def test_finds_nothing_and_changes_nothing(self):
        world = self.world
        world.start_tray()
        world.sign_in()
        world.client("doctor-test")
        items = world.keyring_items()
        files = sorted(os.listdir(world.home / ".local/state/graph-valet/default"))
        before = world.counts()
        report, checks = self.report(0)
        self.assertEqual([check["id"] for check in report["checks"]], IDS)
        self.assertTrue(report["tray"])
        for check in report["checks"]:
            # There is no display here, so there is no icon.
            self.assertEqual(check["outcome"], "warning" if check["id"] == "tray" else "ok", check)
        self.assertEqual(checks["keychain"]["facts"]["probe"], "written, read, deleted")
        self.assertIn("adele", checks["account"]["finding"].lower())
        self.assertIn("doctor-test", checks["clients"]["facts"]["client 1"])
        self.assertEqual(checks["socket"]["facts"]["folder mode"], "0700")
        # Two requests of the registration's test, two of the way to Microsoft, and no more.
        after = world.counts()
        grown = {name: after[name] - before.get(name, 0) for name in after
                 if name != "violations" and after[name] != before.get(name, 0)}
        self.assertEqual(grown, {"discovery": 1, "authorize": 1, "token": 1,
                                 "token:authorization_code": 1, "graph": 1, "me": 1})
        self.assertEqual(after["violations"], [])
        self.assertEqual(world.keyring_items(), items)
        self.assertEqual(sorted(os.listdir(world.home / ".local/state/graph-valet/default")), files)
        # No token is in what it says.
        text = json.dumps(report) + world.console("doctor").stdout
        for secret in world.secrets():
            if secret != b"graph-valet-doctor":  # the made-up code
                self.assertNotIn(secret.decode(), text)
        self.assertEqual(world.status()["state"], "signedIn")

    def test_text_is_a_line_for_each_check(self):
        self.world.start_tray()
        done = self.world.console("doctor")
        self.assertEqual(done.returncode, 0, done.stdout)  # nobody signed in is no failure
        lines = done.stdout.splitlines()
        self.assertEqual(len([line for line in lines if line.startswith("[")]), len(IDS))
        self.assertRegex(done.stdout, r"\[warning\] Microsoft account: Nobody is signed in\.\n"
                                      r" {10}Choose .*graph-valet sign-in")


class Registration(DoctorTest):
    options = {"keyring": False, "bus": False}

    def test_every_mistake_is_explained(self):
        world = self.world
        world.start_tray()
        for fault, code, word in [
                ("not-public", "AADSTS7000218", "Mobile and desktop applications"),
                ("redirect-missing", "AADSTS50011", "--public-client-redirect-uris")]:
            with self.subTest(fault):
                world.fault(fault, -1)
                _, checks = self.report(1)
                world.control("fault", {"name": "none"})
                self.assertEqual(checks["registration"]["outcome"], "failed")
                self.assertIn(code, checks["registration"]["finding"])
                self.assertIn(word, checks["registration"]["whatToDo"])
                self.assertEqual(checks["authority"]["outcome"], "ok")
        world.fault("clock-ahead", -1)
        _, checks = self.report(1)
        self.assertIn("60 minutes slow", checks["clock"]["finding"])
        self.assertEqual(checks["keychain"]["outcome"], "warning")  # there is none

    def test_wrong_client(self):
        self.edit_settings(self.world.tenant["clientId"], "00000000-0000-4000-8000-000000000000")
        self.world.start_tray()
        _, checks = self.report(1)
        self.assertIn("AADSTS700016", checks["registration"]["finding"])
        self.assertIn("Settings", checks["registration"]["whatToDo"])

    def test_wrong_tenant(self):
        self.edit_settings("tenantId=" + self.world.tenant["tenantId"], "tenantId=nobody.example")
        self.world.start_tray()
        _, checks = self.report(1)
        for check in ("registration", "authority"):
            self.assertIn("AADSTS90002", checks[check]["finding"])

    def test_one_tenant_only(self):
        self.edit_settings("tenantId=" + self.world.tenant["tenantId"], "tenantId=common")
        self.world.start_tray()
        self.world.fault("single-tenant", -1)
        _, checks = self.report(1)
        self.assertIn("AADSTS50194", checks["registration"]["finding"])

    def test_offline(self):
        self.world.start_tray()
        sandbox = [process for name, process in self.world.processes if name == "sandbox"][0]
        sandbox.terminate()
        sandbox.wait()
        _, checks = self.report(1)
        for check in ("authority", "graph"):
            self.assertIn("cannot be reached", checks[check]["finding"])
            self.assertIn("network", checks[check]["whatToDo"])
        self.assertEqual(checks["registration"]["outcome"], "skipped")

    def test_without_a_tray_none_is_started(self):
        report, checks = self.report(1)
        self.assertFalse(report["tray"])
        self.assertEqual(checks["program"]["outcome"], "ok")
        self.assertIn("does not run", checks["tray-process"]["finding"])
        self.assertEqual(self.world.tray_pids(), [])
        self.assertEqual(self.world.console("doctor", "now").returncode, 2)


class NotConfigured(DoctorTest):
    options = {"configured": False, "keyring": False, "bus": False}

    def test_is_said_and_nobody_is_asked(self):
        self.world.start_tray()
        _, checks = self.report(1)
        self.assertEqual(checks["settings"]["outcome"], "failed")
        self.assertEqual(checks["registration"]["outcome"], "skipped")
        self.assertEqual(self.world.counts()["discovery"], 0)


class Locked(DoctorTest):
    def test_a_locked_keyring_is_told_and_stays_locked(self):
        world = self.world
        world.start_tray()
        world.gdbus("/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock",
                    "['/org/freedesktop/secrets/collection/login']")
        valet_world.wait_until(lambda: world.status()["keychain"] == "locked"
                               or self.report_of_probe() == "failed", "a locked keyring")
        _, checks = self.report(1)
        self.assertIn("Unlock", checks["keychain"]["whatToDo"])
        self.assertIn("true", world.gdbus(
            "/org/freedesktop/secrets/collection/login", "org.freedesktop.DBus.Properties.Get",
            "org.freedesktop.Secret.Collection", "Locked"))

    def report_of_probe(self):
        checks = json.loads(self.world.console("doctor", "--json").stdout)["checks"]
        return [check["outcome"] for check in checks if check["id"] == "keychain"][0]


if __name__ == "__main__":
    valet_world.main()
