"""Putting people into circles and taking them out. Whoever owns the circle has judged whether they may, and tells it.

Each verb holds the circle until the commit, so that rules over all who are in it (one owner stays) are judged by one
change at a time.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.publics import PRECEDENCE
from parvis.accounts.queries.publics import shown_today

from .models import Circle, Membership, Role


async def create(session: AsyncSession) -> Circle:
    """An empty circle."""
    circle = Circle(people=0, mix={})
    session.add(circle)
    await session.flush()
    return circle


async def hold(session: AsyncSession, circle_id: UUID) -> Circle:
    """The circle, held until the commit."""
    query = select(Circle).where(Circle.id == circle_id).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one()


async def put_in(
    session: AsyncSession, circle_id: UUID, member_id: UUID, role: Role, *, until: datetime | None = None
) -> bool:
    """Puts somebody in. False for who is in already: then the role stays, and only the time changes."""
    circle = await hold(session, circle_id)
    known = await session.get(Membership, (circle_id, member_id), populate_existing=True)
    if known is not None:
        known.until = until
        await session.flush()
        return False
    public = (await shown_today(session, [member_id])).get(member_id)
    session.add(Membership(circle_id=circle_id, member_id=member_id, role=role, public=public, until=until))
    circle.people += 1
    _count(circle, gained=[public])
    await session.flush()
    return True


async def put_in_all(session: AsyncSession, circle_id: UUID, member_ids: Sequence[UUID], since: datetime) -> list[UUID]:
    """Puts these (at most 500) in as plain members. Returns those who were not in."""
    circle = await hold(session, circle_id)
    mine = (Membership.circle_id == circle_id, Membership.member_id.in_(member_ids))
    known = set(await session.scalars(select(Membership.member_id).where(*mine)))
    new = [member_id for member_id in member_ids if member_id not in known]
    publics = await shown_today(session, new)
    place = {"circle_id": circle_id, "role": "member", "since": since}
    rows = [{**place, "member_id": member_id, "public": publics.get(member_id)} for member_id in new]
    if rows:
        await session.execute(insert(Membership), rows)
    circle.people += len(new)
    _count(circle, gained=[publics.get(member_id) for member_id in new])
    await session.flush()
    return new


async def take_out_all(session: AsyncSession, circle_id: UUID, member_ids: Sequence[UUID]) -> None:
    """Takes these (at most 500), who are in, out."""
    circle = await hold(session, circle_id)
    mine = (Membership.circle_id == circle_id, Membership.member_id.in_(member_ids))
    publics = (await session.scalars(select(Membership.public).where(*mine))).all()
    await session.execute(delete(Membership).where(*mine))
    circle.people -= len(publics)
    _count(circle, lost=publics)
    await session.flush()


async def take_out(session: AsyncSession, circle_id: UUID, member_id: UUID) -> Membership | None:
    """Takes somebody out, and says what he was there; None for who was not in."""
    circle = await hold(session, circle_id)
    known = await session.get(Membership, (circle_id, member_id), populate_existing=True)
    if known is None:
        return None
    await session.delete(known)
    circle.people -= 1
    _count(circle, lost=[known.public])
    await session.flush()
    return known


async def give_role(session: AsyncSession, circle_id: UUID, member_id: UUID, role: Role) -> bool:
    """Whether this changed the role of somebody who is in."""
    await hold(session, circle_id)
    known = await session.get(Membership, (circle_id, member_id), populate_existing=True)
    if known is None or known.role == role:
        return False
    known.role = role
    await session.flush()
    return True


async def recount(session: AsyncSession, member_ids: Sequence[UUID]) -> None:
    """Counts these members (at most 500) under the publics that they are of today, wherever they are in."""
    publics = await shown_today(session, member_ids)
    places = select(Membership).where(Membership.member_id.in_(member_ids))
    turned = [place for place in await session.scalars(places) if place.public != publics.get(place.member_id)]
    for circle_id in sorted({place.circle_id for place in turned}):
        circle = await hold(session, circle_id)
        there = [place for place in turned if place.circle_id == circle_id]
        for place in there:  # Again, now that the circle is held: it may have been counted meanwhile.
            await session.refresh(place)
        _count(circle, lost=[place.public for place in there], gained=[publics.get(place.member_id) for place in there])
        for place in there:
            place.public = publics.get(place.member_id)
        await session.flush()


def _count(circle: Circle, *, gained: Sequence[str | None] = (), lost: Sequence[str | None] = ()) -> None:
    counted = Counter(circle.mix)
    counted.update(public for public in gained if public)
    counted.subtract(public for public in lost if public)
    circle.mix = {public: counted[public] for public in PRECEDENCE if counted[public]}
