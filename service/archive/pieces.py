"""What an archive is cut into: some records of one file, one after another."""

from typing import NamedTuple, Protocol

from service.archive.inputs import Input

HELD = 1 << 26
"""Bytes of decompressed lines from which a shard is sent off, however few they are."""


class Piece(NamedTuple):
    """Some records of one file, one after another."""

    file: Input
    first: int
    """The number of the first one in its file, from 1."""
    rows: int
    start: int = 0
    """The byte at which the first one begins, in a file of lines."""
    lines: list[bytes | str] | None = None
    """The lines themselves (or what is wrong with one), where a worker could not find them again."""

    @property
    def held(self) -> int:
        """How many bytes travel with the piece."""
        return sum(map(len, self.lines or ()))


class Cutter(Protocol):
    """A file being cut into pieces."""

    @property
    def read(self) -> int:
        """How many of the file's bytes the pieces taken make up."""

    def take(self, most: int) -> Piece | None:
        """Return the next records, `most` at the most; None at the end."""
