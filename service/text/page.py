"""Split the plain text of a newspaper page into its articles and captions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from service.text import mark
from service.text.byline import byline, closing_names
from service.text.line import Line, continued, lines

Kind = Literal["article", "caption"]
_Role = Literal["separator", "furniture", "subtitle", "lead", "caption", "byline", "prose", "short"]

_HEADLINE_LINES = 3  # a kicker, a headline, a line below it
_UNMARKED_HEADLINE = 8  # characters; a shorter line with nothing but space before it is a heading
_SAME_HEADLINE = 2  # characters by which two lines of one headline differ, twice that if both are short
_HALF_HEADLINE = 12  # characters of a line that may be half a headline


@dataclass(frozen=True)
class Item:
    """An article or a picture's caption; it stands at `page[start:end]`."""

    kind: Kind
    title: str
    subtitle: str
    """The lines set smaller above and below the title."""
    byline: str
    text: str
    """The paragraphs, one a line, with broken lines rejoined; headings inside the article stay."""
    start: int
    end: int


@dataclass(frozen=True)
class _Paragraph:
    start: int
    end: int
    text: str
    folded: str
    gap: int
    role: _Role

    def printed(self, part: str) -> str:
        """Return a part of `folded` as it stands in `text`; the two are alike, character by character."""
        start = self.folded.index(part)
        return self.text[start : start + len(part)]


@dataclass
class _Draft:
    start: int
    end: int
    kind: Kind = "article"
    title: str = ""
    subtitles: list[str] = field(default_factory=list)
    byline: str = ""
    body: list[str] = field(default_factory=list)

    def add(self, paragraph: _Paragraph) -> None:
        self.body.append(paragraph.text)
        self.end = paragraph.end

    def finish(self) -> Item:
        return Item(
            self.kind, self.title, " ".join(self.subtitles), self.byline, "\n".join(self.body), self.start, self.end
        )


def split_page(text: str) -> list[Item]:
    """Return the articles and captions of a page, in the order printed.

    A title is known by what follows it (a subtitle, a byline, a lead such as 本报讯), or by what it follows (the top of
    the page, the end of another article, more space than between paragraphs); any other short line is a heading. A page
    with one article gives one item. What belongs to the page itself (its number, date, editors) is left out.
    """
    return _Splitter(_paragraphs(lines(text))).split()


def _paragraphs(found: Sequence[Line]) -> list[_Paragraph]:
    goes_on = continued(found)
    roles = [_role(line.folded, line.is_prose) for line in found]
    paragraphs: list[_Paragraph] = []
    for i, (line, role) in enumerate(zip(found, roles, strict=True)):
        if goes_on[i] and not _opens(roles, i):
            before = paragraphs.pop()
            space = " " if before.text[-1].isascii() and line.text[0].isascii() and line.text[0].isalnum() else ""
            text, folded = before.text + space + line.text, before.folded + space + line.folded
            paragraphs.append(_Paragraph(before.start, line.end, text, folded, before.gap, _role(folded, True)))
        elif role == "caption" and paragraphs and paragraphs[-1].role == "prose" and mark.is_credit(line.folded):
            before = paragraphs.pop()
            text, folded = f"{before.text} {line.text}", f"{before.folded} {line.folded}"
            paragraphs.append(_Paragraph(before.start, line.end, text, folded, before.gap, _role(folded, True)))
        else:
            paragraphs.append(_Paragraph(line.start, line.end, line.text, line.folded, line.gap, role))
    return paragraphs


def _role(folded: str, prose: bool) -> _Role:
    if mark.is_separator(folded):
        return "separator"
    if mark.is_subtitle(folded):
        return "subtitle"
    if mark.is_furniture(folded):
        return "furniture"
    if mark.lead(folded) is not None:
        return "lead"
    if mark.caption(folded) is not None:
        return "caption"
    if byline(folded):
        return "byline"
    return "prose" if prose else "short"


def _opens(roles: Sequence[_Role], i: int) -> bool:
    """Tell whether line `i` begins something new, whatever stands before it.

    So does a headline that a subtitle, a byline or a lead confirms.
    """
    if roles[i] in ("separator", "subtitle", "lead") or (roles[i] == "byline" and roles[i - 1] != "prose"):
        return True
    end = i
    while end < len(roles) and end - i < _HEADLINE_LINES and roles[end] == "short":
        end += 1
    return i < end < len(roles) and roles[end] in ("subtitle", "byline", "lead")


