"""What one is told of, and how, over HTTP."""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import NotFound, PreconditionFailed
from parvis.kernel.etag import check_if_match
from parvis.kernel.limits import limited
from parvis.kernel.mail import Lists, Subscription
from parvis.kernel.mail.lists import LONGEST, PAGE
from parvis.kernel.runtime import Parvis, Running
from parvis.kernel.web import Reading, Writer, documented

from . import queries, service
from .queries import Choices
from .schemas import NotificationChoicesChange, NotificationChoicesOut, UnsubscriptionOut, etag_of_choices

router = APIRouter(tags=["notifications"])
one_click = APIRouter(prefix=PAGE)
Token = Annotated[str, Path(max_length=LONGEST, pattern=r"^[A-Za-z0-9_-]+$")]


async def which(token: Token) -> str:
    """Which address they are counted for."""
    return sha256(token.encode()).hexdigest()


LIMIT = limited("unsubscribe", "120/hour", network="6000/hour", who=which)


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


@router.get("/unsubscriptions/{token}", responses=documented([NotFound]), dependencies=[LIMIT])
async def get_unsubscription(token: Token, session: Reading, parvis: Running) -> UnsubscriptionOut:
    """Of which mails the address at the foot of a mail is. It changes nothing."""
    return UnsubscriptionOut.of(await queries.left(session, _named_in(token, parvis)))


@router.put("/unsubscriptions/{token}", responses=documented([NotFound]), dependencies=[LIMIT])
async def unsubscribe(token: Token, write: Writer, parvis: Running) -> UnsubscriptionOut:
    """Get those mails no more. Signing in is not needed: the address is the right, and can do nothing else."""
    return UnsubscriptionOut.of(await write(service.leave, _named_in(token, parvis)))


@one_click.post("/{token}", status_code=204, include_in_schema=False, dependencies=[LIMIT])
async def unsubscribe_by_one_click(token: Token, write: Writer, parvis: Running) -> None:
    """What a mail program sends for its reader (RFC 8058)."""
    await write(service.leave, _named_in(token, parvis))


def _named_in(token: str, parvis: Parvis) -> Subscription:
    found = Lists(parvis.settings.secret).read(token)
    if found is None:
        raise NotFound
    return found


def _out(found: Choices, actor: Actor, response: Response) -> NotificationChoicesOut:
    response.headers["etag"] = etag_of_choices(found)
    return NotificationChoicesOut.of(found, may_change=actor.may_use("notifications:write"))
