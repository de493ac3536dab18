"""What comes back by mail, as it is held of members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from parvis.accounts.models import Address
from parvis.files import service as files
from parvis.files.models import File
from parvis.kernel.personal_data import AT_ONCE, COPY, ErasedBy, Holding, Part

from .models import AddressBounce, HeldReply, ReceivedMail, ReplyAddress
from .service.upkeep import HELD


def _his_addresses(member_id: UUID) -> ColumnElement[bool]:
    return AddressBounce.address_id.in_(select(Address.id).where(Address.member_id == member_id))


def _of(column: InstrumentedAttribute[UUID], member_id: UUID) -> ColumnElement[bool]:
    return column.in_(select(ReplyAddress.id).where(ReplyAddress.member_id == member_id))


async def _erase_held(session: AsyncSession, member_id: UUID) -> int:
    his = select(HeldReply).where(_of(HeldReply.address_id, member_id)).limit(AT_ONCE)
    found = list(await session.scalars(his))
    claimed = select(File.id).where(File.claimed_kind == HELD, File.claimed_id.in_([one.id for one in found]))
    await files.remove_all(session, list(await session.scalars(claimed)))
    for one in found:
        await session.delete(one)
    await session.flush()
    return len(found)


PARTS: Sequence[Part] = (
    Part(
        "mail_that_came_back",
        {"fr": "Les courriels qui vous sont revenus", "en": "Mails to you that came back"},
        [
            Holding(
                AddressBounce.address_id,
                [
                    AddressBounce.failures,
                    AddressBounce.since,
                    AddressBounce.last_at,
                    AddressBounce.status,
                    AddressBounce.paused_at,
                ],
                where=_his_addresses,
            )
        ],
    ),
    Part(
        "replies_by_mail",
        {"fr": "Vos réponses par courriel", "en": "Your answers by mail"},
        [
            Holding(
                ReplyAddress.member_id,
                [
                    ReplyAddress.kind,
                    ReplyAddress.subject_id,
                    ReplyAddress.created_at,
                    ReplyAddress.used_at,
                    ReplyAddress.revoked_at,
                ],
            ),
            Holding(
                ReceivedMail.address_id,
                COPY,
                where=lambda member_id: _of(ReceivedMail.address_id, member_id),
            ),
            Holding(
                HeldReply.address_id,
                [HeldReply.text, HeldReply.at, HeldReply.said_at],
                ErasedBy(_erase_held),
                where=lambda member_id: _of(HeldReply.address_id, member_id),
            ),
        ],
    ),
)
