"""The mail tray: in the demonstration mails are not sent but kept here, for whoever sits at this machine."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from parvis.admin.queries import mail_tray as queries
from parvis.admin.schemas.mail_tray import TrayLine, TrayMailOut, opened_beside
from parvis.kernel.errors import NotFound
from parvis.kernel.mail import TrayMail
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.runtime import Running
from parvis.kernel.schemas import Line
from parvis.kernel.web import Reading, documented

router = APIRouter(prefix="/mail-tray", tags=["mail-tray"])

IN_A_FRAME = {
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
    ),
    "x-frame-options": "SAMEORIGIN",
}
"""A mail styles itself inline, as mail readers want. In a frame of ours it runs nothing, and its links open beside."""


@router.get("", responses=documented([NotFound]))
async def list_tray(
    session: Reading,
    parvis: Running,
    page: PageQuery,
    to: Annotated[Line | None, Query(max_length=254, description="Mails to this address alone.")] = None,
) -> Page[TrayLine]:
    """Mails kept in the demonstration, the latest first; not found anywhere else."""
    mails = queries.mails(parvis.settings, to)
    return await paginate(session, mails, (TrayMail.at.desc(), TrayMail.id.desc()), page, TrayLine.of)


@router.get("/{mail_id:uuid}", responses=documented([NotFound]))
async def get_tray_mail(mail_id: UUID, session: Reading, parvis: Running) -> TrayMailOut:
    """One of these mails."""
    return TrayMailOut.of(await queries.mail(session, parvis.settings, mail_id))


@router.get("/{mail_id:uuid}/document", responses=documented([NotFound]), response_class=HTMLResponse)
async def show_tray_mail(mail_id: UUID, session: Reading, parvis: Running) -> HTMLResponse:
    """One of these mails as it looks in a mail reader, to be shown in a frame."""
    return HTMLResponse(opened_beside(await queries.mail(session, parvis.settings, mail_id)), headers=IN_A_FRAME)
