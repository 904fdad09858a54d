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

_CAPTION_LINES = 12

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
    groups: list[list[Paragraph]] = []
    for i, (paragraph, goes_on) in enumerate(zip(single, continued(found), strict=True)):
        if (goes_on and not _opens(single, i)) or (groups and _credits(groups[-1], paragraph)):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return [_join(group) for group in groups]


def _credits(group: Sequence[Paragraph], paragraph: Paragraph) -> bool:
    """Tell whether the line names the photographer of the picture that the lines before describe."""
    return len(group) < _CAPTION_LINES and mark.is_credit(paragraph.folded) and _join(group).role == "prose"


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


def _join(group: Sequence[Paragraph]) -> Paragraph:
    if len(group) == 1:
        return group[0]
    pieces, folded_pieces = [group[0].text], [group[0].folded]
    for before, after in pairwise(group):
        both_latin = before.text[-1].isascii() and after.text[0].isascii() and after.text[0].isalnum()
        space = " " if both_latin or mark.is_credit(after.folded) else ""
        pieces += (space, after.text)
        folded_pieces += (space, after.folded)
    text, folded = "".join(pieces), "".join(folded_pieces)
    return Paragraph(group[0].start, group[-1].end, text, folded, group[0].gap, role(folded, is_prose=True))
