"""Evidence: which words of an article raised or lowered an answer's score, by how much, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from service.model.scorer import Floats, Found, Scorer
from service.text.normalise import SENTENCE
from service.text.reading import FieldName, Reading
from service.text.script import Places, Unit
from service.text.terms import MAKE, script_of

_STRONG = 0.25
"""Words next to each other are underlined as one from this share of the strongest word's weight on."""


class Passage(NamedTuple):
    """A part of an article, and what it contributes to an answer's linear score."""

    field: FieldName
    start: int
    """Place of its first character in the field as sent."""
    end: int
    """Place of the character after its last."""
    term: str
    """Its characters, normalised."""
    weight: float


@dataclass(frozen=True)
class Evidence:
    """Why an answer got its score: intercept, the weights of `terms`, and `others` sum to `linear`, its log-odds."""

    intercept: float
    terms: list[Passage]
    """The words that count most, the strongest first."""
    others: float
    """What all other words contribute."""
    linear: float
    sentences: list[Passage]
    """The sentences that raised the score most, the strongest first."""


class _Spans(NamedTuple):
    """Parts of the script and what each contributes: arrays of one length."""

    starts: Places
    ends: Places
    weights: Floats

    def first(self, rank: Floats, count: int | None, reading: Reading) -> list[Passage]:
        """Return the `count` parts that rank highest, the highest first."""
        rows = np.argsort(-rank, kind="stable")[:count]
        chosen = (of[rows].tolist() for of in self)
        text = reading.script.text
        return [
            Passage(*reading.place(start, end), text[start:end], weight)
            for start, end, weight in zip(*chosen, strict=True)
        ]


def explain(
    reading: Reading,
    found: Found,
    linear: Floats,
    answers: Sequence[int],
    scorer: Scorer,
    *,
    words: int | None,
    sentences: int,
) -> list[Evidence]:
    """Return the evidence for each of `answers` (columns of the scorer's weights), in their order.

    `reading` is of one article, `found` its terms, looked up, `linear` its linear scores, shape (1, all answers). At
    most so many `words` (None: all) and `sentences` are listed. A term's contribution is shared by the characters it
    covers, wherever it stands, and a word's weight is what its characters have gathered: so words, pairs, and all else
    that overlaps merge into what a reader would underline, and nothing is lost.
    """
    by_character = _by_character(reading, found, answers, scorer)
    starts, sizes = reading.script.token_spans
    by_token = np.add.reduceat(by_character, starts, axis=1)
    bounds = _sentence_bounds(reading)
    evidence = []
    for weights, tokens, answer in zip(by_character, by_token, answers, strict=True):
        weighed = _joined(starts, starts + sizes, tokens)
        listed = weighed.first(np.abs(weighed.weights), words, reading)
        raising = _raising(*bounds, weights)
        evidence.append(
            Evidence(
                intercept=float(scorer.intercept[answer]),
                terms=listed,
                others=0.0 if words is None else float(weighed.weights.sum()) - sum(word.weight for word in listed),
                linear=float(linear[0, answer]),
                sentences=raising.first(raising.weights, sentences, reading),
            )
        )
    return evidence


def _by_character(reading: Reading, found: Found, answers: Sequence[int], scorer: Scorer) -> Floats:
    """Return what each character of the script contributes to each answer: shape (answers, characters).

    A word's part is its first character's: it is only asked for in sums of whole words and sentences.
    """
    weights = np.zeros((len(answers), len(reading.script.text)))
    by_unit: dict[Unit, Floats] = {}
    for kind, stand in found.stands.items():
        unit, order, _ = MAKE[kind]
        units = script_of(reading, unit).units(unit)
        shares = scorer.contributions(found, kind, answers)
        own = by_unit.setdefault(unit, np.zeros((len(answers), len(units.starts))))
        if order == 1:
            own[:, stand.units] += shares  # a unit is one term
            continue
        first, second = units.sizes[stand.units], units.sizes[stand.units + 1]
        own[:, stand.units] += shares * (first / (first + second))
        own[:, stand.units + 1] += shares * (second / (first + second))
    for unit, own in by_unit.items():
        script = script_of(reading, unit)
        places, sizes, *_ = script.units(unit)
        if unit == "token":  # cut from other signs than the tokens that are listed
            first = np.cumsum(sizes) - sizes
            own = np.repeat(own / sizes, sizes, axis=1)
            places = np.repeat(places - first, sizes) + np.arange(sizes.sum())
        if unit not in ("word", "han"):
            places = reading.sign_places[places]
        weights[:, places] += own  # no place stands twice
    return weights


def _joined(starts: Places, ends: Places, weights: Floats) -> _Spans:
    """Return the tokens that count; those in a row of a strong weight and of one sign as one."""
    rows = np.flatnonzero(weights)
    if not len(rows):
        return _Spans(rows, rows, np.zeros(0))
    starts, ends, weights = starts[rows], ends[rows], weights[rows]
    solid = np.abs(weights) >= _STRONG * np.abs(weights).max()
    joins = (np.diff(rows) == 1) & solid[1:] & solid[:-1] & (weights[1:] * weights[:-1] > 0)
    first = np.flatnonzero(np.append(True, ~joins))
    last = np.append(first[1:], len(rows)) - 1
    return _Spans(starts[first], ends[last], np.add.reduceat(weights, first))


def _sentence_bounds(reading: Reading) -> tuple[Places, Places]:
    script = reading.script
    spans = [
        match.span() for end, after in pairwise(script.ends) for match in SENTENCE.finditer(script.text, end + 1, after)
    ]
    starts, ends = np.array(spans, dtype=np.intp).reshape(-1, 2).T
    return starts, ends


def _raising(starts: Places, ends: Places, weights: Floats) -> _Spans:
    """Return the sentences that raise the score."""
    own = np.add.reduceat(weights, starts)
    raising = own > 0
    return _Spans(starts[raising], ends[raising], own[raising])
