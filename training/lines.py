"""The lines of a file, one after another: a corpus may be larger than memory is."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from service.text.decode import TextError, decode

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UnreadableLineError(ValueError):
    """A line whose bytes are no text; `number` counts from 1."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message)
        self.number = number


def read_lines(file: Path) -> Iterator[str]:
    """Yield the lines of a file, in the charset that `decode` would guess of all of it.

    Raises UnreadableLineError where that is none.
    """
    with file.open("rb") as opened:
        marked = opened.read(2) in _UTF_16
    if marked:  # what ends a line is no single byte there
        yield from _decoded(file)
        return
    with file.open(encoding=_charset(file), newline="\n") as lines:
        for line in lines:
            yield line.removesuffix("\n")


def _charset(file: Path) -> str:
    bad = _unreadable_line(file, "utf-8")
    if not bad:
        return "utf-8-sig"
    if not _unreadable_line(file, "gb18030"):
        return "gb18030"
    raise UnreadableLineError(bad, "The bytes are neither UTF-8 nor GB18030 text.")


def _unreadable_line(file: Path, charset: str) -> int:
    """Return the number of the first line that is not of a charset; 0 if all are."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                line.decode(charset)
            except UnicodeDecodeError:
                return number
    return 0


def _decoded(file: Path) -> list[str]:
    try:
        return decode(file.read_bytes()).split("\n")
    except TextError as error:
        raise UnreadableLineError(1, str(error)) from None
