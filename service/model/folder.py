"""The folder of model versions: write a new one, verify and load one, tell which is current.

A version is written under a passing name, flushed to disk, renamed to its version, and only then does `current` name
it: at every moment `current` names a whole version, the new one or the one before.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from service.model.manifest import FORMAT, MANIFEST, VERSION, Manifest, file_digests, written_format
from service.model.model import Model
from service.model.scorer import Scorer
from service.text.segment import Segmenter
from service.text.words import read_words

WORDS = "words.txt"
SCORER = "scorer"

_CURRENT = "current"
_LOCK = ".lock"
_UNFINISHED = ".unfinished-"


class ModelError(RuntimeError):
    """A model version that is missing or damaged; the message says which and what to do."""


class ModelFolder:
    """The model versions in one folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def versions(self) -> list[str]:
        """Return the names of the versions, oldest first."""
        if not self.path.is_dir():
            return []
        return sorted(p.name for p in self.path.iterdir() if VERSION.match(p.name) and (p / MANIFEST).is_file())

    def current(self) -> str | None:
        """Return the current version's name; None when nothing was published yet."""
        try:
            name = (self.path / _CURRENT).read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(f"{self.path / _CURRENT} cannot be read: {error}.") from None
        self._version(name)
        return name

    def manifest(self, version: str) -> Manifest:
        """Read a version's manifest. Raises ModelError when it is missing or not what was written."""
        path = self._version(version) / MANIFEST
        try:
            data = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise ModelError(f"{path} is missing: there is no whole version {version}.") from None
        if (found := written_format(data)) != FORMAT:
            raise ModelError(f"{path} is of format {found}, and this Lanmu reads format {FORMAT}: train again.")
        try:
            manifest = Manifest.model_validate_json(data)
        except ValidationError as error:
            raise _damaged(path, error.errors()[0]["msg"]) from None
        if manifest.version != version or manifest.seal != manifest.digest():
            raise _damaged(path, "it was changed after it was written")
        return manifest

    def load(self, version: str) -> Model:
        """Verify a version file by file, and load it. Raises ModelError when anything differs from the manifest."""
        folder = self._version(version)
        manifest = self.manifest(version)
        found = file_digests(folder)
        for name in sorted(manifest.files.keys() | found.keys()):
            if found.get(name) != manifest.files.get(name):
                raise _damaged(folder / name, "it is missing, changed, or not part of the version")
        scorer = Scorer.read(folder / SCORER, manifest.text.recipe)
        return Model(manifest, Segmenter(read_words(folder / WORDS)), scorer)

    @contextlib.contextmanager
    def new_version(self) -> Iterator[Path]:
        """Give an empty folder to write a version into, for `add`; what is left of it afterwards is swept.

        Raises ModelError when another process is writing a version here.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ModelError(f"{self.path} cannot be made a folder of models: {error.strerror}.") from None
        with (self.path / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ModelError(f"Another training is writing to {self.path}. Wait for it to end.") from None
            self._sweep()
            try:
                yield Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.path))
            finally:
                self._sweep()

    def add(self, written: Path, manifest: Manifest) -> None:
        """Seal the folder that `new_version` gave, and put it in its place. It is not current yet."""
        sealed = manifest.sealed(file_digests(written))
        (written / MANIFEST).write_text(sealed.to_json(), "utf-8")
        written.chmod(0o755)
        for path in [*written.rglob("*"), written]:
            _flush(path)
        written.rename(self._version(sealed.version))
        _flush(self.path)

    def publish(self, version: str) -> None:
        """Make a version the current one."""
        pointer = self.path / f"{_UNFINISHED}{_CURRENT}"
        pointer.write_text(self._version(version).name + "\n", "utf-8")
        _flush(pointer)
        pointer.replace(self.path / _CURRENT)
        _flush(self.path)

    def _version(self, name: str) -> Path:
        path = self.path / name
        if not VERSION.match(name) or name.startswith(".") or path.is_symlink():
            raise ModelError(f"{name[:40]!r} in {self.path} is not the name of a model version.")
        return path

    def _sweep(self) -> None:
        for leftover in self.path.glob(_UNFINISHED + "*"):
            if leftover.is_dir():
                shutil.rmtree(leftover)
            else:
                leftover.unlink()


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _damaged(path: Path, what: str) -> ModelError:
    return ModelError(f"{path} is damaged: {what}. Restore the version from a backup, or train again.")
