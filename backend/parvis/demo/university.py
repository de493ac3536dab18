"""Fills an empty database with the Université de Valorne."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Affiliation, Member, MemberRole, Organisation, Password
from parvis.accounts.names import sort_name
from parvis.accounts.passwords import Passwords
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.db import Database
from parvis.kernel.ids import new_id
from parvis.profiles.models import MemberInterest

from .accounts import Account, random_password
from .people import ELSEWHERE, STAFF, STUDENTS, Person, crowd, known

CROWD = 392
"""With those known by name: four hundred."""
PER_TRANSACTION = 100
"""People; five rows each at most."""


async def fill(settings: Settings) -> list[Account]:
    """Writes the organisation and its people. Returns the accounts that have a password."""
    database = Database(settings.database)
    await database.start()
    try:
        today = clock.now().date()
        await database.write(found)
        accounts, hashes = await _accounts(known(today))
        people = [*known(today), *crowd(today, CROWD)]
        for some in _in_groups(people):
            await database.write(enrol, some, hashes)
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


async def enrol(session: AsyncSession, people: Sequence[Person], hashes: dict[str, str]) -> None:
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
            what = {"kind": held.kind, "unit": held.unit, "programme": held.programme, "source": "institution"}
            rows[Affiliation].append({"id": new_id(), "member_id": member_id, **what, **dates})
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
