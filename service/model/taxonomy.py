"""The categories an article can be filed under, read from TOML."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

NONE = "none"
"""The answer of an article that belongs to no category."""

CategoryId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class TaxonomyError(ValueError):
    """A taxonomy that cannot be used; the message names the file and what is wrong in it."""


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Codes(_Data):
    """A category's place in one outside vocabulary."""

    primary: str = Field(description="The nearest code; empty where none is known.")
    also: list[str] = Field(default=[], description="Other codes that touch the category.")
    top: str = Field(default="", description="The first level above the primary code.")


class Vocabulary(_Data):
    """An outside vocabulary that codes are taken from."""

    name: str
    uri: str = Field(default="", description="What a code is appended to for its full address.")
    checked: date | None = Field(default=None, description="Date of the file the codes were checked in.")


class Category(_Data):
    """One topic of the taxonomy."""

    id: CategoryId
    zh: str = Field(min_length=1, description="Name in Chinese.")
    en: str = Field(min_length=1, description="Name in English.")
    belongs: str = Field(default="", description="What is filed here.")
    excludes: str = Field(default="", description="What looks alike and is not.")
    codes: dict[str, Codes] = {}


class Taxonomy(_Data):
    """All categories, in the order shown to people."""

    vocabularies: dict[str, Vocabulary] = Field(default={}, alias="codes")
    categories: list[Category] = Field(alias="category", min_length=1)

    @property
    def ids(self) -> list[str]:
        """The categories' ids."""
        return [category.id for category in self.categories]

    @model_validator(mode="after")
    def _check(self) -> "Taxonomy":
        seen: set[str] = set()
        for category in self.categories:
            if category.id in seen:
                raise ValueError(f"the category {category.id} stands twice")
            if category.id == NONE:
                raise ValueError(f"{NONE} is not a category but the answer of articles that have none")
            if unknown := set(category.codes) - set(self.vocabularies):
                raise ValueError(f"the category {category.id} has codes of the unknown vocabulary {min(unknown)}")
            seen.add(category.id)
        return self


def read_taxonomy(path: Path) -> Taxonomy:
    """Read a taxonomy file. Raises TaxonomyError when it is missing, no TOML, or not a taxonomy."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return Taxonomy.model_validate(data)
    except FileNotFoundError:
        raise TaxonomyError(f"{path}: there is no such file.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TaxonomyError(f"{path}: {error}.") from None
    except RecursionError:
        raise TaxonomyError(f"{path}: it is nested too deeply.") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise TaxonomyError(f"{path}: {where + ': ' if where else ''}{first['msg']}.") from None
