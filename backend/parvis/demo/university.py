"""Fills an empty database with the Université de Valorne."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import (
    Address,
    Affiliation,
    Member,
    MemberRole,
    Organisation,
    Password,
    Programme,
    Unit,
)
from parvis.accounts.names import sort_name
from parvis.accounts.passwords import Passwords
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.db import Database
from parvis.kernel.ids import new_id
from parvis.profiles.models import MemberInterest

from .accounts import Account, random_password
from .people import ELSEWHERE, STAFF, STUDENTS, Person, crowd, known
from .words import SERVICES

CROWD = 392
"""With those known by name: four hundred."""
PER_TRANSACTION = 100
"""People; five rows each at most."""


@dataclass(frozen=True, slots=True)
class Places:
    """Units by name, and programmes by the names of their unit and their own."""

    units: Mapping[str, UUID]
    programmes: Mapping[tuple[str, str | None], UUID]


async def fill(settings: Settings) -> list[Account]:
    """Writes the organisation and its people. Returns the accounts that have a password."""
    database = Database(settings.database)
    await database.start()
    try:
        today = clock.now().date()
        await database.write(found)
        accounts, hashes = await _accounts(known(today))
        people = [*known(today), *crowd(today, CROWD)]
        places = await database.write(build, people)
        for some in _in_groups(people):
            await database.write(enrol, some, places, hashes)
        return accounts
    finally:
        await database.stop()


async def found(session: AsyncSession) -> None:
    """The organisation itself."""
    session.add(
        Organisation(
            name="Université de Valorne",
            short_name="Valorne",
            logo_file_id=None,
            languages=["fr", "en"],
            default_language="fr",
            registration="domains",
            domains={STUDENTS: "student", STAFF: "staff"},
        )
    )


async def build(session: AsyncSession, people: Sequence[Person]) -> Places:
    """The units and programmes that these people are of."""
    held = [item for person in people for item in person.affiliations]
    companies = {item.unit for item in held if item.kind == "affiliate"}
    units = {name: new_id() for name in sorted({item.unit for item in held})}
    studied = sorted({(item.unit, item.programme) for item in held if item.programme})
    programmes: dict[tuple[str, str | None], UUID] = {pair: new_id() for pair in studied}
    kinds = {name: "company" if name in companies else "service" if name in SERVICES else "component" for name in units}
    await session.execute(
        insert(Unit),
        [{"id": id_, "name": name, "sort_name": sort_name(name), "kind": kinds[name]} for name, id_ in units.items()],
    )
    await session.execute(
        insert(Programme),
        [
            {"id": programmes[unit, name], "name": name, "sort_name": sort_name(name), "unit_id": units[unit]}
            for unit, name in studied
        ],
    )
    return Places(units, programmes)


async def enrol(session: AsyncSession, people: Sequence[Person], places: Places, hashes: dict[str, str]) -> None:
    """Writes some people with all that is theirs."""
    now = clock.now()
    rows: dict[type[Any], list[dict[str, Any]]] = {
        kind: [] for kind in (Member, Address, Affiliation, MemberRole, MemberInterest, Password)
    }
    for person in people:
        member_id = new_id()
        rows[Member].append(
            {
                "id": member_id,
                "name": person.name,
                "sort_name": sort_name(person.name),
                "identifier": person.identifier,
                "activated_at": now,
                "onboarded_at": now if person.interests else None,
            }
        )
        address = {"member_id": member_id, "email": person.email, "is_primary": True, "verified_at": now}
        kind = "personal" if person.email.endswith(ELSEWHERE) else "institutional"
        rows[Address].append({"id": new_id(), "kind": kind, **address})
        for held in person.affiliations:
            dates = {"starts_on": held.starts_on, "ends_on": held.ends_on}
            where = {
                "unit_id": places.units[held.unit],
                "programme_id": places.programmes.get((held.unit, held.programme)),
            }
            what = {"kind": held.kind, "title": held.title, "source": "institution"}
            rows[Affiliation].append({"id": new_id(), "member_id": member_id, **what, **where, **dates})
        rows[MemberRole] += [{"member_id": member_id, "role": role} for role in person.roles]
        rows[MemberInterest] += [{"member_id": member_id, "interest": interest} for interest in person.interests]
        if person.email in hashes:
            rows[Password].append({"member_id": member_id, "hash": hashes[person.email]})
    for table, some in rows.items():
        if some:
            await session.execute(insert(table), some)


async def _accounts(people: Iterable[Person]) -> tuple[list[Account], dict[str, str]]:
    accounts = [
        Account(person.label, person.name, person.email, random_password()) for person in people if person.label
    ]
    passwords = Passwords()
    hashes = await asyncio.gather(*(passwords.hash(account.password) for account in accounts))
    return accounts, {account.email: hashed for account, hashed in zip(accounts, hashes, strict=True)}


def _in_groups(people: Sequence[Person]) -> Iterable[Sequence[Person]]:
    return (people[start : start + PER_TRANSACTION] for start in range(0, len(people), PER_TRANSACTION))