class _Splitter:
    def __init__(self, paragraphs: Sequence[_Paragraph]) -> None:
        self._paragraphs = paragraphs
        self._roles = [paragraph.role for paragraph in paragraphs]
        self._usual_gap = _usual_gap(paragraphs)
        self._drafts: list[_Draft] = []
        self._article: _Draft | None = None
        self._ended = True  # the next short line is a headline, not a heading

    def split(self) -> list[Item]:
        i = 0
        while i < len(self._paragraphs):
            i = self._step(i)
        return [draft.finish() for draft in self._drafts]

    def _step(self, i: int) -> int:
        """Place the paragraph `i` and those that belong to it; return the next one."""
        paragraph = self._paragraphs[i]
        match paragraph.role:
            case "separator":
                self._article, self._ended = None, True
            case "furniture":
                self._ended = True
            case "caption":
                self._add_caption(i, i)
            case "byline" if self._article and self._article.body:
                self._article.byline = self._article.byline or paragraph.printed(byline(paragraph.folded))
                self._article.end = paragraph.end
                self._ended = True
            case "lead":
                if self._article is None or self._article.body:
                    self._open(paragraph)
                self._add(paragraph)
            case "short" if self._is_label(i):
                self._ended = True
            case "short" if run := self._headline(i):
                return self._add_headline(i, run)
            case _:
                self._add(paragraph)
        return i + 1

    def _headline(self, i: int) -> int:
        """Return how many lines of a headline begin at `i`; 0 where the line is a heading."""
        if mark.is_numbered(self._paragraphs[i].folded):
            return 0
        run = 1
        while run < _HEADLINE_LINES and self._role_at(i + run) == "short" and not self._is_apart(i + run):
            run += 1
        after = self._role_at(i + run)
        if after in ("subtitle", "lead") or (after == "byline" and self._role_at(i + run + 1) not in (None, "short")):
            return run
        if after == "caption" and not mark.is_illustration(self._paragraphs[i + run].folded):
            return run
        unmarked = self._is_apart(i) and len(self._paragraphs[i].text) >= _UNMARKED_HEADLINE and after == "prose"
        return run if after is not None and (self._ended or unmarked) else 0

    def _add_headline(self, i: int, run: int) -> int:
        while run > 1 and mark.is_label(self._paragraphs[i].folded):
            i, run = i + 1, run - 1
        printed = [paragraph.text for paragraph in self._paragraphs[i : i + run]]
        if self._role_at(i + run) == "caption":
            return self._add_caption(i, i + run, " ".join(printed))
        draft = self._open(self._paragraphs[i])
        draft.title, draft.subtitles = _title(printed)
        draft.end = self._paragraphs[i + run - 1].end
        i += run
        while (role := self._role_at(i)) in ("subtitle", "byline"):
            paragraph = self._paragraphs[i]
            if role == "subtitle":
                draft.subtitles.append(paragraph.text.lstrip("—-─ "))
            else:
                draft.byline = f"{draft.byline} {paragraph.printed(byline(paragraph.folded))}".strip()
            draft.end = paragraph.end
            i += 1
        return i

    def _add_caption(self, first: int, i: int, title: str = "") -> int:
        paragraph = self._paragraphs[i]
        names = paragraph.printed(mark.caption(paragraph.folded) or "")
        start = self._paragraphs[first].start
        self._drafts.append(_Draft(start, paragraph.end, "caption", title, [], names, [paragraph.text]))
        return i + 1

    def _add(self, paragraph: _Paragraph) -> None:
        article = self._article or self._open(paragraph)
        article.add(paragraph)
        names = mark.lead(paragraph.folded) if paragraph.role == "lead" else closing_names(paragraph.folded)
        article.byline = article.byline or paragraph.printed(names or "")
        self._ended = paragraph.role != "lead" and bool(names)

    def _open(self, paragraph: _Paragraph) -> _Draft:
        self._article = _Draft(paragraph.start, paragraph.end)
        self._drafts.append(self._article)
        self._ended = False
        return self._article

    def _role_at(self, i: int) -> _Role | None:
        return self._roles[i] if i < len(self._roles) else None

    def _is_label(self, i: int) -> bool:
        return (
            (self._ended or self._is_apart(i))
            and mark.is_label(self._paragraphs[i].folded)
            and self._role_at(i + 1) in ("short", "furniture")
        )

    def _is_apart(self, i: int) -> bool:
        return self._paragraphs[i].gap > self._usual_gap


def _usual_gap(paragraphs: Sequence[_Paragraph]) -> int:
    """Return how many blank lines stand between the paragraphs of one article."""
    pairs = list(zip(paragraphs, paragraphs[1:], strict=False))
    within = [after.gap for before, after in pairs if after.role == "prose" and before.role in ("prose", "lead")]
    gaps = Counter(within or [after.gap for _, after in pairs])
    return max(gaps, key=lambda gap: (gaps[gap], gap)) if gaps else 0


def _title(printed: list[str]) -> tuple[str, list[str]]:
    """Return the headline and the smaller lines around it: the larger the type, the fewer characters a line."""
    shortest = min(map(len, printed))
    first = next(i for i, line in enumerate(printed) if len(line) <= shortest + _SAME_HEADLINE)
    last = first + 1
    while first and _is_one_headline(printed[first - 1], printed[first]):
        first -= 1
    while last < len(printed) and _is_one_headline(printed[last - 1], printed[last]):
        last += 1
    return " ".join(printed[first:last]), printed[:first] + printed[last:]


def split_headline(text: str) -> tuple[str, str]:
    """Return the headline and the rest of one article's bare text; the headline is empty where it has none."""
    found = lines(text)
    if len(found) < 2 or _role(found[0].folded, found[0].is_prose) != "short":
        return "", text
    return found[0].text, text[found[0].end :]


def _is_one_headline(upper: str, lower: str) -> bool:
    if upper[-1] in "?？!！" or (upper[0], upper[-1]) == ("“", "”"):
        return False
    difference = abs(len(upper) - len(lower))
    return difference <= _SAME_HEADLINE or (difference <= 2 * _SAME_HEADLINE and len(upper) <= _HALF_HEADLINE)
