"""Which life somebody leads."""

from collections.abc import Callable, Mapping
from random import Random

from parvis.demo.campus import Campus
from parvis.demo.names import Gender

from .alumni import alum
from .life import Known, Life
from .partners import partner
from .staff import left_the_staff, staff
from .students import gave_up, student

SHARES: Mapping[Callable[[Known], Life], float] = {
    student: 46,
    alum: 27,
    staff: 19,
    partner: 5,
    gave_up: 2,
    left_the_staff: 1,
}
"""Out of a hundred people."""


def drawn_life(draw: Random, campus: Campus, year: int, gender: Gender) -> Life:
    """A life up to the academic year that began in `year`."""
    lead = draw.choices(list(SHARES), list(SHARES.values()))[0]
    return lead(Known(draw, campus, year, gender))
