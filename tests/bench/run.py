#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every benchmark in a throw-away machine (tests/e2e/valet_world.py): a display, a keyring, the
sandbox that somebody signs in to, and a Graph on loopback that is faster than what is measured.

    GRAPH_VALET_BIN=build/release/bin python3 tests/bench/run.py [ROUNDS]

Prints a table of medians over the rounds; asserts nothing about speed."""
import hashlib
import pathlib
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
import valet_world  # noqa: E402
from tray_idle import idle  # noqa: E402

PROGRAMS = valet_world.BIN.parent / "tests" / "bin"
COLD_STARTS = 7


class BenchWorld(valet_world.World):
    """The sandbox signs in; another Graph answers. The person is asked about clients seen for the
    first time and has allowed the benchmarks, so that each call looks their answer up."""

    def start_sandbox(self):
        super().start_sandbox()
        process = self.spawn("graph", [str(PROGRAMS / "fast-graph")], {}, stdin=subprocess.PIPE)
        self.wait_alive("graph", process, lambda: self.log("graph").endswith("\n"), "fast-graph")
        # Without a page in the browser, which is not what is measured.
        self.control("consent", {"everybody": "Mail.Read"})
        self.tenant["graphUrl"] = self.log("graph").strip()

    def write_settings(self):
        super().write_settings()
        lines = ["", "[sandboxApprovals]"]
        for program in map(str, PROGRAMS.glob("bench_*")):
            digest = hashlib.sha256(program.encode()).hexdigest()
            lines += [f"{digest}\\program={program}", f"{digest}\\decision=allow",
                      f"{digest}\\areas\\mail=allow"]
        with open(self.home / ".config" / "GraphValet" / "graph-valet.conf", "a") as file:
            file.write("\n".join(lines) + "\n")

    def bench(self, name, *arguments):
        """What a program of this folder printed: names and numbers."""
        done = subprocess.run([str(PROGRAMS / name), *arguments], env=self.stripped(), cwd="/",
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{name} ended with {done.returncode}")
        return {name: float(value) for name, value in map(str.split, done.stdout.splitlines())}

    def cold_start(self):
        """Seconds from the start of a relay to its answer, where no tray process runs."""
        start = time.perf_counter()
        client = self.client("cold start")
        spent = time.perf_counter() - start
        client.close()
        self.console("quit")
        valet_world.wait_until(lambda: not self.tray_pids(), "the end of the tray process")
        return spent

    def bare_start(self, *arguments):
        """The same of a Qt program that does nothing."""
        start = time.perf_counter()
        with subprocess.Popen([str(PROGRAMS / "floor-tray"), *arguments], env=self.session(), cwd="/",
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            return time.perf_counter() - start


def cold_starts(world, name, *arguments):
    """Both in turns; the first ones warm up."""
    ours, bare = [], []
    for _ in range(COLD_STARTS + 1):
        bare.append(world.bare_start(*arguments) * 1000)
        ours.append(world.cold_start() * 1000)
    return {f"{name}_ms": statistics.median(ours[1:]), f"bare_{name}_ms": statistics.median(bare[1:])}


def peak_memory(pid):
    """The most that a process ever had in memory, in kB."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return float(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def measure(rounds):
    results = {}

    def take(more):
        for name, value in more.items():
            results.setdefault(name, []).append(value)

    with BenchWorld(bus=False, keyring=False, approval=None) as world:
        take(cold_starts(world, "cold_headless", "--without-windows"))
    with BenchWorld(display=True, approval=None) as world:
        take(cold_starts(world, "cold"))
        tray = world.start_tray()
        world.sign_in()
        take(idle(world, tray, 10))
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
            take(world.bench("bench_spawn"))
            take(world.bench("bench_spawn", "--tray"))
            take(world.bench("bench_memory", str(world.place)))
            take(world.bench("bench_graph", world.tenant["graphUrl"]))
            take({"messages_peak_kb": peak_memory(tray.pid)})
            take(world.bench("bench_clients", str(tray.pid), str(world.place)))
    # Memory that was given back is used again: the first round tells what a client adds.
    return {name: max(values) if name.startswith("client_") else statistics.median(values)
            for name, values in results.items()}


