"""`python -m tests.bench.archive`: how many articles a second an archive is classified at, and in how much memory."""

import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from service.settings import Settings
from tests.bench.corpora import local_news, seed_articles
from tests.bench.memory import family
from tests.conftest import ROOT

COUNTS = (10_000, 100_000, 1_000_000)
_PAUSE = 0.1
"""Seconds between looks at the memory."""


def measure(articles: int, models: Path) -> tuple[float, float, float]:
    """Classify so many articles of about 500 characters, resampled from real ones, with the current of `models`.

    Returns articles a second, all cores together, and the peak memory of the main process and of a worker, in MB.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        _write(source, articles)
        command = [sys.executable, "-m", "service", "archive", source, Path(folder) / "out", "--json"]
        with subprocess.Popen([*command, "--models", str(models)], cwd=ROOT, stdout=subprocess.PIPE) as process:
            peaks: dict[int, float] = {}
            watch = threading.Thread(target=_watch, args=(process, peaks))
            watch.start()
            printed, _ = process.communicate()
            watch.join()
        if process.returncode:
            raise SystemExit(process.returncode)
        main = peaks.pop(process.pid, 0.0)
        return json.loads(printed)["rate"], main, max(peaks.values(), default=0.0)


def _write(path: Path, articles: int) -> None:
    found = [a for a in local_news() or seed_articles() if 400 <= len(a.text) <= 600]
    lines = [json.dumps({"title": a.title, "text": a.text}, ensure_ascii=False) for a in found]
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            file.write(f'{{"id": {number}, {chance.choice(lines)[1:]}\n')


def _watch(process: subprocess.Popen[bytes], peaks: dict[int, float]) -> None:
    """Keep the peak memory, in MB, of a process and its children until it ends."""
    while process.poll() is None:
        for pid in family(process.pid):
            if found := re.search(r"VmHWM:\s+(\d+)", _status(pid)):
                peaks[pid] = max(peaks.get(pid, 0.0), int(found[1]) / 1000)
        time.sleep(_PAUSE)


def _status(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:  # it has ended
        return ""


@click.command()
@click.argument("counts", nargs=-1, type=int)
def main(counts: tuple[int, ...]) -> None:
    """Measure archives of so many articles, and print."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("articles", "a second", "main process, MB", "a worker, MB"):
        table.add_column(column, justify="right")
    for count in counts or COUNTS:
        rate, own, worker = measure(count, Settings().models)
        table.add_row(f"{count:,}", f"{rate:,.0f}", f"{own:.0f}", f"{worker:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
