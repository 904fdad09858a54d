"""The paragraphs of a page: lines rejoined where a sentence was broken, each with the part it plays."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from service.text import mark
from service.text.byline import byline
from service.text.line import Line, continued, lines

Role = Literal["separator", "furniture", "subtitle", "lead", "caption", "byline", "prose", "short"]
"""`short` is a headline, a heading, or anything else of a few words."""

HEADLINE_LINES = 3
"""A kicker, a headline, a line below it."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a line that stands for itself."""

    start: int
    end: int
    text: str
    """The characters as sent, without the breaks inside a sentence."""
    folded: str
    """The same characters, folded and simplified, to match against."""
    gap: int
    """How many blank lines stand before it."""
    role: Role

    def printed(self, part: str) -> str:
        """Return a part of `folded` as it stands in `text`."""
        start = self.folded.index(part)
        return self.text[start : start + len(part)]


def paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of a text, in order."""
    found = lines(text)
    # A caption may stand in the middle of a sentence that goes on after it.
    captions = [_paragraph(line) for line in found if _is_whole_caption(line)]
    rest = [line for line in found if not _is_whole_caption(line)]
    return sorted([*captions, *_rejoined(rest)], key=lambda paragraph: paragraph.start)


def role(folded: str, is_prose: bool) -> Role:
    """Return the part that a line plays."""
    if mark.is_separator(folded):
        return "separator"
    if mark.is_subtitle(folded):
        return "subtitle"
    if mark.lead(folded) is not None:
        return "lead"
    if mark.is_furniture(folded):
        return "furniture"
    if mark.caption(folded) is not None:
        return "caption"
    if byline(folded):
        return "byline"
    return "prose" if is_prose else "short"


def usual_gap(found: Sequence[Paragraph]) -> int:
    """Return how many blank lines stand between the paragraphs of one article."""
    pairs = list(pairwise(found))
    within = [after.gap for before, after in pairs if after.role == "prose" and before.role in ("prose", "lead")]
    gaps = Counter(within or [after.gap for _, after in pairs])
    return max(gaps, key=lambda gap: (gaps[gap], gap)) if gaps else 0


def _paragraph(line: Line) -> Paragraph:
    return Paragraph(line.start, line.end, line.text, line.folded, line.gap, role(line.folded, line.is_prose))


def _is_whole_caption(line: Line) -> bool:
    return (
        mark.caption(line.folded) is not None
        and not mark.is_credit(line.folded)
        and (line.gap > 0 or mark.is_illustration(line.folded))
    )


def _rejoined(found: Sequence[Line]) -> list[Paragraph]:
    single = [_paragraph(line) for line in found]
    joined: list[Paragraph] = []
    for i, (paragraph, goes_on) in enumerate(zip(single, continued(found), strict=True)):
        if goes_on and not _opens(single, i):
            both_latin = joined[-1].text[-1].isascii() and paragraph.text[0].isascii() and paragraph.text[0].isalnum()
            joined[-1] = _join(joined[-1], paragraph, " " if both_latin else "")
        elif joined and joined[-1].role == "prose" and mark.is_credit(paragraph.folded):
            joined[-1] = _join(joined[-1], paragraph, " ")
        else:
            joined.append(paragraph)
    return joined


def _opens(found: Sequence[Paragraph], i: int) -> bool:
    """Tell whether line `i` begins something new, whatever stands before it.

    So does a headline that a subtitle, a byline or a lead confirms.
    """
    if found[i].role in ("separator", "subtitle", "lead") or (
        found[i].role == "byline" and found[i - 1].role != "prose"
    ):
        return True
    end = i
    while end < len(found) and end - i < HEADLINE_LINES and found[end].role == "short":
        end += 1
    return i < end < len(found) and found[end].role in ("subtitle", "byline", "lead")


def _join(before: Paragraph, after: Paragraph, space: str) -> Paragraph:
    text, folded = before.text + space + after.text, before.folded + space + after.folded
    return Paragraph(before.start, after.end, text, folded, before.gap, role(folded, is_prose=True))
