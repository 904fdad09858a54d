import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.model.folder import ModelFolder
from tests.conftest import ROOT, SEEDS, free_port
from training.cluster import ClusterError, on_cluster

CLUSTER = """
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        input()
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real scheduler that has two worker processes."""
    script = tmp_path_factory.mktemp("cluster") / "cluster.py"
    script.write_text(CLUSTER)
    with subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as ran:
        assert ran.stdin
        assert ran.stdout
        yield ran.stdout.readline().strip()
        ran.stdin.write("\n")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some chunks of articles, quick to train on."""
    path = tmp_path_factory.mktemp("corpus") / "corpus.jsonl"
    files = sorted((SEEDS / "articles").glob("*.jsonl"))
    path.write_text("".join(row + "\n" for file in files for row in file.read_text("utf-8").splitlines()[:120]))
    return path


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "training", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_a_cluster_learns_the_same_to_the_last_bit(cluster: str, corpus: Path, tmp_path: Path) -> None:
    arrays = []
    for name, options in (("here", []), ("there", ["--cluster", cluster])):
        ran = run("--corpus", corpus, "--models", tmp_path / name, "--folds", "3", *options)
        assert ran.returncode == 0, ran.stderr
        folder = ModelFolder(tmp_path / name)
        manifest = folder.manifest(str(folder.current()))
        scorer = {path: digest for path, digest in manifest.files.items() if path.startswith("scorer/")}
        arrays.append((scorer, manifest.thresholds, manifest.calibration))
    assert len(arrays[0][0]) > 3
    assert arrays[0] == arrays[1]


def test_a_corpus_is_looked_over_by_a_cluster(cluster: str, corpus: Path) -> None:
    here, there = run("check", "--corpus", corpus), run("check", "--corpus", corpus, "--cluster", cluster)
    assert (there.returncode, there.stdout) == (here.returncode, here.stdout)


def test_a_scheduler_that_does_not_answer_is_named(corpus: Path, tmp_path: Path) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    ran = run("--corpus", corpus, "--models", tmp_path / "m", "--cluster", address)
    assert (ran.returncode, f"The scheduler at {address} cannot be reached" in ran.stderr) == (1, True), ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "m").exists()


@pytest.mark.parametrize("address", ["nonsense", "http://127.0.0.1:1", "tcp://127.0.0.1:99999"])
def test_an_address_that_is_none_is_told(address: str, corpus: Path, tmp_path: Path) -> None:
    ran = run("--corpus", corpus, "--models", tmp_path / "m", "--cluster", address)
    assert (ran.returncode, "cannot be reached" in ran.stderr) == (1, True), ran.stderr
    assert "Traceback" not in ran.stderr


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'lanmu\[cluster\]'"), on_cluster("tcp://127.0.0.1:1"):
        pass
