"""A life as far as the university knows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Literal

from parvis.demo.campus import Campus
from parvis.demo.names import Gender
from parvis.demo.people import Held

Part = Literal["student", "alum", "staff", "partner"]

FIRST_YEAR = 1985
"""Of the oldest alumni that the registers know."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a life is drawn from."""

    draw: Random
    campus: Campus
    year: int
    gender: Gender

    def chance(self, of: float) -> bool:
        return self.draw.random() < of

    def said(self, post: tuple[str, str]) -> str:
        """A post as this person holds it."""
        return post[0 if self.gender == "female" else 1]


@dataclass(frozen=True, slots=True)
class Life:
    """What was held, oldest first, and what it tells of who they are. `circle`: with whom they are day by day."""

    part: Part
    held: Sequence[Held]
    born: int
    domain: str
    circle: str
    since: int
    programme: str | None = None
    post: str | None = None


def september(year: int) -> date:
    """When an academic year begins, and the one before ends."""
    return date(year, 9, 1)
