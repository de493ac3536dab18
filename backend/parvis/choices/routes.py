"""What one is told of, and how, over HTTP."""

from fastapi import APIRouter, Request, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import PreconditionFailed
from parvis.kernel.etag import check_if_match
from parvis.kernel.web import Reading, Writer, documented

from . import queries, service
from .queries import Choices
from .schemas import NotificationChoicesChange, NotificationChoicesOut, etag_of_choices

router = APIRouter(tags=["notifications"])


@router.get("/me/notification-choices")
async def get_notification_choices(actor: SignedIn, session: Reading, response: Response) -> NotificationChoicesOut:
    """What you are told of, by which way and how often; and until when nothing is sent."""
    return _out(await queries.choices_of(session, actor.id), actor, response)


@router.patch("/me/notification-choices", responses=documented([PreconditionFailed]))
async def choose_notifications(
    draft: NotificationChoicesChange, actor: SignedIn, write: Writer, request: Request, response: Response
) -> NotificationChoicesOut:
    """Choose what you are told of, by which way and how often."""

    def unchanged(before: Choices) -> None:
        check_if_match(request, etag_of_choices(before))

    pause = (draft.paused_until,) if "paused_until" in draft.model_fields_set else None
    chosen = await write(service.choose, actor, draft.wanted(), unchanged, pause=pause)
    return _out(chosen, actor, response)


def _out(found: Choices, actor: Actor, response: Response) -> NotificationChoicesOut:
    response.headers["etag"] = etag_of_choices(found)
    return NotificationChoicesOut.of(found, may_change=actor.may_use("notifications:write"))
