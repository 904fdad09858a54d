"""The characters that the terms of a text cover, in the order in which `service.text.terms` extracts them."""

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.text.reading import Places, Reading
from service.text.terms import Kind

_RUN = re.compile(r"\S+")


class Cover(NamedTuple):
    """Places of characters in a reading's text."""

    places: Places
    """Those that the first term covers, then those of the next, and so on."""
    sizes: Places
    """How many characters each term covers."""


def cover(kind: Kind, reading: Reading) -> Cover:
    """Return which characters of `reading.text` each term of a kind covers."""
    return _COVER[kind](reading)


def _words(reading: Reading) -> Cover:
    return _of_spans(*_word_spans(reading))


def _word_pairs(reading: Reading) -> Cover:
    starts, sizes = _word_spans(reading)
    # Both words, and nothing that stands between them.
    both = _of_spans(_neighbours(starts), _neighbours(sizes))
    return Cover(both.places, sizes[:-1] + sizes[1:])


def _windows(size: int) -> Callable[[Reading], Cover]:
    def found(reading: Reading) -> Cover:
        starts = np.flatnonzero(_chinese(reading.text))
        for _ in range(size - 1):
            starts = starts[:-1][np.diff(starts) == 1]
        return _of_spans(starts, np.full(len(starts), size))

    return found


def _chinese(text: str) -> NDArray[np.bool_]:
    """Tell of each character whether CHINESE matches it."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    chinese: NDArray[np.bool_] = (codes >= 0x4E00) & (codes <= 0x9FFF)
    rare = ((codes >= 0x3400) & (codes <= 0x4DBF)) | ((codes >= 0x20000) & (codes <= 0x3FFFF))
    return chinese | rare


def _tokens(reading: Reading) -> Cover:
    sizes = np.fromiter(map(len, reading.sign_tokens), dtype=np.intp, count=len(reading.sign_tokens))
    return Cover(_sign_places(reading), sizes)


def _signs(reading: Reading) -> Cover:
    places = _sign_places(reading)
    return Cover(places, np.ones_like(places))


def _sign_pairs(reading: Reading) -> Cover:
    places = _sign_places(reading)
    sizes = np.full(len(places) + 1, 2) if len(places) else np.zeros(0, dtype=np.intp)
    sizes[[0, -1][: len(sizes)]] = 1  # the beginning and the end are no characters
    return Cover(np.repeat(places, 2), sizes)


def _word_spans(reading: Reading) -> tuple[Places, Places]:
    starts, sizes = reading.token_spans
    return starts[reading.word_rows], sizes[reading.word_rows]


def _sign_places(reading: Reading) -> Places:
    """Return where each character of `reading.signs` stands; a run of white space is one sign, at its first place."""
    places: list[int] = []
    for run in _RUN.finditer(reading.text):
        places += [*([places[-1] + 1] if places else []), *range(*run.span())]
    return np.array(places, dtype=np.intp)


def _of_spans(starts: Places, sizes: Places) -> Cover:
    first = np.cumsum(sizes) - sizes
    return Cover(np.repeat(starts - first, sizes) + np.arange(sizes.sum()), sizes)


def _neighbours(of: Places) -> Places:
    return np.column_stack([of[:-1], of[1:]]).ravel()


_COVER: dict[Kind, Callable[[Reading], Cover]] = {
    "words": _words,
    "word_pairs": _word_pairs,
    "characters": _windows(1),
    "pairs": _windows(2),
    "tokens": _tokens,
    "signs": _signs,
    "sign_pairs": _sign_pairs,
}
