"""Make the texts of all sources alike before they are cut into terms."""

import re

from service.text.fold import VOID, simplify
from service.text.html import strip_html
from service.text.line import continued, lines

SENTENCE = re.compile(r"[^。!?;…\n]*[。!?;…\n]+[”』」)]*|[^。!?;…\n]+")
"""A sentence of a normalised text, with what ends it. Every character is in one."""


def normalise(text: str, *, html: bool = False) -> str:
    """Return `text` as the terms are taken from it.

    HTML markup is blanked when `html`, width and variant forms folded, Traditional characters simplified, lines that
    break off inside a sentence rejoined, and a sentence that stands again left out: saying a thing twice does not make
    it truer.
    """
    return normalise_aligned(text, html=html).replace(VOID, "")


def normalise_aligned(text: str, *, html: bool = False) -> str:
    """Return what `normalise` returns, each character where it stands in `text`: what is dropped there is VOID."""
    return _say_once(_rejoin(simplify(strip_html(text) if html else text)))


def _rejoin(text: str) -> str:
    found = lines(text)
    pieces: list[str] = []
    end = 0
    for line, goes_on in zip(found, continued(found), strict=True):
        between = text[end : line.start]
        pieces += (VOID * len(between) if goes_on else between, line.text)
        end = line.end
    return "".join((*pieces, text[end:]))


def _say_once(text: str) -> str:
    said: set[str] = set()
    pieces: list[str] = []
    for match in SENTENCE.finditer(text):
        sentence = match[0].replace(VOID, "").strip()
        repeated = sentence in said and sentence
        pieces.append(VOID * len(match[0]) if repeated else match[0])
        said.add(sentence)
    return "".join(pieces)
