"""The marks by which a newspaper's reader tells a byline, a lead, a caption or page furniture from the text.

All functions take a line as `service.text.fold` gives it.
"""

import re
from functools import cache
from importlib.resources import files

_NAME = r"(?:[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+|[\u4e00-\u9fff]{2,4})"
_ROLE = (
    r"(?:(?:本报|本刊|本网|本台|新华社|中新社|[\u4e00-\u9fff]{2,6}(?:日报|晚报|晨报|时报|网|客户端))?(?:驻[\u4e00-\u9fff]{2,4})?"
    r"(?:全媒体|融媒体|见习|实习|首席|特约|特派|高级|主任|资深)*"
    r"(?:记者|通讯员|评论员|观察员|撰稿人?|特约作者|作者|文字|撰文|采写|摄影|供稿|供图|编辑部|编辑组|编辑|实习生|摄制))"
)
_CREDITED = r"(?:摄影报道|摄影|供图|摄|图|文/图|图/文|文并摄|文/摄|绘图|漫画|制图)"
_PEOPLE = rf"(?:{_ROLE}[\s:]*)?{_NAME}(?:(?:[\s、,]+|(?=通讯员|记者|特约))(?:{_ROLE}[\s:]*)?{_NAME})*"

_BYLINE_EDGE = re.compile(r"^[\s□■◆◇●○▲△◎★☆*|·/-]+|[\s□■◆◇|]+$")
_BYLINE_SPLIT = re.compile(r"[\s/、,:|&;()□■]+")
_ROLE_PREFIX = re.compile(rf"(?:{_ROLE}|文图|图文|文字|文|图|摄)+")
_ROLE_SUFFIX = re.compile(r"(?:摄影报道|报道|综合整理|整理|摄影|摄|文/图|文|图)$")
_LONE_NAME = re.compile(r"(?<!\S)([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?!\S)")
_BYLINE_LENGTH = 48

_LEAD = re.compile(
    r"[【\[(〔]?(?:"
    r"本[报刊网台社][^。,()\s]{0,14}?(?:讯|电|专电|消息)"
    r"|[\u4e00-\u9fff]{2,16}\d{1,2}月\d{1,2}日(?:专电|电|讯)"
    r"|[\u4e00-\u9fff]{1,8}(?:讯|网讯|报讯)(?=\s*[(【\]】]|\s*(?:首席|见习|实习|全媒体)?(?:记者|通讯员)|\s)"
    r")[】\])〕]?"
    r"|^(?:本报|本刊|本网)?(?:记者|通讯员)[^。,]{2,24}报道[:,]?"
)
_LEAD_NAMES = re.compile(
    rf"\s*(?:\(((?:{_PEOPLE}|[^()。]{{2,40}}))\)|({_ROLE}[\s:]*{_NAME}(?:[\s、]+(?:{_ROLE}[\s:]*)?{_NAME})*)\s*(?:摄影)?(?:报道|文/图)"
    rf"|({_ROLE}\s+{_NAME}(?:[\s、]+(?:{_ROLE}[\s:]*)?{_NAME})*)(?=\s))"
)
_CLOSING_NAMES = re.compile(rf"\(((?:{_PEOPLE}))(?:\s*(?:文/图|摄影报道|报道))?\)$")
_CAPTION_START = re.compile(
    r"(?:[▲△↑↓←→◀▶]\s*)?(?:图[①-⑳0-9一二三四五六]?[为:]|[上下左右题本]图[为::,]|图片[为说]|资料图|新华社发)"
)
_CREDIT = re.compile(
    rf"(?:^|(?<=[\s。!?”)(]))((?:新华社发\s*)?\(?(?:{_PEOPLE}))[\s/]*{_CREDITED}\)?$|新华社发\(({_PEOPLE})[\s/]*摄\)$"
)
_CAPTION_LENGTH = 320
_FURNITURE = re.compile(
    r"^(?:"
    r"第?\s*[A-Z]?\d{1,3}\s*版?\s*[:|·/\s]\s*\S{0,10}$|第[一二三四五六七八九十\d]{1,3}版.{0,12}$|[A-Z]\d{1,3}\s*\S{0,8}$|.{0,6}第?\d{1,3}版$"
    r"|.{0,8}\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.{0,24}$"
    r"|(?:本版|责任|值班|执行|本期)?(?:责任编辑|责编|编辑|主编|编委|版式|美编|校对|组版|审读|策划|统筹|值班主任|检校|视觉|图编)"
    r"(?:[::/\s].{0,60})$"
    r"|(?:电话|热线|邮箱|投稿邮箱|网址|E-?mail|电子邮箱|国内统一刊号|邮发代号|零售价|总第).{0,60}$"
    r"|[((【\[]?\s*(?:下转|上接|紧接|接)第?\s*[A-Z]?[\d一二三四五六七八九十]{1,3}版.{0,6}$"
    r"|(?:图片新闻|新闻图片|图片报道|简讯|短讯|要闻|要闻速览|新闻速递|导读|本版导读|短波|一句话新闻|广告|公益广告)$"
    r")"
)
_SEPARATOR = re.compile(r"^[\s※*=_—\-─━·•~○●◆◇☆★#+]{3,}$")
_SUBTITLE = re.compile(r"^(?:——|—|--|──|─)\s*[^\s—\-─]")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|第[一二三四五六七八九十]+[、,]|\d{1,2}[.、])"
)


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    rows = [row for row in (files(__package__) / "surnames.txt").read_text("utf-8").splitlines() if row[:1] != "#"]
    single = frozenset("".join(row for row in rows if " " not in row))
    return single, frozenset(word for row in rows if " " in row for word in row.split())


