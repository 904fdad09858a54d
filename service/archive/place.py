"""A folder on this machine or on object storage, and how a file appears in it whole or not at all."""

import os
import uuid
from pathlib import Path
from typing import IO, NamedTuple

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

PASSING = ".unfinished"
"""How the name of a file ends that is not whole yet; it begins with a dot, so that readers of the folder skip it."""


class ArchiveError(RuntimeError):
    """What stops a run; the message says what is wrong and what to do."""


class Place(NamedTuple):
    """A file or a folder."""

    fs: AbstractFileSystem
    path: str

    @property
    def is_local(self) -> bool:
        """Whether it is on a file system of this machine, with rename, fsync and locks."""
        return isinstance(self.fs, LocalFileSystem)

    def at(self, name: str) -> str:
        """Return the path of something in this folder."""
        return f"{self.path.rstrip('/')}/{name}"

    def open(self, name: str) -> IO[bytes]:
        """Open a file in this folder to be read."""
        file: IO[bytes] = self.fs.open(self.at(name), "rb")
        return file


def locate(url: str) -> Place:
    """Return the place that a path or a URL names. Raises ArchiveError where no file system is known for it."""
    try:
        fs, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise ArchiveError(f"{url} cannot be reached: {error}.") from None
    return Place(fs, path)


def write_whole(folder: Place, name: str, data: bytes) -> None:
    """Write a file that appears in `folder` complete and flushed to disk, or not at all."""
    if not folder.is_local:
        folder.fs.pipe_file(folder.at(name), data)  # one upload: object storage shows it when it is complete
        return
    passing = Path(folder.at(f".{name}-{uuid.uuid4().hex}{PASSING}"))
    try:
        with passing.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(folder.at(name))
    except BaseException:
        passing.unlink(missing_ok=True)
        raise
    descriptor = os.open(folder.path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
