"""Articles as a model reads them: normalised, cut into tokens once, each character still placed in what was sent."""

import re
from bisect import bisect
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np

from service.text.fold import VOID
from service.text.html import entity_at, strip_html
from service.text.normalise import normalise_aligned
from service.text.script import Places, Script
from service.text.segment import Segmenter

FieldName = Literal["title", "text"]
_FIELDS: tuple[FieldName, FieldName] = ("title", "text")

_FEWEST, ENOUGH_HAN = 5, 50
"""Chinese characters that an article has at the least, and that make one whatever stands between them;"""

_SHARE = 0.3
"""with fewer, what share they are of all that a reader sees."""

_RUN = re.compile(r"\S+")


class Sent(NamedTuple):
    """An article as it was sent."""

    title: str
    text: str
    html: bool = False
    """Whether markup in it is left out."""


class Place(NamedTuple):
    """A part of an article as sent."""

    field: FieldName
    start: int
    end: int
    """The character after its last."""


class Reading:
    """Some articles, read. Their titles and texts in turn are the texts of two scripts.

    An article that is no Chinese text is read as empty: one Chinese word in an English page, or a word by itself,
    would be all that a model sees, and decide alone.
    """

    def __init__(self, articles: Sequence[Sent], segmenter: Segmenter) -> None:
        self.articles = articles
        self._segmenter = segmenter
        sent = [field for title, text, html in articles for field in _stripped(title, text, html)]
        self._aligned = normalise_aligned(sent)
        self._texts = [aligned.replace(VOID, "") for aligned in self._aligned]
        self.script = Script(self._texts, segmenter)
        """As normalised."""
        if foreign := self._foreign():
            for article in foreign:
                self._texts[2 * article] = self._texts[2 * article + 1] = ""
            self.script = Script(self._texts, segmenter)

    @cached_property
    def signs(self) -> Script:
        """All characters in lower case; a run of white space is ␣, at the ends it is nothing."""
        # İ is the one character that would grow in lower case.
        return Script(["␣".join(text.replace("İ", "I").lower().split()) for text in self._texts], self._segmenter)

    @cached_property
    def sign_places(self) -> Places:
        """Where each character of `signs` stands in `script`; a run of white space stands at its first place."""
        places = [0]
        for text, before in zip(self._texts, self.script.ends, strict=False):
            start = before + 1
            runs = [run.span() for run in _RUN.finditer(text)]
            places += [place + start for begin, end in runs[:1] for place in range(begin, end)]
            for (_, gap), (begin, end) in pairwise(runs):
                places += [gap + start, *range(begin + start, end + start)]
            places.append(start + len(text))
        return np.array(places, dtype=np.intp)

    def place(self, start: int, end: int) -> Place:
        """Return where `script.text[start:end]`, not empty and of one text, stands in what was sent."""
        text = bisect(self.script.ends, start) - 1
        begin = self.script.ends[text] + 1
        first, last = start - begin, end - 1 - begin
        if VOID in self._aligned[text]:
            first, last = self._places[text][first], self._places[text][last]
        title, body, html = self.articles[text // 2]
        entity = entity_at((title, body)[text % 2], last) if html else ""
        return Place(_FIELDS[text % 2], first, last + max(len(entity), 1))

    @cached_property
    def _places(self) -> list[list[int]]:
        """Where each character of each text stands in what was sent."""
        return [[place for place, sign in enumerate(aligned) if sign != VOID] for aligned in self._aligned]

    def _foreign(self) -> list[int]:
        """Return which articles are no Chinese text."""
        chinese = np.diff(self.script.han_before[self.script.ends[::2]])
        few = np.flatnonzero(chinese < ENOUGH_HAN).tolist()
        return [article for article in few if chinese[article] < max(_FEWEST, _SHARE * self._seen(article))]

    def _seen(self, article: int) -> int:
        """Return how many characters of an article a reader sees."""
        return sum(len(part) for text in self._texts[2 * article : 2 * article + 2] for part in text.split())


def _stripped(title: str, text: str, html: bool) -> tuple[str, str]:
    return (strip_html(title), strip_html(text)) if html else (title, text)
