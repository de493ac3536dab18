"""What changes to units, programmes and cohorts have in common."""

from typing import Literal, TypeVar
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.events import StructureChanged
from parvis.accounts.models import Cohort, Programme, Unit
from parvis.accounts.queries.structure import Referring
from parvis.kernel.audit import audit
from parvis.kernel.errors import Conflict, FieldError, NotFound, Text, require
from parvis.kernel.events import record

NOT_YOURS: Text = {
    "fr": "Seuls les gestionnaires des personnes modifient la structure.",
    "en": "Only people administrators change the structure.",
}
CODE_KNOWN: Text = {"fr": "Ce code est déjà pris.", "en": "This code is already taken."}
YEAR_KNOWN: Text = {"fr": "Cette promotion existe déjà.", "en": "This cohort already exists."}

Kind = Literal["unit", "programme", "cohort"]
Place = TypeVar("Place", Unit, Programme, Cohort)


class ReferredTo(Conflict):
    """Its `units`, `programmes`, `cohorts` and `affiliations` say by how many."""

    code = "referred_to"
    title = {
        "fr": "Des personnes ou d’autres éléments s’y rattachent encore.",
        "en": "People or other places still belong to it.",
    }


def require_managing(actor: Actor) -> None:
    """Raises `Forbidden`."""
    require(policy.may_change_structure(actor), NOT_YOURS)


async def locked(session: AsyncSession, kind: type[Place], place_id: UUID) -> Place:
    """Held until the commit. Raises `NotFound`."""
    place = await session.get(kind, place_id, with_for_update=True, populate_existing=True)
    if place is None:
        raise NotFound
    return place


async def existing(session: AsyncSession, kind: type[Place], place_id: UUID) -> Place | None:
    """Kept from being deleted until the commit, so that it can be referred to."""
    return await session.get(kind, place_id, with_for_update={"read": True, "key_share": True}, populate_existing=True)


async def flush(session: AsyncSession, place: Unit | Programme | Cohort) -> None:
    """Two administrators may take one code, or one year, at once: the index decides. Raises `Conflict`."""
    try:
        async with session.begin_nested():
            session.add(place)
            await session.flush()
    except IntegrityError:
        field, message = ("year", YEAR_KNOWN) if isinstance(place, Cohort) else ("code", CODE_KNOWN)
        raise Conflict(message, fields=[FieldError(field, "known", message)]) from None


def refuse_referred_to(referring: Referring) -> None:
    """Raises `ReferredTo`."""
    if referring.any:
        raise ReferredTo(extra=vars(referring))


def tell(
    session: AsyncSession, actor: Actor, kind: Kind, act: str, place: Unit | Programme | Cohort, fields: list[str]
) -> None:
    """Audits the act, and tells all members."""
    audit(session, actor.id, f"{kind}.{act}", kind, place.id, {"fields": fields} if fields else {})
    version = None if act == "deleted" else place.version
    record(session, StructureChanged(kind=kind, id=place.id, version=version), actor_id=actor.id)