def _is_name(word: str) -> bool:
    single, compound = _surnames()
    if "·" in word:
        return re.fullmatch(_NAME, word) is not None
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", word):
        return False
    return word[:2] in compound if len(word) == 4 else word[0] in single


def byline(line: str) -> str:
    """Return the names, with their roles, that the line consists of; empty when it is no byline."""
    if len(line) > _BYLINE_LENGTH or line[-1] in "。!?":
        return ""
    body = _BYLINE_EDGE.sub("", line)
    if body.startswith("(") and body.endswith(")"):
        body = body[1:-1].strip()
    words = [word for word in _BYLINE_SPLIT.split(_LONE_NAME.sub(r"\1\2", body)) if word]
    roles = names = 0
    for word in words:
        role = _ROLE_PREFIX.match(word)
        rest = word[role.end() :] if role and not _is_name(word) else word
        roles += rest != word
        rest = _ROLE_SUFFIX.sub("", rest) if roles or len(rest) > 3 else rest
        if rest and not (_is_name(rest) or (roles and re.fullmatch(_NAME, rest))):
            return ""
        names += bool(rest)
    return body if names or (roles and re.search("评论员|编辑部|记者|观察员", body)) else ""


def lead(line: str) -> str | None:
    """Return the names given in a lead (本报讯(…), 新华社…电(…)); empty when it gives none, None when it is no lead."""
    found = _LEAD.match(line)
    if not found:
        return None
    names = _LEAD_NAMES.match(line, found.end()) or _LEAD_NAMES.match(line)
    return next((group.strip() for group in names.groups() if group), "") if names else ""


def closing_names(line: str) -> str:
    """Return the names in brackets that close an article's last line; empty where there are none."""
    found = _CLOSING_NAMES.search(line)
    if not found:
        return ""
    return byline(found[1])


def caption(line: str) -> str | None:
    """Return the photographer of a picture's caption; empty when none is given, None when it is no caption."""
    if len(line) > _CAPTION_LENGTH:
        return None
    found = credit(line)
    if found:
        return found
    return "" if _CAPTION_START.match(line) else None


def credit(line: str) -> str:
    """Return the names of the photographers that end the line (…张三摄); empty where there are none."""
    found = _CREDIT.search(line)
    return (found[1] or found[2] or "").strip("( ") if found else ""


def is_furniture(line: str) -> bool:
    """Tell whether the line belongs to the page, not to an article: its number, date, editors, section labels."""
    return _FURNITURE.search(line) is not None


def is_separator(line: str) -> bool:
    """Tell whether the line is a rule between articles."""
    return _SEPARATOR.search(line) is not None


def is_subtitle(line: str) -> bool:
    """Tell whether the line is a subtitle, which opens with a dash."""
    return _SUBTITLE.match(line) is not None


def is_numbered(line: str) -> bool:
    """Tell whether the line is a numbered heading (一、 (二) 3.), which never is a headline."""
    return _NUMBERED.match(line) is not None
