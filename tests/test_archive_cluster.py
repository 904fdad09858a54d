import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archives import articles, classify, lanmu_archive, lines, parts, said
from tests.conftest import ROOT

COUNT = 300


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a Dask scheduler, and its two workers."""
    file = tmp_path / "scheduler.json"
    dask = [sys.executable, "-W", "ignore", "-m"]
    options = ["--scheduler-file", str(file), "--no-dashboard"]
    with (tmp_path / "log").open("w") as log:

        def start(name: str, *more: str) -> subprocess.Popen[bytes]:
            command = [*dask, f"distributed.cli.dask_{name}", *options, *more]
            return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)

        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0")
        folder = ("--local-directory", str(tmp_path / "dask"))
        workers = [start("worker", "--nthreads", "1", "--no-nanny", *folder) for _ in range(2)]
        while (tmp_path / "log").read_text().count("Registered to") < 2:
            assert all(process.poll() is None for process in [scheduler, *workers]), (tmp_path / "log").read_text()
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"], workers
        for process in [*workers, scheduler]:
            process.kill()
            process.wait()


def test_a_cluster_that_loses_a_worker_gives_the_same(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], models: Path, tmp_path: Path
) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines(articles(COUNT)))
    address, workers = cluster
    out = tmp_path / "out"
    arguments = (tmp_path / "in.jsonl", out, "--models", models, "--shard", "1", "--cluster", address)
    process = lanmu_archive(*arguments)
    while len(list(out.glob("part-*"))) < 10 and process.poll() is None:
        time.sleep(0.01)
    os.kill(workers[0].pid, signal.SIGKILL)
    assert len(list(out.glob("part-*"))) < COUNT
    status, _, told = said(process)
    assert status == 0, told
    classify(tmp_path / "in.jsonl", tmp_path / "alone", models)
    assert parts(out) == parts(tmp_path / "alone")


def test_without_a_scheduler_it_says_so(models: Path, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines(articles(5)))
    arguments = (tmp_path / "in.jsonl", tmp_path / "out", "--models", models, "--cluster", "tcp://127.0.0.1:1")
    status, _, told = said(lanmu_archive(*arguments))
    assert status == 1
    assert told.startswith("Error: There is no Dask scheduler at tcp://127.0.0.1:1: ")
    assert "Traceback" not in told
