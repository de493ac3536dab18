"""Contacts over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import NotFound
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.schemas import Line
from parvis.kernel.web import Reading, Writer, documented
from parvis.profiles.queries.people import named
from parvis.profiles.schemas.people import PersonRef
from parvis.profiles.ties import queries
from parvis.profiles.ties.queries import Direction
from parvis.profiles.ties.schemas.contacts import (
    ContactOut,
    ContactRequestDraft,
    ContactRequestOut,
    RequestsCountOut,
    TiesOut,
)
from parvis.profiles.ties.service import contacts as service
from parvis.profiles.ties.service.pairs import Oneself

router = APIRouter(tags=["contacts"])


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)


@router.get("/profiles/{member_id:uuid}/ties", responses=documented([NotFound]))
async def get_ties(member_id: UUID, actor: SignedIn, session: Reading) -> TiesOut:
    """What ties you to somebody: contact, requests, mentoring."""
    return TiesOut.of(await queries.ties(session, actor, member_id), actor)


@router.get("/me/contacts")
async def list_my_contacts(
    actor: SignedIn,
    session: Reading,
    page: PageQuery,
    q: Annotated[Line, Query(max_length=100, description="Words of the name.")] = "",
) -> Page[ContactOut]:
    """Whom you know, by name."""
    found = await paginate(
        session,
        queries.contacts(actor, q),
        queries.CONTACTS_ORDER,
        page,
        lambda id_, since: {"id": id_, "since": since},
    )
    people = await named(session, actor, [row["id"] for row in found.items])
    items = [
        ContactOut(person=PersonRef.of(people[row["id"]]), since=row["since"])
        for row in found.items
        if row["id"] in people
    ]
    return Page[ContactOut](items=items, next=found.next)


@router.put("/me/contacts/{member_id:uuid}", responses=documented([NotFound, Oneself]))
async def accept_contact(member_id: UUID, actor: SignedIn, write: Writer) -> TiesOut:
    """Accept somebody's request."""
    return TiesOut.of(await write(service.accept, actor, member_id), actor)


@router.delete("/me/contacts/{member_id:uuid}", status_code=204, responses=documented([NotFound]))
async def remove_contact(member_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Be in contact no more. The other is not told."""
    await write(service.remove, actor, member_id)


@router.get("/me/contact-requests")
async def list_my_contact_requests(
    actor: SignedIn, session: Reading, page: PageQuery, direction: Direction = "received"
) -> Page[ContactRequestOut]:
    """Requests that wait, the latest first: received, or sent."""
    found = await paginate(
        session,
        queries.requests(actor, direction),
        queries.REQUESTS_ORDER,
        page,
        lambda id_, message, created_at: {"id": id_, "message": message, "created_at": created_at},
    )
    people = await named(session, actor, [row["id"] for row in found.items])
    items = [
        ContactRequestOut(person=PersonRef.of(people[row["id"]]), message=row["message"], created_at=row["created_at"])
        for row in found.items
        if row["id"] in people
    ]
    return Page[ContactRequestOut](items=items, next=found.next)


@router.get("/me/contact-requests/count")
async def count_my_contact_requests(actor: SignedIn, session: Reading) -> RequestsCountOut:
    """How many requests wait for your answer."""
    return RequestsCountOut(received=await queries.requests_received(session, actor))


@router.put(
    "/me/contact-requests/{member_id:uuid}",
    responses=documented([NotFound, Oneself]),
    dependencies=[limited("ask_contact", "30/hour", network="1200/hour", who=whose)],
)
async def ask_contact(member_id: UUID, draft: ContactRequestDraft, actor: SignedIn, write: Writer) -> TiesOut:
    """Ask somebody to be in contact. Whoever asked you already is in contact at once."""
    return TiesOut.of(await write(service.ask, actor, member_id, draft.message), actor)


@router.delete("/me/contact-requests/{member_id:uuid}", status_code=204, responses=documented([NotFound]))
async def drop_contact_request(member_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Take your request back, or decline somebody's, who is not told."""
    await write(service.drop_request, actor, member_id)
