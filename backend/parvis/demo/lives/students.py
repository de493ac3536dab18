"""Those who study now."""

from parvis.demo.campus import Course
from parvis.demo.people import Held
from parvis.demo.words.posts import DOCTORAL
from parvis.demo.words.units import THESIS_YEARS, TRACKS

from .life import Known, Life, september
from .studies import degree, year_by_year

SHARES = {"licence": 56, "master": 26, "but": 10, "engineer": 7, "doctorate": 6, "du": 3}
THINNING = 0.82
"""Of those in one year of a degree, how many are there the next."""


def student(known: Known) -> Life:
    """Somebody who studies: from a first year up to a thesis."""
    course = known.campus.course(known.draw)
    tracks = [track for track in SHARES if track in course.subject.tracks]
    track = known.draw.choices(tracks, [SHARES[item] for item in tracks])[0]
    if track == "doctorate":
        return doctoral_student(known, course)
    levels = TRACKS[track]
    reached = known.draw.choices(range(len(levels)), [THINNING**rank for rank in range(len(levels))])[0]
    held = year_by_year(known, course, levels[: reached + 1], known.year, track)
    if track == "master" and known.chance(0.7):
        held = [*_licence_before(known, course, held[0]), *held]
    elif track == "licence" and known.chance(0.06):
        held = [_another_first_year(known, held[0]), *held]
    return _life(known, course, levels[reached], held)


def doctoral_student(known: Known, course: Course) -> Life:
    """Somebody who writes a thesis; half of them teach too, and are paid for it."""
    began = known.year - known.draw.randint(0, THESIS_YEARS)
    place = known.draw.choice(course.component.laboratories or [course.component.name])
    thesis = Held(
        "student",
        place,
        september(began),
        programme=course.programme("Doctorat"),
        cohort=max(began + THESIS_YEARS, known.year + 1),
    )
    before = [degree(known, course, "master", began)] if "master" in course.subject.tracks and known.chance(0.6) else []
    teaches = Held(
        "employee", course.department.name, september(began), september(known.year + 1), title=known.said(DOCTORAL)
    )
    held = [*before, thesis, *([teaches] if known.chance(0.5) else [])]
    return _life(known, course, "Doctorat", held)


def gave_up(known: Known) -> Life:
    """Somebody who left in the middle, a few years ago at most."""
    course = known.campus.course(known.draw, "licence")
    last = known.year - known.draw.randint(1, 4)
    levels = TRACKS["licence"][: known.draw.randint(1, 2)]
    held = year_by_year(known, course, levels, last, "licence")
    return _life(known, course, levels[-1], held)


def _licence_before(known: Known, course: Course, first: Held) -> list[Held]:
    same = [
        item for item in known.campus.courses if item.component is course.component and "licence" in item.subject.tracks
    ]
    if not same:
        return []
    studied = course if course in same else known.draw.choice(same)
    last = first.starts_on.year - 1 - known.chance(0.1)
    return year_by_year(known, studied, TRACKS["licence"], last, "licence")


def _another_first_year(known: Known, first: Held) -> Held:
    other = known.campus.course(known.draw, "licence")
    year = first.starts_on.year - 1
    return Held(
        "student",
        other.component.name,
        september(year),
        september(year + 1),
        programme=other.programme(TRACKS["licence"][0]),
    )


def _life(known: Known, course: Course, level: str, held: list[Held]) -> Life:
    programme = course.programme(level)
    began = held[0].starts_on.year
    return Life(
        "student",
        held,
        born=began - known.draw.choices((18, 19, 21, 30), (70, 20, 7, 3))[0],
        domain=course.subject.domain,
        circle=programme,
        since=began,
        programme=programme,
    )
