"""The lines of a text as printed, and which of them go on with the sentence before."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from service.text.fold import VOID, simplify

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_FINISHED = frozenset('。!?….;:”"』」)】〕》〉摄电')
_HEADLINE_LENGTH = 45  # no headline is set longer
_INDENTS = 2  # lines: fewer say nothing of the others
_CLAUSE_LENGTH = 20  # with a comma in it; in a headline a space stands for the comma
_WRAPPED_SHARE = 0.35  # of the lines are full where a text was wrapped at a fixed width
_LONGER_SHARE = 0.1  # of the lines may be longer than the width
_WRAPPED_LINES = 8  # fewer lines tell nothing of the width
_WRAPPED_COLUMNS = range(24, 101)
_REMEMBERED = 65_536
_RAGGED_COLUMNS = 4  # a number or a mark that must not begin a line leaves the one before that much shorter


class Line(NamedTuple):
    """One line with something on it: `text[start:end]` of the text as sent, without the white space around it."""

    start: int
    end: int
    text: str
    """The characters as sent."""
    folded: str
    """The same characters, folded and simplified, to match against."""
    gap: int
    """How many blank lines stand before it."""
    printed: str
    """From the margin on."""

    @property
    def indented(self) -> bool:
        """Whether it begins with white space."""
        return self.printed[0].isspace()

    @property
    def width(self) -> int:
        """Columns from the margin; a Chinese character takes two."""
        return sum(map(_COLUMNS.__getitem__, self.printed))

    @property
    def is_prose(self) -> bool:
        """Whether it is a sentence or part of one: not a headline, a heading or a name."""
        return _is_prose(self.folded)

    @property
    def is_finished(self) -> bool:
        """Whether it ends as a paragraph does."""
        return self.folded[-1] in _FINISHED


def _is_prose(line: str) -> bool:
    return (
        len(line) >= _HEADLINE_LENGTH
        or "。" in line
        or line[-1] in ",;、:"
        or (len(line) >= _CLAUSE_LENGTH and ("," in line or ";" in line))
    )


class _Columns(dict[str, int]):
    """How many columns each character takes; the first that are met are remembered."""

    def __missing__(self, character: str) -> int:
        columns = 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        if len(self) < _REMEMBERED:
            self[character] = columns
        return columns


_COLUMNS = _Columns()


def lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank, in order."""
    found: list[Line] = []
    folded = simplify(text)
    end = 0
    for match in _LINE.finditer(folded):
        printed = match[0].replace(VOID, " ")
        if not (stripped := printed.strip()):
            continue
        start = match.start() + len(printed) - len(printed.lstrip())
        gap = max(len(_BREAK.findall(folded, end, start)) - 1, 0) if start > end + 1 else 0
        end = start + len(stripped)
        found.append(Line(start, end, text[start:end], folded[start:end], gap, printed.rstrip()))
    return found


def is_unbroken(text: str) -> bool:
    """Tell quickly whether no line of a simplified text goes on with a sentence; False: `continued` may still say so.

    None does where every line but the last is finished, or is no prose and tells of no fixed width; nor where every
    line but the first is indented.
    """
    if VOID in text:
        return False
    printed = [line for line in map(str.rstrip, text.splitlines()) if line]
    if len(printed) < 2:
        return True
    indents = [line[0].isspace() for line in printed]
    if sum(indents) >= _INDENTS:
        return all(indents[1:])
    may_be_wrapped = len(printed) >= _WRAPPED_LINES
    return all(line[-1] in _FINISHED or not (may_be_wrapped or _is_prose(line.lstrip())) for line in printed[:-1])


def continued(found: Sequence[Line]) -> list[bool]:
    """Tell of each line whether it goes on with the sentence of the line before it."""
    full = _full(found)
    indents = sum(line.indented for line in found) >= _INDENTS
    answer = [False] * len(found)
    prose = False
    for i, line in enumerate(found[:-1]):
        prose = line.is_prose or (answer[i] and prose)
        after = found[i + 1]
        if after.indented and indents:
            continue
        if full and not after.gap:
            answer[i + 1] = full[i] and (indents or not line.is_finished)
            prose = prose or answer[i + 1]
        else:
            answer[i + 1] = prose and not line.is_finished
    return answer


def _full(found: Sequence[Line]) -> list[bool]:
    """Tell of each line whether it is full; empty where each line is a paragraph, not wrapped at a fixed width.

    Some programs wrap at a number of columns, others at a number of characters: the one that fits more lines counts.
    """
    if len(found) < _WRAPPED_LINES:
        return []
    by_columns = _at_width([line.width for line in found])
    by_characters = _at_width([2 * len(line.printed) for line in found])
    full = max(by_columns, by_characters, key=sum)
    return full if sum(full) >= _WRAPPED_SHARE * len(found) else []


def _at_width(widths: Sequence[int]) -> list[bool]:
    if _too_many_over(_WRAPPED_COLUMNS[-1], widths):
        return [False] * len(widths)
    counts = Counter(width for width in widths if width in _WRAPPED_COLUMNS)
    near = {width: sum(counts[width - less] for less in range(_RAGGED_COLUMNS + 1)) for width in counts}
    if not near:
        return [False] * len(widths)
    limit = max(near, key=lambda width: (near[width], width))
    if _too_many_over(limit, widths):
        return [False] * len(widths)
    return [width >= limit - _RAGGED_COLUMNS for width in widths]


def _too_many_over(limit: int, widths: Sequence[int]) -> bool:
    return sum(width > limit + 2 for width in widths) > _LONGER_SHARE * len(widths)
