"""Publics as of a date: what SQL says of everybody and Python of one member is what the rule says, day by day."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Affiliation, Member
from parvis.accounts.names import sort_name
from parvis.accounts.publics import PRECEDENCE, current, publics_as_of, shown_public
from parvis.accounts.queries.organisation import headcount
from parvis.accounts.queries.publics import publics_as_of as publics_in_sql
from parvis.accounts.queries.publics import shown_as_of
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.db import Database
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.people import affiliate, make_member, make_organisation

KINDS = ("student", "faculty", "staff", "employee", "alum", "affiliate", "member")
ZERO = date(2026, 1, 1)
DAYS = range(12)

Held = tuple[str, int, int | None]
"""A kind, from a day up to but without another; days are counted from `ZERO`."""


@dataclass(frozen=True)
class Somebody:
    held: Sequence[Held]
    chosen: str | None

    def publics(self, day: int) -> set[str]:
        """The rule as it is told, one day and one kind after the other."""
        found = set()
        for kind, start, end in self.held:
            if day in range(start, 10_000 if end is None else end):
                if kind in {"faculty", "staff", "employee"}:
                    found.add("staff")
                if kind == "affiliate":
                    found.add("partner")
                if kind in {"student", "alum"}:
                    found.add(kind)
        return found

    def shown(self, day: int) -> str | None:
        found = self.publics(day)
        if self.chosen in found:
            return self.chosen
        for public in ("staff", "student", "partner", "alum"):
            if public in found:
                return public
        return None


spans = st.tuples(st.sampled_from(KINDS), st.integers(0, 9), st.one_of(st.none(), st.integers(1, 4))).map(
    lambda span: (span[0], span[1], None if span[2] is None else span[1] + span[2])
)
people = st.builds(
    Somebody,
    st.lists(spans, max_size=4),
    st.one_of(st.none(), st.sampled_from(["student", "alum", "staff", "partner"])),
)


@pytest.fixture
async def database(settings: Settings) -> Database:
    opened = Database(settings.database_url)
    await opened.start()
    return opened


async def test_sql_python_and_the_rule_agree_on_every_day(dialect: str, database: Database) -> None:
    loop = asyncio.get_running_loop()

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(people, min_size=1, max_size=6))
    def agree(everybody: list[Somebody]) -> None:
        asyncio.run_coroutine_threadsafe(_agree(database, everybody), loop).result(timeout=60)

    await asyncio.to_thread(agree)
    await database.stop()


async def _agree(database: Database, everybody: list[Somebody]) -> None:
    members = await database.write(_enter, everybody)
    async with database.reading() as session:
        for day in DAYS:
            on = ZERO + timedelta(days=day)
            each = {(id_, public) for id_, public in (await session.execute(publics_in_sql(on))).all()}
            shown = {id_: PRECEDENCE[rank] for id_, rank in (await session.execute(shown_as_of(on))).all()}
            counts = await headcount(session, on)
            for somebody, (member, affiliations) in zip(everybody, members, strict=True):
                expected = somebody.publics(day)
                assert {public for id_, public in each if id_ == member.id} == expected
                assert shown.get(member.id) == somebody.shown(day)
                publics = publics_as_of(affiliations, on)
                assert (set(publics), len(publics)) == (expected, len(expected))
                assert shown_public(publics, somebody.chosen) == somebody.shown(day)
                assert len(current(affiliations, on)) == sum(_holds(held, day) for held in somebody.held)
            for public, count in counts.items():
                assert count == sum(somebody.shown(day) == public for somebody in everybody)


def _holds(held: Held, day: int) -> bool:
    _, start, end = held
    return start <= day and (end is None or day < end)


async def _enter(session: AsyncSession, everybody: list[Somebody]) -> list[tuple[Member, list[Affiliation]]]:
    await session.execute(delete(Member))
    made = []
    for number, somebody in enumerate(everybody):
        name = f"Personne {number}"
        member = Member(name=name, sort_name=sort_name(name), shown_public=somebody.chosen, activated_at=clock.now())
        session.add(member)
        await session.flush()
        held = [
            Affiliation(
                member_id=member.id,
                kind=kind,
                source="institution",
                starts_on=ZERO + timedelta(days=start),
                ends_on=None if end is None else ZERO + timedelta(days=end),
            )
            for kind, start, end in somebody.held
        ]
        session.add_all(held)
        made.append((member, held))
    return made


async def test_an_administrator_sees_what_somebody_was_on_another_day(parvis: Parvis, sign_in: SignIn) -> None:
    await make_organisation(parvis)
    manager = await sign_in(
        await make_member(parvis, "Zoé Gestion", roles=["people_administrator"], affiliation="staff")
    )
    person = await make_member(parvis, "Inès Benali", affiliation=None)
    await affiliate(parvis, person, "student", starts_on=date(2015, 9, 1), ends_on=date(2020, 7, 1))
    await affiliate(parvis, person, "alum", starts_on=date(2020, 7, 1))
    await affiliate(parvis, person, "faculty", starts_on=date(2022, 1, 1), ends_on=date(2023, 1, 1))
    url = f"/api/v1/people/{person.id}"

    async def seen(on: str | None) -> tuple[list[str], str | None, int]:
        said = (await manager.get(url, params={"on": on} if on else {})).json()
        return said["publics"], said["public"], sum(item["current"] for item in said["affiliations"])

    assert await seen("2015-08-31") == ([], None, 0)
    assert await seen("2020-06-30") == (["student"], "student", 1)
    assert await seen("2020-07-01") == (["alum"], "alum", 1)
    assert await seen("2022-12-31") == (["staff", "alum"], "staff", 2)
    assert await seen("2023-01-01") == await seen(None) == (["alum"], "alum", 1)
    assert (await manager.get(url, params={"on": "1577836800"})).status_code == 422

    async def choose(session: AsyncSession) -> None:
        await session.execute(update(Member).where(Member.id == person.id).values(shown_public="alum"))

    await parvis.database.write(choose)
    assert await seen("2022-12-31") == (["staff", "alum"], "alum", 2)
