"""Who sees which case, and who decides on it. Pure answers."""

from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.accounts.policy import may_moderate
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.models import Community
from parvis.kernel import clock

from .events import Outcome
from .models import Case

CaseAbility = Literal["decide", "restore", "read_around"]
LEFT_AFTER = timedelta(days=7)
"""How long those who run a community have before the organisation's moderators see a case too."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Cases that the actor may decide on, or might have. Not what is about himself: he would read who reported him."""
    return and_(Case.author_id != actor.id, or_(_in_his_community(actor), _of_the_organisation(actor)))


def in_community(actor: Actor, community_id: UUID) -> ColumnElement[bool]:
    """Of those, the cases of one community that he sees as one who runs it."""
    return and_(Case.community_id == community_id, Case.author_id != actor.id, _in_his_community(actor))


def in_organisation(actor: Actor) -> ColumnElement[bool]:
    """Of those, the cases that he sees as a moderator of the organisation."""
    return and_(Case.author_id != actor.id, _of_the_organisation(actor))


def _in_his_community(actor: Actor) -> ColumnElement[bool]:
    """Those who run a community do not decide on each other."""
    return and_(runs(actor.id), or_(Case.decided_as == "community", ~is_about_runner()))


def _of_the_organisation(actor: Actor) -> ColumnElement[bool]:
    """What was said on the square, or in a conversation of some; what its communities left for a week, or may not
    decide; and what its moderators decided."""
    if not may_moderate(actor):
        return false()
    is_left = or_(Case.community_id.is_(None), Case.opened_at <= clock.now() - LEFT_AFTER, is_about_runner())
    return or_(Case.decided_as == "organisation", and_(Case.decided_at.is_(None), is_left))


def is_about_runner() -> ColumnElement[bool]:
    """Whether who said it runs the community now."""
    return runs(Case.author_id)


def runs(member_id: UUID | Any) -> ColumnElement[bool]:
    """Whether a member runs the community of the case now."""
    place, community = aliased(Membership), aliased(Community)
    return (
        exists()
        .where(
            community.id == Case.community_id,
            place.circle_id == community.circle_id,
            place.member_id == member_id,
            place.role.in_(("owner", "moderator")),
            holds(place),
        )
        .correlate_except(place, community)
    )


def is_private(case: Case) -> bool:
    """Whether it was said between two, or in a group."""
    return case.community_id is None and case.subject_kind == "message"


def is_on_square(case: Case) -> bool:
    return case.community_id is None and case.subject_kind in {"post", "comment"}


def is_open(case: Case) -> bool:
    return case.decided_at is None


def is_acted(case: Case) -> bool:
    """Whether its author is told of it."""
    return not is_open(case) and (case.on_content != "keep" or case.on_author != "none")


def acted() -> ColumnElement[bool]:
    """The same of rows."""
    return and_(Case.decided_at.is_not(None), or_(Case.on_content != "keep", Case.on_author != "none"))


def may_restore(case: Case) -> bool:
    """What the case hid, and nobody has shown again."""
    return case.on_content == "hide" and case.restored_at is None


def abilities(case: Case) -> list[CaseAbility]:
    """What who sees the case may do with it."""
    if is_open(case):
        return ["decide", "read_around"] if case.conversation_id is not None else ["decide"]
    return ["restore"] if may_restore(case) else []


def outcome(case: Case) -> Outcome | None:
    """What those who reported are told; None while it is open."""
    if is_open(case):
        return None
    if case.on_content == "keep" or case.restored_at is not None:
        return "kept" if case.on_author == "none" else "acted"
    return "removed" if case.on_content == "remove" else "hidden"
