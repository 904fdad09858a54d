import contextlib
import gzip
import json
import random
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from service.archive.inputs import find
from service.archive.place import ArchiveError
from service.archive.records import check_fields, check_line
from service.archive.shards import LINE, cut, read
from service.text.reading import Sent
from tests.archives import LIMIT, articles, classify, lines, parts

GOOD = {"text": "民警巡逻"}


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"\n", "no JSON"),
        (b"{", "no JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"text": ' + b"1" * 5000 + b"}", "a number that is too long"),
        (b"[]", "no JSON object"),
        (b"{}", "The field text is missing"),
        (b'{"text": null}', "The field text is missing"),
        (b'{"text": 1}', "The field text must be a string"),
        (b'{"text": " \\u200b"}', "nothing that a reader could see"),
        (b'{"text": "<p></p>", "format": "html"}', "Without its markup"),
        (b'{"text": "a\\u0000"}', "The field text: The text holds a NUL character at character 1"),
        (b'{"text": "a", "title": "\\ud800"}', r"The field title: The text holds a lone surrogate \(U\+D800\)"),
        (b'{"text": "a", "title": 1}', "The field title must be a string"),
        (b'{"text": "a", "format": []}', "The field format must be text or html"),
        (b'{"text": "a", "id": true}', "The field id must be"),
        (b'{"text": "a", "id": 1.5}', "The field id must be"),
        (b'{"text": "a", "id": "' + b"1" * 201 + b'"}', "The field id must be"),
        (b'{"text": "a", "id": 9223372036854775808}', "The field id must be"),
        (b'{"text": "' + b"a" * (LIMIT + 1) + b'"}', f"over the limit of {LIMIT} bytes"),
        (b'{"text": "\xff\xff"}', "neither UTF-8 nor GB18030"),
    ],
)
def test_a_bad_line_says_what_is_wrong(line: bytes, error: str) -> None:
    name, article = check_line(line, LIMIT)
    assert name is None
    with pytest.raises(ValueError, match=error):
        raise ValueError(article)


def test_a_good_line_is_an_article() -> None:
    article = Sent("", GOOD["text"])
    assert check_line(json.dumps(GOOD).encode(), LIMIT) == (None, article)
    assert check_line(json.dumps(GOOD, ensure_ascii=False).encode("gb18030"), LIMIT) == (None, article)
    assert check_line(b"\xef\xbb\xbf" + json.dumps(GOOD | {"id": -5, "other": {}}).encode(), LIMIT) == ("-5", article)
    assert check_fields("a", None, "b", "html", LIMIT) == ("b", Sent("", "a", html=True))


def test_a_bad_record_becomes_a_row_and_stops_nothing(models: Path, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    good = lines(articles(2)).splitlines(keepends=True)
    huge = b'{"text": "' + b"a" * LINE * LIMIT + b'"}\n'
    data = good[0] + b'{"id": 7}\n' + huge + b"\xff\xff\n" + good[1]
    (source / "a.jsonl").write_bytes(data)
    (source / "b.jsonl.gz").write_bytes(gzip.compress(data))
    done = classify(source, tmp_path / "out", models, shard=2, workers=1)
    assert (done.articles, done.errors) == (10, 6)
    for name in ("a.jsonl", "b.jsonl.gz"):
        rows = [row for row in parts(tmp_path / "out") if row["source"] == name]
        assert [bool(row["error"]) for row in rows] == [False, True, True, True, False]
        assert [row["id"] for row in rows] == ["0", "7", None, None, "1"]
        assert "over the limit of" in rows[2]["error"]
        null = {column for column, value in rows[1].items() if value is None}
        assert null == set(rows[1]) - {"source", "row", "id", "model", "error"}


def test_a_damaged_file_is_read_as_far_as_it_goes(models: Path, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    whole = articles(60)
    packed = gzip.compress(lines(whole) * 100, 1)
    (source / "a.jsonl.gz").write_bytes(packed[: len(packed) // 20])
    (source / "b.jsonl.zst").write_bytes(b"no zstd")
    pq.write_table(pa.Table.from_pylist(whole), source / "c.parquet", row_group_size=20, compression="zstd")
    damaged = bytearray((source / "c.parquet").read_bytes())
    group = pq.read_metadata(source / "c.parquet").row_group(1)
    text = next(group.column(i) for i in range(group.num_columns) if group.column(i).path_in_schema == "text")
    start = text.dictionary_page_offset or text.data_page_offset
    damaged[start : start + text.total_compressed_size] = b"\xaa" * text.total_compressed_size
    (source / "c.parquet").write_bytes(damaged)
    bad = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0\4\0\0\0"), pa.py_buffer(b"ab\xff\xff")]
    )
    pq.write_table(pa.table({"text": bad, "id": pa.array([1.5, None])}), source / "d.parquet")
    classify(source, tmp_path / "out", models, shard=30)
    rows = parts(tmp_path / "out")
    errors = {name: [row["error"] for row in rows if row["source"].startswith(name)] for name in "abcd"}
    assert len(errors["a"]) > 100
    assert not any(errors["a"][:-1])
    assert "is damaged" in errors["a"][-1]
    assert "is damaged" in errors["b"][0]
    assert [bool(error) for error in errors["c"]] == [False] * 20 + [True] * 20 + [False] * 20
    assert "The field id must be" in errors["d"][0]
    assert "neither UTF-8 nor GB18030" in errors["d"][1]


def test_no_damage_of_a_parquet_file_is_a_crash(tmp_path: Path) -> None:
    path, chance = tmp_path / "a.parquet", random.Random(7)
    pq.write_table(pa.Table.from_pylist(articles(60)), path, row_group_size=20)
    whole = path.read_bytes()
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[chance.randrange(len(whole) // 2, len(whole))] = chance.randrange(256)
        path.write_bytes(damaged)
        with contextlib.suppress(ArchiveError):  # it can be refused, or read in part
            place, inputs = find(str(path))
            for shard in islice(cut(place, inputs, 25, LIMIT), 10):
                assert len(list(read(place, shard, LIMIT))) == shard.records
