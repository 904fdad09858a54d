"""Texts laid end to end, and the units that terms are made of: found in one pass over all of them."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.text.fold import GAP, VOID, Codes, codes
from service.text.segment import Segmenter

Places = NDArray[np.intp]
Texts = NDArray[np.int32]
Mask = NDArray[np.bool_]
Unit = Literal["word", "token", "han", "sign", "edged_sign"]

_COMMON = 0x4E00, 0x9FFF
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")

END = VOID
"""Stands before, between and after the texts; none of them holds it."""


class Units(NamedTuple):
    """Units of one sort, in the order in which they stand; all arrays have one length."""

    starts: Places
    """Where each begins in the script."""
    sizes: Places
    """How many characters each has; an END counts none."""
    texts: Texts
    """Which text each belongs to."""
    follows: Mask
    """Whether it makes a pair with the one before it."""


class Script:
    """Some texts as one; what is asked of it is worked out once."""

    def __init__(self, texts: Sequence[str], segmenter: Segmenter) -> None:
        self.text = END.join(("", *texts, ""))
        self.codes: Codes = codes(self.text)
        self._segmenter = segmenter
        self._units: dict[Unit, Units] = {}

    def units(self, unit: Unit) -> Units:
        """Return the units of a sort.

        `word`: tokens of two or more Chinese characters, each next to the word before it in its text, whatever stands
        between; `token`: all tokens; `han`: Chinese characters; `sign`: all characters; `edged_sign`: with the ENDs.
        """
        if unit not in self._units:
            self._units[unit] = _UNITS[unit](self)
        return self._units[unit]

    @cached_property
    def ends(self) -> list[int]:
        """Where the ENDs stand, one more than there are texts."""
        places: list[int] = np.flatnonzero(self.codes == 0).tolist()
        return places

    @cached_property
    def texts(self) -> Texts:
        """Which text each character belongs to; an END belongs to the text after it."""
        return np.cumsum(self.codes == 0, dtype=np.int32) - np.int32(1)

    @cached_property
    def is_han(self) -> Mask:
        """Tell of each character whether it is Chinese."""
        found: Mask = _within(self.codes, *_COMMON)
        found |= _within(self.codes, 0x3400, 0x4DBF)
        found |= _within(self.codes, 0x20000, 0x3FFFF)
        return found

    @cached_property
    def han_before(self) -> NDArray[np.int32]:
        """How many Chinese characters stand before each, and at last how many there are."""
        return np.append(np.int32(0), np.cumsum(self.is_han, dtype=np.int32))

    @cached_property
    def tokens(self) -> list[str]:
        """What the segmenter cuts the script into, each END a token."""
        return self._segmenter.cut(self.text)

    @cached_property
    def token_spans(self) -> tuple[Places, Places]:
        """Where each token begins, and how many characters it has."""
        # Joined by what no text holds; to ask each token for its length would take half as long again.
        gaps = (codes(GAP.join(self.tokens)) == ord(GAP)).nonzero()[0]
        bounds = np.concatenate(([0], gaps - np.arange(len(gaps)), [len(self.text)]))
        return bounds[:-1], bounds[1:] - bounds[:-1]


def _within(found: Codes, first: int, last: int) -> Mask:
    inside: Mask = found - np.uint32(first) <= last - first  # those below wrap round
    return inside


def is_word(token: str) -> bool:
    """Tell whether a token is a word: two or more Chinese characters."""
    return len(token) > 1 and _HAN.fullmatch(token) is not None


def _words(script: Script) -> Units:
    # As `is_word` says of each, by arrays that are there already.
    starts, sizes = script.token_spans
    longer = (sizes > 1).nonzero()[0]
    starts, sizes = starts[longer], sizes[longer]
    before = script.han_before
    whole = (before.take(starts + sizes) - before.take(starts) == sizes).nonzero()[0]
    return _of_tokens(script, starts[whole], sizes[whole])


def _tokens(script: Script) -> Units:
    starts, sizes = script.token_spans
    seen = script.codes[starts].nonzero()[0]
    return _of_tokens(script, starts[seen], sizes[seen])


def _of_tokens(script: Script, starts: Places, sizes: Places) -> Units:
    texts = script.texts[starts]
    return Units(starts, sizes, texts, _after_first(texts[1:] == texts[:-1], len(starts)))


def _han(script: Script) -> Units:
    return _of_characters(script, np.flatnonzero(script.is_han))


def _signs(script: Script) -> Units:
    return _of_characters(script, np.flatnonzero(script.codes))


def _of_characters(script: Script, starts: Places) -> Units:
    sizes = np.broadcast_to(np.intp(1), len(starts))
    return Units(starts, sizes, script.texts[starts], _after_first(starts[1:] - starts[:-1] == 1, len(starts)))


def _edged_signs(script: Script) -> Units:
    seen = script.codes != 0
    every = np.arange(len(seen))
    return Units(every, seen.astype(np.intp), script.texts, _after_first(seen[1:] | seen[:-1], len(seen)))


def _after_first(follows: Mask, count: int) -> Mask:
    return np.append(False, follows)[:count]


_UNITS: dict[Unit, Callable[[Script], Units]] = {
    "word": _words,
    "token": _tokens,
    "han": _han,
    "sign": _signs,
    "edged_sign": _edged_signs,
}
