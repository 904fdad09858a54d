"""Archives that the tests classify: real articles, written in each format."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from service.archive.run import Options, Summary, run
from tests.conftest import ROOT, SEEDS

LIMIT = 100_000
BIN = Path(sys.executable).parent


def articles(count: int) -> list[dict[str, Any]]:
    """Return articles of the seeds, short ones, with an id each."""
    found = []
    for path in sorted((SEEDS / "articles").glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()[: count // 6 + 1]]
        found += [{"title": row["title"], "text": row["text"][:300]} for row in rows]
    return [row | {"id": number} for number, row in enumerate(found[:count])]


def lines(rows: Sequence[dict[str, Any]]) -> bytes:
    """Return articles as lines of JSON."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def classify(source: Path | str, out: Path | str, models: Path, **options: Any) -> Summary:
    """Classify an archive in this process."""
    return run(str(source), str(out), Options(models, LIMIT, **{"workers": 1, **options}))


def parts(out: Path) -> list[dict[str, Any]]:
    """Return all that the parts hold, as one dataset, in order."""
    rows: list[dict[str, Any]] = pq.read_table(out).to_pylist()
    return sorted(rows, key=lambda row: (row["source"], row["row"]))


def lanmu_archive(*arguments: str | Path) -> subprocess.Popen[str]:
    """Start `lanmu archive` in a process group of its own."""
    command = [sys.executable, "-m", "service", "archive", *map(str, arguments)]
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": os.environ.get("HOME", "/")}
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    )


def said(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Return a command's exit status, what it printed, and what it said on stderr."""
    printed, told = process.communicate(timeout=120)
    return process.returncode, printed, told
