"""Make the texts of all sources alike before they are cut into terms."""

from service.text.fold import VOID, simplify
from service.text.html import strip_html
from service.text.line import continued, lines


def normalise(text: str, *, html: bool = False) -> str:
    """Return `text` as the terms are taken from it.

    HTML markup is blanked when `html`, width and variant forms folded, Traditional characters simplified, and lines
    that break off inside a sentence rejoined. What is dropped is VOID until the last step, so that the positions of
    what stays can be told.
    """
    if html:
        text = strip_html(text)
    return _rejoin(simplify(text)).replace(VOID, "")


def _rejoin(text: str) -> str:
    found = lines(text)
    pieces: list[str] = []
    end = 0
    for line, goes_on in zip(found, continued(found), strict=True):
        between = text[end : line.start]
        pieces += (VOID * len(between) if goes_on else between, line.text)
        end = line.end
    return "".join((*pieces, text[end:]))
