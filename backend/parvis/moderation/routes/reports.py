"""Reporting over HTTP, and what one is told of it."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import Reading, Writer, documented
from parvis.moderation import queries
from parvis.moderation.schemas.reports import MyDecisionOut, MyReportOut, MyReportsOut, ReportDraft
from parvis.moderation.service import reports as service

router = APIRouter(tags=["moderation"])


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)


REPORTING = limited("report", "30/hour", network="600/hour", who=whose)


@router.put("/posts/{post_id:uuid}/report", responses=documented([NotFound, Forbidden]), dependencies=[REPORTING])
async def report_post(post_id: UUID, draft: ReportDraft, actor: SignedIn, write: Writer) -> MyReportsOut:
    """Report a post to those who run the communities that you read it in. Its author is not told who did. Again changes
    nothing."""
    made = await write(service.report_post, actor, post_id, draft)
    return MyReportsOut(items=[MyReportOut.of(*one) for one in made])


@router.put(
    "/posts/{post_id:uuid}/comments/{comment_id:uuid}/report",
    responses=documented([NotFound, Forbidden]),
    dependencies=[REPORTING],
)
async def report_comment(
    post_id: UUID, comment_id: UUID, draft: ReportDraft, actor: SignedIn, write: Writer
) -> MyReportsOut:
    """Report a comment to those who run the communities that you read it in. Again changes nothing."""
    made = await write(service.report_comment, actor, post_id, comment_id, draft)
    return MyReportsOut(items=[MyReportOut.of(*one) for one in made])


@router.put(
    "/pages/{document_id:uuid}/threads/{thread_id:uuid}/comments/{comment_id:uuid}/report",
    responses=documented([NotFound, Forbidden]),
    dependencies=[REPORTING],
)
async def report_page_comment(
    document_id: UUID, thread_id: UUID, comment_id: UUID, draft: ReportDraft, actor: SignedIn, write: Writer
) -> MyReportsOut:
    """Report a comment of a page: in a community's space to those who run it, in a member's own to the organisation's
    moderators. Again changes nothing."""
    made = await write(service.report_page_comment, actor, document_id, thread_id, comment_id, draft)
    return MyReportsOut(items=[MyReportOut.of(*one) for one in made])


@router.put("/messages/{message_id:uuid}/report", responses=documented([NotFound, Forbidden]), dependencies=[REPORTING])
async def report_message(message_id: UUID, draft: ReportDraft, actor: SignedIn, write: Writer) -> MyReportsOut:
    """Report a message: of a channel to those who run its community, of others to the organisation's moderators. They
    may then read a few messages around it. Again changes nothing."""
    made = await write(service.report_message, actor, message_id, draft)
    return MyReportsOut(items=[MyReportOut.of(*one) for one in made])


@router.get("/me/reports")
async def list_my_reports(actor: SignedIn, session: Reading, page: PageQuery) -> Page[MyReportOut]:
    """What you reported, the last first, and what became of it."""
    found, following, names = await queries.mine(session, actor, page)
    return Page[MyReportOut](items=[MyReportOut.of(*one, names) for one in found], next=following)


@router.get("/me/decisions")
async def list_decisions_about_me(actor: SignedIn, session: Reading, page: PageQuery) -> Page[MyDecisionOut]:
    """What moderators decided on what you said, or on you, the last first, and why."""
    found, following, names, people = await queries.about_me(session, actor, page)
    return Page[MyDecisionOut](items=[MyDecisionOut.of(*one, names, people) for one in found], next=following)
