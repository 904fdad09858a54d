"""The marks by which a newspaper's reader tells a lead, a caption or page furniture from the text.

All functions take a line as `service.text.fold.simplify` gives it.
"""

import re

from service.text.byline import credited_names, opening_names

_LEAD = re.compile(
    r"[【\[(〔]?(?:"
    r"本[报刊网台社][^。,()\s]{0,14}?(?:讯(?!员)|电(?=[\s(】\]]|$)|消息|报[道导])"
    r"|[\u4e00-\u9fff]{2,16}\d{1,2}月\d{1,2}日(?:专电|电|讯)"
    r"|[\u4e00-\u9fff]{1,8}讯(?=[\s(【\]】]|首席|见习|实习|全媒体|记者|通讯员)"
    r")[】\])〕]?"
    r"|(?:本[报刊网])?(?:记者|通讯员)[^。,]{2,24}报[道导][:,]"
)
_CREDIT = re.compile(r"[\s/]*(?:摄影|摄|供图|图片|提供)\)?$")
_AGENCY = re.compile(r"[\s(]*(?:新华社发)?[\s(]*")
_ILLUSTRATION = re.compile(r"[▲△↑↓←→◀▶▼▽]|图[①-⑳0-9一二三四五六]?[为:]|[上下左右题本][图侧][为:,]|图片[为说]|资料图")
_CAPTION_LENGTH = 320
_PAGE = r"(?:第\s*[A-Z]?[一二三四五六七八九十\d]{1,3}\s*版|[A-Z]\d{1,2}\s*版?|\d{1,2}\s*版)"
_FURNITURE = re.compile(
    rf"(?:(?:\S{{2,10}}\s+)?{_PAGE}|\d{{1,2}}(?=\s+\S{{2,6}}$))(?:[\s:·|/]+\S{{1,10}}){{0,2}}(?:\s+\S*年\S*)?"
    r"|[^,。]{0,16}[\d〇○零一二三四五六七八九]{4}\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日(?:[\s(]*(?:星期|周|农历)[^,。]{0,48})?"
    r"|(?:本版|本期|值班|执行|责任)?(?:责任编辑|责编|编辑|主编|编委|版式|美编|校对|组版|审读|检校|视觉|图编)[:/\s].{1,60}"
    r"|(?:新闻热线|热线|电话|邮箱|投稿邮箱|电子邮箱|网址|E-?mail|国内统一刊号|邮发代号|零售价|总第)[:\s]?.{0,60}"
    r"|(?:(?:上一|下一)[版页篇期]|版面(?:导航|目录)|返回(?:目录|首页)|[\s|>])+"  # an e-paper's links
    rf"|[(\[【]?\s*(?:下转|上接|紧接|转|接)\s*{_PAGE}.{{0,6}}"
)
_LABEL = re.compile(
    r"【.{1,10}】|[\[◎●■]?(?:图片新闻|新闻图片|图片报道|简讯|短讯|要闻|速览|要闻速览|新闻速递|导读|短波|一句话新闻|广告)\]?"
)
_LABEL_LENGTH = 5
_KICKER = re.compile(r"^(?:我[国省市州区县镇院校]|迎接|聚焦)|(?:强调|指出|要求|召开|举行|部署|[，,:]|时)$")
_SEPARATOR = re.compile(r"[\s※*=_—\-─━·•~○●◆◇☆★#+]{3,}")
_SUBTITLE = re.compile(r"(?:——|—|--|──|─)\s*[^\s—\-─]")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、]|第[一二三四五六七八九十]+[、,]"
)


def lead(line: str) -> str | None:
    """Return the names given in a lead (本报讯(…), 新华社…电(…)); empty when it gives none, None when it is no lead."""
    found = _LEAD.match(line)
    if not found:
        return None
    return opening_names(line[found.end() :])


def caption(line: str) -> str | None:
    """Return the photographer of a picture's caption; empty when none is given, None when it is no caption."""
    if len(line) > _CAPTION_LENGTH:
        return None
    return credit(line) or ("" if is_illustration(line) else None)


def is_illustration(line: str) -> bool:
    """Tell whether the line opens as the caption of a picture inside an article does (图为, 上图, ▲)."""
    return _ILLUSTRATION.match(line) is not None


def credit(line: str) -> str:
    """Return the photographers that end the line (…张三摄); empty where there are none."""
    found = _CREDIT.search(line, max(len(line) - 12, 0))
    return credited_names(line[: found.start()]) if found else ""


def is_credit(line: str) -> bool:
    """Tell whether the line holds a photographer and nothing else."""
    names = credit(line)
    return bool(names) and _AGENCY.fullmatch(line[: line.rindex(names)]) is not None


def is_brief(line: str) -> bool:
    """Tell whether the line is the lead of a news brief (本报讯), which has no headings; a report (…电) may have."""
    found = _LEAD.match(line)
    return found is not None and "讯" in found[0]


def is_furniture(line: str) -> bool:
    """Tell whether the line belongs to the page, not to an article: its number, date, editors, section names."""
    return _FURNITURE.fullmatch(line) is not None or _LABEL.fullmatch("".join(line.split())) is not None


def is_label(line: str, below: str) -> bool:
    """Tell whether the line is so much shorter than the one `below` that it names a section (社评), not the article."""
    length = len("".join(line.split()))
    return length <= _LABEL_LENGTH and 2 * length <= len(below)


def is_kicker(line: str) -> bool:
    """Tell whether the line leads up to a headline below it, whatever their lengths."""
    return _KICKER.search(line) is not None


def is_separator(line: str) -> bool:
    """Tell whether the line is a rule between articles."""
    return _SEPARATOR.fullmatch(line) is not None


def is_subtitle(line: str) -> bool:
    """Tell whether the line is a subtitle, which opens with a dash."""
    return _SUBTITLE.match(line) is not None


def is_numbered(line: str) -> bool:
    """Tell whether the line is a numbered heading (一、 (二) 3.), which never is a headline."""
    return _NUMBERED.match(line) is not None
