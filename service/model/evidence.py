"""Evidence: which words of an article raised or lowered an answer's score, by how much, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from service.model.scorer import Floats, Found, Scorer
from service.text.cover import Cover, cover
from service.text.normalise import SENTENCE
from service.text.reading import Reading
from service.text.terms import Recipe

FieldName = Literal["title", "text"]

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


class _Weighed(NamedTuple):
    """A span of a field's text and what it contributes."""

    field: FieldName
    start: int
    end: int
    weight: float


def explain(
    title: Reading,
    text: Reading,
    found: Found,
    answers: Sequence[int],
    scorer: Scorer,
    recipe: Recipe,
    *,
    words: int | None,
    sentences: int,
) -> list[Evidence]:
    """Return the evidence for each of `answers` (columns of the scorer's weights), in their order.

    At most so many `words` (None: all) and `sentences` are listed. `found` are the article's terms, looked up.
    A term's contribution is spread evenly over the characters it covers, wherever it stands, and a word's weight is
    what its characters have gathered: so words, pairs, and all else that overlaps merge into what a reader would
    underline, and nothing is lost.
    """
    readings: dict[FieldName, Reading] = {"title": title, "text": text}
    weights = _by_character(readings, found, answers, scorer, recipe)
    linear = scorer.linear(found)
    evidence = []
    for column, answer in enumerate(answers):
        own = {name: weights[name][:, column] for name in readings}
        weighed = sorted(_words(readings, own), key=lambda one: -abs(one.weight))
        raising = sorted(_sentences(readings, own), key=lambda one: -one.weight)
        evidence.append(
            Evidence(
                intercept=float(scorer.intercept[answer]),
                terms=[_passage(one, readings) for one in weighed[:words]],
                others=sum(one.weight for one in weighed[words:]) if words is not None else 0.0,
                linear=float(linear[answer]),
                sentences=[_passage(one, readings) for one in raising[:sentences]],
            )
        )
    return evidence


def _by_character(
    readings: dict[FieldName, Reading], found: Found, answers: Sequence[int], scorer: Scorer, recipe: Recipe
) -> dict[FieldName, Floats]:
    """Return what each character of each field contributes to each answer: shape (characters, answers)."""
    weights = {name: np.zeros((len(reading.text), len(answers))) for name, reading in readings.items()}
    for kind, hits in found.items():
        shares = scorer.shares(kind, hits, answers)
        headline = cover(kind, readings["title"])
        body = cover(kind, readings["text"])
        repeated = len(headline.sizes) * recipe.headline_weight
        parts: dict[FieldName, tuple[Cover, Floats]] = {
            "title": (headline, shares[:repeated].reshape(recipe.headline_weight, -1, len(answers)).sum(axis=0)),
            "text": (body, shares[repeated:]),
        }
        for name, (covered, own) in parts.items():
            each = np.repeat(own / covered.sizes[:, None], covered.sizes, axis=0)
            for column in range(len(answers)):
                size = len(weights[name])
                weights[name][:, column] += np.bincount(covered.places, each[:, column], size)[:size]
    return weights


def _words(readings: dict[FieldName, Reading], weights: dict[FieldName, Floats]) -> list[_Weighed]:
    """Return the words that count; strong ones in a row, of one sign, as one."""
    by_token = {name: _by_token(reading, weights[name]) for name, reading in readings.items()}
    strong = _STRONG * max(abs(weight) for tokens in by_token.values() for *_, weight in [*tokens, (0, 0, 0.0)])
    found: list[_Weighed] = []
    for name, tokens in by_token.items():
        last: _Weighed | None = None
        for start, end, weight in tokens:
            if not weight:
                last = None
            elif last and abs(weight) >= strong <= abs(last.weight) and weight * last.weight > 0:
                last = found[-1] = _Weighed(name, last.start, end, last.weight + weight)
            else:
                last = _Weighed(name, start, end, weight)
                found.append(last)
    return found


def _by_token(reading: Reading, weights: Floats) -> list[tuple[int, int, float]]:
    if not reading.tokens:
        return []
    starts, sizes = reading.token_spans
    by_token = np.add.reduceat(weights, starts)
    return list(zip(starts.tolist(), (starts + sizes).tolist(), by_token.tolist(), strict=True))


def _sentences(readings: dict[FieldName, Reading], weights: dict[FieldName, Floats]) -> list[_Weighed]:
    """Return the sentences that raise the score."""
    found = []
    for name, reading in readings.items():
        sums = np.append(0.0, np.cumsum(weights[name])).tolist()
        spans = (match.span() for match in SENTENCE.finditer(reading.text))
        found += [_Weighed(name, start, end, weight) for start, end in spans if (weight := sums[end] - sums[start]) > 0]
    return found


def _passage(one: _Weighed, readings: dict[FieldName, Reading]) -> Passage:
    reading = readings[one.field]
    start, end = reading.place(one.start, one.end)
    return Passage(one.field, start, end, reading.text[one.start : one.end], one.weight)
