"""What a process and its descendants use, watched from outside (Linux)."""

import os
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

INTERVAL = 0.5
"""Seconds from one look to the next."""


class Used(NamedTuple):
    """What was used until the end."""

    peak: int
    """Bytes: the most that stood in memory at once; what processes share counts once."""
    cpu_seconds: float


def watch(process: "subprocess.Popen[bytes]") -> Used:
    """Wait for a process to end, and return what it and its descendants used."""
    before = os.times()
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_memory, family(process.pid))))
        time.sleep(INTERVAL)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Used(peak, used)


def family(pid: int) -> list[int]:
    """Return a process and its descendants."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    members = [pid]
    for member in members:
        members += children.get(member, [])
    return members


def _memory(pid: int) -> int:
    """Return the proportional set size of a process, in bytes: a page that n processes share counts 1 / n in each."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
