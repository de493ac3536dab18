"""The people of the demonstration: the same every time, and plausible."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest

from parvis.accounts.emails import normalised
from parvis.accounts.publics import publics_of
from parvis.demo.campus import Campus
from parvis.demo.crowd import everybody
from parvis.demo.known import known
from parvis.demo.names import Logins
from parvis.demo.people import ELSEWHERE, Held, Person
from parvis.demo.sizes import EXTENTS, Size
from parvis.demo.words.units import TRACKS

from .conftest import MEDIUM, TODAY

SMALL = EXTENTS[Size.SMALL]


def kinds_today(person: Person) -> list[str]:
    return [held.kind for held in person.affiliations if held.ends_on is None or held.ends_on > TODAY]


def test_they_are_the_same_every_time_within_an_academic_year() -> None:
    people = list(everybody(TODAY, SMALL))
    assert people == list(everybody(TODAY, SMALL))
    assert people == list(everybody(date(2026, 9, 1), SMALL)) == list(everybody(date(2027, 8, 31), SMALL))
    assert people != list(everybody(date(2027, 9, 1), SMALL))
    assert people[: len(known(TODAY))] == known(TODAY)


@pytest.mark.parametrize("size", [Size.SMALL, Size.MEDIUM])
def test_there_are_as_many_as_said_and_of_every_public(size: Size) -> None:
    people = list(everybody(TODAY, EXTENTS[size]))
    assert len(people) == EXTENTS[size].people
    shown = Counter(str(next(iter(publics_of(kinds_today(person))), "gone")) for person in people)
    share = {public: count / len(people) for public, count in shown.items()}
    assert share["student"] > share["alum"] > share["staff"] > share["partner"] > share["gone"] > 0
    assert 0.38 < share["student"] < 0.52
    assert 0.2 < share["alum"] < 0.33
    assert 0.15 < share["staff"] < 0.27


def test_each_has_a_login_and_addresses_that_nobody_else_has(medium: Sequence[Person]) -> None:
    assert len({person.identifier for person in medium}) == len(medium)
    emails = [email for person in medium for email in (person.email, person.second_email) if email]
    assert len(set(emails)) == len(emails) > len(medium)
    assert all(email == normalised(email) and email.isascii() for email in emails)
    assert all(person.email.endswith(f"@{ELSEWHERE}") for person in medium if not kinds_today(person))


def test_homonyms_are_numbered(medium: Sequence[Person]) -> None:
    logins = Logins(["lea.martin"])
    assert [logins.login(name) for name in ("Léa Martin", "LÉA MARTIN", "Élodie Le Goff")] == [
        "lea.martin2",
        "lea.martin3",
        "elodie.le.goff",
    ]
    names = Counter(person.name for person in medium)
    assert 0.01 < sum(count for count in names.values() if count > 1) / len(medium) < 0.2
    assert names.most_common(1)[0][1] < 8


def test_affiliations_stand_in_places_that_exist_and_on_sane_dates(medium: Sequence[Person]) -> None:
    campus = Campus(MEDIUM)
    units = {unit.name for unit in campus.units()}
    programmes = {programme.name for programme in campus.programmes()}
    for person in medium:
        assert person.affiliations, person
        for held in person.affiliations:
            assert held.unit in units
            assert held.programme is None or held.programme in programmes
            assert date(1980, 9, 1) <= held.starts_on <= TODAY
            assert held.ends_on is None or held.ends_on > held.starts_on
            assert held.kind != "alum" or (held.ends_on is None and held.starts_on.year >= 1985)
            assert held.cohort is None or held.programme is not None


def test_years_of_study_follow_one_another(medium: Sequence[Person]) -> None:
    studied = 0
    for person in medium:
        years = [held for held in person.affiliations if held.kind == "student"]
        for before, after in pairwise(years):
            assert before.ends_on is not None
            assert before.ends_on <= after.starts_on, person
            if _subject(before) == _subject(after):
                studied += 1
                assert _rank(before) <= _rank(after), person
        assert sum(held.ends_on is None for held in years) <= 1
    assert studied > 1000


def _subject(held: Held) -> str:
    assert held.programme is not None
    return next(held.programme.removeprefix(level) for level in LEVELS if held.programme.startswith(f"{level} "))


def _rank(held: Held) -> int:
    return next(rank for rank, level in enumerate(LEVELS) if str(held.programme).startswith(f"{level} "))


LEVELS = ["DU", *(level for track in ("but", "licence", "engineer", "master", "doctorate") for level in TRACKS[track])]


def test_lives_are_as_various_as_at_a_university(medium: Sequence[Person]) -> None:
    ever = [(person, {held.kind for held in person.affiliations}, set(kinds_today(person))) for person in medium]
    repeated = sum(
        any(one.programme == two.programme for one, two in pairwise(person.affiliations) if one.programme)
        for person, _, today in ever
        if "student" in today
    )
    seen = {
        "graduates who work here": sum({"alum"} < today and bool(today & {"faculty", "staff"}) for _, _, today in ever),
        "graduates who study again": sum({"alum", "student"} <= today for _, _, today in ever),
        "students who teach": sum({"student", "employee"} <= today for _, _, today in ever),
        "staff who moved": sum(
            sum(held.kind == "staff" for held in person.affiliations) > 1 and "staff" in today
            for person, _, today in ever
        ),
        "contracts that will end": sum(
            any(held.ends_on and held.ends_on > TODAY for held in person.affiliations) for person in medium
        ),
        "partners who studied here": sum({"alum", "affiliate"} <= today for _, _, today in ever),
        "students who gave up": sum(not today and kinds == {"student"} for _, kinds, today in ever),
        "staff who left": sum(not today and "student" not in kinds for _, kinds, today in ever),
        "years taken again": repeated,
        "graduates of the eighties": sum(
            any(held.kind == "alum" and held.starts_on.year < 1990 for held in person.affiliations) for person in medium
        ),
        "not come yet": sum(person.state == "pending" for person in medium),
        "kept out": sum(person.state == "suspended" for person in medium),
    }
    assert not {what for what, count in seen.items() if not 5 <= count <= len(medium) / 8}, seen


def test_nobody_speaks_before_coming_in(medium: Sequence[Person]) -> None:
    for person in medium:
        assert person.entered_at is not None
        assert person.entered_at.date() < date(2026, 9, 1)
        if person.state == "pending":
            assert not person.said
            assert not person.interests
            assert not person.welcomed
