"""Split the plain text of a newspaper page into its articles and captions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from service.text import mark
from service.text.byline import byline, closing_names, is_doubtful
from service.text.headline import headline
from service.text.paragraph import HEADLINE_LINES, Paragraph, Role, paragraphs, usual_gap

Kind = Literal["article", "caption"]

_UNMARKED_HEADLINE = 8  # characters; a shorter line with nothing but space before it is a heading


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


def split_page(text: str) -> list[Item]:
    """Return the articles and captions of a page, in the order printed.

    A title is known by what follows it (a subtitle, a byline, a lead such as 本报讯), or by what it follows (the top of
    the page, the end of another article, more space than between paragraphs); any other short line is a heading. A page
    with one article gives one item. What belongs to the page itself (its number, date, editors) is left out.
    """
    return _Splitter(paragraphs(text)).split()


@dataclass
class _Draft:
    start: int
    end: int
    kind: Kind = "article"
    title: str = ""
    subtitles: list[str] = field(default_factory=list)
    byline: str = ""
    body: list[str] = field(default_factory=list)

    def sign(self, names: str) -> None:
        self.byline = self.byline or names

    def finish(self) -> Item:
        subtitle, body = " ".join(self.subtitles), "\n".join(self.body)
        return Item(self.kind, self.title, subtitle, self.byline, body, self.start, self.end)


class _Splitter:
    def __init__(self, found: Sequence[Paragraph]) -> None:
        self._paragraphs = found
        self._usual_gap = usual_gap(found)
        self._drafts: list[_Draft] = []
        self._article: _Draft | None = None
        self._ended = True  # the next short line is a headline, not a heading
        self._brief = False  # the article has no headings

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
                self._add_caption(paragraph)
            case "byline" if self._article and self._signs(i):
                self._article.sign(paragraph.printed(byline(paragraph.folded)))
                self._article.end = paragraph.end
                self._ended = True
            case "lead":
                if self._article is None or self._article.body:
                    self._open(paragraph)
                self._add(paragraph)
                self._brief = mark.is_brief(paragraph.folded)
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
        while run < HEADLINE_LINES and self._role_at(i + run) == "short" and not self._is_apart(i + run):
            run += 1
        after = self._role_at(i + run)
        if after in ("subtitle", "lead") or (after == "byline" and self._confirms(i, i + run)):
            return run
        if after == "caption" and not mark.is_illustration(self._paragraphs[i + run].folded):
            return run
        if self._ended:
            return run if after is not None else 0
        unmarked = (self._is_apart(i) or self._brief) and len(self._paragraphs[i].text) >= _UNMARKED_HEADLINE
        return run if unmarked and after == "prose" else 0

    def _confirms(self, i: int, names: int) -> bool:
        """Tell whether the byline `names` shows that the line `i` is a headline."""
        if self._role_at(names + 1) in (None, "short"):
            return False
        long = len(self._paragraphs[i].text) >= _UNMARKED_HEADLINE
        return long or self._ended or self._is_apart(i) or not is_doubtful(self._paragraphs[names].folded)

    def _signs(self, i: int) -> bool:
        """Tell whether the byline `i` closes the article, rather than being names or a heading in its text."""
        if self._article is None or not self._article.body or self._article.byline:
            return False
        closes = self._role_at(i + 1) in (None, "short", "furniture", "separator", "caption")
        return closes or not is_doubtful(self._paragraphs[i].folded)

    def _add_headline(self, i: int, run: int) -> int:
        while run > 1 and mark.is_label(self._paragraphs[i].folded, self._paragraphs[i + 1].folded):
            i, run = i + 1, run - 1
        title, subtitles = headline([paragraph.text for paragraph in self._paragraphs[i : i + run]])
        first, last = self._paragraphs[i], self._paragraphs[i + run - 1]
        i += run
        if self._role_at(i) == "caption":
            draft = self._add_caption(self._paragraphs[i])
            draft.start, draft.title, draft.subtitles = first.start, title, subtitles
            return i + 1
        draft = self._open(first)
        draft.title, draft.subtitles, draft.end = title, subtitles, last.end
        while self._role_at(i) in ("subtitle", "byline"):
            self._add_below_headline(draft, self._paragraphs[i])
            i += 1
        return i

    def _add_below_headline(self, draft: _Draft, paragraph: Paragraph) -> None:
        if paragraph.role == "subtitle":
            draft.subtitles.append(paragraph.text.lstrip("—-─ "))
        else:
            draft.byline = f"{draft.byline} {paragraph.printed(byline(paragraph.folded))}".strip()
        draft.end = paragraph.end

    def _add_caption(self, paragraph: Paragraph) -> _Draft:
        draft = _Draft(paragraph.start, paragraph.end, "caption", body=[paragraph.text])
        draft.sign(paragraph.printed(mark.caption(paragraph.folded) or ""))
        self._drafts.append(draft)
        return draft

    def _add(self, paragraph: Paragraph) -> None:
        article = self._article or self._open(paragraph)
        article.body.append(paragraph.text)
        article.end = paragraph.end
        is_lead = paragraph.role == "lead"
        names = (mark.lead(paragraph.folded) if is_lead else closing_names(paragraph.folded)) or ""
        article.sign(paragraph.printed(names))
        self._ended = bool(names) and not is_lead

    def _open(self, paragraph: Paragraph) -> _Draft:
        self._article = _Draft(paragraph.start, paragraph.end)
        self._drafts.append(self._article)
        self._ended = self._brief = False
        return self._article

    def _role_at(self, i: int) -> Role | None:
        return self._paragraphs[i].role if i < len(self._paragraphs) else None

    def _is_apart(self, i: int) -> bool:
        return self._paragraphs[i].gap > self._usual_gap

    def _is_label(self, i: int) -> bool:
        return (
            (self._ended or self._is_apart(i))
            and self._role_at(i + 1) in ("short", "furniture")
            and mark.is_label(self._paragraphs[i].folded, self._paragraphs[i + 1].folded)
        )
