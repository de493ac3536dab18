"""What members are told, and have read of it."""

from collections.abc import Sequence

from sqlalchemy import select

from parvis.kernel.personal_data import COPY, Holding, Part

from .models import Act, CommunityLevel, DueMail, Inbox, MailMark, Notification
from .push.models import PushDevice

PARTS: Sequence[Part] = (
    Part(
        "notifications",
        {"fr": "Vos notifications", "en": "Your notifications"},
        [
            Holding(Inbox.member_id, [Inbox.last, Inbox.all_read]),
            Holding(
                Notification.member_id,
                [Notification.id, Notification.kind, Notification.about_id, Notification.at, Notification.read],
            ),
            Holding(
                Act.notification_id,
                [Act.notification_id, Act.number, Act.reason, Act.said_id, Act.at, Act.mailed_at],
                where=lambda member_id: Act.notification_id.in_(
                    select(Notification.id).where(Notification.member_id == member_id)
                ),
            ),
            Holding(Act.actor_id, COPY),
            Holding(DueMail.member_id, [DueMail.due_at]),
            Holding(MailMark.member_id, [MailMark.followed_until, MailMark.messages_until]),
            Holding(CommunityLevel.member_id, [CommunityLevel.community_id, CommunityLevel.level]),
            Holding(
                PushDevice.member_id,
                [PushDevice.id, PushDevice.endpoint, PushDevice.shows, PushDevice.created_at, PushDevice.pushed_at],
            ),
        ],
    ),
)
