"""From start to ready, and how much memory a worker takes once it has answered."""

import re
import subprocess
import sys
import tempfile
import time
from statistics import median

import httpx

from service.model.folder import ModelFolder
from tests.bench.figures import Table
from tests.conftest import POLICE, ROOT, free_port, memory_of, own_memory_of

ROUNDS = 5
REQUESTS = 200


def measure(models: ModelFolder) -> list[Table]:
    """Return seconds from the command to the first answer of /readyz, and the resident memory of each worker."""
    found = {workers: [_once(models, workers) for _ in range(ROUNDS)] for workers in (1, 2)}
    return [
        Table(
            "From start to ready, and resident memory after some hundred answers",
            ["workers", "seconds", "MB per worker", "of them its own"],
            [
                [
                    str(workers),
                    f"{median(seconds for seconds, *_ in runs):.2f}",
                    f"{median(whole for _, whole, _ in runs):.0f}",
                    f"{median(own for *_, own in runs):.0f}",
                ]
                for workers, runs in found.items()
            ],
        )
    ]


def _once(models: ModelFolder, workers: int) -> tuple[float, float, float]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "service", "serve", "--port", str(port), "--workers", str(workers)]
    with tempfile.TemporaryFile("w+") as log:
        started = time.perf_counter()
        with subprocess.Popen([*command, "--models", str(models.path)], cwd=ROOT, stderr=log, stdout=log) as process:
            try:
                while not _ready(url):
                    if process.poll() is not None:
                        raise RuntimeError(log.read())
                    time.sleep(0.005)
                seconds = time.perf_counter() - started
                while (printed := _read(log)).count("startup complete") < workers:
                    time.sleep(0.05)
                with httpx.Client(base_url=url) as client:
                    for _ in range(REQUESTS):
                        client.post("/classify?evidence=true", json=POLICE, headers={"Connection": "close"})
                pids = [int(pid) for pid in re.findall(r"Started server process \[(\d+)\]", printed)]
                whole = max(memory_of(pid) for pid in pids) / 1e6
                return seconds, whole, max(own_memory_of(pid) for pid in pids) / 1e6
            finally:
                process.terminate()


def _ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz").status_code == 200
    except httpx.TransportError:
        return False


def _read(log: object) -> str:
    log.seek(0)  # type: ignore[attr-defined]
    return str(log.read())  # type: ignore[attr-defined]
