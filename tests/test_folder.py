import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.model.folder import ModelError, ModelFolder
from service.model.model import Model
from service.text.reading import Sent
from tests.conftest import PAGE


@pytest.fixture
def copy(models: Path, tmp_path: Path) -> ModelFolder:
    shutil.copytree(models, tmp_path / "models")
    return ModelFolder(tmp_path / "models")


def _version(folder: ModelFolder) -> str:
    version = folder.current()
    assert version
    return version


def test_a_version_holds_what_the_design_says(models: Path) -> None:
    version = models / _version(ModelFolder(models))
    assert {path.name for path in version.iterdir()} == {
        "manifest.json",
        "metrics.json",
        "pipeline.joblib",
        "report.html",
        "scorer",
        "test.jsonl",
        "words.txt",
    }
    assert {path.suffix for path in (version / "scorer").iterdir()} == {".npy"}
    manifest = json.loads((version / "manifest.json").read_text())
    on_disk = {p.relative_to(version).as_posix() for p in version.rglob("*") if p.is_file()}
    assert set(manifest["files"]) == on_disk - {"manifest.json"}


def test_every_flipped_bit_is_noticed(copy: ModelFolder) -> None:
    version = _version(copy)
    for path in sorted(p for p in (copy.path / version).rglob("*") if p.is_file()):
        data = bytearray(path.read_bytes())
        for place in (0, len(data) // 2, len(data) - 1):
            data[place] ^= 4
            path.write_bytes(data)
            with pytest.raises(ModelError, match="damaged"):
                copy.load(version)
            data[place] ^= 4
        path.write_bytes(data)
    copy.load(version)


@pytest.mark.parametrize("name", ["scorer/intercept.npy", "words.txt", "manifest.json"])
def test_a_missing_or_torn_file_is_noticed(copy: ModelFolder, name: str) -> None:
    version = _version(copy)
    path = copy.path / version / name
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(ModelError, match=path.name):
        copy.load(version)
    path.unlink()
    with pytest.raises(ModelError, match=path.name):
        copy.load(version)


def test_a_file_added_is_noticed(copy: ModelFolder) -> None:
    (copy.path / _version(copy) / "scorer" / "more.npy").write_bytes(b"")
    with pytest.raises(ModelError, match=r"more\.npy"):
        copy.load(_version(copy))


@pytest.mark.parametrize("name", ["../models", "/etc", "a/b", "", "..", ".lock", "x" * 41])
def test_only_a_version_in_the_folder_can_be_named(copy: ModelFolder, name: str) -> None:
    with pytest.raises(ModelError):
        copy.load(name)
    (copy.path / "current").write_text(name)
    with pytest.raises(ModelError):
        copy.current()


def test_a_linked_version_is_refused(copy: ModelFolder, tmp_path: Path) -> None:
    version = _version(copy)
    (copy.path / version).rename(tmp_path / version)
    (copy.path / version).symlink_to(tmp_path / version)
    with pytest.raises(ModelError, match="not the name of a model version"):
        copy.load(version)


def test_a_version_under_another_name_is_refused(copy: ModelFolder) -> None:
    (copy.path / _version(copy)).rename(copy.path / "other")
    with pytest.raises(ModelError, match="changed"):
        copy.load("other")


def test_an_empty_folder_has_no_current_version(tmp_path: Path) -> None:
    assert ModelFolder(tmp_path / "nothing").current() is None
    assert ModelFolder(tmp_path / "nothing").versions() == []


def test_two_trainings_do_not_write_at_once(copy: ModelFolder) -> None:
    with (copy.path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ModelError, match="Another training"), copy.new_version():
            pass


PUBLISH = """
import sys
from pathlib import Path
from service.model.folder import ModelFolder
folder = ModelFolder(Path(sys.argv[1]))
manifest = folder.manifest(folder.current())
number = 0
while True:
    number += 1
    with folder.new_version() as written:
        for name in manifest.files:
            (written / name).parent.mkdir(exist_ok=True)
            (written / name).write_bytes((folder.path / manifest.version / name).read_bytes())
        version = f"{sys.argv[2]}-{number}"
        folder.add(written, manifest.model_copy(update={"version": version}))
        folder.publish(version)
        print(version, flush=True)
"""


def test_killed_at_any_moment_current_names_a_whole_version(copy: ModelFolder, model: Model) -> None:
    page = PAGE.read_text("utf-8")
    expected = model.classify_one(Sent("", page))
    for kill in range(8):
        command = [sys.executable, "-c", PUBLISH, str(copy.path), f"kill-{kill}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(0.013 * kill)
            os.kill(process.pid, signal.SIGKILL)
        version = _version(copy)
        assert version.startswith(f"kill-{kill}-")
        loaded = copy.load(version)
        assert loaded.classify_one(Sent("", page)) == expected
    with copy.new_version():
        pass
    assert list(copy.path.glob(".unfinished*")) == []
