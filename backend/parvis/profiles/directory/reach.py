"""Who sees what, in numbers that a database compares quickly. Pure.

`seen_by` is a set of bits: one for everybody in the organisation, one for each public, one for the people of one's
communities. What only contacts see has none. `standing` says somebody's publics (bits, as in `seen_by` but for the
first) and at what level they are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from parvis.accounts.models.people import Public
from parvis.profiles.models import Level

ORGANISATION = 1
BIT: dict[Public, int] = {"student": 2, "alum": 4, "staff": 8, "partner": 16}
PUBLICS = 0b11110
COMMUNITIES = 32
LEVELS: tuple[Level, ...] = ("organisation", "publics", "communities", "contacts", "me")
STANDINGS_OF_A_LEVEL = 32
"""Those of who shows the whole organisation what he is come first."""
STANDINGS = range(STANDINGS_OF_A_LEVEL * len(LEVELS))


def bits_of(publics: Iterable[Public]) -> int:
    return sum(BIT[public] for public in set(publics))


def seen_by(level: Level, publics: int) -> int | None:
    """Of a field at this level, whose owner is of these publics. None: nobody but its owner."""
    reached: dict[Level, int | None] = {
        "organisation": ORGANISATION,
        "publics": publics | COMMUNITIES,
        "communities": COMMUNITIES,
        "contacts": 0,
        "me": None,
    }
    return reached[level]


def standing(level: Level, publics: int) -> int:
    return LEVELS.index(level) * STANDINGS_OF_A_LEVEL + publics


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever asks: of which publics, and the people for whom other rules hold than for everybody, by number."""

    member_id: UUID
    publics: int
    known: frozenset[int]
    """Oneself and one's contacts."""
    hidden: frozenset[int]
    """Who blocks the reader, and whom the reader blocks."""
    met: int
    """How many people are in his communities, at most: who is in two is counted twice."""

    @property
    def mask(self) -> int:
        return ORGANISATION | self.publics

    def standings(self, wanted: int) -> list[int]:
        """In which people show the reader one of the wanted publics, though he neither knows nor meets them."""
        return [code for code in STANDINGS if code & wanted and self._sees(code)]

    def _sees(self, code: int) -> bool:
        level = LEVELS[code // STANDINGS_OF_A_LEVEL]
        return level == "organisation" or (level == "publics" and bool(code & PUBLICS & self.publics))


def standings_shown_to(audience: Level, wanted: int) -> list[int]:
    """In which people show one of the wanted publics to their contacts, or to the people of their communities."""
    shown = LEVELS[: LEVELS.index(audience) + 1]
    return [code for code in STANDINGS if code & wanted and LEVELS[code // STANDINGS_OF_A_LEVEL] in shown]
