"""What these routes have in common."""

from typing import Annotated

from fastapi import Depends, Request

from parvis.accounts.auth import SignedIn
from parvis.chat.queries.people import Faces
from parvis.kernel.web import running


async def _faces(request: Request) -> Faces:
    return running(request).part(Faces)


KnownFaces = Annotated[Faces, Depends(_faces)]


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)
