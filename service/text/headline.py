"""The headline among the lines set above an article."""

from collections.abc import Sequence

from service.text import mark
from service.text.fold import simplify
from service.text.line import lines
from service.text.paragraph import role

_SAME = 2  # characters by which two rows of one headline differ, twice that if both are short
_SHORT_ROW = 12  # characters


def headline(printed: Sequence[str]) -> tuple[str, list[str]]:
    """Return the headline, its rows joined by a space, and the smaller lines above and below it.

    The plain text has lost the sizes: the larger the type, the fewer characters a row, so the shortest row is the
    headline's, unless the first line plainly leads up to another (我市…, …强调).
    """
    if len(printed) > 1 and mark.is_kicker(simplify(printed[0])):
        first = 1
    else:
        shortest = min(map(_row, printed))
        first = next(i for i, line in enumerate(printed) if _row(line) <= shortest + _SAME)
    last = first + 1
    while last < len(printed) and _is_one(printed[last - 1], printed[last]):
        last += 1
    return " ".join(printed[first:last]), [*printed[:first], *printed[last:]]


def headline_span(text: str) -> tuple[int, int]:
    """Return where the headline of one article's bare text stands; what follows it is the article. (0, 0): nowhere."""
    found = lines(text)
    if len(found) < 2 or role(found[0].folded, found[0].is_prose) != "short":
        return 0, 0
    return found[0].start, found[0].end


def _row(line: str) -> int:
    return max(map(len, line.split()))


def _is_one(upper: str, lower: str) -> bool:
    if upper[-1] in "?？!！" or (upper[0], upper[-1]) == ("“", "”") or " " in upper:
        return False
    difference = abs(len(upper) - len(lower))
    return difference <= _SAME or (difference <= 2 * _SAME and len(upper) <= _SHORT_ROW)