def table(r):
    """Rows: what, measured, bare, how they compare, goal."""
    def over(ours, bare, unit):
        return (f"{r[ours]:.2f} {unit}", f"{r[bare]:.2f} {unit}",
                f"{r[ours] - r[bare]:+.2f} {unit}, {r[ours] / r[bare]:.2f} x")

    def rate(ours, bare):
        return (f"{r[ours]:,.0f}/s", f"{r[bare]:,.0f}/s", f"{r[ours] / r[bare]:.2f} x")

    return [
        ("spawn to `initialize`, canned answers",
         *over("spawn_canned_ms", "floor_spawn_canned_ms", "ms"), "floor + 1 ms"),
        ("spawn to `initialize`, tray process",
         *over("spawn_tray_ms", "floor_spawn_tray_ms", "ms"), "floor + 1 ms"),
        ("cold start on a display", *over("cold_ms", "bare_cold_ms", "ms"), "150 ms"),
        ("cold start without a display",
         *over("cold_headless_ms", "bare_cold_headless_ms", "ms"), "150 ms"),
        ("memory of a relay", f"{r['relay_kb'] / 1024:.1f} MB", "", "", "4 MB"),
        ("memory of the tray process, idle", f"{r['idle_kb'] / 1024:.0f} MB", "",
         f"{r['idle_wake_ups']:.0f} wake-ups in 10 s", "60 MB"),
        ("`ping` from memory", *over("ping_us", "floor_link_us", "µs"), "floor + 200 µs"),
        ("`tools/list` from memory", *over("tools_list_us", "floor_link_us", "µs"),
         "floor + 200 µs"),
        ("`resources/list` from memory", *over("resources_list_us", "floor_link_us", "µs"),
         "floor + 200 µs"),
        ("/me p50", *over("me_p50_ms", "bare_me_p50_ms", "ms"), "0.5 ms"),
        ("/me p99", *over("me_p99_ms", "bare_me_p99_ms", "ms"), "1.5 x bare"),
        ("/me, 32 in flight", *rate("me_rate", "bare_me_rate"), "5,000/s"),
        ("/me, Graph takes 50 ms, 32 in flight", *rate("far_me_rate", "bare_far_me_rate"),
         "480/s"),
        ("1000 messages (2 MB) p50", *over("messages_p50_ms", "bare_messages_p50_ms", "ms"), "24 ms"),
        ("1000 messages: the most memory that the tray process had",
         f"{r['messages_peak_kb'] / 1024:.0f} MB", "", "", "80 MB"),
        ("50 clients: memory of the tray process for each",
         f"{r['client_busy_kb']:.0f} kB", "", f"idle {r['client_idle_kb']:.0f} kB", "1 MB"),
        ("50 clients, /me, against one with 50 in flight",
         *rate("all_clients_me_rate", "one_client_me_rate"), "the rate of one"),
        ("50 clients, `tools/list`, against one with 50 in flight",
         *rate("all_clients_list_rate", "one_client_list_rate"), "the rate of one"),
        ("memory of the tray process, after all of it", f"{r['tray_kb'] / 1024:.0f} MB", "", "", ""),
        ("50 bare relays, against one with 50 in flight",
         *rate("all_floor_rate", "one_floor_rate"), "what the machine allows"),
    ]


def load():
    return pathlib.Path("/proc/loadavg").read_text().split()[0]


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    valet_world.enter_namespace()
    before = load()
    results = measure(rounds)
    print("| what | measured | bare | difference | goal |\n| --- | --- | --- | --- | --- |")
    for row in table(results):
        print("| " + " | ".join(row) + " |")
    print(f"\nMedians of {rounds} rounds. Load of the machine before: {before}; it counts while that is below 1.")


if __name__ == "__main__":
    main()
