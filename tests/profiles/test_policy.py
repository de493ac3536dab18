"""Who sees whom, and which of his fields: the one SQL that every list goes through."""

from datetime import date
from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, Actors
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from parvis.kernel.runtime import Parvis
from parvis.profiles import policy
from parvis.profiles.models import Block, Contact, ProfileField
from tests.make.directory import bring_together
from tests.make.people import affiliate, make_member, make_organisation

LEVELS = ("organisation", "publics", "communities", "contacts", "me")


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


async def actor_of(parvis: Parvis, member: Member) -> Actor:
    device = Device("Tests/1.0", "203.0.113.7")
    _, cookie = await parvis.database.write(open_session, member, methods=["pwd"], device=device)
    actor = await parvis.part(Actors).by_cookie(cookie)
    assert actor is not None
    return actor


async def add(parvis: Parvis, *rows: object) -> None:
    async def verb(session: AsyncSession) -> None:
        session.add_all(rows)

    await parvis.database.write(verb)


async def seen_people(parvis: Parvis, actor: Actor) -> set[str]:
    async with parvis.database.reading() as session:
        return set(await session.scalars(select(Member.name).where(policy.visible_member(actor))))


async def seen_levels(parvis: Parvis, actor: Actor) -> set[str]:
    async with parvis.database.reading() as session:
        return set(await session.scalars(select(ProfileField.level).where(policy.visible_field(actor))))


async def test_a_field_reaches_whom_its_level_says(parvis: Parvis) -> None:
    owner = await make_member(parvis, "Inès Benali", affiliation="student")
    await add(
        parvis,
        *[
            ProfileField(member_id=owner.id, field=field, level=level, value="…")
            for field, level in zip(("headline", "biography", "place", "skills", "path"), LEVELS, strict=True)
        ],
    )
    stranger = await make_member(parvis, "Nadia Cherkaoui", affiliation="faculty")
    fellow = await make_member(parvis, "Hugo Ferreira", affiliation="student")
    contact = await make_member(parvis, "Malo Ricard", affiliation="affiliate")
    met = await make_member(parvis, "Karim Haddad", affiliation="faculty")
    await bring_together(parvis, owner, met)
    former = await make_member(parvis, "Zoé Ancienne", affiliation="staff")
    await affiliate(parvis, former, "student", starts_on=date(2010, 9, 1), ends_on=date(2013, 7, 1))
    guest = await make_member(parvis, "Gaël Invité", affiliation=None)
    await bring_together(parvis, owner, guest)
    await add(
        parvis,
        Contact(member_id=contact.id, other_id=owner.id),
        Contact(member_id=owner.id, other_id=contact.id),
    )

    expected = {
        owner: set(LEVELS),
        stranger: {"organisation"},
        fellow: {"organisation", "publics"},
        met: {"organisation", "publics", "communities"},
        contact: {"organisation", "publics", "communities", "contacts"},
        former: {"organisation"},
        guest: set(),
    }
    for member, levels in expected.items():
        assert await seen_levels(parvis, await actor_of(parvis, member)) == levels, member.name


async def test_what_is_kept_elsewhere_is_shown_to_the_organisation_unless_said(parvis: Parvis) -> None:
    open_one = await make_member(parvis, "Inès Benali")
    closed_one = await make_member(parvis, "Hugo Ferreira")
    await add(parvis, ProfileField(member_id=closed_one.id, field="affiliations", level="me", value=None))
    reader = await actor_of(parvis, await make_member(parvis, "Nadia Cherkaoui", affiliation="faculty"))
    async with parvis.database.reading() as session:
        shown = policy.visible_kept_elsewhere(reader, "affiliations", Member.id)
        names = set(await session.scalars(select(Member.name).where(shown)))
    assert open_one.name in names
    assert closed_one.name not in names


async def test_people_are_visible_while_they_belong_and_nobody_blocks(parvis: Parvis) -> None:
    ines = await make_member(parvis, "Inès Benali")
    await make_member(parvis, "Hugo Ferreira")
    await make_member(parvis, "Pas Encore", activated=False)
    await make_member(parvis, "Gaël Invité", affiliation=None)
    gone = await make_member(parvis, "Paul Parti", affiliation=None)
    await affiliate(parvis, gone, "staff", starts_on=date(2010, 1, 1), ends_on=date(2020, 1, 1))
    blocker = await make_member(parvis, "Brice Bloqueur")
    blocked = await make_member(parvis, "Bea Bloquée")
    await add(
        parvis, Block(blocker_id=blocker.id, blocked_id=ines.id), Block(blocker_id=ines.id, blocked_id=blocked.id)
    )

    assert await seen_people(parvis, await actor_of(parvis, ines)) == {"Inès Benali", "Hugo Ferreira"}
    for member in (blocker, blocked):
        assert "Inès Benali" not in await seen_people(parvis, await actor_of(parvis, member))
    assert await seen_people(parvis, await actor_of(parvis, gone)) == {"Paul Parti"}


async def test_members_of_several_publics_see_those_of_each(parvis: Parvis) -> None:
    reader = await make_member(parvis, "Claire Vasseur", affiliation="alum")
    await affiliate(parvis, reader, "staff")
    actor = await actor_of(parvis, reader)
    for kind, level in product(("student", "alum", "employee", "affiliate"), ("publics",)):
        owner = await make_member(parvis, f"Propriétaire {kind}", affiliation=kind)
        await add(parvis, ProfileField(member_id=owner.id, field="headline", level=level, value=kind))
    async with parvis.database.reading() as session:
        seen = set(await session.scalars(select(ProfileField.value).where(policy.visible_field(actor))))
    assert seen == {"alum", "employee"}
