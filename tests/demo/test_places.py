"""The places of the demonstration: a tree with codes, as large as the size asks."""

from collections import Counter

import pytest

from parvis.demo.campus import Campus
from parvis.demo.known import known
from parvis.demo.sizes import EXTENTS, Size

from .conftest import TODAY


@pytest.mark.parametrize("size", list(Size))
def test_units_come_after_what_they_are_part_of_and_codes_are_unique(size: Size) -> None:
    campus = Campus(EXTENTS[size])
    before: set[str] = set()
    for unit in campus.units():
        assert unit.parent is None or unit.parent in before
        assert unit.name not in before
        before.add(unit.name)
    codes = [unit.code for unit in campus.units() if unit.code] + [item.code for item in campus.programmes()]
    assert len(set(codes)) == len(codes)
    names = [programme.name for programme in campus.programmes()]
    assert len(set(names)) == len(names)
    assert {programme.unit for programme in campus.programmes()} <= before
    kinds = Counter(unit.kind for unit in campus.units())
    assert set(kinds) == {"component", "department", "laboratory", "service", "company"}
    assert kinds["company"] == EXTENTS[size].companies


def test_those_known_by_name_are_at_home_in_the_smallest() -> None:
    campus = Campus(EXTENTS[Size.SMALL])
    held = [item for person in known(TODAY) for item in person.affiliations]
    assert {item.unit for item in held} <= {unit.name for unit in campus.units()}
    assert {item.programme for item in held if item.programme} <= {item.name for item in campus.programmes()}
