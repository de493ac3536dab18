"""What the member who asks is shown of himself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, Affiliation, Member, Passkey
from parvis.accounts.presentation import Avatar, Presentations
from parvis.accounts.publics import PUBLIC_OF, current
from parvis.kernel import clock

from .people import placed_affiliations

Step = Literal["personal_address", "passkey", "interests", "profile"]


@dataclass(frozen=True, slots=True)
class Viewer:
    name: str
    language: str
    appearance: str
    affiliation: str | None
    avatar: Avatar | None
    next_steps: Sequence[Step]


async def viewer(session: AsyncSession, actor: Actor, presentations: Presentations) -> Viewer:
    """Two queries, and one for how he presents himself."""
    mine = Address.member_id == actor.member_id
    row = await session.execute(
        select(
            Member.name,
            Member.language,
            Member.appearance,
            Member.onboarded_at,
            exists().where(mine, Address.kind == "personal", Address.verified_at.is_not(None)).label("has_personal"),
            exists().where(Passkey.member_id == actor.member_id).label("has_passkey"),
        ).where(Member.id == actor.member_id)
    )
    name, language, appearance, onboarded_at, has_personal, has_passkey = row.one()
    shown = await presentations.of(session, actor.id)
    done: dict[Step, bool] = {
        "personal_address": has_personal,
        "passkey": has_passkey,
        "interests": onboarded_at is not None,
        "profile": shown.is_begun,
    }
    left = [step for step, is_done in done.items() if not is_done]
    return Viewer(name, language, appearance, await _affiliation(session, actor), shown.avatar, left)


async def _affiliation(session: AsyncSession, actor: Actor) -> str | None:
    """Of the public that is shown: the post or programme, else the unit."""
    query = placed_affiliations().where(Affiliation.member_id == actor.member_id).order_by(Affiliation.starts_on.desc())
    held = current(await session.scalars(query), clock.now().date())
    said = (item.words for item in held if PUBLIC_OF.get(item.kind) == actor.shown_public)
    return next(filter(None, said), None)
