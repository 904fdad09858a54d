"""The terms of an article: what the model sees of it.

Words of two or more Chinese characters, single characters, and pairs of neighbouring characters. Punctuation, digits
and letters tell one outlet from another, not one topic from another, and are left out.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from service.text.normalise import normalise
from service.text.segment import Segmenter

_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")


class Terms(NamedTuple):
    """The terms of one article, a list for each kind of them; a term that stands twice is there twice."""

    words: list[str]
    characters: list[str]
    pairs: list[str]


KINDS = Terms._fields


def extract(title: str, text: str, segmenter: Segmenter, headline_weight: int, *, html: bool = False) -> Terms:
    """Return the terms of an article; those of its headline are counted `headline_weight` times."""
    terms = Terms([], [], [])
    for field, weight in ((title, headline_weight), (text, 1)):
        normal = normalise(field, html=html)
        runs = _CHINESE.findall(normal)
        words = [word for word in segmenter.cut(normal) if len(word) > 1 and _CHINESE.fullmatch(word)]
        terms.words.extend(words * weight)
        terms.characters.extend([character for run in runs for character in run] * weight)
        terms.pairs.extend([run[i : i + 2] for run in runs for i in range(len(run) - 1)] * weight)
    return terms


def document(terms: Iterable[str]) -> str:
    """Return terms as one string that a vectoriser takes apart again at the spaces."""
    return " ".join(terms)
