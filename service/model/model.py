"""A trained model, ready to answer: immutable, and shared by all requests."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from service.model.decision import Decision, decide, ranked
from service.model.evidence import Evidence, explain
from service.model.manifest import Manifest
from service.model.scorer import Floats, Found, Scorer, complete, logistic
from service.model.single import KINDS, SingleScorer
from service.model.taxonomy import NONE, Taxonomy
from service.text.page import Item
from service.text.reading import Reading, Sent
from service.text.segment import Segmenter

BATCH = 100_000
"""Characters that are read at once, when an article does not have more: fewer and larger ones are both slower."""


class Answer(NamedTuple):
    """What the model says of one article."""

    scores: dict[str, float]
    """Each category's score, highest first."""
    none: float
    """The score of the article belonging to no category."""
    decision: Decision

    @property
    def answered(self) -> list[str]:
        """What the decision is about: the categories at or over their thresholds, else the best one; or none."""
        if self.decision.category is None:
            return [NONE]
        return self.decision.categories or [self.decision.category]


class Read(NamedTuple):
    """Some articles as a model reads them."""

    reading: Reading
    found: Found
    linear: Floats
    """Shape (articles, answers): the linear scores."""


class Model:
    """A model version in memory."""

    def __init__(self, manifest: Manifest, segmenter: Segmenter, scorer: Scorer) -> None:
        self.manifest = manifest
        self._segmenter = segmenter
        self.scorer = scorer
        self._single = SingleScorer(scorer, segmenter) if scorer.recipe.kinds == KINDS else None
        self._ids = manifest.taxonomy.ids
        self.answers = [*self._ids, NONE]
        """The answers it can give: the categories, then none."""

    @property
    def version(self) -> str:
        """The version's name."""
        return self.manifest.version

    @property
    def taxonomy(self) -> Taxonomy:
        """The categories it was trained on."""
        return self.manifest.taxonomy

    def read(self, *articles: Sent) -> Read:
        """Return articles as the model reads them."""
        reading = Reading(articles, self._segmenter)
        found = self.scorer.find(reading)
        return Read(reading, found, self.scorer.linear(found))

    def scores(self, read: Read) -> Floats:
        """Return the scores of all `answers`: shape (articles, answers)."""
        scores = complete(logistic(read.linear))
        unknown = read.found.bounds[1:] == read.found.bounds[:-1]
        scores[unknown] = np.eye(len(self.answers))[-1]  # nothing speaks for a category
        return scores

    def classify(self, read: Read, thresholds: Sequence[Mapping[str, float]] = ()) -> list[Answer]:
        """Return scores and decision for each article.

        `thresholds`, if any, has for each article what replaces the score from which some of `answers` are given.
        """
        answers = []
        for i, (*by_category, none) in enumerate(self.scores(read).tolist()):
            answers.append(self._answer(by_category, none, thresholds[i] if thresholds else {}))
        return answers

    def classify_one(self, article: Sent, thresholds: Mapping[str, float] | None = None) -> Answer:
        """Return scores and decision for one article, by its own quick path."""
        scores = self._single.scores(article) if self._single else None
        if scores is None:
            [answer] = self.classify(self.read(article), [thresholds or {}])
            return answer
        *by_category, none = scores
        return self._answer(by_category, none, thresholds or {})

    def _answer(self, by_category: list[float], none: float, own: Mapping[str, float]) -> Answer:
        scores = ranked(self._ids, by_category)
        learnt = self.manifest.thresholds
        asked = learnt | {answer: learnt[answer].at(score) for answer, score in own.items()} if own else learnt
        return Answer(scores, none, decide(scores, none, asked))

    def classify_all(self, articles: Sequence[Sent], thresholds: Sequence[Mapping[str, float]] = ()) -> list[Answer]:
        """Return scores and decision for each article, as `classify` does, in batches whose memory stays small."""
        answers: list[Answer] = []
        for batch in batches(articles):
            own = thresholds[len(answers) : len(answers) + len(batch)]
            answers += self.classify(self.read(*batch), own)
        return answers

    def explain(
        self, read: Read, answers: Sequence[str], *, words: int | None = None, sentences: int = 3
    ) -> dict[str, Evidence]:
        """Return the evidence of one article for some of `answers`: at most so many words (None: all) and sentences."""
        columns = [self.answers.index(answer) for answer in answers]
        found = explain(*read, columns, self.scorer, words=words, sentences=sentences)
        return dict(zip(answers, found, strict=True))


def as_sent(item: Item) -> Sent:
    """Return an article or a caption found on a page, to be classified; its subtitle counts as text."""
    return Sent(item.title, f"{item.subtitle}\n{item.text}")


def batches(articles: Sequence[Sent]) -> Iterator[Sequence[Sent]]:
    """Yield the articles in batches to be read at once."""
    first = characters = 0
    for place, article in enumerate(articles):
        size = len(article.title) + len(article.text)
        if place > first and characters + size > BATCH:
            yield articles[first:place]
            first, characters = place, 0
        characters += size
    if articles:
        yield articles[first:]
