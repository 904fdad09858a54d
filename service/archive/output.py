"""The folder of the parts: whose turn it is to write, what is in it already, and the plan it was begun with."""

import contextlib
import fcntl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from service.archive.parts import part_name, part_number
from service.archive.place import PASSING, ArchiveError, locate, write_whole
from service.archive.plan import PLAN, Plan

_LOCK = ".lock"


class Output:
    """The folder of the parts."""

    def __init__(self, url: str) -> None:
        """Raises ArchiveError where it is a file, or cannot be made."""
        self.place = locate(url)
        try:
            if self.place.fs.isfile(self.place.path):
                raise ArchiveError(f"{url} is a file: give a folder for the parts.")
            self.place.fs.makedirs(self.place.path, exist_ok=True)
        except ArchiveError:
            raise
        except Exception as error:  # each object storage has errors of its own
            raise ArchiveError(f"{url} cannot be made a folder: {error}") from None

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder against other runs, and sweep what killed ones left. Raises ArchiveError if one holds it.

        Object storage has no locks: there two runs of the same plan write the same parts, each whole.
        """
        if not self.place.is_local:
            yield
            return
        with Path(self.place.at(_LOCK)).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ArchiveError(f"Another run is writing to {self.place.path}. Wait for it to end.") from None
            self._sweep()
            try:
                yield
            finally:
                self._sweep()

    def begin(self, plan: Plan) -> Plan:
        """Return the plan the folder was begun with, now or earlier.

        Raises ArchiveError where it was another one, or the folder holds something else.
        """
        begun = self._plan()
        if begun is None:
            if others := sorted(self._names()):
                raise ArchiveError(f"{self.place.path} holds other files ({others[0]!r}): give an empty folder.")
            with contextlib.suppress(FileExistsError):  # another run, on object storage, began just now
                self._write_first(plan)
            begun = self._plan() or plan
        if different := begun.difference(plan):
            raise ArchiveError(
                f"{self.place.path} was begun otherwise: {different}. Give another folder, or remove this one."
            )
        return begun

    def finish(self, plan: Plan, parts: int) -> None:
        """Write down that the parts are all there."""
        write_whole(self.place, PLAN, replace(plan, parts=parts).to_json())

    def parts(self) -> set[int]:
        """Return the numbers of the shards whose parts are there."""
        return {number for name in self._names() if (number := part_number(name)) is not None}

    def write_part(self, number: int, data: bytes) -> None:
        """Write the part of a shard."""
        write_whole(self.place, part_name(number), data)

    def _sweep(self) -> None:
        for leftover in Path(self.place.path).glob(f".*{PASSING}"):
            leftover.unlink(missing_ok=True)  # a worker whose run was killed may still put its last part in place

    def _names(self) -> set[str]:
        self.place.fs.invalidate_cache()
        try:
            paths = self.place.fs.ls(self.place.path, detail=False)
        except FileNotFoundError:  # object storage has no empty folders
            return set()
        names = {path.rstrip("/").rsplit("/", 1)[-1] for path in paths}
        return {name for name in names if not name.startswith(".")}

    def _plan(self) -> Plan | None:
        try:
            return Plan.from_json(self.place.fs.cat_file(self.place.at(PLAN)))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise ArchiveError(f"{self.place.at(PLAN)} is damaged: {error}. Remove the folder to begin anew.") from None

    def _write_first(self, plan: Plan) -> None:
        if self.place.is_local:
            write_whole(self.place, PLAN, plan.to_json())
        else:
            self.place.fs.pipe_file(self.place.at(PLAN), plan.to_json(), mode="create")
