"""Blank out HTML markup, one character for one, so that positions in the text as sent hold.

Own code, because parsers at hand keep no positions of text, and the standard library's is quadratic on hostile markup.
Each pattern below is linear: an element left open ends with the text.
"""

import html
import re

from service.text.fold import VOID

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 head header hr html li main nav ol option p pre section select table tbody td tfoot th thead title tr "
    "ul".split()
)
_ENTITY = "&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});"
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style|template|iframe|svg)\b[^<>]*+>.*?(?:</\1\s*>|\Z)"
    r"|</?([a-z][a-z0-9]*+)[^<>]*+>"
    r"|<[!?][^<>]*+>"
    rf"|{_ENTITY}",
    re.IGNORECASE | re.DOTALL,
)
_AN_ENTITY = re.compile(_ENTITY, re.IGNORECASE)


def _blank(match: re.Match[str]) -> str:
    markup = match[0]
    if markup.startswith("&"):
        character = html.unescape(markup)
        return character.ljust(len(markup), VOID) if character != markup else markup
    tag = (match[2] or match[1] or "").lower()
    return ("\n" if tag in _BLOCKS else VOID).ljust(len(markup), VOID)


def strip_html(text: str) -> str:
    """Return `text` with tags, comments, scripts and styles blanked to VOID, block tags to a line break, entities
    to their character; the same length as `text`."""
    return _MARKUP.sub(_blank, text)


def entity_at(text: str, place: int) -> str:
    """Return the entity that begins at `place`; empty where there is none."""
    found = _AN_ENTITY.match(text, place)
    return found[0] if found and html.unescape(found[0]) != found[0] else ""
