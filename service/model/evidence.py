"""Evidence: which words of an article raised or lowered an answer's score, by how much, and where they stand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from service.model.scorer import Floats, Found, Scorer
from service.text.cover import Cover, cover
from service.text.normalise import SENTENCE
from service.text.reading import Places, Reading
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


class _Spans(NamedTuple):
    """Parts of one field's text and what each contributes: arrays of one length."""

    field: FieldName
    starts: Places
    ends: Places
    weights: Floats

    def passage(self, row: int, reading: Reading) -> Passage:
        start, end = int(self.starts[row]), int(self.ends[row])
        return Passage(self.field, *reading.place(start, end), reading.text[start:end], float(self.weights[row]))


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
        by_token = [_tokens(name, reading, weights[name][:, column]) for name, reading in readings.items()]
        strong = _STRONG * max(np.abs(tokens.weights).max(initial=0.0) for tokens in by_token)
        weighed = [_joined(tokens, strong) for tokens in by_token]
        raising = [_sentences(name, reading, weights[name][:, column]) for name, reading in readings.items()]
        listed = _first(weighed, np.abs, words, readings)
        total = sum(float(spans.weights.sum()) for spans in weighed)
        evidence.append(
            Evidence(
                intercept=float(scorer.intercept[answer]),
                terms=listed,
                others=0.0 if words is None else total - sum(word.weight for word in listed),
                linear=float(linear[answer]),
                sentences=_first(raising, np.positive, sentences, readings),
            )
        )
    return evidence


def _first(
    spans: Sequence[_Spans],
    rank: Callable[[Floats], Floats],
    count: int | None,
    readings: Mapping[FieldName, Reading],
) -> list[Passage]:
    """Return the `count` passages whose weights rank highest, the highest first."""
    order = np.argsort(-rank(np.concatenate([own.weights for own in spans])), kind="stable")[:count]
    firsts = np.cumsum([0, *(len(own.weights) for own in spans)])
    owners = np.searchsorted(firsts, order, side="right") - 1
    rows = order - firsts[owners]
    return [
        spans[owner].passage(row, readings[spans[owner].field])
        for owner, row in zip(owners.tolist(), rows.tolist(), strict=True)
    ]


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
            for column in range(len(answers)):
                each = np.repeat(own[:, column] / covered.sizes, covered.sizes)
                weights[name][:, column] += np.bincount(covered.places, each, len(weights[name]))
    return weights


def _tokens(field: FieldName, reading: Reading, weights: Floats) -> _Spans:
    """Return what each token has gathered."""
    starts, sizes = reading.token_spans
    by_token = np.add.reduceat(weights, starts) if len(starts) else np.zeros(0)
    return _Spans(field, starts, starts + sizes, by_token)


def _joined(tokens: _Spans, strong: float) -> _Spans:
    """Return the tokens that count; those in a row of at least `strong` weight and of one sign as one."""
    rows = np.flatnonzero(tokens.weights)
    if not len(rows):
        return _Spans(tokens.field, rows, rows, np.zeros(0))
    weights = tokens.weights[rows]
    solid = np.abs(weights) >= strong
    joins = (np.diff(rows) == 1) & solid[1:] & solid[:-1] & (weights[1:] * weights[:-1] > 0)
    first = np.flatnonzero(np.append(True, ~joins))
    last = np.append(first[1:], len(rows)) - 1
    return _Spans(tokens.field, tokens.starts[rows[first]], tokens.ends[rows[last]], np.add.reduceat(weights, first))


def _sentences(field: FieldName, reading: Reading, weights: Floats) -> _Spans:
    """Return the sentences that raise the score."""
    spans = [match.span() for match in SENTENCE.finditer(reading.text)]
    starts, ends = np.array(spans, dtype=np.intp).reshape(-1, 2).T
    sums = np.append(0.0, np.cumsum(weights))
    own = sums[ends] - sums[starts]
    raising = own > 0
    return _Spans(field, starts[raising], ends[raising], own[raising])
