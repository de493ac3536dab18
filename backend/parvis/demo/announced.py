"""What the university announced lately, and how far it was read by whom; the same every time on one day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member, MemberRole
from parvis.accounts.models.people import Public
from parvis.accounts.queries.people import is_active
from parvis.accounts.queries.publics import shown_today
from parvis.engagement.models import Thread
from parvis.kernel.db import Database
from parvis.posts.models import AnnouncedTo, Announcement, Post, PostReach, Recipient
from parvis.posts.service.indexing import index_all
from parvis.profiles.policy import belongs

from .stable import dice, stable_id
from .words.spaces import unbroken

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Announced:
    """`hours`: how long before today; `reading`: which part of each public reads it; `to`: none: everybody."""

    title: str
    body: str
    facts: Sequence[tuple[str, str]]
    hours: int
    reading: Mapping[Public, float]
    to: Sequence[Public] = ()
    asks: bool = False
    by_mail: bool = field(default=False)

    @property
    def told_to(self) -> AnnouncedTo:
        return "audience" if self.to else "square"


SAID = (
    Announced(
        "La bibliothèque Citadelle ouverte jusqu’à minuit pendant les examens",
        "Les salles des niveaux 1 et 2 restent accessibles en soirée, avec votre carte. La navette N2 circule jusqu’à "
        "0 h 30.",
        (("Dates", "Deux semaines à partir de lundi"), ("Horaires", "8 h à minuit"), ("Accès", "Carte, hall est")),
        50,
        {"student": 0.61, "staff": 0.73, "alum": 0.34, "partner": 0.25},
        by_mail=True,
    ),
    Announced(
        "Consignes d’évacuation du bâtiment C",
        "L’exercice a lieu mardi matin. Merci de repérer l’itinéraire affiché à votre étage.",
        (("Quand", "Mardi, 10 h"), ("Où", "Bâtiment C, tous niveaux"), ("Contact", "Accueil technique")),
        8,
        {"staff": 0.48},
        ("staff",),
        asks=True,
    ),
    Announced(
        "Inscriptions pédagogiques du second semestre",
        "Vérifiez vos options avant la date limite : les groupes de travaux dirigés sont constitués ensuite.",
        (("Date limite", "Vendredi, 18 h"), ("Où", "Votre espace de scolarité")),
        26,
        {"student": 0.57},
        ("student",),
    ),
)


async def announce(database: Database, today: date) -> None:
    """By the first who may, some recipients at a time."""
    for number, said in enumerate(SAID):
        post_id = await database.write(_say, today, number, said)
        last: UUID | None = None
        while post_id is not None:
            some = await database.write(_tell, post_id, said, last)
            if not some:
                break
            last = some[-1]


async def _say(session: AsyncSession, today: date, number: int, said: Announced) -> UUID | None:
    may = select(MemberRole.member_id).where(MemberRole.role.in_(("communicator", "administrator")))
    author_id = await session.scalar(may.order_by(MemberRole.role.desc(), MemberRole.member_id).limit(1))
    if author_id is None:
        return None
    at = datetime.combine(today, time(), UTC) - timedelta(hours=said.hours)
    ms = int(at.timestamp()) * 1000
    post_id, thread_id = stable_id(ms, "announcement", number), stable_id(ms, "announcement thread", number)
    words = {"title": unbroken(said.title), "body": unbroken(said.body), "language": "fr", "said_at": at}
    session.add(Post(id=post_id, author_id=author_id, kind="announcement", version=1, **words))
    session.add(Thread(id=thread_id, subject_kind="post", subject_id=post_id, reactions={}, mix={}))
    await session.flush()
    scope = "recipients" if said.to else "square"
    session.add(PostReach(post_id=post_id, scope=scope, thread_id=thread_id, said_at=at))
    facts = [{"label": unbroken(label), "value": unbroken(value)} for label, value in said.facts]
    rule = {"version": 1, "all": [{"kind": "public", "publics": list(said.to)}], "any": [], "none": []}
    session.add(
        Announcement(
            post_id=post_id,
            told_to=said.told_to,
            rule=rule if said.to else None,
            excluded=[],
            facts=facts,
            asks=said.asks,
            by_mail=said.by_mail,
            sent_at=at,
            written_at=at,
            mix={},
        )
    )
    await session.flush()
    await index_all(session, [post_id])
    return post_id


async def _tell(session: AsyncSession, post_id: UUID, said: Announced, last: UUID | None) -> list[UUID]:
    """Those who come after `last`, with what each did."""
    announcement = await session.get_one(Announcement, post_id, populate_existing=True)
    query = select(Member.id).where(is_active(), belongs(Member.id)).order_by(Member.id).limit(AT_ONCE)
    some = list(await session.scalars(query if last is None else query.where(Member.id > last)))
    publics = await shown_today(session, some)
    named = [id_ for id_ in some if not said.to or publics.get(id_) in said.to]
    rows = [_row(post_id, id_, publics.get(id_), said, announcement.sent_at) for id_ in named]
    if rows:
        await session.execute(insert(Recipient), rows)
    announcement.told += len(rows)
    announcement.seen += sum(row["seen_at"] is not None for row in rows)
    announcement.read += sum(row["read_at"] is not None for row in rows)
    announcement.acknowledged += sum(row["acknowledged_at"] is not None for row in rows)
    counted = Counter(row["public"] for row in rows if row["public"])
    announcement.mix = dict(Counter(announcement.mix) + counted)
    await session.flush()
    return some


def _row(post_id: UUID, member_id: UUID, public: Public | None, said: Announced, at: datetime) -> dict[str, Any]:
    draw = dice(f"announced {post_id}", member_id.int)
    reads = draw.random() < said.reading.get(public or "partner", 0.2)
    read_at = _after(draw, at, said.hours) if reads else None
    seen_at = read_at or (_after(draw, at, said.hours) if draw.random() < 0.5 else None)
    row = {"post_id": post_id, "member_id": member_id, "at": at, "public": public}
    done = {"seen_at": seen_at, "read_at": read_at, "acknowledged_at": read_at if said.asks else None}
    return {**row, **done, "mailed_at": at if said.by_mail and draw.random() < 0.8 else None, "reminded_at": None}


def _after(draw: Random, at: datetime, hours: int) -> datetime:
    """Most in the first hours, and none in the time to come."""
    return at + timedelta(hours=min(draw.expovariate(1 / 9), hours * 0.98))
