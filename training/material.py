"""What a model is learnt from: the corpus, read and turned into terms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from service.model.taxonomy import NONE, Taxonomy, read_taxonomy
from service.text.segment import Segmenter
from service.text.terms import Recipe
from service.text.words import read_words
from training.article import Article
from training.corpus import CorpusError, read_corpus
from training.pipeline import Answers, Documents, rows, targets
from training.terms import Terms, extract

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps of it are done, and of how many."""


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
    recipe: Recipe
    articles: Sequence[Article]
    extracted: Sequence[Terms]

    @property
    def answers(self) -> list[str]:
        """The answers a model can give: the categories, then none."""
        return [*self.taxonomy.ids, NONE]

    def take(self, rows: Sequence[int]) -> "Material":
        """Return the material of some of the articles."""
        return replace(
            self, articles=[self.articles[row] for row in rows], extracted=[self.extracted[row] for row in rows]
        )

    @cached_property
    def documents(self) -> Documents:
        """What the pipeline takes."""
        return rows(self.extracted)

    @cached_property
    def targets(self) -> Answers:
        """What it learns."""
        return targets(self.articles, self.taxonomy.ids)


def read_material(sources: Sources, recipe: Recipe, progress: Progress) -> Material:
    """Read the files and turn each article into terms. Raises TaxonomyError, CorpusError or WordListError."""
    taxonomy = read_taxonomy(sources.categories)
    articles = read_corpus(sources.corpus, taxonomy.ids)
    material = material_of(articles, taxonomy, read_words(sources.words), recipe, progress)
    if not any(any(terms.values()) for terms in material.extracted):
        raise CorpusError([f"{sources.corpus}: there is no Chinese text in it."])
    return material


def material_of(
    articles: Sequence[Article], taxonomy: Taxonomy, words: list[str], recipe: Recipe, progress: Progress
) -> Material:
    """Turn articles into terms."""
    extracted = []
    for terms in extract([article.sent for article in articles], Segmenter(words), recipe):
        extracted.append(terms)
        progress("Reading articles", len(extracted), len(articles))
    return Material(taxonomy, words, recipe, articles, extracted)
