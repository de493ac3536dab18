"""The directory's tables hold, after any changes and any midnights, exactly what is made of the members as they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import MemberSuspended, MemberUpdated, StructureChanged
from parvis.accounts.models import Affiliation, Member, Programme, Unit
from parvis.kernel import clock
from parvis.kernel.entries import Entry, EntryText
from parvis.kernel.events import record
from parvis.kernel.runtime import Parvis
from parvis.profiles.directory import upkeep
from parvis.profiles.directory.index import forget, reindex
from parvis.profiles.directory.models import (
    DirectoryCount,
    DirectoryEntry,
    DirectoryFacet,
    DirectoryHeld,
    DirectoryPerson,
    DirectoryShown,
    DirectoryValue,
)
from parvis.profiles.directory.reach import BIT
from parvis.profiles.directory.sheets import place_of_shown
from parvis.profiles.models import ProfileField
from tests.conftest import listen, run_jobs
from tests.make.directory import list_everybody, say
from tests.make.people import affiliate, make_member, make_organisation, make_programme, make_unit

PUBLIC = {"student": "student", "alum": "alum", "faculty": "staff", "staff": "staff", "affiliate": "partner"}
LEVELS = ("organisation", "publics", "communities", "contacts", "me")


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@dataclass
class Held:
    """What the tables hold, in words: no numbers, which differ with the order of changes."""

    people: set[str] = field(default_factory=set)
    marks: set[tuple[str, str, str, int]] = field(default_factory=set)
    counts: Counter[tuple[str, str, int, int]] = field(default_factory=Counter)
    held: set[tuple[str, UUID, str, date, date | None, int]] = field(default_factory=set)
    entries: set[tuple[str, str, str]] = field(default_factory=set)


_readers = (
    select(Entry.part, DirectoryPerson.standing, DirectoryEntry.seen_by)
    .join(DirectoryEntry, DirectoryEntry.entry_id == Entry.id)
    .join(DirectoryPerson, DirectoryPerson.number == DirectoryEntry.person_number)
    .where(DirectoryPerson.member_id == Entry.subject_id)
)


async def held(parvis: Parvis) -> Held:
    async with parvis.database.reading() as session:
        person, value, mark, count = DirectoryPerson, DirectoryValue, DirectoryFacet, DirectoryCount
        names = {row.id: row.name for row in await session.scalars(select(Member))}
        listed = {row.number: names[row.member_id] for row in await session.scalars(select(person))}
        called = {row.id: (row.facet, row.key) for row in await session.scalars(select(value))}
        marks = (await session.scalars(select(mark))).all()
        counts = (await session.scalars(select(count))).all()
        said = select(Entry.subject_id, Entry.part, EntryText.body).join(EntryText, EntryText.entry_id == Entry.id)
        entries = (await session.execute(said.where(Entry.kind == "person"))).all()
        shown = (await session.scalars(select(DirectoryShown))).all()
        places = (await session.scalars(select(DirectoryHeld))).all()
        readers = (await session.execute(_readers)).all()
    told = [(row.person_number, row.seen_by, int(value_id)) for row in shown for value_id in row.value_ids.split()]
    assert sorted(told) == sorted((row.person_number, row.seen_by, row.value_id) for row in marks)
    assert len(readers) == len(entries)
    for part, standing, seen_by in readers:
        assert seen_by == {"organisation": 1, "publics": standing % 32 + 32, "communities": 32, "contacts": 0}[part]
    return Held(
        people=set(listed.values()),
        marks={(listed[row.person_number], *called[row.value_id], row.seen_by) for row in marks},
        counts=Counter({(*called[row.value_id], row.standing, row.seen_by): row.people for row in counts}),
        held={
            (listed[row.person_number], row.place, row.kind, row.starts_on, row.ends_on, row.publics) for row in places
        },
        entries={(names[row.subject_id], row.part, row.body) for row in entries},
    )


async def expected(parvis: Parvis) -> Held:
    """The same, member by member, from what they say."""
    today = clock.now().date()
    result = Held()
    async with parvis.database.reading() as session:
        members = (await session.scalars(select(Member))).all()
        affiliations = (await session.scalars(select(Affiliation))).all()
        fields = (await session.scalars(select(ProfileField))).all()
        parents = {row.id: row.parent_id for row in await session.scalars(select(Unit))}
    for member in members:
        mine = [item for item in affiliations if item.member_id == member.id]
        now = [item for item in mine if item.starts_on <= today and (item.ends_on is None or today < item.ends_on)]
        if now and member.is_active:
            said = {row.field: row for row in fields if row.member_id == member.id}
            _expect(result, member, now, said, parents)
            bits = publics_of(now)
            for item in mine:
                for place in (UUID(int=0), item.unit_id, item.programme_id):
                    if place is not None and item.source == "institution":
                        result.held.add((member.name, place, item.kind, item.starts_on, item.ends_on, bits))
            skills = said.get("skills")
            if skills is not None and skills.level == "organisation":
                for skill in skills.value or []:
                    place = place_of_shown("skill", skill.lower())
                    result.held.add((member.name, place, "", date.min, None, bits))
    return result


def publics_of(now: Sequence[Affiliation]) -> int:
    return sum(bit for public, bit in BIT.items() if public in {PUBLIC.get(item.kind) for item in now})


def _expect(
    result: Held,
    member: Member,
    now: Sequence[Affiliation],
    said: dict[str, ProfileField],
    parents: dict[UUID, UUID | None],
) -> None:
    bits = publics_of(now)

    def reach(name: str) -> int | None:
        level = said[name].level if name in said else "organisation"
        return {"organisation": 1, "publics": bits + 32, "communities": 32, "contacts": 0, "me": None}[level]

    values: set[tuple[str, str, int | None]] = {("everyone", "", 1)}
    for item in now:
        if item.kind in PUBLIC:
            values.add(("public", PUBLIC[item.kind], reach("affiliations")))
        unit = item.unit_id
        while unit is not None:
            values.add(("unit", str(unit), reach("affiliations")))
            unit = parents[unit]
        if item.programme_id is not None:
            values.add(("programme", str(item.programme_id), reach("affiliations")))
    for skill in (said["skills"].value if "skills" in said else None) or []:
        values.add(("skill", skill.lower(), reach("skills")))
    level = said["affiliations"].level if "affiliations" in said else "organisation"
    result.people.add(member.name)
    for facet, key, seen_by in values:
        if seen_by is not None:
            result.marks.add((member.name, facet, key, seen_by))
            result.counts[facet, key, LEVELS.index(level) * 32 + bits, seen_by] += 1


def without_texts(found: Held) -> Held:
    return Held(found.people, found.marks, found.counts, found.held)


class University:
    """A few people to whom things happen at random, each time as the product would let them."""

    def __init__(self, parvis: Parvis, draw: Random) -> None:
        self.parvis, self.draw = parvis, draw
        self.members: list[Member] = []
        self.units: list[Unit] = []
        self.programmes: list[Programme] = []

    async def found(self) -> None:
        top = await make_unit(self.parvis, f"Faculté {self.draw.random()}")
        self.units = [top, await make_unit(self.parvis, f"Département {self.draw.random()}", parent=top)]
        self.programmes = [await make_programme(self.parvis, f"Formation {self.draw.random()}", top)]

    async def something_happens(self) -> None:
        await self.draw.choice([self.arrive, self.affiliate, self.leave, self.say, self.suspend, self.say])()

    async def arrive(self) -> None:
        name = f"Membre {len(self.members)} {self.draw.random()}"
        self.members.append(await make_member(self.parvis, name, affiliation=None))

    async def affiliate(self) -> None:
        if not self.members:
            return
        starts = clock.now().date() + timedelta(days=self.draw.randint(-3, 3))
        member = self.draw.choice(self.members)
        await affiliate(
            self.parvis,
            member,
            self.draw.choice([*PUBLIC, "member"]),
            unit_id=self.draw.choice([None, *[unit.id for unit in self.units]]),
            programme_id=self.draw.choice([None, *[item.id for item in self.programmes]]),
            starts_on=starts,
            ends_on=self.draw.choice([None, starts + timedelta(days=self.draw.randint(1, 4))]),
        )
        await self._told(member, MemberUpdated)

    async def leave(self) -> None:
        if self.members:
            member = self.draw.choice(self.members)
            await self._run(delete(Affiliation).where(Affiliation.member_id == member.id))
            await self._told(member, MemberUpdated)

    async def suspend(self) -> None:
        if self.members:
            member = self.draw.choice(self.members)
            at = self.draw.choice([None, clock.now()])
            await self._run(update(Member).where(Member.id == member.id).values(suspended_at=at))
            await self._told(member, MemberSuspended)

    async def say(self) -> None:
        if self.members:
            member, level = self.draw.choice(self.members), self.draw.choice(LEVELS)
            if self.draw.random() < 0.3:
                await say(self.parvis, member, "affiliations", None, level)
            else:
                skills = self.draw.sample(["python", "danse", "sig"], self.draw.randint(0, 3))
                await say(self.parvis, member, "skills", skills or None, level)

    async def _told(self, member: Member, fact: type[MemberUpdated] | type[MemberSuspended]) -> None:
        async def verb(session: AsyncSession) -> None:
            record(session, fact(member_id=member.id))

        await self.parvis.database.write(verb)
        await listen(self.parvis)

    async def _run(self, statement: Any) -> None:
        async def verb(session: AsyncSession) -> None:
            await session.execute(statement)

        await self.parvis.database.write(verb)


@hypothesis_settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
async def test_after_any_changes_the_directory_is_as_if_made_anew(
    parvis: Parvis, moved_clock: clock.MovableClock, seed: int
) -> None:
    university = University(parvis, Random(seed))
    await university.found()
    for _ in range(4):
        for _ in range(5):
            await university.something_happens()
        assert without_texts(await held(parvis)) == await expected(parvis)
        moved_clock.advance(timedelta(days=1))
        await run_jobs(parvis)
        assert without_texts(await held(parvis)) == await expected(parvis)
    kept = await held(parvis)
    await upkeep.rebuild(parvis.database.write)
    assert await held(parvis) == kept


async def test_days_that_nobody_worked_are_made_up_for(parvis: Parvis, moved_clock: clock.MovableClock) -> None:
    today = clock.now().date()
    coming = await make_member(parvis, "Inès", affiliation=None)
    await affiliate(parvis, coming, "student", starts_on=today + timedelta(days=2))
    leaving = await make_member(parvis, "Hugo", affiliation=None)
    await affiliate(parvis, leaving, "student", starts_on=date(2020, 9, 1), ends_on=today + timedelta(days=3))
    await upkeep.rebuild(parvis.database.write)
    assert (await held(parvis)).people == {"Hugo"}
    moved_clock.advance(timedelta(days=7))
    await run_jobs(parvis)
    assert (await held(parvis)).people == {"Inès"}


async def test_a_unit_that_moves_takes_its_people_along(parvis: Parvis) -> None:
    university, law = await make_unit(parvis, "Université"), await make_unit(parvis, "Droit")
    hugo = await make_member(parvis, "Hugo", affiliation=None)
    await affiliate(parvis, hugo, "student", unit_id=law.id)
    await list_everybody(parvis)

    async def move(session: AsyncSession) -> None:
        unit = await session.get_one(Unit, law.id)
        unit.parent_id = university.id
        unit.version += 1
        await session.flush()
        record(session, StructureChanged(kind="unit", id=law.id, version=unit.version))

    await parvis.database.write(move)
    await listen(parvis)
    await run_jobs(parvis)
    assert without_texts(await held(parvis)) == await expected(parvis)
    assert ("Hugo", "unit", str(university.id), 1) in (await held(parvis)).marks


async def test_there_is_an_entry_for_each_class_of_readers_that_sees_more(parvis: Parvis) -> None:
    member = await make_member(parvis, "Inès")
    await say(parvis, member, "headline", "Hydrologue")
    await say(parvis, member, "skills", ["Apnée"], "contacts")
    await say(parvis, member, "biography", "Secret", "me")
    found = {(part, tuple(body.split())) for _, part, body in (await held(parvis)).entries}
    assert found == {("organisation", ("Hydrologue",)), ("contacts", ("Hydrologue", "Apnée"))}


async def test_listing_somebody_again_writes_nothing(parvis: Parvis) -> None:
    member = await make_member(parvis, "Inès")
    await say(parvis, member, "skills", ["Apnée"])
    async with parvis.database.reading() as session:
        before = [row.id for row in await session.scalars(select(Entry))]
    await parvis.database.write(reindex, [member.id])
    async with parvis.database.reading() as session:
        assert [row.id for row in await session.scalars(select(Entry))] == before


async def test_who_is_forgotten_leaves_no_word_that_nobody_else_has(parvis: Parvis) -> None:
    gone = await make_member(parvis, "Inès Benali")
    stays = await make_member(parvis, "Hugo Ferreira")
    await list_everybody(parvis)
    await say(parvis, gone, "skills", ["Crues", "Luthier-canari"])
    await say(parvis, stays, "skills", ["Crues"])

    assert await parvis.database.write(forget, gone.id) == 1
    assert await parvis.database.write(forget, gone.id) == 0

    async with parvis.database.reading() as session:
        listed = set(await session.scalars(select(DirectoryPerson.member_id)))
        words = set(await session.scalars(select(DirectoryValue.label).where(DirectoryValue.facet == "skill")))
        found = set(await session.scalars(select(Entry.subject_id)))
    assert (listed, words, found) == ({stays.id}, {"Crues"}, {stays.id})


async def test_words_that_nobody_has_any_more_are_forgotten_by_the_next_day(
    parvis: Parvis, moved_clock: clock.MovableClock
) -> None:
    member = await make_member(parvis, "Inès")
    await say(parvis, member, "skills", ["Apnée"])
    await upkeep.rebuild(parvis.database.write)
    await say(parvis, member, "skills", ["Danse"])
    moved_clock.advance(timedelta(days=1))
    await run_jobs(parvis)
    async with parvis.database.reading() as session:
        kept = set(await session.scalars(select(DirectoryValue.label).where(DirectoryValue.facet == "skill")))
    assert kept == {"Danse"}
