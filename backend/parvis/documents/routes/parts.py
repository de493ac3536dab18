"""What these routes have in common."""

from typing import Annotated

from fastapi import Depends, Request, Response

from parvis.accounts.auth import SignedIn
from parvis.documents.queries.spaces import Quotas
from parvis.files.models import File
from parvis.files.readers import Readers
from parvis.files.serving import serve
from parvis.kernel.errors import NotFound
from parvis.kernel.web import running


async def _quotas(request: Request) -> Quotas:
    return running(request).part(Quotas)


KnownQuotas = Annotated[Quotas, Depends(_quotas)]


async def let_out(request: Request, file: File) -> Response:
    """A file that the asker may read, unless it is still to be scanned, or was found to harm. Raises `NotFound`."""
    parvis = running(request)
    if not parvis.part(Readers).is_let_out(file):
        raise NotFound
    return await serve(request, parvis.storage, file)


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)
