"""People, for those who administer them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from parvis.accounts.auth import SignedIn
from parvis.accounts.models.people import Role
from parvis.accounts.queries import people as queries
from parvis.accounts.queries.people import Search, State
from parvis.accounts.schemas.people import AffiliationChange, AffiliationDraft, PersonChange, PersonDraft, PersonOut
from parvis.accounts.service import affiliations
from parvis.accounts.service import people as service
from parvis.kernel.errors import Conflict, Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.schemas import Day, Line
from parvis.kernel.web import IfMatch, Reading, Writer, documented

router = APIRouter(prefix="/people", tags=["people"])

CHANGING_AFFILIATION = documented([Forbidden, NotFound, PreconditionFailed])
"""`If-Match` names the version of the person, which changes with the affiliations."""


@router.get("", responses=documented([Forbidden]))
async def search_people(
    actor: SignedIn,
    session: Reading,
    page: PageQuery,
    q: Annotated[
        Line, Query(max_length=100, description="Words of the name, or the beginning of an address or identifier.")
    ] = "",
    state: State | None = None,
    role: Role | None = None,
) -> Page[PersonOut]:
    """Search people, by name. For people administrators."""
    found, following = await queries.search(session, actor, Search(q, state, role), page)
    return Page[PersonOut](items=[PersonOut.of(person, actor) for person in found], next=following)


@router.post("", status_code=201, responses=documented([Forbidden, Conflict, IdempotencyKeyReused]))
async def create_person(draft: PersonDraft, actor: SignedIn, once: Once) -> PersonOut:
    """Enter somebody whom the institution knows; a mail tells how to activate the account."""
    return await once(lambda person: PersonOut.of(person, actor), service.create, actor, draft)


@router.get("/{member_id:uuid}", responses=documented([Forbidden, NotFound]))
async def get_person(
    member_id: UUID,
    actor: SignedIn,
    session: Reading,
    response: Response,
    on: Annotated[Day | None, Query(description="The day of which publics are told; default: today.")] = None,
) -> PersonOut:
    """Somebody, as people administrators see him; what he was, or will be, on another day."""
    person = await queries.person(session, actor, member_id)
    response.headers["etag"] = etag_of(person.member.version)
    return PersonOut.of(person, actor, on)


@router.patch("/{member_id:uuid}", responses=documented([Forbidden, NotFound, Conflict, PreconditionFailed]))
async def change_person(
    member_id: UUID, draft: PersonChange, actor: SignedIn, write: Writer, unchanged: IfMatch, response: Response
) -> PersonOut:
    """Change somebody's name, language or identifier."""
    person = await write(service.change, actor, member_id, draft, unchanged)
    response.headers["etag"] = etag_of(person.member.version)
    return PersonOut.of(person, actor)


@router.post(
    "/{member_id:uuid}/affiliations",
    status_code=201,
    responses=documented([Forbidden, NotFound, PreconditionFailed, IdempotencyKeyReused]),
)
async def add_affiliation(
    member_id: UUID, draft: AffiliationDraft, actor: SignedIn, once: Once, unchanged: IfMatch
) -> PersonOut:
    """Say what somebody is to the institution."""
    return await once(lambda person: PersonOut.of(person, actor), affiliations.add, actor, member_id, draft, unchanged)


@router.patch("/{member_id:uuid}/affiliations/{affiliation_id:uuid}", responses=CHANGING_AFFILIATION)
async def change_affiliation(
    member_id: UUID,
    affiliation_id: UUID,
    draft: AffiliationChange,
    actor: SignedIn,
    write: Writer,
    unchanged: IfMatch,
    response: Response,
) -> PersonOut:
    """Change what somebody is to the institution, or end it (`ends_on`)."""
    person = await write(affiliations.change, actor, member_id, affiliation_id, draft, unchanged)
    response.headers["etag"] = etag_of(person.member.version)
    return PersonOut.of(person, actor)


@router.delete("/{member_id:uuid}/affiliations/{affiliation_id:uuid}", responses=CHANGING_AFFILIATION)
async def remove_affiliation(
    member_id: UUID, affiliation_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatch, response: Response
) -> PersonOut:
    """Take back an affiliation entered in error."""
    person = await write(affiliations.remove, actor, member_id, affiliation_id, unchanged)
    response.headers["etag"] = etag_of(person.member.version)
    return PersonOut.of(person, actor)
