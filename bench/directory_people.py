"""A hundred thousand people, drawn with a fixed seed, and written in batches as an import would."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Affiliation, Cohort, Member, Organisation, Programme, Unit
from parvis.accounts.names import sort_name
from parvis.kernel import clock
from parvis.kernel.db import Write
from parvis.kernel.ids import new_id
from parvis.profiles.directory.index import reindex
from parvis.profiles.models import ProfileField

AT_ONCE = 500
ORGANISATION = {"id": 1, "default_language": "fr", "registration": "invitation"}
LEVELS = ("organisation",) * 16 + ("publics", "publics", "communities", "contacts")
SYLLABLES = ("ba", "cor", "dan", "fel", "gri", "lo", "mar", "nis", "par", "ré", "sau", "tin", "val", "zé")


@dataclass
class University:
    """What is drawn from: lists whose first items are far more frequent than the last."""

    draw: Random = field(default_factory=lambda: Random(1284))
    units: list[UUID] = field(default_factory=list)
    programmes: list[tuple[UUID, UUID]] = field(default_factory=list)
    cohorts: list[tuple[UUID, UUID, UUID, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.skills = [f"{self.word()} {self.word()}".capitalize() for _ in range(3000)]
        self.cities = ["Valorne", *(self.word().capitalize() for _ in range(600))]
        self.jobs = [f"{self.word()} {self.word()}" for _ in range(2000)]
        self.given = [self.word().capitalize() for _ in range(400)]
        self.families = [self.word().capitalize() for _ in range(5000)]

    def word(self) -> str:
        return "".join(self.draw.choices(SYLLABLES, k=self.draw.randint(2, 4)))

    def one_of(self, items: Sequence[Any]) -> Any:
        return items[int(len(items) * self.draw.random() ** 3)]


async def fill(write: Write, people: int) -> University:
    university = University()
    await write(_found, university)
    for start in range(0, people, AT_ONCE):
        await write(_enter, university, min(AT_ONCE, people - start))
    return university


async def _found(session: AsyncSession, university: University) -> None:
    session.add(Organisation(name="Université", short_name="U", languages=["fr"], domains={}, **ORGANISATION))
    for component in range(16):
        top = _unit(f"Composante {component}", None)
        inner = [_unit(f"Département {component}.{number}", top.id) for number in range(6)]
        session.add(top)
        await session.flush()
        session.add_all(inner)
        await session.flush()
        university.units += [unit.id for unit in inner]
    for number in range(300):
        unit_id = university.one_of(university.units)
        programme = Programme(name=f"Formation {number}", sort_name=f"formation {number}", unit_id=unit_id)
        session.add(programme)
        await session.flush()
        cohorts = [Cohort(programme_id=programme.id, year=year) for year in range(2012, 2031)]
        session.add_all(cohorts)
        await session.flush()
        university.programmes.append((programme.id, unit_id))
        university.cohorts += [(cohort.id, programme.id, unit_id, cohort.year) for cohort in cohorts]


def _unit(name: str, parent_id: UUID | None) -> Unit:
    return Unit(id=new_id(), name=name, sort_name=sort_name(name), kind="component", parent_id=parent_id)


async def _enter(session: AsyncSession, university: University, people: int) -> None:
    members = [_member(university) for _ in range(people)]
    ids = [member["id"] for member in members]
    held = [row for member_id in ids for row in _affiliations(university, member_id)]
    said = [row for member_id in ids for row in _fields(university, member_id)]
    for model, rows in ((Member, members), (Affiliation, held), (ProfileField, said)):
        await session.execute(insert(cast(Table, model.__table__)), rows)
    await reindex(session, ids)


def _member(university: University) -> dict[str, Any]:
    name = f"{university.one_of(university.given)} {university.one_of(university.families)}"
    now = clock.now() - timedelta(minutes=university.draw.randint(0, 2_000_000))
    return {
        "id": new_id(),
        "name": name,
        "sort_name": sort_name(name),
        "language": "fr",
        "appearance": "system",
        "version": 1,
        "created_at": now,
        "activated_at": now,
    }


def _affiliations(university: University, member_id: UUID) -> Iterator[dict[str, Any]]:
    draw = university.draw
    kind = draw.choices(("student", "alum", "staff", "affiliate"), weights=(45, 35, 15, 5))[0]
    row: dict[str, Any] = {
        "id": new_id(),
        "member_id": member_id,
        "kind": kind,
        "source": "institution",
        "starts_on": date(2020, 9, 1),
        "ends_on": None,
        "unit_id": None,
        "programme_id": None,
        "cohort_id": None,
        "title": None,
    }
    if kind in {"student", "alum"}:
        row["cohort_id"], row["programme_id"], row["unit_id"], _ = university.one_of(university.cohorts)
    else:
        row["unit_id"], row["title"] = university.one_of(university.units), draw.choice(university.jobs)
    yield row
    if draw.random() < 0.05:
        yield {**row, "id": new_id(), "kind": "employee"}


def _fields(university: University, member_id: UUID) -> Iterator[dict[str, Any]]:
    draw = university.draw
    said: dict[str, Any] = {"headline": f"{draw.choice(university.jobs)}, {university.one_of(university.cities)}"}
    if draw.random() < 0.8:
        city = "Valorne" if draw.random() < 0.4 else university.one_of(university.cities)
        said["place"] = {"city": city, "country": "FR", "time_zone": None}
    if draw.random() < 0.6:
        said["skills"] = sorted({university.one_of(university.skills) for _ in range(draw.randint(1, 6))})
    if draw.random() < 0.3:
        said["biography"] = " ".join(draw.choices(university.jobs, k=30))
    if draw.random() < 0.08:
        said["mentoring"] = {"capacity": 2}
    for name, value in said.items():
        yield {"member_id": member_id, "field": name, "level": draw.choice(LEVELS), "value": value}
