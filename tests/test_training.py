import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from service.model.folder import ModelFolder
from tests.conftest import ROOT, SEEDS
from training.article import Article
from training.validation import grouping


def train(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "training", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A corpus of the starter categories, quick to train on."""
    path = tmp_path / "corpus.jsonl"
    rows = [row for file in sorted((SEEDS / "articles").glob("*.jsonl")) for row in file.read_text().split("\n")[:30]]
    path.write_text("\n".join(rows))
    return path


def test_the_same_corpus_and_seed_give_the_same_scores(small: Path, tmp_path: Path) -> None:
    arrays = []
    for name in ("one", "two"):
        ran = train("--corpus", small, "--models", tmp_path / name, "--folds", "2", "--seed", "7")
        assert ran.returncode == 0, ran.stderr
        folder = ModelFolder(tmp_path / name)
        files = folder.manifest(str(folder.current())).files
        arrays.append({path: digest for path, digest in files.items() if path.startswith("scorer/")})
    assert "scorer/weights.npy" in arrays[0]
    assert arrays[0] == arrays[1]


def test_the_figures_are_shown_and_kept(small: Path, tmp_path: Path) -> None:
    ran = train("--corpus", small, "--models", tmp_path / "m", "--folds", "3")
    assert "Cross-validation, 3 folds, whole genres left out" in ran.stdout
    folder = ModelFolder(tmp_path / "m")
    manifest = folder.manifest(str(folder.current()))
    figures = manifest.metrics["cross_validation"]
    for answer in ("civic_practice", "none"):
        assert f"{figures['answers'][answer]['f1']:.3f}" in ran.stdout
    assert f"{figures['macro_f1']:.3f}" in ran.stdout
    assert manifest.corpus.counts == dict.fromkeys(figures["answers"], 30)
    assert manifest.version in ran.stdout
    unlearnt = {answer for answer, threshold in manifest.thresholds.items() if not threshold.learnt}
    assert unlearnt, "thirty articles are too few to be sure of 95 %"
    [told] = re.findall(r"No score surely reaches the precision wanted, a safe one is taken: ([^.]+)\.", ran.stdout)
    assert set(re.split(r",\s+", told.strip())) == unlearnt
    assert all(manifest.thresholds[answer].assign in (0.95, 1.0) for answer in unlearnt)


def test_thresholds_follow_the_wanted_precision(small: Path, tmp_path: Path) -> None:
    ran = train("--corpus", small, "--models", tmp_path / "m", "--folds", "2", "--target-precision", "0.6")
    assert ran.returncode == 0, ran.stderr
    folder = ModelFolder(tmp_path / "m")
    manifest = folder.manifest(str(folder.current()))
    assert manifest.target_precision == 0.6
    assert any(threshold.learnt for threshold in manifest.thresholds.values())
    assert all(threshold.learnt or threshold.assign in (0.6, 1.0) for threshold in manifest.thresholds.values())
    assert train("--target-precision", "1.5").returncode == 2


def test_a_bad_corpus_trains_nothing_and_changes_nothing(small: Path, tmp_path: Path) -> None:
    models = tmp_path / "m"
    assert train("--corpus", small, "--models", models, "--folds", "2").returncode == 0
    before = sorted(models.rglob("*"))
    with small.open("a") as corpus:
        corpus.write("\n" + json.dumps({"text": "文", "labels": ["sports"]}))
    ran = train("--corpus", small, "--models", models)
    assert ran.returncode == 1
    assert f"{small}:181: labels: 'sports' is not a category" in ran.stderr
    assert "Nothing was published" in ran.stderr
    assert sorted(models.rglob("*")) == before


@pytest.mark.parametrize(
    ("option", "message"),
    [("--corpus", "there is no corpus here"), ("--categories", "no such file"), ("--words", "no such file")],
)
def test_a_missing_file_is_named(option: str, message: str, tmp_path: Path) -> None:
    ran = train(option, tmp_path / "nowhere", "--models", tmp_path / "m")
    assert ran.returncode == 1
    assert message in ran.stderr
    assert "nowhere" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_corpus_without_chinese_is_refused(tmp_path: Path) -> None:
    labels = ["civic_practice", "public_security", "tourism_safety", "banking_welfare", "party_history_education"]
    rows = [{"text": f"News {i} {x}", "labels": [x] if x else []} for x in [*labels, ""] for i in range(10)]
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    ran = train("--corpus", path, "--models", tmp_path / "m")
    assert (ran.returncode, "there is no Chinese text in it" in ran.stderr) == (1, True)
    assert "Traceback" not in ran.stderr


def test_headlines_too_few_to_learn_from_are_refused(tmp_path: Path) -> None:
    labels = ["civic_practice", "public_security", "tourism_safety", "banking_welfare", "party_history_education"]
    texts = [chr(0x4E00 + 7 * i) + chr(0x5000 + 11 * i) + chr(0x6000 + 13 * i) + chr(0x7000 + 5 * i) for i in range(60)]
    rows = [{"text": text * 2, "labels": [labels[i % 6]] if i % 6 < 5 else []} for i, text in enumerate(texts)]
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    ran = train("--corpus", path, "--models", tmp_path / "m", "--folds", "2")
    assert (ran.returncode, "too few or too short" in ran.stderr) == (1, True), ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_option_of_training_is_not_silently_dropped(tmp_path: Path) -> None:
    ran = train("--models", tmp_path, "evaluate", "--data", "x.jsonl")
    assert (ran.returncode, "--models before evaluate is for training" in ran.stderr) == (2, True)
    assert train("--target-precision", "nan").returncode == 2


def test_an_answer_that_one_genre_alone_has_is_not_left_out_whole() -> None:
    articles = [
        Article("", "文", (label,), f"f:{i}", genre=genre)
        for i, (label, genre) in enumerate([("a", "简讯"), ("a", "通讯"), ("a", "评论"), ("b", "公告")] * 12)
    ]
    assert grouping(articles, 3, 0) == ""
    assert grouping([a for a in articles if a.labels == ("a",)], 3, 0) == "genre"


def test_evaluation_counts_any_right_answer() -> None:
    from training.evaluation import evaluate

    result = evaluate(["a", "b", "none", "a"], [("a",), ("a", "b"), ("none",), ("none",)], ["a", "b", "none"])
    assert result.accuracy == 0.75
    assert result.wrongly_assigned == 0.5
    assert (result.answers["a"].precision, result.answers["a"].recall) == (0.5, 1.0)
    assert result.macro_f1 == pytest.approx((2 / 3 + 1 + 2 / 3) / 3)
