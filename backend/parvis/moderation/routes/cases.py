"""Cases over HTTP, for moderators."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed, PreconditionRequired
from parvis.kernel.etag import etag_of
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import IfMatchNeeded, Reading, Writer, documented
from parvis.moderation import queries
from parvis.moderation.queries import SeenCase, Wanted
from parvis.moderation.schemas.cases import AroundOut, CaseOut, CaseReportOut, CasesCountOut, DecisionDraft
from parvis.moderation.service import decisions as service
from parvis.moderation.service.decisions import AlreadyDecided, NobodyToExcludeFrom, NothingHidden

router = APIRouter(tags=["moderation"])

State = Annotated[Wanted, Query(description="`open`: the oldest first. `decided`: the last first.")]
CHANGING = [NotFound, PreconditionFailed, PreconditionRequired]


@router.get("/communities/{community_id:uuid}/cases", responses=documented([NotFound, Forbidden]))
async def list_community_cases(
    community_id: UUID, actor: SignedIn, session: Reading, page: PageQuery, state: State = "open"
) -> Page[CaseOut]:
    """What was reported in a community, for those who run it; but not what is about one of them."""
    return _page(*await queries.in_community(session, actor, community_id, state, page), actor)


@router.get("/communities/{community_id:uuid}/cases/count", responses=documented([NotFound]))
async def count_community_cases(community_id: UUID, actor: SignedIn, session: Reading) -> CasesCountOut:
    """How many cases are open: 0 for who does not run the community."""
    return CasesCountOut(open=await queries.waiting_in_community(session, actor, community_id))


@router.get("/cases", responses=documented([Forbidden]))
async def list_cases(actor: SignedIn, session: Reading, page: PageQuery, state: State = "open") -> Page[CaseOut]:
    """What falls to the organisation's moderators: what a community left for a week, and what is about who runs it."""
    return _page(*await queries.in_organisation(session, actor, state, page), actor)


@router.get("/cases/count")
async def count_cases(actor: SignedIn, session: Reading) -> CasesCountOut:
    """How many of these are open: 0 for who does not moderate the organisation."""
    return CasesCountOut(open=await queries.waiting_in_organisation(session, actor))


@router.get("/cases/{case_id:uuid}", responses=documented([NotFound]))
async def get_case(case_id: UUID, actor: SignedIn, session: Reading, response: Response) -> CaseOut:
    """One case."""
    return _out(await queries.case(session, actor, case_id), actor, response)


@router.get("/cases/{case_id:uuid}/reports", responses=documented([NotFound]))
async def list_case_reports(case_id: UUID, actor: SignedIn, session: Reading, page: PageQuery) -> Page[CaseReportOut]:
    """All that was reported in a case, the first first."""
    found, following, somebody = await queries.reports(session, actor, case_id, page)
    items = [CaseReportOut.of(report, somebody[report.reporter_id]) for report in found]
    return Page[CaseReportOut](items=items, next=following)


@router.post("/cases/{case_id:uuid}/surroundings", responses=documented([NotFound, AlreadyDecided]))
async def read_around_message(case_id: UUID, actor: SignedIn, write: Writer) -> AroundOut:
    """Read a few messages around one that was reported, to decide on it. That you did stands in the audit log."""
    return AroundOut.of(*await write(service.read_around, actor, case_id))


@router.put("/cases/{case_id:uuid}/decision", responses=documented([*CHANGING, AlreadyDecided, NobodyToExcludeFrom]))
async def decide_case(
    case_id: UUID, draft: DecisionDraft, actor: SignedIn, write: Writer, unchanged: IfMatchNeeded, response: Response
) -> CaseOut:
    """Decide on a case, and close it. Its author is told what was done and why, who reported what became of it."""
    return _out(await write(service.decide, actor, case_id, draft, unchanged), actor, response)


@router.delete("/cases/{case_id:uuid}/hiding", responses=documented([*CHANGING, NothingHidden]))
async def show_again(
    case_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatchNeeded, response: Response
) -> CaseOut:
    """Show again what a case hid. Its author is told."""
    return _out(await write(service.restore, actor, case_id, unchanged), actor, response)


def _page(found: list[SeenCase], following: str | None, actor: Actor) -> Page[CaseOut]:
    return Page[CaseOut](items=[CaseOut.of(one, actor) for one in found], next=following)


def _out(seen: SeenCase, actor: Actor, response: Response) -> CaseOut:
    response.headers["etag"] = etag_of(seen.case.version)
    return CaseOut.of(seen, actor)
