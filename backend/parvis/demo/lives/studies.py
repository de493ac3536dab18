"""Years of study, as the registers keep them: one affiliation a year for those of today, one a degree for the past."""

from collections.abc import Iterator, Sequence
from datetime import date

from parvis.demo.campus import Course
from parvis.demo.people import Held
from parvis.demo.words.units import THESIS_YEARS, TRACKS

from .life import Known, september

REPEATS = 0.09
AWAY = 0.04
"""How often a year is taken again, and how often one is spent elsewhere before going on."""


def years_of(track: str) -> int:
    """How long a degree takes whom nothing holds up."""
    return THESIS_YEARS if track == "doctorate" else len(TRACKS[track])


def degree(known: Known, course: Course, track: str, left: int) -> Held:
    """A whole degree, whose holder graduated in July of the year `left`."""
    levels = TRACKS[track]
    began = left - years_of(track) - known.chance(REPEATS)
    return Held(
        "student",
        course.component.name,
        september(began),
        date(left, 7, 1),
        programme=course.programme(levels[-1]),
        cohort=left,
    )


def year_by_year(known: Known, course: Course, levels: Sequence[str], last: int, track: str) -> list[Held]:
    """These levels one after the other, the last of them in the academic year `last`; it goes on if that is now."""
    held = []
    for level, year in sorted(_backwards(known, levels, last), key=lambda item: item[1]):
        held.append(
            Held(
                "student",
                course.component.name,
                september(year),
                None if year == known.year else september(year + 1),
                programme=course.programme(level),
                cohort=year + 1 if level == TRACKS[track][-1] else None,
            )
        )
    return held


def _backwards(known: Known, levels: Sequence[str], last: int) -> Iterator[tuple[str, int]]:
    year = last
    for level in reversed(levels):
        for _ in range(1 + known.chance(REPEATS)):
            yield level, year
            year -= 1
        year -= known.chance(AWAY)
