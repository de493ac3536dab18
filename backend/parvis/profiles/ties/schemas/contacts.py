"""Contacts and blocks over HTTP."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from parvis.accounts.actor import Actor
from parvis.kernel.schemas import In, Instant, Out, Prose
from parvis.profiles.schemas.people import PersonRef
from parvis.profiles.ties.policy import TieAbility
from parvis.profiles.ties.queries import ContactState, Ties

from .mentoring import MentorshipRef, OfferOut

Words = Annotated[Prose, StringConstraints(max_length=300)]


class ContactRequestDraft(In):
    """A few words to whom you ask."""

    message: Words = ""


class ContactOut(Out):
    """Somebody whom you know."""

    person: PersonRef
    since: Instant


class ContactRequestOut(Out):
    """A request that waits: `person` is the other."""

    person: PersonRef
    message: str
    created_at: Instant


class BlockedOut(Out):
    """Somebody whom you block."""

    id: UUID
    name: str
    since: Instant


class RequestsCountOut(Out):
    """How many requests wait for your answer."""

    received: int


class TiesOut(Out):
    """What ties you to somebody, and what you may do about it."""

    contact: ContactState
    message: str | None = Field(description="Of the contact request that waits, either way.")
    mentoring: OfferOut | None
    mentorship: MentorshipRef | None = Field(description="The one that is asked for or under way between you.")
    abilities: list[TieAbility]

    @classmethod
    def of(cls, ties: Ties, actor: Actor) -> Self:
        return cls(
            contact=ties.contact,
            message=ties.message,
            mentoring=OfferOut.of(ties.offer) if ties.offer else None,
            mentorship=MentorshipRef.of(ties.mentorship, actor) if ties.mentorship else None,
            abilities=_abilities(ties) if actor.may_use("contacts:write") else [],
        )


def _abilities(ties: Ties) -> list[TieAbility]:
    if ties.contact == "oneself":
        return []
    to_contact: dict[ContactState, list[TieAbility]] = {
        "none": ["ask_contact"],
        "sent": ["cancel_contact"],
        "received": ["accept_contact", "cancel_contact"],
        "contact": ["remove_contact"],
    }
    may_ask = ties.offer is not None and ties.offer.free_places > 0 and ties.mentorship is None
    return [*to_contact[ties.contact], "block", *(["ask_mentoring"] if may_ask else [])]  # type: ignore[list-item]
