"""A text as a model reads it: normalised, cut into tokens once, its characters still placed in the text as sent."""

import re
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from service.text.fold import VOID
from service.text.html import entity_at
from service.text.normalise import normalise_aligned
from service.text.segment import Segmenter

CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_FEWEST, _ENOUGH = 5, 50
"""Chinese characters that an article has at the least, and that make one whatever stands between them;"""

_SHARE = 0.3
"""with fewer, what share they are of all that a reader sees."""

Places = NDArray[np.intp]
_is_chinese = CHINESE.fullmatch


class Reading:
    """One field of an article, read; what is asked of it is worked out once."""

    def __init__(self, sent: str, segmenter: Segmenter, *, html: bool = False) -> None:
        """With `html`, markup in `sent` is left out."""
        self._sent, self._html = sent, html
        self._aligned = normalise_aligned(sent, html=html)
        self._segmenter = segmenter
        self.text = self._aligned.replace(VOID, "")

    @cached_property
    def places(self) -> list[int]:
        """Where each character of `text` stands in the text as sent."""
        return [place for place, character in enumerate(self._aligned) if character != VOID]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where `text[start:end]`, not empty, begins and ends in the text as sent."""
        last = self.places[end - 1]
        entity = entity_at(self._sent, last) if self._html else ""
        return self.places[start], last + max(len(entity), 1)

    @cached_property
    def tokens(self) -> list[str]:
        """What the segmenter cuts `text` into; joined, they are `text` again."""
        return self._segmenter.cut(self.text)

    @cached_property
    def token_spans(self) -> tuple[Places, Places]:
        """Where each token begins in `text`, and how many characters it has."""
        sizes = np.fromiter(map(len, self.tokens), dtype=np.intp, count=len(self.tokens))
        return np.cumsum(sizes) - sizes, sizes

    @cached_property
    def word_rows(self) -> list[int]:
        """Which tokens are words: of two or more Chinese characters."""
        return [row for row, token in enumerate(self.tokens) if len(token) > 1 and _is_chinese(token)]

    @cached_property
    def words(self) -> list[str]:
        """The tokens that are words."""
        return [self.tokens[row] for row in self.word_rows]

    @cached_property
    def signs(self) -> str:
        """`text` in lower case; a run of white space is ␣, at the ends it is nothing."""
        # İ is the one character that would grow in lower case.
        return "␣".join(self.text.replace("İ", "I").lower().split())

    @cached_property
    def sign_tokens(self) -> list[str]:
        """What the segmenter cuts `signs` into."""
        return self._segmenter.cut(self.signs)


def read_article(title: str, text: str, segmenter: Segmenter, *, html: bool = False) -> tuple[Reading, Reading]:
    """Return title and text of an article, read; both empty where it is no Chinese text.

    One Chinese word in an English page, or a word by itself, would be all that a model sees, and decide alone.
    """
    readings = Reading(title, segmenter, html=html), Reading(text, segmenter, html=html)
    seen = "".join(reading.text for reading in readings)
    chinese = sum(map(len, CHINESE.findall(seen)))
    if chinese < _FEWEST or (chinese < _ENOUGH and chinese < _SHARE * sum(map(len, seen.split()))):
        return Reading("", segmenter), Reading("", segmenter)
    return readings
