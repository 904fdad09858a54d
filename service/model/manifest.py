"""A model version's manifest: what it is, how it was made, and the SHA-256 of every other file of it."""

import hashlib
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from service.model.decision import Threshold
from service.model.taxonomy import Taxonomy
from service.text.terms import Recipe

MANIFEST = "manifest.json"
FORMAT = 4
"""Of the files of a version."""
VERSION = re.compile(r"^[0-9A-Za-z.-]{1,40}$")

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Corpus(BaseModel):
    """The articles a version was trained on."""

    articles: int
    counts: dict[str, int] = Field(description="Articles of each category, and of none.")
    sha256: Sha256 = Field(description="Over the articles' titles, texts and labels, in order.")


class Text(BaseModel):
    """How a version makes terms of a text."""

    recipe: Recipe
    words: int = Field(description="Words in the newsroom's word list.")


class Calibration(BaseModel):
    """What makes probabilities of the classifier's linear scores: 1 / (1 + exp(-(slope * linear + offset)))."""

    slope: float
    offset: float


class Gate(BaseModel):
    """Whether a version was let through to become current, and why."""

    passed: bool
    reason: str
    against: str | None = Field(default=None, description="The version that was current then.")
    forced: bool = Field(default=False, description="It was published though it did not pass.")


class Manifest(BaseModel):
    """What a version says of itself."""

    model_config = ConfigDict(frozen=True)

    format: int = Field(default=FORMAT, description="Raised whenever an older Lanmu could not read the version.")
    version: str = Field(pattern=VERSION.pattern)
    created: datetime
    taxonomy: Taxonomy
    thresholds: dict[str, Threshold] = Field(description="Of each category, and of none.")
    target_precision: float = Field(description="What the thresholds were learnt for.")
    calibration: Calibration
    text: Text
    corpus: Corpus
    seed: int
    libraries: dict[str, str]
    gate: Gate = Gate(passed=True, reason="")
    metrics: dict[str, Any] = Field(default={}, description="The main figures; metrics.json has them all.")
    files: dict[str, Sha256] = {}
    seal: str = Field(default="", description="SHA-256 of this manifest without the seal.")

    def sealed(self, files: dict[str, str]) -> "Manifest":
        """Return the manifest with its files' digests and its own."""
        manifest = self.model_copy(update={"files": files, "seal": ""})
        return manifest.model_copy(update={"seal": manifest.digest()})

    def digest(self) -> str:
        """Return the SHA-256 of the manifest without its seal."""
        return hashlib.sha256(self._json(exclude={"seal"}).encode()).hexdigest()

    def to_json(self) -> str:
        """Return the manifest as it is written to disk."""
        return self._json() + "\n"

    def _json(self, exclude: set[str] | None = None) -> str:
        data = self.model_dump(mode="json", by_alias=True, exclude=exclude)
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)


def written_format(data: bytes) -> int:
    """Return the format a manifest says it is of; the first said nothing, a damaged one counts as ours."""
    try:
        return int(json.loads(data).get("format", 1))
    except (ValueError, TypeError, AttributeError):
        return FORMAT


def file_digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file in a version's folder but the manifest, by its path there."""
    return {
        path.relative_to(folder).as_posix(): file_digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / MANIFEST
    }


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
