"""Pages as files, over HTTP."""

from typing import Annotated, Any, Self
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field

from parvis.accounts.auth import SignedIn
from parvis.files.serving import handed_out
from parvis.kernel.errors import NotFound
from parvis.kernel.limits import limited
from parvis.kernel.runtime import Running
from parvis.kernel.schemas import Out
from parvis.kernel.web import Language, documented

from . import gathering
from .losses import Loss, LossCode
from .paper import MEDIA_TYPES, Format

router = APIRouter(prefix="/pages/{document_id:uuid}/export", tags=["documents"])

FILE: dict[str, Any] = {
    "description": "The file.",
    "content": {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in MEDIA_TYPES.values()},
}


async def _whose(actor: SignedIn) -> str:
    return str(actor.id)


class LossOut(Out):
    """What a format cannot say."""

    code: LossCode
    count: int = Field(description="How often it is met in the page; 0: it is of the page as a whole.")
    text: str = Field(description="In your language.")

    @classmethod
    def of(cls, loss: Loss) -> Self:
        return cls(code=loss.code, count=loss.count, text=loss.text)


class LossesOut(Out):
    items: list[LossOut]


Wanted = Annotated[Format, Query(alias="format", description="Markdown, HTML in one file, or a Word document.")]


@router.get(
    "",
    response_class=Response,
    responses={200: FILE, **documented([NotFound])},
    dependencies=[limited("export_page", "60/minute", network="1200/minute", who=_whose)],
)
async def export_page(
    document_id: UUID, actor: SignedIn, parvis: Running, language: Language, format_: Wanted = "md"
) -> Response:
    """A page as a file: what it says now, with its pictures, in a format that other programs read."""
    name, content = await gathering.exported(parvis, actor, document_id, format_, language)
    return handed_out(content, MEDIA_TYPES[format_], f"{name}.{format_}")


@router.get("/losses", responses=documented([NotFound]))
async def list_export_losses(
    document_id: UUID, actor: SignedIn, parvis: Running, language: Language, format_: Wanted = "md"
) -> LossesOut:
    """What the page would lose in this format."""
    found = await gathering.told_losses(parvis, actor, document_id, format_, language)
    return LossesOut(items=[LossOut.of(one) for one in found])
