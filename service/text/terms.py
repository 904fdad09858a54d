"""The terms of an article: what a model sees of it.

Chinese terms leave out punctuation, digits and letters, which tell one outlet from another rather than one topic from
another; the kinds that keep them (`tokens`, `signs`, `sign_pairs`) serve where all texts come from one source.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple, get_args

from service.text.normalise import normalise
from service.text.segment import Segmenter

Kind = Literal["words", "word_pairs", "characters", "pairs", "tokens", "signs", "sign_pairs"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Terms = Mapping[Kind, list[str]]
"""The terms of one article, a list for each kind of them; a term that stands twice is there twice."""

_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")


class Recipe(NamedTuple):
    """How an article is turned into terms; it belongs to a model version."""

    kinds: tuple[Kind, ...]
    headline_weight: int
    """How often the terms of the headline are counted."""


_EXTRACT: dict[Kind, Callable[[str, Segmenter], list[str]]] = {
    "words": lambda text, segmenter: _words(text, segmenter),
    "word_pairs": lambda text, segmenter: _neighbours(_words(text, segmenter), "_"),
    "characters": lambda text, _: [character for run in _CHINESE.findall(text) for character in run],
    "pairs": lambda text, _: [pair for run in _CHINESE.findall(text) for pair in _neighbours(run)],
    "tokens": lambda text, segmenter: [token for token in segmenter.cut(text.lower()) if not token.isspace()],
    "signs": lambda text, _: [sign for sign in text.lower() if not sign.isspace()],
    "sign_pairs": lambda text, _: [pair for run in text.lower().split() for pair in _neighbours(run)],
}


def extract(title: str, text: str, segmenter: Segmenter, recipe: Recipe, *, html: bool = False) -> Terms:
    """Return the terms of an article, by kind, as `recipe` says; with `html`, markup in it is left out."""
    headline, body = normalise(title, html=html), normalise(text, html=html)
    return {
        kind: _EXTRACT[kind](headline, segmenter) * recipe.headline_weight + _EXTRACT[kind](body, segmenter)
        for kind in recipe.kinds
    }


def document(terms: Iterable[str]) -> str:
    """Return terms as one string that a vectoriser takes apart again at the spaces."""
    return " ".join(terms)


def _words(text: str, segmenter: Segmenter) -> list[str]:
    return [word for word in segmenter.cut(text) if len(word) > 1 and _CHINESE.fullmatch(word)]


def _neighbours(terms: list[str] | str, between: str = "") -> list[str]:
    return [f"{terms[i]}{between}{terms[i + 1]}" for i in range(len(terms) - 1)]
