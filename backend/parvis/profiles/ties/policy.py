"""Who may do what with ties. Pure answers."""

from typing import Literal

from parvis.accounts.actor import Actor
from parvis.kernel.errors import Text

from .models import Mentorship

TieAbility = Literal["ask_contact", "accept_contact", "cancel_contact", "remove_contact", "block", "ask_mentoring"]
MentorshipAbility = Literal["accept", "decline", "withdraw", "end"]

MENTORS_ONLY: Text = {"fr": "C’est au mentor de répondre.", "en": "It is for the mentor to answer."}
ANSWER_IT: Text = {"fr": "Répondez à cette demande.", "en": "Answer this request."}


def may_answer(actor: Actor, found: Mentorship) -> bool:
    return found.mentor_id == actor.id


def may_leave(actor: Actor, found: Mentorship) -> bool:
    """A mentor answers what is asked; its mentee may withdraw it; either ends what goes on."""
    return found.state == "accepted" or found.mentee_id == actor.id


def abilities_on(actor: Actor, found: Mentorship) -> list[MentorshipAbility]:
    """What the actor, who is one of the two, may do."""
    if found.state == "accepted":
        return ["end"]
    if found.state != "asked":
        return []
    return ["accept", "decline"] if may_answer(actor, found) else ["withdraw"]
