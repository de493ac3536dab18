"""Announcements by mail: to those who get such mails, each in his language, and not all at the same moment."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import identifying
from parvis.accounts.service.notices import organisation_name
from parvis.announcements.aims import mailed
from parvis.engagement.mentions import words_of
from parvis.kernel import clock
from parvis.kernel.i18n import DEFAULT_LANGUAGE, is_language
from parvis.kernel.mail import About, Act, Mail, send_mail
from parvis.kernel.text import beginning
from parvis.posts.models import Announcement, Post, Recipient

CHOICES = "/settings/notifications"
LIST = "announcements"
"""Which is left by one click; what is essential is of no list, and always comes."""
LETTERS = 400
A_SECOND = 10
"""How many mails of one announcement leave at most."""


async def write_to_some(
    session: AsyncSession,
    post: Post,
    announcement: Announcement,
    member_ids: Sequence[UUID],
    number: int,
    *,
    again: bool = False,
) -> None:
    """Mails it to those of these recipients (at most 500) who get announcements so. `number`: how many came before them
    since it was sent, or since its readers were last reminded."""
    if not member_ids:
        return
    query = select(Member.id, Member.language, Address.email).join(Address, Address.member_id == Member.id)
    query = query.where(
        Member.id.in_(member_ids), Address.is_primary.is_(True), identifying(), mailed(essential=announcement.essential)
    )
    people = (await session.execute(query.order_by(Member.id))).all()
    if not people:
        return
    signed = {"organisation": await organisation_name(session), "link": f"/posts/{post.id}", "title": post.title}
    data = signed | {"words": beginning(words_of(post.body), LETTERS), "facts": _facts(announcement)}
    if again:
        data["again"] = "yes"
    about = About("post", post.id) if announcement.told_to == "square" else None
    now, since = clock.now(), (announcement.reminded_at if again else None) or announcement.sent_at
    of_list = "" if announcement.essential else LIST
    for place, (id_, language, email) in enumerate(people, number):
        spoken = language if is_language(language) else DEFAULT_LANGUAGE
        mail = Mail(
            *("announcement", email, spoken, data, CHOICES, of_list, str(id_)), acts=_acts(announcement), about=about
        )
        send_mail(session, mail, not_before=max(now, since + timedelta(seconds=place / A_SECOND)))
    mine = update(Recipient).where(Recipient.post_id == post.id, Recipient.member_id.in_([id_ for id_, *_ in people]))
    await session.execute(mine.values(mailed_at=now))


def _acts(announcement: Announcement) -> Sequence[Act]:
    """What its reader may do at once. Who is told it in private does not thank for it in front of the others."""
    asked = [Act("acknowledge", announcement.post_id)] if announcement.asks else []
    thanks = [Act("thank", announcement.post_id)] if announcement.told_to == "square" else []
    return [*asked, *thanks]


def _facts(announcement: Announcement) -> str:
    return "\n".join(f"{fact['label']}\t{fact['value']}" for fact in announcement.facts)
