import codecs

import pytest

from service.text.decode import TextError, check_characters, decode, is_blank

NEWS = "民警“守护”平安——2026年①镕"


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"gb18030"', "GB18030", "utf-16le"])
def test_a_declared_charset_is_used(charset: str) -> None:
    assert decode(NEWS.encode(charset.strip('"')), charset) == NEWS


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(codecs.BOM_UTF16_LE + NEWS.encode("utf-16le"), "utf-16le") == NEWS


def test_gb2312_is_read_as_what_senders_mean_by_it() -> None:
    assert decode("朱镕基—2".encode("gb18030"), "gb2312") == "朱镕基—2"


@pytest.mark.parametrize(
    "data", [NEWS.encode(), codecs.BOM_UTF8 + NEWS.encode(), NEWS.encode("gb18030"), NEWS.encode("utf-16")]
)
def test_a_files_charset_is_found(data: bytes) -> None:
    assert decode(data) == NEWS


@pytest.mark.parametrize(
    ("data", "charset", "reason"),
    [
        (b"\xff\xff", "utf-8", "bytes"),
        ("民".encode()[:2], "utf-8", "bytes"),
        (b"\x81", "gbk", "bytes"),
        (b"a", "klingon", "charset"),
        (b"a", "", "charset"),
        (b"\xff\xff\xff", None, "bytes"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, charset: str | None, reason: str) -> None:
    with pytest.raises(TextError) as raised:
        decode(data, charset)
    assert raised.value.reason == reason


@pytest.mark.parametrize("text", ["民\0警", "民\ud800", "\udfff"])
def test_damaged_text_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(TextError, match=r"at character [01]"):
        check_characters(text)


@pytest.mark.parametrize(("text", "blank"), [("", True), (" \n\u3000\u200b\ufeff", True), ("。", False), ("民", False)])
def test_blank_is_what_a_reader_would_call_empty(text: str, blank: bool) -> None:
    assert is_blank(text) is blank
