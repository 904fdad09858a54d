"""The report card of a model version: one HTML file that opens anywhere, offline."""

from pathlib import Path
from typing import NamedTuple

import jinja2
from markupsafe import Markup

from service.model.taxonomy import NONE
from training import charts
from training.card import Card, Mistake

REPORT = "report.html"
_EXCERPT = 160

_PAGE = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
).get_template(REPORT)


class _Piece(NamedTuple):
    """Some characters of an article, and the weight of the word they are; 0 where they are none of those shown."""

    text: str
    weight: float


def render(card: Card) -> str:
    """Return the report card as HTML."""
    names = {category.id: category.zh for category in card.manifest.taxonomy.categories} | {NONE: "以上都不是"}
    shown = card.metrics["cross_validation"]
    pictures = {
        "precision_recall": charts.precision_recall(shown, names),
        "confusion": charts.confusion(shown, names),
        "reliability": charts.reliability(shown),
        "coverage": charts.coverage(shown, card.manifest.target_precision),
        "distributions": charts.distributions(card.distributions, names),
        "learning_curve": charts.learning_curve(card.learning_curve),
        "lengths": charts.bars(card.profile.lengths, "正文字数 characters of text"),
        "years": charts.bars(card.profile.years, "年份 year"),
    }
    return _PAGE.render(
        card=card,
        manifest=card.manifest,
        names=names,
        english={category.id: category.en for category in card.manifest.taxonomy.categories} | {NONE: "None of these"},
        charts={name: Markup(picture) for name, picture in pictures.items()},
        excerpt=_excerpt,
    )


def _excerpt(mistake: Mistake, field: str) -> list[_Piece]:
    """Return the beginning of a field of a mistaken article, its weighty words apart."""
    text = mistake.article.title if field == "title" else mistake.article.text
    words = sorted((word for word in mistake.words if word.field == field), key=lambda word: word.start)
    pieces: list[_Piece] = []
    end = 0
    for word in words:
        if word.end > _EXCERPT:
            break
        pieces += [_Piece(text[end : word.start], 0), _Piece(text[word.start : word.end], word.weight)]
        end = word.end
    rest = text[end : max(_EXCERPT, end)]
    return [*pieces, _Piece(rest + ("…" if end + len(rest) < len(text) else ""), 0)]
