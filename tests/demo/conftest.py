"""A university of five thousand, drawn once for all that is asked of it."""

from collections.abc import Sequence
from datetime import date

import pytest

from parvis.demo.campus import Campus
from parvis.demo.crowd import everybody
from parvis.demo.people import Person, academic_year
from parvis.demo.rows import Row, Rows
from parvis.demo.sizes import EXTENTS, Size

TODAY = date(2026, 12, 3)
MEDIUM = EXTENTS[Size.MEDIUM]


@pytest.fixture(scope="session")
def medium() -> Sequence[Person]:
    return list(everybody(TODAY, MEDIUM))


@pytest.fixture(scope="session")
def rows(medium: Sequence[Person]) -> Sequence[Row]:
    """All that would be written of them."""
    campus = Campus(MEDIUM)
    made = Rows(academic_year(TODAY), campus, {})
    groups = [*made.of_places(campus), *made.of_people(medium, TODAY)]
    return [row for group in groups for row in group]
