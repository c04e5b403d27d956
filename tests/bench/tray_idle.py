#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a tray process costs that nobody uses: signed in, on a display, one AI client connected.

    GRAPH_VALET_BIN=build/release/bin python3 tests/bench/tray_idle.py [SECONDS]

Prints its memory and how often any of its threads woke up; asserts nothing. A process without timers
wakes up only when something happens.
"""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
import valet_world  # noqa: E402


def fields(path):
    lines = (line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
    return {name: value.split()[0] if value.split() else "" for name, value in lines}


def switches(pid):
    """Voluntary context switches of each thread of a process."""
    return {task.name: int(fields(task / "status")["voluntary_ctxt_switches"])
            for task in pathlib.Path(f"/proc/{pid}/task").iterdir()}


def idle(world, tray, seconds):
    """Memory of a tray process in kB, and how often its threads woke up meanwhile."""
    client = world.client("idle")
    client.request("tools/list")
    time.sleep(5)  # what follows a sign-in has come to rest
    before = switches(tray.pid)
    time.sleep(seconds)
    after = switches(tray.pid)
    client.close()
    memory = fields(pathlib.Path(f"/proc/{tray.pid}/status"))
    return {"idle_wake_ups": sum(count - before.get(thread, 0) for thread, count in after.items()),
            "idle_ended_threads": len(before.keys() - after.keys()),
            "idle_kb": int(memory["VmRSS"]), "idle_most_kb": int(memory["VmHWM"])}


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    valet_world.enter_namespace()
    with valet_world.World(display=True, bus=True, keyring=True, approval="allow") as world:
        tray = world.start_tray()
        world.sign_in()
        found = idle(world, tray, seconds)
        print(f"tray, idle for {seconds} s: woke up {found['idle_wake_ups']} times, "
              f"{found['idle_ended_threads']} threads ended, memory {found['idle_kb']} kB now, "
              f"{found['idle_most_kb']} kB at most")


if __name__ == "__main__":
    main()
