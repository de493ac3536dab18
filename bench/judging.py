"""Queries with what is right for each, and how near an answer comes to it."""

import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log2
from pathlib import Path
from typing import Literal
from uuid import UUID

JUDGED = Path(__file__).parent / "judged"
Half = Literal["tune", "report"]
SHOWN = 10
BEST = 3


@dataclass(frozen=True)
class Thing:
    """Something of the demonstration that can be found: what it is called, what it says, what it can do."""

    kind: str
    id: UUID
    name: str
    text: str = ""
    skills: Collection[str] = ()


@dataclass(frozen=True)
class Right:
    """What a grade is given to: `~` by words in it, `#` by a skill, `*` by how its name begins, else by its name."""

    grade: int
    kind: str
    which: str

    @classmethod
    def read(cls, line: str) -> "Right":
        grade, _, rest = line.partition(" ")
        kind, _, which = rest.partition(": ")
        return cls(int(grade), kind, which)

    def is_met_by(self, thing: Thing) -> bool:
        if thing.kind != self.kind:
            return False
        if self.which.startswith("~"):
            return self.which[1:] in thing.text
        if self.which.startswith("#"):
            return self.which[1:] in thing.skills
        if self.which.endswith("*"):
            return thing.name.startswith(self.which[:-1])
        return thing.name == self.which


@dataclass(frozen=True)
class Judged:
    """A query, who looks, and what for."""

    q: str
    who: str
    need: str
    right: Sequence[Right]

    @property
    def half(self) -> Half:
        """By the query alone: whoever adds one moves no other."""
        return "tune" if blake2b(self.q.encode(), digest_size=2).digest()[0] % 2 else "report"

    def grade(self, thing: Thing) -> int:
        return max((right.grade for right in self.right if right.is_met_by(thing)), default=0)


def judged() -> list[Judged]:
    read = [query for path in sorted(JUDGED.glob("*.toml")) for query in tomllib.loads(path.read_text())["query"]]
    return [
        Judged(query["q"], query["as"], query["need"], [Right.read(line) for line in query["right"]]) for query in read
    ]


def ndcg(grades: Sequence[int], possible: Iterable[int]) -> float:
    """Of the first ten, against the best ten that there could be (Järvelin and Kekäläinen, 2002)."""
    best = _gained(sorted(possible, reverse=True)[:SHOWN])
    return _gained(grades[:SHOWN]) / best if best else 0.0


def succeeds(grades: Sequence[int], possible: Iterable[int]) -> bool:
    """Whether nothing better could stand first."""
    return bool(grades) and grades[0] > 0 and grades[0] == max(possible, default=0)


def _gained(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))
