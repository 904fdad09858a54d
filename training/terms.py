"""The terms of articles as strings: what the pipeline learns from, and what the compiled scorer must agree with."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from service.text.reading import Reading, Sent
from service.text.script import END, Script, Unit, is_word
from service.text.segment import Segmenter
from service.text.terms import MAKE, Kind, Recipe, script_of

Terms = Mapping[Kind, list[str]]
"""The terms of one article, a list for each kind of them; a term that stands twice is there twice."""

_BATCH = 100
_NAMES: dict[Unit, Callable[[Script], list[str]]] = {
    "word": lambda script: [token for token in script.tokens if is_word(token)],
    "token": lambda script: [token for token in script.tokens if token != END],
    "han": lambda script: [script.text[place] for place in script.units("han").starts.tolist()],
    "sign": lambda script: [sign for sign in script.text if sign != END],
    "edged_sign": lambda script: list(script.text),
}


def extract(articles: Sequence[Sent], segmenter: Segmenter, recipe: Recipe) -> Iterator[Terms]:
    """Yield the terms of each article, by kind: the headline's as often as `recipe` says, then the text's."""
    for first in range(0, len(articles), _BATCH):
        reading = Reading(articles[first : first + _BATCH], segmenter)
        columns = [_by_article(reading, kind, recipe.headline_weight) for kind in recipe.kinds]
        for terms in zip(*columns, strict=True):
            yield dict(zip(recipe.kinds, terms, strict=True))


def parts(kind: Kind, term: str) -> tuple[str, ...]:
    """Return the names of the units that a term is made of."""
    _, order, between = MAKE[kind]
    if order == 1:
        return (term,)
    first, _, second = term.partition(between) if between else (term[0], "", term[1])
    return first, second


def document(terms: Iterable[str]) -> str:
    """Return terms as one string that a vectoriser takes apart again at the spaces."""
    return " ".join(terms)


def _by_article(reading: Reading, kind: Kind, headline_weight: int) -> Iterator[list[str]]:
    unit, order, between = MAKE[kind]
    script = script_of(reading, unit)
    names, texts = _NAMES[unit](script), script.units(unit).texts
    if order == 2:
        at = np.flatnonzero(script.units(unit).follows[1:])
        names = [_edged(names[i], "␂") + between + _edged(names[i + 1], "␃") for i in at.tolist()]
        texts = texts[at]
    bounds = texts.searchsorted(np.arange(2 * len(reading.articles) + 1)).tolist()
    for title in range(0, len(bounds) - 1, 2):
        start, middle, end = bounds[title : title + 3]
        yield names[start:middle] * headline_weight + names[middle:end]


def _edged(name: str, edge: str) -> str:
    return edge if name == END else name
