"""Tell a byline, and the names in a lead or a credit, from the text.

All functions take a line as `service.text.fold.simplify` gives it, and return names as printed, with their roles.
"""

import re
from functools import cache
from importlib.resources import files

_HAN = "[\u4e00-\u9fff]"
NAME = rf"(?:{_HAN}{{1,8}}(?:[·•・]{_HAN}{{1,8}})+|{_HAN}{{2,4}}|{_HAN}\s+{_HAN})"
ROLE = (
    rf"(?:(?:本[报刊网台社]|新华社|中新社|{_HAN}{{2,6}}(?:日报|晚报|晨报|早报|时报|网|客户端)|[晚晨早日商]报)?(?:驻{_HAN}{{2,4}})?"
    r"(?:全媒体|融媒体|见习|实习|首席|特约|特派|高级|主任|资深)*"
    r"(?:记者|通讯员|评论员|观察员|撰稿人?|作者|文字|撰文|采写|摄影|供稿|供图|编辑部|编辑组|编辑|实习生))"
)
_PERSON = rf"(?:{ROLE}[\s:]*)?{NAME}"
PEOPLE = rf"{_PERSON}(?:(?:[\s、,]+|(?={ROLE})){_PERSON})*"

_LONGEST = 48
_MARKS = re.compile(r"^[\s□■◆◇●○▲△◎★☆*|·/-]+|[\s□■◆◇|]+$")
_BETWEEN = re.compile(r"[\s/╱、,:|&;()□■]+")
_SPACED_NAME = re.compile(rf"(?<!\S)({_HAN})\s+({_HAN})(?!\S)")
_LEADING_ROLES = re.compile(rf"(?:{ROLE}|文图|图文|文|图|摄)+")
_TRAILING_ROLE = re.compile(r"(?:摄影报[道导]|综合报[道导]|报[道导]|综合整理|整理|摄影|摄|文|图)$")
_NAMELESS = re.compile(r"评论员|编辑部|观察员")
_OFFICE = re.compile(rf"{_HAN}{{3,20}}(?:[行局院校社司会部厂矿站所队处委府县市区镇乡村]|大学|中心|集团)")
_CLOSING = re.compile(rf"\(({PEOPLE}|[^()。,]{{0,24}}作者[^()。]{{2,40}})(?:\s*(?:文/图|摄影报道|报道))?\)$")
_SOURCE = re.compile(r"^\(?作者(?:单位)?(?:系|为|:)")


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    rows = [row for row in (files(__package__) / "surnames.txt").read_text("utf-8").splitlines() if row[:1] != "#"]
    single = frozenset("".join(row for row in rows if " " not in row))
    return single, frozenset(word for row in rows if " " in row for word in row.split())


def _is_name(word: str) -> bool:
    single, compound = _surnames()
    if not re.fullmatch(NAME, word):
        return False
    if len(word) == 4:
        return word[:2] in compound
    return word[0] in single or len(word) > 4


def byline(line: str) -> str:
    """Return the names of a line that holds nothing else; empty when it is no byline."""
    if len(line) > _LONGEST or line[-1] in "。!?":
        return ""
    body = _MARKS.sub("", line)
    if body.startswith("(") and body.endswith(")"):
        body = body[1:-1].strip()
    roles = names = 0
    for word in _BETWEEN.split(_SPACED_NAME.sub(r"\1\2", body)):
        name = word if _is_name(word) else _LEADING_ROLES.sub("", word, count=1)
        roles += name != word
        if roles or len(name) > 3:
            name = _TRAILING_ROLE.sub("", name)
        if not names and _OFFICE.fullmatch(name):
            continue
        if name and not _is_name(name) and not (roles and re.fullmatch(NAME, name)):
            return ""
        names += bool(name)
    return body if names or (roles and _NAMELESS.search(body)) else ""


def closing_names(line: str) -> str:
    """Return the names in brackets that close an article; empty where there are none."""
    found = _CLOSING.search(line)
    if not found:
        return ""
    return found[1] if _SOURCE.match(found[1]) else byline(found[1])
