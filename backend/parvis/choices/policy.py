"""Who wants to be told, as SQL."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, not_
from sqlalchemy.orm import InstrumentedAttribute

from parvis.kernel import clock

from .models import DEFAULTS, Channel, Choice, Kind, Pause, Rhythm


def wants_mail(kind: Kind, member_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Members who get a mail of this kind at once, and not to pause now."""
    return and_(told_so(kind, "mail", "at_once", member_id), not_(pauses(member_id)))


def told_so(
    kind: Kind, channel: Channel, rhythm: Rhythm, member_id: InstrumentedAttribute[UUID]
) -> ColumnElement[bool]:
    """Members who are told of this kind by this way so often: they chose it, or it holds for who chose nothing."""
    chosen = exists().where(Choice.member_id == member_id, Choice.kind == kind, Choice.channel == channel)
    if DEFAULTS[kind].get(channel) == rhythm:
        return not_(chosen.where(Choice.rhythm != rhythm).correlate_except(Choice))
    return chosen.where(Choice.rhythm == rhythm).correlate_except(Choice)


def pauses(member_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Members who want nothing sent for now."""
    return exists().where(Pause.member_id == member_id, Pause.until > clock.now()).correlate_except(Pause)
