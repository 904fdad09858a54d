"""The real parts the tests run against: a model trained from the seeds, and a server process."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from service.model.folder import ModelFolder
from service.model.model import Model

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
PAGE = SEEDS / "000_a3926048ccf1a2d7.txt"
POLICE = {"title": "民警进校园讲反诈", "text": "5月6日,派出所民警走进中学,用身边的案例给学生讲怎样识破骗局。"}


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the starter model in it, trained as a user would."""
    folder = tmp_path_factory.mktemp("models")
    subprocess.run([sys.executable, "-m", "training", "--models", folder, "--folds", "2"], check=True, cwd=ROOT)
    return folder


@pytest.fixture(scope="session")
def model(models: Path) -> Model:
    folder = ModelFolder(models)
    version = folder.current()
    assert version
    return folder.load(version)


@pytest.fixture(scope="session")
def server(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator["running_server"]:
    """A real server with the starter model."""
    server = running_server("--models", str(models), log=tmp_path_factory.mktemp("server") / "log")
    with server:
        yield server


@pytest.fixture(scope="session")
def url(server: "running_server") -> str:
    """Its address."""
    return server.url


@pytest.fixture(scope="session")
def server_pid(server: "running_server") -> int:
    """Its process."""
    return server.process.pid


class running_server:  # noqa: N801 (used as a with statement reads)
    """A server on a free port, `lanmu serve` unless told otherwise, until the block ends; gives its address."""

    def __init__(
        self,
        *arguments: str,
        log: Path,
        environment: dict[str, str] | None = None,
        module: Sequence[str] = ("service", "serve"),
    ) -> None:
        self._command = [sys.executable, "-m", *module, "--port", str(free_port()), *arguments]
        self._environment = os.environ | (environment or {})
        self._log = log

    def __enter__(self) -> str:
        with self._log.open("w") as log:
            self.process = subprocess.Popen(self._command, stderr=log, stdout=log, env=self._environment, cwd=ROOT)
        for _ in range(1200):
            if found := re.search(r"running on (\S+)", self._log.read_text()):
                self.url = found[1]
                return self.url
            if self.process.poll() is not None:
                break
            try:
                self.process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        self.process.kill()
        raise RuntimeError(self._log.read_text())

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)


def memory_of(pid: int) -> int:
    """Return the resident memory of a process, in bytes."""
    [pages] = re.findall(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return 1024 * int(pages)


def own_memory_of(pid: int) -> int:
    """Return the resident memory of a process that it shares with no other, in bytes."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return 1024 * sum(int(size) for size in re.findall(r"^Private_\w+:\s+(\d+)", rollup, re.MULTILINE))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=30) as client:
        yield client
