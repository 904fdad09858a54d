import json
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from service.model.folder import ModelFolder
from tests.conftest import ROOT, SEEDS
from training.article import Article
from training.evaluation import Evaluation, Figures
from training.gate import Incumbent, Margins, judge
from training.split import split

GOOD = Evaluation({"a": Figures(0.9, 0.9, 0.9, 40), "none": Figures(0.9, 0.9, 0.9, 10)}, 0.9, 0.9, 0.1)


def test_a_version_that_keeps_up_passes() -> None:
    gate = judge(replace(GOOD, macro_f1=0.895), GOOD, "v1", Margins())
    assert (gate.passed, gate.against) == (True, "v1")


def test_a_version_that_falls_behind_is_stopped_and_told_why() -> None:
    gate = judge(replace(GOOD, macro_f1=0.85), GOOD, "v1", Margins())
    assert not gate.passed
    assert "0.850" in gate.reason
    assert "v1" in gate.reason
    assert judge(replace(GOOD, macro_f1=0.85), GOOD, "v1", Margins(overall=0.06)).passed


def test_one_category_that_falls_behind_stops_it_too() -> None:
    worse = replace(GOOD, answers=GOOD.answers | {"a": Figures(0.8, 0.8, 0.8, 40)})
    gate = judge(worse, GOOD, "v1", Margins())
    assert (gate.passed, "F1 of a" in gate.reason) == (False, True)
    assert judge(worse, GOOD, "v1", Margins(category=0.2)).passed
    few = replace(GOOD, answers=GOOD.answers | {"none": Figures(0.5, 0.5, 0.5, 10)})
    assert judge(few, GOOD, "v1", Margins()).passed, "ten articles say too little"


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus of the starter categories with dates, and the same with its labels moved round."""
    folder = tmp_path_factory.mktemp("corpora")
    files = sorted((SEEDS / "articles").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()[:120]]
    labels = [row["labels"] for row in rows]
    paths = folder / "good.jsonl", folder / "bad.jsonl"
    for path, given in zip(paths, (labels, labels[100:] + labels[:100]), strict=True):
        dates = ["2026-02-03" if i % 120 >= 114 else f"2025-{1 + i % 12:02}-17" for i in range(len(rows))]
        moved = [row | {"labels": own, "date": date} for row, own, date in zip(rows, given, dates, strict=True)]
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in moved), "utf-8")
    return paths


def train(corpus: Path, models: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "training", "--corpus", corpus, "--models", models, "--folds", "2", *options]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_a_growing_newsroom_is_not_held_back(tmp_path: Path) -> None:
    """From no test articles, to some of one answer only, to a whole test set: each version follows the one before."""
    files = sorted((SEEDS / "articles").glob("*.jsonl"))
    corpus, models = tmp_path / "corpus.jsonl", ModelFolder(tmp_path / "m")
    for size, of_none in ((20, 60), (20, 60), (40, 60), (70, 200)):
        rows = [
            row for f in files for row in f.read_text("utf-8").splitlines()[: of_none if f.stem == "none" else size]
        ]
        corpus.write_text("\n".join(rows), "utf-8")
        ran = train(corpus, models.path)
        assert ran.returncode == 0, ran.stderr
    assert len(models.versions()) == 4
    assert "too few to compare on" in " ".join(ran.stdout.split())


def test_what_the_current_version_keeps_for_the_test_is_not_trained_on() -> None:
    articles = [Article("", f"第{i}篇文章写的是别的事情。", ("a",), f"f:{i}") for i in range(60)]
    kept = Incumbent(model=None, test=articles[:5])  # type: ignore[arg-type]
    assert set(split(articles[:20], kept.texts).test) == set(range(5))


def test_what_the_gate_stops_is_kept_but_not_current(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    good, bad = corpora
    models = ModelFolder(tmp_path)
    published = train(good, tmp_path)
    assert published.returncode == 0, published.stderr
    first = models.current()
    assert "The newest month, never trained on" in published.stdout
    manifest = models.manifest(str(first))
    held_out = [manifest.metrics[name]["articles"] for name in ("test", "newest")]
    assert held_out[1] == 36
    assert manifest.corpus.articles + sum(held_out) == 720
    figures = json.loads((tmp_path / str(first) / "metrics.json").read_text("utf-8"))
    assert figures["newest_month"] == "2026-02"
    worse = train(bad, tmp_path)
    assert worse.returncode == 3, worse.stderr
    assert models.current() == first
    [kept] = set(models.versions()) - {first}
    gate = models.manifest(kept).gate
    assert (gate.passed, gate.forced, gate.against) == (False, False, first)
    assert "macro-F1 on the test set" in gate.reason
    assert gate.reason in " ".join(worse.stdout.split())
    assert f"Version {kept} is kept but not current" in worse.stderr
    assert gate.reason in unescape((tmp_path / kept / "report.html").read_text("utf-8"))
    assert models.load(kept).version == kept
    assert train(bad, tmp_path, "--force").returncode == 0
    current = models.manifest(str(models.current()))
    assert (current.gate.passed, current.gate.forced) == (False, True)
