"""Those who have graduated."""

from datetime import date

from parvis.demo.campus import Course
from parvis.demo.people import Held
from parvis.demo.words.units import TRACKS

from .life import FIRST_YEAR, Known, Life
from .studies import degree, year_by_year, years_of

SHARES = {"master": 58, "licence": 20, "but": 8, "engineer": 8, "doctorate": 5, "du": 4}
IN_FULL = 2004
"""From this year on the registers keep each degree; of older alumni, the last one."""


def alum(known: Known, until: int | None = None, domain: str | None = None) -> Life:
    """Somebody who graduated, in any year up to this one (or to `until`), in that domain if one is given.

    One in fifty, of those who come back to nothing else, studies again.
    """
    latest = known.year if until is None else until
    left = int(known.draw.triangular(FIRST_YEAR, latest + 1, latest - 3))
    left = min(left, latest)
    course = known.campus.course(known.draw, domain=domain)
    tracks = [track for track in SHARES if track in course.subject.tracks]
    track = known.draw.choices(tracks, [SHARES[item] for item in tracks])[0]
    held = [*_before(known, course, track, left), degree(known, course, track, left)]
    programme = course.programme(TRACKS[track][-1])
    held.append(Held("alum", course.component.name, date(left, 7, 1), programme=programme, cohort=left))
    if until is None and left < known.year - 4 and known.chance(0.02):
        held += _again(known, course)
    return Life(
        "alum",
        held,
        born=left - known.draw.randint(21, 28),
        domain=course.subject.domain,
        circle=f"{programme} {left}",
        since=left,
        programme=programme,
    )


def _again(known: Known, graduated: Course) -> list[Held]:
    """The first year of a master's degree in something else."""
    while (course := known.campus.course(known.draw, "master")).subject is graduated.subject:
        pass
    return year_by_year(known, course, TRACKS["master"][:1], known.year, "master")


def _before(known: Known, course: Course, track: str, left: int) -> list[Held]:
    earlier = {"master": "licence", "doctorate": "master"}.get(track)
    began = left - years_of(track) - 1
    if earlier is None or earlier not in course.subject.tracks or began < IN_FULL or not known.chance(0.7):
        return []
    return [degree(known, course, earlier, began)]
