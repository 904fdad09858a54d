import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, free_port

README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^```sh\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
BIN = Path(sys.executable).parent


def _run(command: str, folder: Path, port: str) -> str:
    command = command.replace(":8000", f":{port}").replace(".venv/bin", str(BIN))
    ran = subprocess.run(["sh", "-ec", command], capture_output=True, text=True, cwd=folder, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A copy of the project where `make serve` runs as README says, in the environment the tests run in."""
    folder = tmp_path_factory.mktemp("clone") / "lanmu"
    left_out = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "2*T*Z-*", "current", ".lock")
    shutil.copytree(ROOT, folder, ignore=left_out)
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(BIN)
    for stamp in ("made", "runtime", "dev"):
        (folder / ".venv" / stamp).touch()
    port = str(free_port())
    settings = {"LANMU_PORT": port, "LANMU_MODELS": str(folder / "models"), "PYTHONPATH": str(folder)}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            ["make", "serve"], cwd=folder, env=os.environ | settings, stdout=log, stderr=log, start_new_session=True
        )
    while "running on" not in (folder / "log").read_text() and process.poll() is None:
        time.sleep(0.1)
    yield folder, port
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(10)


def test_both_languages_show_the_same_commands() -> None:
    chinese = (ROOT / "README.zh-CN.md").read_text("utf-8")
    assert re.findall(r"^```sh\n(.*?)\n```$", chinese, re.MULTILINE | re.DOTALL) == COMMANDS


def test_it_opens_with_the_two_commands() -> None:
    assert COMMANDS[:2] == ["make serve", "make test"]


def test_make_serve_trains_and_serves(served: tuple[Path, str]) -> None:
    log = (served[0] / "log").read_text()
    assert "training one from the seeds" in log
    assert f"running on http://127.0.0.1:{served[1]}" in log


def test_its_curl_commands_answer_as_shown(served: tuple[Path, str]) -> None:
    classify, pages = (command for command in COMMANDS if command.startswith("curl"))
    [shown] = re.findall(r"^```json\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
    answer, expected = json.loads(_run(classify, *served)), json.loads(shown)
    assert answer | {"scores": 0, "none": 0, "model": 0} == expected | {"scores": 0, "none": 0, "model": 0}
    assert answer["scores"] == pytest.approx(expected["scores"], abs=0.05)
    assert answer["none"] == pytest.approx(expected["none"], abs=0.05)
    assert len(json.loads(_run(pages, *served))["articles"]) == 7


def test_its_other_commands_run(served: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANMU_MODELS", str(served[0] / "models"))
    others = [line for block in COMMANDS[2:] if not block.startswith("curl") for line in block.splitlines()]
    assert len(others) == 5
    for command in others:
        assert _run(command, *served).strip()


def test_every_make_target_it_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)`", README)) <= targets
