"""Tell a byline, and the names in a lead or a credit, from the text.

All functions take a line as `service.text.fold.simplify` gives it, and return names as printed, with their roles. A
line is taken apart word by word: one expression for all of it would backtrack without end on a run of role words.
"""

import re
from functools import cache
from importlib.resources import files

_HAN = "[\u4e00-\u9fff]"
_NAME = re.compile(rf"{_HAN}{{1,8}}(?:[·•・]{_HAN}{{1,8}})+|{_HAN}{{2,4}}")
_ROLES = re.compile(
    rf"(?>(?:本[报刊网台社]|新华社|中新社|{_HAN}{{2,6}}?(?:日报|晚报|晨报|早报|时报|网|客户端)|[晚晨早日商]报)?+(?:驻{_HAN}{{2,4}})?+"
    r"(?:全媒体|融媒体|见习|实习|首席|特约|特派|高级|主任|资深)*+"
    r"(?:记者|通讯员|评论员|观察员|撰稿人?|作者|文字|撰文|采写|摄影|供稿|供图|编辑部|编辑组|编辑|实习生)"
    r"|文图|图文|文|图|摄)++"
)
_TRAILING_ROLE = re.compile(r"(?:摄影报[道导]|综合报[道导]|报[道导]|综合整理|整理|摄影|摄|文|图)$")
_REPORTED = re.compile(r"(?:摄影|综合)?报[道导]")
_MARKS = "□■◆◇●○▲△◎★☆*|·/- "
_BETWEEN = re.compile(r"[\s/╱、,:|&;()□■]+")
_SPACED_NAME = re.compile(rf"(?<!\S)({_HAN})\s+({_HAN})(?!\S)")
_NAMELESS = re.compile(r"评论员|编辑部|观察员")
_OFFICE = re.compile(rf"{_HAN}{{3,20}}(?:[行局院校社司会部厂矿站所队处委府县市区镇乡村]|大学|中心|集团)")
_SOURCE = re.compile(r"作者(?:单位)?(?:系|为|:)")

_LONGEST = 48


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    rows = [row for row in (files(__package__) / "surnames.txt").read_text("utf-8").splitlines() if row[:1] != "#"]
    single = frozenset("".join(row for row in rows if " " not in row))
    return single, frozenset(word for row in rows if " " in row for word in row.split())


def _is_name(word: str) -> bool:
    single, compound = _surnames()
    if not _NAME.fullmatch(word):
        return False
    if len(word) == 4:
        return word[:2] in compound
    return word[0] in single or len(word) > 4


def byline(line: str, *, credited: bool = False) -> str:
    """Return the names of a line that holds nothing else; empty when it is no byline.

    After a role (记者), or when the line is `credited` (…摄), any name will do; others must begin with a surname.
    """
    return _judge(line, credited)[0]


def is_doubtful(line: str) -> bool:
    """Tell whether a byline is one bare name, as a heading of two or three characters may look (严执法, 平安)."""
    return _judge(line, credited=False)[1] < 2


def _judge(line: str, credited: bool) -> tuple[str, int]:
    """Return the names of a byline, and how many words in it are names or roles."""
    if len(line) > _LONGEST or line[-1:] in "。!?":
        return "", 0
    body = line.strip(_MARKS)
    if body.startswith("(") and body.endswith(")"):
        body = body[1:-1].strip()
    roles, names = int(credited), 0
    for word in _BETWEEN.split(_SPACED_NAME.sub(r"\1\2", body)):
        name = word if _is_name(word) else _ROLES.sub("", word, count=1)
        roles += name != word
        if roles or len(name) > 3:
            name = _TRAILING_ROLE.sub("", name)
        if not names and _OFFICE.fullmatch(name):
            continue
        if name and not _is_name(name) and not (roles and _NAME.fullmatch(name)):
            return "", 0
        names += bool(name)
    return (body, roles + names) if names or (roles and _NAMELESS.search(body)) else ("", 0)


def opening_names(text: str) -> str:
    """Return the names that a lead gives before its first sentence: in brackets, or as 记者 张三 (报道)."""
    text = text.lstrip()
    if text.startswith("("):
        inner = text[1 : text.find(")")] if ")" in text[: _LONGEST + 2] else ""
        return "" if "。" in inner else inner.strip()
    start = re.split("[,。:]", text[:_LONGEST], maxsplit=1)[0]
    if reported := _REPORTED.search(start):
        return byline(start[: reported.start()].strip()) if _ROLES.match(start) else ""
    words: list[str] = []
    for word in start.split()[:8]:
        is_role = _ROLES.match(word) is not None
        after_role = bool(words) and _ROLES.fullmatch(words[-1]) is not None
        if not (is_role or (after_role and _NAME.fullmatch(word)) or (words and _is_name(word))):
            break
        words.append(word)
    return byline(" ".join(words)) if words and text[len(" ".join(words)) :][:1].isspace() else ""


def closing_names(line: str) -> str:
    """Return the names in brackets that close an article; empty where there are none."""
    if not line.endswith(")"):
        return ""
    inner = line[line.rfind("(") + 1 : -1]
    if _SOURCE.match(inner):
        return inner
    return byline(_TRAILING_ROLE.sub("", inner).rstrip(" /")) or byline(inner)


def credited_names(line: str) -> str:
    """Return the names at the end of a line that a credit (摄) was cut from; empty where there are none."""
    tail = line[max(line.rfind(mark) for mark in "。!?”()") + 1 :].split()[-6:]
    for first in range(len(tail)):
        if names := byline(" ".join(tail[first:]), credited=True):
            return names
    return ""
