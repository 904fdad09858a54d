"""Server processes: several workers, and what they do when too much comes at once."""

import json
import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests.conftest import POLICE, memory_of, own_memory_of, running_server

LONG = {"text": "民警走访群众。" * 20_000}


def test_workers_share_a_port_and_memory_and_end_together(models: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running_server("--models", str(models), "--workers", "2", log=log) as url:
        children = started(log, 2)
        one = httpx.post(f"{url}/classify", json=POLICE)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: httpx.post(f"{url}/classify", json=POLICE).json(), range(40)))
        assert answers == [one.json()] * 40
        assert all(memory_of(child) < 200e6 for child in children)
        assert all(own_memory_of(child) < 60e6 for child in children)
    assert not any(alive(child) for child in children)


def test_a_killed_worker_is_replaced(models: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running_server("--models", str(models), "--workers", "2", log=log) as url:
        first, second = started(log, 2)
        os.kill(first, signal.SIGKILL)
        [*_, third] = started(log, 3)
        os.kill(second, signal.SIGKILL)
        started(log, 4)
        assert httpx.post(f"{url}/classify", json=POLICE).status_code == 200
        assert alive(third)


def test_workers_end_that_have_hardly_begun(models: Path, tmp_path: Path) -> None:
    server = running_server("--models", str(models), "--workers", "4", log=tmp_path / "log")
    with server:
        pass
    assert server.process.returncode is not None


def started(log: Path, count: int) -> list[int]:
    """Return the worker processes once so many have started."""
    deadline = time.monotonic() + 60
    while log.read_text().count("startup complete") < count:
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
    return [int(pid) for pid in re.findall(r"Started server process \[(\d+)\]", log.read_text())]


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_a_full_queue_is_told_to_come_again(models: Path, tmp_path: Path) -> None:
    environment = {"LANMU_THREADS": "1", "LANMU_WAITING": "1"}
    with (
        running_server("--models", str(models), log=tmp_path / "log", environment=environment) as url,
        ThreadPoolExecutor(8) as pool,
    ):
        answers = list(pool.map(lambda _: httpx.post(f"{url}/classify", json=LONG, timeout=60), range(8)))
        assert httpx.post(f"{url}/classify", json=POLICE).status_code == 200
        assert httpx.post(f"{url}/classify", json=LONG, timeout=60).status_code == 200
    refused = [answer for answer in answers if answer.status_code != 200]
    assert 0 < len(refused) <= 6
    for answer in refused:
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert json.loads(answer.text)["type"] == "urn:lanmu:problem:busy"
