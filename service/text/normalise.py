"""Make the texts of all sources alike before they are cut into terms."""

import re
from collections.abc import Sequence
from itertools import accumulate

from service.text.fold import VOID, simplify
from service.text.html import strip_html
from service.text.line import continued, is_unbroken, lines
from service.text.repetition import may_repeat, texts_that_may_repeat

SENTENCE = re.compile(r"[^。!?;…\n]*[。!?;…\n]+[”』」)]*|[^。!?;…\n]+")
"""A sentence of a normalised text, with what ends it. Every character is in one."""

_BODY = re.compile(r"[^。!?;…\n”』」)\s\0]")


def normalise(text: str, *, html: bool = False) -> str:
    """Return `text` as the terms are taken from it.

    HTML markup is blanked when `html`, width and variant forms folded, Traditional characters simplified, lines that
    break off inside a sentence rejoined, and a sentence that stands again left out: saying a thing twice does not make
    it truer.
    """
    [aligned] = normalise_aligned([strip_html(text) if html else text])
    return aligned.replace(VOID, "")


def normalise_aligned(texts: Sequence[str]) -> list[str]:
    """Return what `normalise` returns for each, characters where they stand in the text: what is dropped is VOID."""
    simplified = simplify("".join(texts))  # one call for all: a call costs more than a short text
    ends = list(accumulate(map(len, texts)))
    aligned = [simplified[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    repeating = texts_that_may_repeat(simplified, ends)
    for i, text in enumerate(aligned):
        if is_unbroken(text):
            repeats = i in repeating
        else:
            aligned[i] = text = _rejoin(text)
            repeats = may_repeat(text.replace(VOID, ""))
        if repeats:
            aligned[i] = _say_once(text)
    return aligned


def _rejoin(text: str) -> str:
    found = lines(text)
    going_on = continued(found)
    if not any(going_on):
        return text
    pieces: list[str] = []
    end = 0
    for line, goes_on in zip(found, going_on, strict=True):
        between = text[end : line.start]
        pieces += (VOID * len(between) if goes_on else between, line.text)
        end = line.end
    return "".join((*pieces, text[end:]))


def _say_once(text: str) -> str:
    said: set[str] = set()
    pieces: list[str] = []
    for match in SENTENCE.finditer(text):
        sentence = match[0].replace(VOID, "").strip()
        repeated = sentence in said and _BODY.search(sentence)
        pieces.append(VOID * len(match[0]) if repeated else match[0])
        said.add(sentence)
    return "".join(pieces)
