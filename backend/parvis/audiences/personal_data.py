"""What audiences hold of members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.jobs import enqueue
from parvis.kernel.personal_data import AT_ONCE, ErasedBy, Holding, Part, Untied, Withheld

from .models import Audience, AudienceMember, AutomaticMember, AutomaticMembership, KeptAudienceMember
from .service.keeping import keep_soon
from .service.saving import FREEZE

QUERIED: Withheld = Withheld(
    {
        "fr": "Ce sont des listes d’envoi de l’organisation, faites de ce que le reste du fichier contient.",
        "en": "These are lists that the organisation sends to, made of what the rest of the file holds.",
    }
)


async def hand_over(session: AsyncSession, member_id: UUID) -> int:
    """Shared audiences stay, and are nobody's; others go. At most 500. Returns how many."""
    mine = select(Audience.id).where(Audience.owner_id == member_id).order_by(Audience.id).limit(AT_ONCE)
    ids = (await session.scalars(mine)).all()
    await session.execute(update(Audience).where(Audience.id.in_(ids), Audience.shared).values(owner_id=None))
    gone = (await session.scalars(select(Audience.id).where(Audience.id.in_(ids), ~Audience.shared))).all()
    await session.execute(delete(Audience).where(Audience.id.in_(gone)))
    for audience_id in gone:  # Who was in a frozen one goes in batches.
        await enqueue(session, FREEZE, {"id": str(audience_id)})
        await keep_soon(session, audience_id)
    return len(ids)


PARTS: Sequence[Part] = (
    Part(
        "audiences",
        {
            "fr": "Les destinataires que vous avez enregistrés, et les communautés où vous êtes d’office",
            "en": "Audiences that you saved, and communities where a rule put you",
        },
        [
            Holding(
                Audience.owner_id,
                [Audience.id, Audience.name, Audience.rule, Audience.shared, Audience.created_at],
                ErasedBy(hand_over),
            ),
            Holding(AudienceMember.member_id, QUERIED),
            Holding(KeptAudienceMember.member_id, QUERIED),
            Holding(
                AutomaticMembership.set_by,
                [AutomaticMembership.community_id, AutomaticMembership.rule, AutomaticMembership.set_at],
                Untied(),
            ),
            Holding(AutomaticMember.member_id, [AutomaticMember.community_id, AutomaticMember.since]),
        ],
    ),
)
