"""What members say of themselves, and the directory made of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.circles.service import create, put_in
from parvis.kernel.runtime import Parvis
from parvis.profiles.directory.index import reindex
from parvis.profiles.models import Block, Contact, ProfileField


async def say(parvis: Parvis, member: Member, field: str, value: Any, level: str = "organisation") -> None:
    """The member fills a field in, for that level, in place of what it held; and is listed as such."""

    async def verb(session: AsyncSession) -> None:
        await session.execute(
            delete(ProfileField).where(ProfileField.member_id == member.id, ProfileField.field == field)
        )
        session.add(ProfileField(member_id=member.id, field=field, value=value, level=level))
        await reindex(session, [member.id])

    await parvis.database.write(verb)


async def list_everybody(parvis: Parvis) -> None:
    """The directory as it is to be."""

    async def verb(session: AsyncSession) -> Sequence[UUID]:
        members = (await session.scalars(select(Member.id))).all()
        await reindex(session, members)
        return members

    await parvis.database.write(verb)


async def befriend(parvis: Parvis, one: Member, other: Member) -> None:
    pairs = ((one, other), (other, one))
    await _add(parvis, [Contact(member_id=member.id, other_id=known.id) for member, known in pairs])


async def bring_together(parvis: Parvis, *members: Member, until: datetime | None = None) -> UUID:
    """A new circle with these in it."""

    async def verb(session: AsyncSession) -> UUID:
        circle = await create(session)
        for member in members:
            await put_in(session, circle.id, member.id, "member", until=until)
        return circle.id

    return await parvis.database.write(verb)


async def block(parvis: Parvis, blocker: Member, blocked: Member) -> None:
    await _add(parvis, [Block(blocker_id=blocker.id, blocked_id=blocked.id)])


async def _add(parvis: Parvis, rows: Sequence[object]) -> None:
    async def verb(session: AsyncSession) -> None:
        session.add_all(rows)

    await parvis.database.write(verb)
