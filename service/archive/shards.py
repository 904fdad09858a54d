"""The shards of an archive: cut by the main process, read by a worker."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import NamedTuple

from service.archive.inputs import LINES, PARQUET, TEXT, Input, ending
from service.archive.lines import PackedLines, PlainLines, seek_lines
from service.archive.pieces import HELD, Cutter, Piece
from service.archive.place import ArchiveError, Place
from service.archive.records import Record, check_bare, check_fields, check_line
from service.archive.rows import RowCutter, read_rows
from service.text.reading import Sent

LINE = 10
"""Times the limit of a text that a line of JSON may have: escapes, and fields that are not ours."""


class Shard(NamedTuple):
    """Records that become one part, and are classified by one worker."""

    number: int
    pieces: list[Piece]
    size: int
    """How many bytes of the archive it makes up."""

    @property
    def records(self) -> int:
        """How many it has."""
        return sum(piece.rows for piece in self.pieces)


class _TextCutter:
    """A text file, which is one article."""

    def __init__(self, file: Input) -> None:
        self._file = file
        self.read = 0
        self._piece: Piece | None = Piece(file, 1, 1)

    def take(self, most: int) -> Piece | None:
        self.read = self._file.size
        piece, self._piece = self._piece, None
        return piece


def cut(place: Place, inputs: Sequence[Input], most: int, limit: int) -> Iterator[Shard]:
    """Yield an archive's shards: of `most` records each, but the last, and those that would take too much memory."""
    number, before, sent = 0, 0, 0
    pieces: list[Piece] = []
    room, held = most, 0
    for file in inputs:
        with ExitStack() as opened:
            cutter = _cutter(place, file, limit, opened)
            while piece := cutter.take(room):
                pieces.append(piece)
                room, held = room - piece.rows, held + piece.held
                if not room or held >= HELD:
                    read = before + cutter.read
                    yield Shard(number, pieces, read - sent)
                    number, sent, pieces, room, held = number + 1, read, [], most, 0
        before += file.size
    if pieces:
        yield Shard(number, pieces, before - sent)


def _cutter(place: Place, file: Input, limit: int, opened: ExitStack) -> Cutter:
    kind = ending(file.name)
    if kind == PARQUET:
        return RowCutter(file)
    if kind == TEXT:
        return _TextCutter(file)
    stream = opened.enter_context(place.open(file.name))
    codec = LINES[str(kind)]
    return PackedLines(file, stream, codec, LINE * limit) if codec else PlainLines(file, stream)


def read(place: Place, shard: Shard, limit: int) -> Iterator[Record]:
    """Yield a shard's records. Raises ArchiveError where a file is no longer what was cut."""
    for piece in shard.pieces:
        row = piece.first - 1
        for row, (name, article) in enumerate(_read(place, piece, limit), piece.first):
            yield Record(piece.file.name, row, name, article)
        if row != piece.first + piece.rows - 1:
            raise ArchiveError(f"{place.at(piece.file.name)} was changed while it was read.")


def _read(place: Place, piece: Piece, limit: int) -> Iterator[tuple[str | None, Sent | str]]:
    kind = ending(piece.file.name)
    if kind == PARQUET:
        for fields in read_rows(place, piece):
            yield (None, fields) if isinstance(fields, str) else check_fields(*fields, limit)
    elif kind == TEXT:
        with place.open(piece.file.name) as file:
            yield None, check_bare(file.read(limit + 1), limit)
    elif piece.lines is not None:
        yield from (check_line(line, limit) for line in piece.lines)
    else:
        with place.open(piece.file.name) as file:
            lines = islice(seek_lines(file, piece.start, LINE * limit), piece.rows)
            yield from (check_line(line, limit) for line in lines)
