"""Copies of the data of the member who asks. Only the browser, where who asks can prove it anew: a copy says more than
any scope gives."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from parvis.accounts.auth import InBrowser, ProvedInBrowser
from parvis.files.serving import SERVED, RangeNotSatisfiable, serve
from parvis.kernel.errors import NotFound
from parvis.kernel.idempotency import Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.runtime import Running
from parvis.kernel.web import Reading, Writer, documented
from parvis.personal_data.models import Export
from parvis.personal_data.queries import export_file, exports_of, own_export
from parvis.personal_data.schemas import ExportOut
from parvis.personal_data.service import exports as service
from parvis.personal_data.service.exports import ExportInPreparation

router = APIRouter(prefix="/me/exports", tags=["account"])


async def _whose(actor: InBrowser) -> str:
    return str(actor.member_id)


@router.get("")
async def list_my_exports(session: Reading, actor: InBrowser, page: PageQuery) -> Page[ExportOut]:
    """Copies of your data: the one being made, and those that are ready, newest first."""
    return await paginate(session, exports_of(actor), (Export.id.desc(),), page, ExportOut.of)


@router.post(
    "",
    status_code=202,
    responses=documented([ExportInPreparation]),
    dependencies=[limited("ask_export", "5/day", network="500/day", who=_whose)],
)
async def ask_for_export(actor: ProvedInBrowser, once: Once) -> ExportOut:
    """Ask for a copy of all that is held of you. It is made in a while; a mail says when it is ready."""
    return await once(ExportOut.of, service.ask, actor)


@router.get("/{export_id:uuid}", responses=documented([NotFound]))
async def get_my_export(export_id: UUID, session: Reading, actor: InBrowser) -> ExportOut:
    """One copy of your data, and whether it is ready."""
    return ExportOut.of(await own_export(session, actor, export_id))


@router.get(
    "/{export_id:uuid}/file",
    response_class=Response,
    responses={**SERVED, **documented([NotFound, RangeNotSatisfiable])},
)
async def download_my_export(
    export_id: UUID, request: Request, session: Reading, actor: ProvedInBrowser, parvis: Running
) -> Response:
    """Download the copy, or a part of it (`Range`). Rights are judged anew each time."""
    file = await export_file(session, actor, export_id)
    return await serve(request, parvis.storage, file, cache_control="private, no-store")


@router.delete("/{export_id:uuid}", status_code=204, responses=documented([NotFound]))
async def delete_my_export(export_id: UUID, actor: InBrowser, write: Writer) -> None:
    """Delete a copy before its seven days are over."""
    await write(service.delete_export, actor, export_id)
