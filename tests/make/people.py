"""People of a test's organisation."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import emails
from parvis.accounts.models import (
    Address,
    Affiliation,
    Cohort,
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
from parvis.kernel.runtime import Parvis
from parvis.kernel.text import fold

DOMAINS = {"univ.example": "student", "staff.univ.example": "staff", "alumni.univ.example": "alum"}
PASSWORD = "bicyclette-violette-au-grenier"


_hashes: dict[str, str] = {}


async def hash_of(parvis: Parvis, password: str) -> str:
    """What is kept of a password, made once: it takes longer than most tests, as it should."""
    if password not in _hashes:
        _hashes[password] = await parvis.part(Passwords).hash(password)
    return _hashes[password]


async def make_member(
    parvis: Parvis,
    name: str = "Benoît Martin",
    email: str | None = None,
    *,
    affiliation: str | None = "student",
    password: str | None = None,
    roles: Collection[str] = (),
    language: str = "en",
    identifier: str | None = None,
    activated: bool = True,
) -> Member:
    """A member with one address, by default made of the name in `univ.example`; verified unless not `activated`."""
    email = email or f"{fold(name).replace(' ', '.')}@univ.example"
    hashed = await hash_of(parvis, password) if password else None

    async def make(session: AsyncSession) -> Member:
        now = clock.now()
        activated_at = now if activated else None
        member = Member(
            name=name, sort_name=sort_name(name), language=language, identifier=identifier, activated_at=activated_at
        )
        session.add(member)
        await session.flush()
        kind = emails.kind_of(email, DOMAINS)
        address = Address(member_id=member.id, email=email, kind=kind, is_primary=True, verified_at=activated_at)
        session.add(address)
        if affiliation:
            since = now.date() - timedelta(days=30)
            session.add(Affiliation(member_id=member.id, kind=affiliation, source="institution", starts_on=since))
        session.add_all([MemberRole(member_id=member.id, role=role) for role in roles])
        if hashed:
            session.add(Password(member_id=member.id, hash=hashed))
        return member

    return await parvis.database.write(make)


async def affiliate(parvis: Parvis, member: Member, kind: str, **said: Any) -> Affiliation:
    """A further affiliation, by default since thirty days."""

    async def make(session: AsyncSession) -> Affiliation:
        since = clock.now().date() - timedelta(days=30)
        affiliation = Affiliation(
            **{"member_id": member.id, "kind": kind, "source": "institution", "starts_on": since, **said}
        )
        session.add(affiliation)
        return affiliation

    return await parvis.database.write(make)


async def make_unit(parvis: Parvis, name: str, *, kind: str = "component", parent: Unit | None = None) -> Unit:
    async def make(session: AsyncSession) -> Unit:
        unit = Unit(name=name, sort_name=sort_name(name), kind=kind, parent_id=parent.id if parent else None)
        session.add(unit)
        return unit

    return await parvis.database.write(make)


async def make_programme(parvis: Parvis, name: str, unit: Unit | None = None) -> Programme:
    async def make(session: AsyncSession) -> Programme:
        programme = Programme(name=name, sort_name=sort_name(name), unit_id=unit.id if unit else None)
        session.add(programme)
        return programme

    return await parvis.database.write(make)


async def make_cohort(parvis: Parvis, programme: Programme, year: int) -> Cohort:
    async def make(session: AsyncSession) -> Cohort:
        cohort = Cohort(programme_id=programme.id, year=year)
        session.add(cohort)
        return cohort

    return await parvis.database.write(make)


async def make_organisation(
    parvis: Parvis,
    *,
    registration: str = "domains",
    domains: Mapping[str, str] = DOMAINS,
    guests: bool = False,
    share_links: bool = False,
) -> None:
    """The test's organisation, which lets in who has an address in its domains."""

    async def make(session: AsyncSession) -> None:
        await session.execute(delete(Organisation))
        values = {
            "id": 1,
            "name": "Université d’Exemple",
            "short_name": "Exemple",
            "languages": ["fr", "en"],
            "default_language": "fr",
            "registration": registration,
            "guests": guests,
            "share_links": share_links,
            "domains": dict(domains),
        }
        await session.execute(insert(Organisation), [values])

    await parvis.database.write(make)
