"""Who knows whom in the demonstration."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import mean, median
from typing import Any
from uuid import UUID

from parvis.accounts.publics import publics_of
from parvis.demo.people import Person
from parvis.demo.rows import KNOWN_BY_NAME, Row
from parvis.profiles.models import Contact, ContactRequest
from parvis.profiles.ties.models import Mentorship

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


def test_requests_wait_between_people_who_do_not_know_each_other(rows: Sequence[Row]) -> None:
    requests = [(row["from_id"], row["to_id"]) for table, row in rows if table is ContactRequest]
    assert len(requests) > 100
    assert len({frozenset(pair) for pair in requests}) == len(requests)
    assert not set(requests) & set(pairs(rows))


def test_those_known_by_name_have_somebody_to_answer(rows: Sequence[Row]) -> None:
    waiting = Counter(row["to_id"] for table, row in rows if table is ContactRequest)
    assert all(waiting[member_id] > 0 for member_id in _members(rows)[:KNOWN_BY_NAME])


def test_mentors_keep_to_their_places_and_some_are_waited_for(rows: Sequence[Row]) -> None:
    came: dict[UUID, Any] = {row["id"]: row["activated_at"] for table, row in rows if "activated_at" in row}
    offered = {row["member_id"]: row["value"] for table, row in rows if row.get("field") == "mentoring"}
    mentorships = [row for table, row in rows if table is Mentorship]
    states = Counter(row["state"] for row in mentorships)
    assert min(states[state] for state in ("asked", "accepted", "declined", "ended")) > 10
    accepted = Counter(row["mentor_id"] for row in mentorships if row["state"] == "accepted")
    assert all(number <= offered[mentor_id]["capacity"] for mentor_id, number in accepted.items())
    for row in mentorships:
        assert max(came[row["mentor_id"]], came[row["mentee_id"]]) <= row["asked_at"]
        assert (row["answered_at"] is None) == (row["state"] == "asked")


def _members(rows: Sequence[Row]) -> list[UUID]:
    return [row["id"] for _, row in rows if "activated_at" in row]


def _public(person: Person) -> str:
    kinds = [held.kind for held in person.affiliations if held.ends_on is None or held.ends_on > TODAY]
    return publics_of(kinds)[0]
