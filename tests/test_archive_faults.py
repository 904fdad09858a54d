import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from service.archive.output import Output
from service.archive.place import ArchiveError
from tests.archives import articles, classify, lanmu_archive, lines, parts, said

COUNT = 600
PART = ("--shard", "1")  # a part an article takes long enough to be met half-way, however quick the model


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "in.jsonl").write_bytes(lines(articles(COUNT)))
    return tmp_path / "in.jsonl"


def _finished(out: Path) -> dict[Path, int]:
    """Return the parts there are, and when each was written."""
    return {path: path.stat().st_mtime_ns for path in out.glob("part-*")}


def _wait(out: Path, parts: int, process: subprocess.Popen[str]) -> None:
    while len(_finished(out)) < parts and process.poll() is None:
        time.sleep(0.01)


def _children(process: subprocess.Popen[str]) -> list[int]:
    """Return the workers of a run."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command, state = (path / "cmdline").read_bytes(), (path / "stat").read_text()
        except OSError:
            continue
        if b"popen_loky" in command and int(state.rsplit(")", 1)[1].split()[1]) == process.pid:
            found.append(int(path.name))
    return found


def _check(source: Path, out: Path) -> None:
    assert [row["id"] for row in parts(out)] == [str(number) for number in range(COUNT)]
    assert {path.name for path in out.iterdir() if not path.name.startswith("part-")} == {".lock", "_archive.json"}


def test_a_run_killed_again_and_again_ends_whole(models: Path, source: Path, tmp_path: Path) -> None:
    out, chance = tmp_path / "out", random.Random(7)
    arguments = (source, out, "--models", models, *PART, "--workers", "2")
    kept: dict[Path, int] = {}
    for _ in range(4):
        process = lanmu_archive(*arguments)
        _wait(out, len(kept) + 1, process)
        time.sleep(chance.random() / 3)
        os.killpg(process.pid, signal.SIGKILL)
        said(process)
        now = _finished(out)
        assert now.items() >= kept.items()
        assert all(pq.read_metadata(path).num_rows for path in now)
        kept = now
    (out / ".part-000000.parquet-0.unfinished").write_bytes(b"left over")
    assert said(lanmu_archive(*arguments))[0] == 0
    assert _finished(out).items() >= kept.items()
    _check(source, out)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_says_how_to_go_on(models: Path, source: Path, tmp_path: Path, stop: int) -> None:
    out = tmp_path / "out"
    arguments = (source, out, "--models", models, *PART, "--workers", "2")
    process = lanmu_archive(*arguments)
    _wait(out, 2, process)
    if stop == signal.SIGINT:
        os.killpg(process.pid, stop)  # as a terminal does
    else:
        process.send_signal(stop)
    assert said(process) == (
        1,
        "",
        "Error: Stopped. The finished parts are kept: run the same command again to continue.\n",
    )
    kept = _finished(out)
    status, printed, _ = said(lanmu_archive(*arguments))
    assert status == 0
    assert f"{len(kept)} of {COUNT} parts were there already" in printed
    assert _finished(out).items() >= kept.items()
    _check(source, out)


def test_a_killed_worker_ends_the_run_and_loses_nothing(models: Path, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = (source, out, "--models", models, *PART, "--workers", "2")
    process = lanmu_archive(*arguments)
    _wait(out, 2, process)
    os.kill(_children(process)[0], signal.SIGKILL)
    status, printed, told = said(process)
    assert (status, printed) == (1, "")
    assert told.startswith("Error: A worker was killed")
    assert "Traceback" not in told
    assert said(lanmu_archive(*arguments))[0] == 0
    _check(source, out)


def test_two_runs_at_once_do_not_meet(models: Path, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Output(str(out)).locked(), pytest.raises(ArchiveError, match=f"Another run is writing to {out}. Wait for it"):
        classify(source, out, models)
    assert not list(out.glob("part-*"))


def test_a_part_that_went_missing_is_made_again(models: Path, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    classify(source, out, models, shard=100)
    (out / "part-000002.parquet").unlink()
    done = classify(source, out, models, shard=100)
    assert (done.parts, done.kept, done.articles) == (6, 5, 100)
    _check(source, out)
