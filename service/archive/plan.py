"""What a run was begun with; it is written into the folder of its parts, and a later run must be of the same."""

import json
from dataclasses import asdict, dataclass

from service.archive.inputs import Input

PLAN = "_archive.json"
"""The plan's file: readers of a dataset skip what begins with _."""

_ABOUT = {"model": "model", "shard": "shard size", "limit": "limit of a text"}


@dataclass(frozen=True)
class Plan:
    """What a run was begun with, and whether it is done."""

    model: str
    """The version."""
    shard: int
    """Records of a part."""
    limit: int
    """Bytes of the longest text that is classified."""
    inputs: list[Input]
    parts: int | None = None
    """How many there are, once all are written."""

    def to_json(self) -> bytes:
        """Return the plan as it is written."""
        inputs = [file._asdict() for file in self.inputs]
        return json.dumps(asdict(self) | {"inputs": inputs}, indent=1).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Plan":
        """Return the plan that was written. Raises ValueError where it is none."""
        try:
            fields = json.loads(data)
            return cls(**fields | {"inputs": [Input(**file) for file in fields["inputs"]]})
        except (TypeError, KeyError) as error:
            raise ValueError(str(error)) from None

    def difference(self, now: "Plan") -> str | None:
        """Return what is no longer as it was; None where a run of `now` continues this one."""
        for field, name in _ABOUT.items():
            if getattr(self, field) != getattr(now, field):
                return f"the {name} was {getattr(self, field)}, and is {getattr(now, field)}"
        before, after = ({file.name: file for file in plan.inputs} for plan in (self, now))
        for name in sorted(before.keys() | after.keys()):
            if name not in after:
                return f"{name!r} is no longer in the archive"
            if name not in before:
                return f"{name!r} is new in the archive"
            if before[name] != after[name]:
                return f"{name!r} was changed"
        return None
