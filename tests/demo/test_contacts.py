"""Who knows whom in the demonstration."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import mean, median
from typing import Any
from uuid import UUID

from parvis.accounts.publics import publics_of
from parvis.demo.people import Person
from parvis.demo.rows import Row
from parvis.profiles.models import Contact

from .conftest import TODAY


def pairs(rows: Sequence[Row]) -> list[tuple[UUID, UUID]]:
    return [(row["member_id"], row["other_id"]) for table, row in rows if table is Contact]


def test_they_know_each_other_both_ways_once_and_never_themselves(rows: Sequence[Row]) -> None:
    known = pairs(rows)
    assert len(set(known)) == len(known)
    assert set(known) == {(other, one) for one, other in known}
    assert all(one != other for one, other in known)


def test_some_know_many_and_most_know_a_few(rows: Sequence[Row], medium: Sequence[Person]) -> None:
    degrees = Counter(one for one, _ in pairs(rows))
    counts = [degrees[identity] for identity in _members(rows)]
    assert 6 <= mean(counts) <= 9
    assert median(counts) <= mean(counts)
    assert 20 <= max(counts) <= 80
    assert 0.03 < counts.count(0) / len(medium) < 0.15


def test_most_contacts_are_near_and_some_are_bridges(rows: Sequence[Row], medium: Sequence[Person]) -> None:
    people = dict(zip(_members(rows), medium, strict=True))
    near, across = 0, 0
    known = pairs(rows)
    for one, other in known:
        circles, others = people[one].circles, people[other].circles
        assert circles is not None
        assert others is not None
        near += circles[1] == others[1]
        across += _public(people[one]) != _public(people[other])
    assert near / len(known) > 0.7
    assert 0.15 < across / len(known) < 0.6


def test_they_met_once_both_had_come(rows: Sequence[Row]) -> None:
    came: dict[UUID, Any] = {row["id"]: row["activated_at"] for table, row in rows if "activated_at" in row}
    by_pair: dict[frozenset[UUID], set[datetime]] = defaultdict(set)
    for table, row in rows:
        if table is Contact:
            assert max(came[row["member_id"]], came[row["other_id"]]) <= row["since"] < datetime(2026, 9, 1, tzinfo=UTC)
            by_pair[frozenset((row["member_id"], row["other_id"]))].add(row["since"])
    assert all(len(since) == 1 for since in by_pair.values())


def _members(rows: Sequence[Row]) -> list[UUID]:
    return [row["id"] for _, row in rows if "activated_at" in row]


def _public(person: Person) -> str:
    kinds = [held.kind for held in person.affiliations if held.ends_on is None or held.ends_on > TODAY]
    return publics_of(kinds)[0]
