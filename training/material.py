"""What a model is learnt from: the corpus, read, its terms counted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from service.model.taxonomy import NONE, Taxonomy, read_taxonomy
from service.text.segment import Segmenter
from service.text.words import read_words
from training.article import Article
from training.corpus import CorpusError, read_corpus
from training.counts import Counts, count_terms
from training.pipeline import Answers, Choices, Documents, rows, targets
from training.progress import Progress
from training.terms import extract
from training.trained import Rows


@dataclass(frozen=True)
class Sources:
    """The files a model is made of."""

    corpus: Path
    categories: Path
    words: Path


@dataclass(frozen=True)
class Material:
    """A corpus, ready to learn from."""

    taxonomy: Taxonomy
    words: list[str]
    articles: Sequence[Article]
    counts: Counts
    rows: Rows
    """The articles' rows in `counts`."""

    @property
    def answers(self) -> list[str]:
        """The answers a model can give: the categories, then none."""
        return [*self.taxonomy.ids, NONE]

    def take(self, rows: Sequence[int]) -> "Material":
        """Return the material of some of the articles; their counts are not copied."""
        return replace(self, articles=[self.articles[row] for row in rows], rows=self.rows[list(rows)])

    @cached_property
    def targets(self) -> Answers:
        """What the pipeline learns."""
        return targets(self.articles, self.taxonomy.ids)


def read_material(sources: Sources, choices: Choices, progress: Progress) -> Material:
    """Read the files and count each article's terms. Raises TaxonomyError, CorpusError or WordListError."""
    taxonomy = read_taxonomy(sources.categories)
    articles = read_corpus(sources.corpus, taxonomy.ids)
    material = material_of(articles, taxonomy, read_words(sources.words), choices, progress)
    if not material.counts.distinct:
        raise CorpusError([f"{sources.corpus}: there is no Chinese text in it."])
    return material


def material_of(
    articles: Sequence[Article], taxonomy: Taxonomy, words: list[str], choices: Choices, progress: Progress
) -> Material:
    """Count the terms of articles, as a pipeline of `choices` wants them."""
    counts = count_terms(articles, words, choices.recipe, choices.min_df, progress)
    return Material(taxonomy, words, articles, counts, np.arange(len(articles)))


def documents(material: Material) -> Documents:
    """Return the articles of some material as strings, as the pipeline takes them."""
    sent = [article.sent for article in material.articles]
    return rows(extract(sent, Segmenter(material.words), material.counts.recipe))
