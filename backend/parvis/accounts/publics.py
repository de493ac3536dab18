"""The four publics, read from dated affiliations."""

from collections.abc import Iterable, Sequence
from datetime import date

from .models.people import Affiliation, Public

PUBLIC_OF: dict[str, Public] = {
    "student": "student",
    "alum": "alum",
    "faculty": "staff",
    "staff": "staff",
    "employee": "staff",
    "affiliate": "partner",
}
PRECEDENCE: Sequence[Public] = ("staff", "student", "partner", "alum")
"""Which public is shown for a member of several, unless the member chooses."""


def current(affiliations: Iterable[Affiliation], on: date) -> list[Affiliation]:
    """Those that hold on that day: from `starts_on`, up to but without `ends_on`."""
    return [item for item in affiliations if item.starts_on <= on and (item.ends_on is None or on < item.ends_on)]


def publics_as_of(affiliations: Iterable[Affiliation], on: date) -> list[Public]:
    """The publics that they make on that day, in order of precedence."""
    return publics_of(item.kind for item in current(affiliations, on))


def publics_of(kinds: Iterable[str]) -> list[Public]:
    """The publics that these affiliations make, in order of precedence."""
    found = {PUBLIC_OF[kind] for kind in kinds if kind in PUBLIC_OF}
    return [public for public in PRECEDENCE if public in found]


def shown_public(publics: Sequence[Public], chosen: str | None) -> Public | None:
    """The one shown: the member's choice while it is his, else by precedence; None for guests."""
    return next((public for public in publics if public == chosen), publics[0] if publics else None)
