"""What these routes have in common."""

from typing import Annotated

from fastapi import Depends, Request, Response

from parvis.accounts.actor import Actor, Actors
from parvis.accounts.auth import SignedIn
from parvis.documents.archive import Archive, Look, Root
from parvis.documents.queries.archive import Sight
from parvis.documents.queries.spaces import Quotas
from parvis.files.models import File
from parvis.files.readers import Readers
from parvis.files.serving import serve
from parvis.files.zipping import answer
from parvis.kernel.errors import NotFound
from parvis.kernel.runtime import Parvis
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


def sent(parvis: Parvis, root: Root, look: Look) -> Response:
    """A folder as a zip, as long as `look` lets its reader see it."""
    archive = Archive(parvis, root, look, parvis.part(Readers).is_let_out)
    return answer(f"{root.name}.zip", archive.pieces())


def eyes_of(parvis: Parvis, actor: Actor) -> Look:
    """The rights of who asks, as they are each time: none once he is signed out, or his token taken back."""

    async def look() -> Sight:
        found = await parvis.part(Actors).once_more(actor.credential)
        if found is None:
            raise NotFound
        return Sight(found)

    return look


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)
