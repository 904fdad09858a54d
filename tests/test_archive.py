import gzip
import json
import os
import shutil
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from service.archive.inputs import find
from service.archive.place import ArchiveError
from service.archive.rows import read_rows
from service.archive.shards import cut
from service.model.model import Model
from service.text.reading import Sent
from tests.archives import LIMIT, articles, classify, lanmu_archive, lines, parts, said

ARTICLES = articles(60)


def _answers(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "source"} for row in rows]


@pytest.fixture(scope="module")
def expected(models: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The answers to `ARTICLES` as a plain file of lines."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "a.jsonl").write_bytes(lines(ARTICLES))
    classify(folder / "a.jsonl", folder / "out", models)
    return _answers(parts(folder / "out"))


def test_a_part_says_what_the_model_says(expected: list[dict[str, Any]], model: Model) -> None:
    for article, row in zip(ARTICLES, expected, strict=True):
        answer = model.classify_one(Sent(article["title"], article["text"]))
        assert row["id"] == str(article["id"])
        assert row["row"] == article["id"] + 1
        assert (row["model"], row["error"]) == (model.version, None)
        assert (row["decision"], row["category"]) == (answer.decision.verdict, answer.decision.category)
        assert row["categories"] == answer.decision.categories
        assert row["none"] == pytest.approx(answer.none, abs=1e-9)
        assert {c: row[f"score_{c}"] for c in answer.scores} == pytest.approx(answer.scores, abs=1e-9)


def test_every_format_gives_the_same_rows(expected: list[dict[str, Any]], models: Path, tmp_path: Path) -> None:
    source, data = tmp_path / "in", lines(ARTICLES)
    (source / "deep" / "er").mkdir(parents=True)
    (source / "b.ndjson").write_bytes(data.rstrip(b"\n").replace(b"\n", b"\r\n"))
    (source / "c.JSONL.GZ").write_bytes(gzip.compress(data[:1000]) + gzip.compress(data[1000:]))
    with pa.CompressedOutputStream(source / "deep" / "d.jsonl.zst", "zstd") as packed:
        packed.write(data)
    table = pa.Table.from_pylist(ARTICLES)
    pq.write_table(table, source / "deep" / "e.parquet", row_group_size=17)
    strange = table.set_column(0, "title", table["title"].dictionary_encode()).append_column("other", table["text"])
    strange = strange.set_column(1, "text", strange["text"].cast(pa.large_binary()))
    pq.write_table(strange, source / "deep" / "er" / "f.parquet")
    (source / "._b.ndjson").write_bytes(b"what macOS leaves")
    (source / "notes.md").write_bytes(b"no archive")
    done = classify(source, tmp_path / "out", models, shard=7, workers=2)
    rows = parts(tmp_path / "out")
    names = ["b.ndjson", "c.JSONL.GZ", "deep/d.jsonl.zst", "deep/e.parquet", "deep/er/f.parquet"]
    assert sorted({row["source"] for row in rows}) == names
    for name in names:
        assert _answers([row for row in rows if row["source"] == name]) == expected
    assert (done.articles, done.errors, done.parts) == (300, 0, 43)


def test_text_files_are_an_article_each_with_their_headline(model: Model, models: Path, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    article = ARTICLES[0]
    for name, charset in (("a.txt", "utf-8"), ("b.TXT", "gb18030")):
        (source / name).write_bytes(f"{article['title']}\n{article['text']}".encode(charset))
    (source / "c.txt").write_bytes(b"")
    (source / "d.txt").write_bytes(b"\xff\xff\xff")
    shutil.copy(source / "a.txt", os.fsencode(source) + b"/\xce\xc4.txt")  # 文 in GB18030
    classify(source, tmp_path / "out", models, shard=3)
    rows = parts(tmp_path / "out")
    assert [row["source"] for row in rows] == ["a.txt", "b.TXT", "c.txt", "d.txt", "文.txt"]
    answer = model.classify_one(Sent(article["title"], article["text"]))
    assert [row["none"] for row in rows] == pytest.approx([answer.none, answer.none, None, None, answer.none])
    assert rows[2]["error"] == "The text holds nothing that a reader could see."
    assert "neither UTF-8 nor GB18030" in rows[3]["error"]


def test_object_storage_is_read_and_written(expected: list[dict[str, Any]], models: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/bucket/in/a.jsonl", lines(ARTICLES))
    classify("memory://bucket/in", "memory://bucket/out", models, shard=25)
    with memory.open("/bucket/out/part-000000.parquet") as file:
        assert _answers(pq.read_table(file).to_pylist()) == expected[:25]
    memory.rm("/bucket/out/part-000001.parquet")
    assert classify("memory://bucket/in", "memory://bucket/out", models, shard=25).kept == 2
    assert classify("memory://bucket/in", "memory://bucket/out", models, shard=25).kept == 3
    names = sorted(path.rsplit("/", 1)[1] for path in memory.ls("/bucket/out", detail=False))
    assert names == ["_archive.json", *(f"part-00000{number}.parquet" for number in range(3))]
    memory.rm("/bucket", recursive=True)


def test_a_finished_archive_is_left_alone(models: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(ARTICLES[:5]))
    arguments = (tmp_path / "a.jsonl", tmp_path / "out", "--models", models, "--workers", "1")
    status, printed, told = said(lanmu_archive(*arguments, "--json"))
    assert (status, told) == (0, "")
    assert json.loads(printed).items() >= {"articles": 5, "errors": 0, "parts": 1, "kept": 0}.items()
    written = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    status, printed, told = said(lanmu_archive(*arguments))
    assert (status, told) == (0, "")
    assert "finished already" in printed
    assert written.items() >= {p: p.stat().st_mtime_ns for p in written if p.name != ".lock"}.items()


def test_a_changed_plan_is_refused(models: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.jsonl").write_bytes(lines(ARTICLES[:5]))
    classify(source, out, models)
    with pytest.raises(ArchiveError, match="the shard size was 10000, and is 5"):
        classify(source, out, models, shard=5)
    (source / "b.jsonl").write_bytes(lines(ARTICLES[:5]))
    with pytest.raises(ArchiveError, match=r"'b.jsonl' is new in the archive. Give another folder, or remove this"):
        classify(source, out, models)
    (source / "b.jsonl").unlink()
    assert classify(source, out, models).kept == 1
    (source / "a.jsonl").write_bytes(lines(ARTICLES[:4]))
    with pytest.raises(ArchiveError, match=r"'a.jsonl' was changed"):
        classify(source, out, models)
    (source / "a.jsonl").rename(source / "c.jsonl")
    with pytest.raises(ArchiveError, match=r"'a.jsonl' is no longer"):
        classify(source, out, models)
    other = tmp_path / "models"
    shutil.copytree(models, other)
    plan = json.loads((out / "_archive.json").read_text()) | {"model": "20200101T000000Z-old"}
    (out / "_archive.json").write_text(json.dumps(plan))
    with pytest.raises(ArchiveError, match="the model was 20200101T000000Z-old, and is "):
        classify(source, out, models)


def test_what_is_wrong_is_said_in_a_sentence(models: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(ARTICLES[:5]))
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "other").touch()
    pq.write_table(pa.table({"body": ["文"]}), tmp_path / "b.parquet")
    (tmp_path / "c.parquet").write_bytes(b"PAR1")
    for source, out, message in (
        ("missing", "out", "There is no "),
        ("folder", "out", "holds no file to read"),
        ("empty.jsonl", "out", "There is no record in "),
        ("b.parquet", "out", "has no column text; it has body"),
        ("c.parquet", "out", "is no Parquet file"),
        ("a.jsonl", "a.jsonl", "is a file"),
        ("a.jsonl", "full", "holds other files"),
        ("", "out", "lies in the archive itself"),
    ):
        (tmp_path / "b.parquet").touch()
        if not source:
            (tmp_path / "b.parquet").unlink()
            (tmp_path / "c.parquet").unlink()
            shutil.rmtree(tmp_path / "out", ignore_errors=True)
        with pytest.raises(ArchiveError, match=message):
            classify(tmp_path / source, tmp_path / out, models)
    with pytest.raises(ArchiveError, match="There is no model in"):
        classify(tmp_path / "a.jsonl", tmp_path / "none", tmp_path / "folder")
    with pytest.raises(ArchiveError, match="cannot be reached"):
        classify("nowhere://bucket", tmp_path / "none", models)
    status, printed, told = said(lanmu_archive(tmp_path / "missing", tmp_path / "out", "--models", models))
    assert (status, printed) == (1, "")
    assert told == f"Error: There is no {tmp_path / 'missing'}.\n"


def test_a_parquet_reader_goes_on_where_it_was(tmp_path: Path) -> None:
    rows = [{"text": f"第{number}篇", "id": number} for number in range(1000)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=300)
    place, inputs = find(str(tmp_path))
    shards = list(cut(place, inputs, 70, LIMIT))
    ordered = [fields[2] for shard in shards for fields in read_rows(place, shard.pieces[0])]
    assert ordered == list(range(1000))
    for shard in shards[::-1] + shards[::3]:
        [piece] = shard.pieces
        assert [fields[2] for fields in read_rows(place, piece)] == ordered[piece.first - 1 :][: piece.rows]
    assert sum(shard.size for shard in shards) == inputs[0].size
