"""The terms of an article: what a model sees of it.

Chinese terms leave out punctuation, digits and letters, which tell one outlet from another rather than one topic from
another; the kinds that keep them (`tokens`, `signs`, `sign_pairs`) serve where all texts come from one source. To
those, white space is a sign like any other (␣), and so are a text's beginning and end (␂, ␃).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple, get_args

from service.text.reading import CHINESE, Reading

Kind = Literal["words", "word_pairs", "characters", "pairs", "tokens", "signs", "sign_pairs"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Terms = Mapping[Kind, list[str]]
"""The terms of one article, a list for each kind of them; a term that stands twice is there twice."""


class Recipe(NamedTuple):
    """How an article is turned into terms; it belongs to a model version."""

    kinds: tuple[Kind, ...]
    headline_weight: int
    """How often the terms of the headline are counted."""


_EXTRACT: dict[Kind, Callable[[Reading], list[str]]] = {
    "words": lambda reading: reading.words,
    "word_pairs": lambda reading: _neighbours(reading.words, "_"),
    "characters": lambda reading: [character for run in CHINESE.findall(reading.text) for character in run],
    "pairs": lambda reading: [pair for run in CHINESE.findall(reading.text) for pair in _neighbours(run)],
    "tokens": lambda reading: reading.sign_tokens,
    "signs": lambda reading: list(reading.signs),
    "sign_pairs": lambda reading: _neighbours(f"␂{reading.signs}␃") if reading.signs else [],
}


def extract(title: Reading, text: Reading, recipe: Recipe) -> Terms:
    """Return the terms of an article, by kind: the headline's as often as `recipe` says, then the text's."""
    return {kind: _EXTRACT[kind](title) * recipe.headline_weight + _EXTRACT[kind](text) for kind in recipe.kinds}


def document(terms: Iterable[str]) -> str:
    """Return terms as one string that a vectoriser takes apart again at the spaces."""
    return " ".join(terms)


def _neighbours(terms: list[str] | str, between: str = "") -> list[str]:
    return [f"{terms[i]}{between}{terms[i + 1]}" for i in range(len(terms) - 1)]
